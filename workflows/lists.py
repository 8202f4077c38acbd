"""Lists of cases that people live in: what is asked for, where a page begins, what comes back.

A page is anchored at a case that was shown and never at a number of pages, so that nothing is
shown twice or left out when cases come in or close between two presses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from workflows.cases.case import Case, CaseId, State
from workflows.deadlines.calendar import Calendar
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import overdue_multiple
from workflows.people import PersonId

PAGE: Final = 5
"""Cases a page: as many as have room for a button each."""

MOST_FOUND: Final = 100
"""Cases that one search by a number remembers."""

RECENT: Final = timedelta(days=14)
"""For so long after it ended an order stays in the list of whoever took it down."""

SEARCHED: Final = timedelta(days=366)
"""How far back a search by words looks; a number is found however old it is."""


class ListKind(StrEnum):
    TASKS = "tasks"
    BOARD = "board"
    ORDERS = "orders"
    FOUND = "found"
    SUPERVISED = "supervised"
    REVIEWS = "reviews"


@dataclass(frozen=True, slots=True)
class Mark:
    """The place of a case in its list: its due time where the list has that order, its number.

    `rank` is what a list in the order of lateness goes by.
    """

    case: CaseId
    due: datetime | None = None
    rank: float = 0.0

    def as_json(self) -> dict[str, Any]:
        due = self.due.isoformat() if self.due else None
        return {"case": self.case, "due": due, "rank": self.rank}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Mark":
        due = stored.get("due")
        return cls(
            CaseId(int(stored["case"])),
            datetime.fromisoformat(due) if due else None,
            float(stored.get("rank", 0.0)),
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """Which page: what follows a case, what comes before one, or the first page."""

    after: Mark | None = None
    before: Mark | None = None

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Turn":
        """The first page for whatever an older version of ours has put on a button."""
        after, before = stored.get("after"), stored.get("before")
        return cls(
            Mark.from_json(after) if after else None, Mark.from_json(before) if before else None
        )


FIRST: Final = Turn()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question for a list. `at` is the instant that its order is worked out for.

    BOARD is about one `state`; FOUND about `cases` that a number has named, or about words:
    each of `terms` beside the classes whose name holds it.
    """

    kind: ListKind
    at: datetime
    turn: Turn = FIRST
    state: State | None = None
    terms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    cases: tuple[CaseId, ...] | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One page: its cases, how many there are, how many come before it, who has them."""

    cases: tuple[Case, ...]
    total: int
    earlier: int = 0
    names: Mapping[PersonId, str] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()

    @property
    def later(self) -> int:
        return max(self.total - self.earlier - len(self.cases), 0)


@dataclass(frozen=True, slots=True)
class Pile:
    """Open cases in one state, and how many of them are overdue."""

    state: State
    count: int
    overdue: int


def lateness(case: Case, calendar: Calendar, at: datetime) -> float:
    """By how much of its limit a case is overdue: (used - limit) / limit (domain.md 3.5 [NB])."""
    clock = case.clock(ClockKind.DISPOSAL)
    if clock is None or not clock.runs:
        return 0.0
    return overdue_multiple(clock.started_at, at, clock.limit, calendar, clock.pauses)


def latest_first(cases: Sequence[Case], turn: Turn, calendar: Calendar, at: datetime) -> Listed:
    """One page of these, the longest overdue for its limit first, then what is due next.

    The order is that of one instant, so it holds still while somebody turns the pages.
    """
    return ranked(cases, {case.id: _rank(case, calendar, at) for case in cases}, turn)


def riskiest_first(cases: Sequence[Case], points: Mapping[CaseId, int], turn: Turn) -> Listed:
    """One page of these, those with the most points for a second look first, then by due time."""
    ranks = {case.id: _due_rank(case) - points[case.id] * MORE_THAN_A_TIME for case in cases}
    return ranked(cases, ranks, turn)


def ranked(cases: Sequence[Case], ranks: Mapping[CaseId, float], turn: Turn) -> Listed:
    """One page in the order of these ranks, the lowest first."""
    marks = {case.id: Mark(case.id, case.due_next, ranks[case.id]) for case in cases}
    ordered = sorted(cases, key=lambda case: _place(marks[case.id]))
    start = _start(ordered, marks, turn)
    shown = tuple(ordered[start : start + PAGE])
    return Listed(shown, len(ordered), start, marks=tuple(marks[case.id] for case in shown))


def _start(ordered: Sequence[Case], marks: Mapping[CaseId, Mark], turn: Turn) -> int:
    places = [_place(marks[case.id]) for case in ordered]
    if turn.after is not None:
        return sum(place <= _place(turn.after) for place in places)
    if turn.before is not None:
        return max(sum(place < _place(turn.before) for place in places) - PAGE, 0)
    return 0


NOT_LATE: Final = 1e9
"""Behind every multiple that a case can reach."""


def _rank(case: Case, calendar: Calendar, at: datetime) -> float:
    due = case.due_next
    if due is not None and due < at:
        return -lateness(case, calendar, at)
    return NOT_LATE + (due.timestamp() if due else NOT_LATE * 10)


MORE_THAN_A_TIME: Final = 1e11
"""Seconds: more than any due time is since 1970, so one point weighs more than all of them."""


def _due_rank(case: Case) -> float:
    due = case.due_next
    return due.timestamp() if due is not None else MORE_THAN_A_TIME / 2


def _place(mark: Mark) -> tuple[float, int]:
    return mark.rank, mark.case
