"""What the bytes of a picture say by themselves, before anybody believes any of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from workflows.cases.point import Point

MOST_SOFTWARE: Final = 64
"""Characters of the program's name that are kept."""


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """Read once, when the picture is developed, from the original as it came.

    `captured` is the camera's own wall clock, naive; `offset_minutes` its distance from UTC if
    the camera wrote one. `point` is WGS-84 as the picture claims it, `software` the program
    that wrote the file. `fingerprint` is an unsigned 64-bit number that hardly differs between
    two copies of one picture. `faces` and `plates` were blurred on the copy that is shown;
    `width` and `height` are pixels of the original, upright.
    """

    captured: datetime | None = None
    offset_minutes: int | None = None
    point: Point | None = None
    software: str = ""
    fingerprint: int | None = None
    faces: int = 0
    plates: int = 0
    width: int = 0
    height: int = 0

    @property
    def without_claims(self) -> "PictureFacts":
        """Without time and place, for a picture that did not come as a file.

        A messenger takes both out of what it compresses, so whatever is there was put there
        (durability.md 2.2, "Photos").
        """
        return replace(self, captured=None, offset_minutes=None, point=None)

    def as_json(self) -> dict[str, Any]:
        return {
            "captured": self.captured.isoformat() if self.captured else None,
            "offset_minutes": self.offset_minutes,
            "point": [self.point.latitude, self.point.longitude] if self.point else None,
            "software": self.software,
            "fingerprint": None if self.fingerprint is None else f"{self.fingerprint:016x}",
            "faces": self.faces,
            "plates": self.plates,
            "width": self.width,
            "height": self.height,
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "PictureFacts":
        """Raises KeyError, TypeError or ValueError for what is no account of a picture."""
        captured, point, fingerprint = told["captured"], told["point"], told["fingerprint"]
        return cls(
            captured=None if captured is None else datetime.fromisoformat(captured),
            offset_minutes=told["offset_minutes"],
            point=None if point is None else Point(*map(float, point)),
            software=str(told["software"])[:MOST_SOFTWARE],
            fingerprint=None if fingerprint is None else int(fingerprint, 16),
            faces=int(told["faces"]),
            plates=int(told["plates"]),
            width=int(told["width"]),
            height=int(told["height"]),
        )
