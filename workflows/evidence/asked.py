"""What a filing condition asks of its closing photos, as a case keeps it from its filing on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

MOST: Final = 9
"""So many are taken where a case was filed before its kind of photo was written down."""

SLACK: Final = 30


class Heed(StrEnum):
    """What becomes of a photo whose file says that it cannot show the result.

    FLAG tells the reviewer and the sender, REFUSE does not count it either.
    """

    FLAG = "flag"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class PhotoAsk:
    """The policy of one kind of closing photo (domain.md 4.1, keys such as `cover` and `clean`).

    `most` photos are taken; `why_*` says in a few words what they are for (domain.md 6). With
    `as_file` only a file counts, because a chat photo has lost the time and place of taking it
    (messaging.md 4). `early` heeds a time before the case was reported, `far` a place more than
    `within_metres` away; both only where a file carries them, and None looks at neither. By
    `slack_minutes` a camera's clock may be wrong.
    """

    kind: str = ""
    most: int = MOST
    why_zh: str = ""
    why_en: str = ""
    as_file: bool = False
    early: Heed | None = None
    far: Heed | None = None
    within_metres: int = 0
    slack_minutes: int = SLACK

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "most": self.most,
            "why_zh": self.why_zh,
            "why_en": self.why_en,
            "as_file": self.as_file,
            "early": self.early.value if self.early else None,
            "far": self.far.value if self.far else None,
            "within_metres": self.within_metres,
            "slack_minutes": self.slack_minutes,
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> Self:
        """A case from before this was kept asks for nothing beyond its number of photos."""
        if stored is None:
            return cls()
        heeds = {key: Heed(stored[key]) if stored[key] else None for key in ("early", "far")}
        return cls(**{**stored, **heeds})


NOTHING_MORE: Final = PhotoAsk()
"""Of a case from before kinds of photos were written down: only their number is asked for."""
