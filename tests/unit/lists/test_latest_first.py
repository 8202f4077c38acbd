"""The supervisor's order: how far over its limit a case is, held still while pages are turned."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tests.unit.words.given import BOOK, case
from workflows.cases.case import Case, CaseId, RunningClock
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Unit
from workflows.lists import Turn, lateness, latest_first

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


def late(number: int, limit: int, hours: float) -> Case:
    """Over a limit of so many hours, day and night, by so many."""
    due = NOW - timedelta(hours=hours)
    begun = due - timedelta(hours=limit)
    clock = RunningClock(ClockKind.DISPOSAL, 0, begun, Limit(limit, Unit.URGENT_HOUR), due)
    return replace(case(), id=CaseId(number), clocks=(clock,))


def order(*cases: Case) -> list[int]:
    return [each.id for each in latest_first(cases, Turn(), BOOK.calendar, NOW).cases]


def test_the_multiple_counts_and_not_the_hours() -> None:
    assert lateness(late(1, 2, 3), BOOK.calendar, NOW) == 1.5
    assert order(late(1, 20, 10), late(2, 2, 3), late(3, 4, 4)) == [2, 3, 1]


def test_what_is_not_late_yet_follows_by_its_due_time() -> None:
    never = replace(case(), id=CaseId(4), clocks=())
    assert order(never, late(1, 4, -2), late(2, 4, -1), late(3, 4, 1)) == [3, 2, 1, 4]


def test_pages_hold_still_although_cases_close_between_them() -> None:
    every = [late(n, 2, 20 - n) for n in range(1, 9)]
    first = latest_first(every, Turn(), BOOK.calendar, NOW)
    left = [each for each in every if each.id not in {2, 5}]
    second = latest_first(left, Turn(after=first.marks[-1]), BOOK.calendar, NOW)
    assert [each.id for each in first.cases] == [1, 2, 3, 4, 5]
    assert [each.id for each in second.cases] == [6, 7, 8]
    back = latest_first(left, Turn(before=second.marks[0]), BOOK.calendar, NOW)
    assert [each.id for each in back.cases] == [1, 3, 4, 6, 7]
    assert (second.earlier, second.later) == (3, 0)
