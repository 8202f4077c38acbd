"""What a case keeps of an emergency, as JSON."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from workflows.emergency.under import EmergencyId, ModeKey, Under


def under_json(under: Under) -> dict[str, Any]:
    return {
        "id": under.id,
        "mode": under.mode,
        "zh": under.zh,
        "en": under.en,
        "began_at": under.began_at.isoformat(),
    }


def under_from(stored: Mapping[str, Any]) -> Under:
    return Under(
        id=EmergencyId(stored["id"]),
        mode=ModeKey(stored["mode"]),
        zh=stored["zh"],
        en=stored["en"],
        began_at=datetime.fromisoformat(stored["began_at"]),
    )
