"""Elapsed time, continuous or working, with pauses as intervals on the clock they pause."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Self

from workflows.deadlines.calendar import ONE_DAY, Calendar, Day

NEVER = datetime.max.replace(tzinfo=UTC)
ZERO = timedelta(0)
Spans = tuple[tuple[datetime, datetime], ...]
LONGEST_CLOSURE = 400
"""Days in a row without a shift after which a calendar is taken to be wrong."""


class ClockType(StrEnum):
    """`CONTINUOUS` runs day and night, `WORKING` only inside shifts (domain.md 3.1)."""

    CONTINUOUS = "continuous"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Pause:
    """Half-open interval in which a clock stands still; `end` None means it still does.

    Raises ValueError for times without a zone, or an end before the beginning.
    """

    begin: datetime
    end: datetime | None = None

    def __post_init__(self) -> None:
        begin = in_utc(self.begin)
        end = None if self.end is None else in_utc(self.end)
        if end is not None and end < begin:
            span = f"{self.begin.isoformat()} to {self.end and self.end.isoformat()}"
            raise ValueError(f"a pause cannot end before it begins: {span}")
        object.__setattr__(self, "begin", begin)
        object.__setattr__(self, "end", end)

    def as_json(self) -> dict[str, str | None]:
        end = None if self.end is None else self.end.isoformat()
        return {"begin": self.begin.isoformat(), "end": end}

    @classmethod
    def from_json(cls, stored: Mapping[str, str | None]) -> Self:
        begin, end = stored["begin"], stored["end"]
        if begin is None:
            raise ValueError("a stored pause has no beginning")
        return cls(
            datetime.fromisoformat(begin), None if end is None else datetime.fromisoformat(end)
        )


class StretchKind(StrEnum):
    """What the clock does in a stretch of time."""

    RUNS = "runs"
    PAUSED = "paused"
    DAY_OFF = "day_off"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A half-open piece of time in UTC in which the clock does one thing.

    `day` is the working day it lies in; a continuous clock knows no days.
    """

    kind: StretchKind
    begin: datetime
    end: datetime
    day: Day | None = None

    @property
    def length(self) -> timedelta:
        return self.end - self.begin


def in_utc(instant: datetime) -> datetime:
    """Put an instant into UTC. Raises ValueError for a time that names no zone."""
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} names no zone")
    return instant.astimezone(UTC)


def stretches(
    clock: ClockType, start: datetime, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> Iterator[Stretch]:
    """Cut the time from `start` on where the clock starts or stops.

    Without end, unless an open pause makes one: its stretch ends `NEVER` and is the last.
    Lunch and nights are left out; whole days off are told, because an explanation needs them,
    and whole days within a pause are skipped in one stretch.
    Raises ValueError for a calendar that no longer works at all.
    """
    start = in_utc(start)
    still = merged(pauses)
    if clock is ClockType.CONTINUOUS:
        return _cut(start, NEVER, still, None)
    return _working(start, calendar, still)


def _working(start: datetime, calendar: Calendar, still: Spans) -> Iterator[Stretch]:
    closed = 0
    on = start.astimezone(calendar.zone).date()
    while True:
        day = calendar.day(on)
        begin = max(start, day.begin)
        resumes = next((end for b, end in still if b <= begin and end >= day.end), None)
        if resumes == NEVER:
            yield Stretch(StretchKind.PAUSED, begin, NEVER, day)
            return
        if resumes is not None:
            on = resumes.astimezone(calendar.zone).date()
            yield Stretch(StretchKind.PAUSED, begin, calendar.day(on).begin, day)
            continue
        closed = 0 if day.shifts else closed + 1
        if closed > LONGEST_CLOSURE:
            raise ValueError(f"the calendar has no working hours in the year before {on}")
        if not day.kind.is_worked:
            yield Stretch(StretchKind.DAY_OFF, begin, day.end, day)
        for opens, closes in day.shifts:
            if closes > start:
                yield from _cut(max(opens, start), closes, still, day)
        on += ONE_DAY


def merged(pauses: Iterable[Pause]) -> Spans:
    """Order pauses into intervals that neither overlap nor touch; an open one ends `NEVER`."""
    joined: list[tuple[datetime, datetime]] = []
    for begin, end in sorted((pause.begin, pause.end or NEVER) for pause in pauses):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif begin < end:
            joined.append((begin, end))
    return tuple(joined)


def _cut(
    begin: datetime,
    end: datetime,
    still: Spans,
    day: Day | None,
) -> Iterator[Stretch]:
    for pause_begin, pause_end in still:
        if pause_end <= begin or pause_begin >= end:
            continue
        if begin < pause_begin:
            yield Stretch(StretchKind.RUNS, begin, pause_begin, day)
        yield Stretch(StretchKind.PAUSED, max(begin, pause_begin), min(end, pause_end), day)
        begin = min(end, pause_end)
    if begin < end:
        yield Stretch(StretchKind.RUNS, begin, end, day)


def elapsed(
    clock: ClockType,
    start: datetime,
    until: datetime,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
) -> timedelta:
    """Measure how long the clock ran from `start` to `until`, less its pauses; at least zero."""
    until = in_utc(until)
    ran = ZERO
    for stretch in stretches(clock, start, calendar, pauses):
        if stretch.begin >= until:
            break
        if stretch.kind is StretchKind.RUNS:
            ran += min(stretch.end, until) - stretch.begin
    return ran
