"""What has been told and who knows of it: the alert on each clock, the alarm on the whole case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

from workflows.escalation.ladder import Level
from workflows.people import PersonId


@dataclass(frozen=True, slots=True)
class Alert:
    """The latest rung that a clock has told, and to whom.

    `number` counts what this clock has told since its ladder began, so that every promise to
    tell it again has a timer of its own; `repeats` counts those since somebody last knew.
    `again_at` is when the same level is told again, None for never.
    """

    level: Level
    at: datetime
    told: tuple[PersonId, ...]
    number: int = 1
    repeats: int = 0
    again_at: datetime | None = None
    known_by: PersonId | None = None
    known_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "level": self.level.value,
            "at": self.at.isoformat(),
            "told": list(self.told),
            "number": self.number,
            "repeats": self.repeats,
            "again_at": _text(self.again_at),
            "known_by": self.known_by,
            "known_at": _text(self.known_at),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            level=Level(stored["level"]),
            at=datetime.fromisoformat(stored["at"]),
            told=tuple(PersonId(number) for number in stored["told"]),
            number=stored["number"],
            repeats=stored["repeats"],
            again_at=_instant(stored["again_at"]),
            known_by=stored["known_by"],
            known_at=_instant(stored["known_at"]),
        )


@dataclass(frozen=True, slots=True)
class Alarm:
    """What holds for all alerts of a case together.

    `known_by` has acknowledged everything told so far. `stand_ins` are administrators who were
    told because nobody else was on duty. `exhausted_at` is when the last ladder ended and
    nothing was left to come; it stays until somebody acts on the case.
    """

    known_by: PersonId | None = None
    known_at: datetime | None = None
    stand_ins: tuple[PersonId, ...] = ()
    exhausted_at: datetime | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "known_by": self.known_by,
            "known_at": _text(self.known_at),
            "stand_ins": list(self.stand_ins),
            "exhausted_at": _text(self.exhausted_at),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> Self:
        """Nothing has been told on a case of before there were alarms."""
        if not stored:
            return cls()
        return cls(
            known_by=stored["known_by"],
            known_at=_instant(stored["known_at"]),
            stand_ins=tuple(PersonId(number) for number in stored["stand_ins"]),
            exhausted_at=_instant(stored["exhausted_at"]),
        )


QUIET: Final = Alarm()
"""Nothing has been told, and nobody has to know of anything."""


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
