"""The lines of an explanation of a due time, as data that any layer can put into words."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from workflows.deadlines.calendar import Calendar, Day, DayKind
from workflows.deadlines.stopwatch import (
    LONGEST_CLOSURE,
    NEVER,
    ZERO,
    Stretch,
    StretchKind,
    in_utc,
)


class StepKind(StrEnum):
    """What one line of an explanation tells."""

    RUNS = "runs"
    PAUSED = "paused"
    DAY_OFF = "day_off"
    RECEIVED = "received"
    COUNTS = "counts"
    EXTENDED = "extended"


LASTING = frozenset({StepKind.DAY_OFF, StepKind.PAUSED})
"""Lines that go on over many days and then are told once."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an explanation, as data: half-open [begin, end) in UTC.

    `used` is what this step took from the limit (EXTENDED: what the pauses gave back), `left`
    what remained after it; both are time on the limit's own clock. `number` says which order
    day it is. `first_day` and `last_day` are local dates; a continuous clock and a pause have
    none. `end` is None only for a pause that stands open.
    """

    kind: StepKind
    begin: datetime
    end: datetime | None
    used: timedelta = ZERO
    left: timedelta = ZERO
    day_kind: DayKind | None = None
    first_day: date | None = None
    last_day: date | None = None
    name: str = ""
    provisional: bool = False
    number: int | None = None


def step_of(stretch: Stretch, ran: timedelta, left: timedelta) -> Step:
    """Turn a stretch of the clock into a line; it ends early where it uses the limit up."""
    kind = StepKind(stretch.kind)
    if stretch.kind is StretchKind.PAUSED:
        until = None if stretch.end == NEVER else stretch.end
        return Step(kind, stretch.begin, until, ran, left)
    end = stretch.begin + ran if ran and left == ZERO else stretch.end
    if stretch.day is None:
        return Step(kind, stretch.begin, end, ran, left)
    return _on_day(stretch.day, kind, stretch.begin, end, used=ran, left=left)


def append_step(steps: list[Step], step: Step) -> None:
    """Add a line, or lengthen the last one when it tells of the same days off or pause."""
    if steps and step.kind in LASTING and _is_alike(steps[-1], step):
        steps[-1] = replace(steps[-1], end=step.end, last_day=step.last_day)
    else:
        steps.append(step)


def order_day_steps(
    start: datetime, count: int, calendar: Calendar
) -> tuple[datetime, list[Step]]:
    """Find close of business on the last order day, and tell the days up to it.

    Domain.md 3.1 sets "on the n-th working day after receipt". Our reading of "after": the day
    of receipt never counts, whatever its hour and kind (Civil Code art. 201 and 203: the first
    day is not counted, the last ends when business does). So an order received on Saturday, on
    Friday at noon or on Friday at 23:00 has its first day on Monday.
    Raises ValueError for a calendar that no longer works at all.
    """
    days = calendar.days_from(start)
    steps = [_received(start, next(days))]
    closing = steps[0].begin
    number = closed = 0
    while number < count:
        day = next(days)
        closed = 0 if day.shifts else closed + 1
        if closed > LONGEST_CLOSURE:
            raise ValueError(f"the calendar has no working hours in the year before {day.date}")
        if day.shifts:
            number += 1
            opens, closing = day.shifts[0][0], day.shifts[-1][1]
            steps.append(_on_day(day, StepKind.COUNTS, opens, closing, number=number))
        else:
            append_step(steps, _on_day(day, StepKind.DAY_OFF, day.begin, day.end))
    return closing, steps


def _received(start: datetime, day: Day) -> Step:
    """Tell the day of receipt; it cannot be provisional, because it decides nothing."""
    step = _on_day(day, StepKind.RECEIVED, in_utc(start), day.end)
    return replace(step, provisional=False)


def _is_alike(last: Step, step: Step) -> bool:
    return (last.kind, last.day_kind, last.name, last.provisional) == (
        step.kind,
        step.day_kind,
        step.name,
        step.provisional,
    )


def _on_day(
    day: Day,
    kind: StepKind,
    begin: datetime,
    end: datetime,
    *,
    used: timedelta = ZERO,
    left: timedelta = ZERO,
    number: int | None = None,
) -> Step:
    return Step(
        kind,
        begin,
        end,
        used=used,
        left=left,
        day_kind=day.kind,
        first_day=day.date,
        last_day=day.date,
        name=day.name,
        provisional=day.provisional,
        number=number,
    )
