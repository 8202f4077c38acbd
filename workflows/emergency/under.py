"""What a case keeps of the emergency mode that it came in or was filed under."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

EmergencyId = NewType("EmergencyId", int)
ModeKey = NewType("ModeKey", str)


@dataclass(frozen=True, slots=True)
class Under:
    """Which emergency it was, its names then, and when it had begun; kept after its end."""

    id: EmergencyId
    mode: ModeKey
    zh: str
    en: str
    began_at: datetime
