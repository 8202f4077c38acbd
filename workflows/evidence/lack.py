"""What keeps one closing photo from showing the result, as its own file says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Lacking(StrEnum):
    """The requirement that failed, in the order in which it is looked at."""

    AS_FILE = "as_file"
    EARLY = "early"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Lack:
    """`at` is the camera's time of an early photo (aware), `metres` how far away a far one is."""

    what: Lacking
    at: datetime | None = None
    metres: int = 0

    def as_json(self) -> dict[str, Any]:
        at = self.at.isoformat() if self.at else None
        return {"what": self.what.value, "at": at, "metres": self.metres}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Lack":
        at = datetime.fromisoformat(stored["at"]) if stored["at"] else None
        return cls(Lacking(stored["what"]), at, stored["metres"])
