"""Shifts, absences and swaps as values, and who may stand in for whom."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from workflows.people import Person, PersonId, Post, Role

ShiftId = NewType("ShiftId", int)
AbsenceId = NewType("AbsenceId", int)
SwapId = NewType("SwapId", int)


@dataclass(frozen=True, slots=True)
class DutyRules:
    """In days: how far ahead a repeating calendar is written out, how long one may be away, and
    how far ahead the end of a roster is told.
    """

    horizon_days: int
    away_most_days: int
    ends_told_days: int

    @property
    def horizon(self) -> timedelta:
        return timedelta(days=self.horizon_days)

    @property
    def ends_told(self) -> timedelta:
        return timedelta(days=self.ends_told_days)


@dataclass(frozen=True, slots=True)
class Turn:
    """A stretch of duty: aware, UTC, from `starts_at` up to but without `ends_at`."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: "Turn") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def holds(self, at: datetime) -> bool:
        return self.starts_at <= at < self.ends_at


@dataclass(frozen=True, slots=True)
class Shift(Turn):
    """`person` does it, the roster names `planned_for`. Without a role it is for all their posts.

    `zone` is where its times were written down. `changed_*` say who gave it to somebody else.
    """

    id: ShiftId
    person: PersonId
    planned_for: PersonId
    role: Role | None = None
    source: str = ""
    zone: str = ""
    note: str = ""
    changed_by: PersonId | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Absence(Turn):
    """Somebody is away; `replacement` stands in, if somebody could be named."""

    id: AbsenceId
    person: PersonId
    replacement: PersonId | None
    note: str
    made_by: PersonId
    made_at: datetime
    declined_by: PersonId | None = None
    declined_at: datetime | None = None
    ended_by: PersonId | None = None
    version: int = 0


class SwapState(StrEnum):
    """LAPSED is the clock's, or that of an import which took the shift away."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Given:
    """A shift as a swap names it; its times are kept, since an import may take it away."""

    id: ShiftId
    turn: Turn


@dataclass(frozen=True, slots=True)
class Swap:
    """`asked_by` gives a shift to `asked_to`, and takes `back` for it, if anything."""

    id: SwapId
    asked_by: PersonId
    asked_to: PersonId
    asked_at: datetime
    shift: Given
    back: Given | None
    lapses_at: datetime
    state: SwapState = SwapState.ASKED
    at_once: bool = False
    ended_by: PersonId | None = None
    ended_at: datetime | None = None
    version: int = 0


def can_stand_in(other: Person, person: Person, role: Role | None = None) -> bool:
    """Whether `other` holds every post of `person` (in that role) over at least its area."""
    wanted = [post for post in person.posts if role is None or post.role is role]
    held = other.active and other.id != person.id and bool(wanted)
    return held and all(any(_holds(mine, post) for mine in other.posts) for post in wanted)


def _holds(mine: Post, post: Post) -> bool:
    return mine.role is post.role and mine.agency == post.agency and mine.covers(post.area)
