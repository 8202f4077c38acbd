"""From a limit to the instant at which it is used up, with the steps that explain it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from math import ceil
from typing import Self

from workflows.deadlines.calendar import Calendar
from workflows.deadlines.steps import Step, StepKind, append_step, order_day_steps, step_of
from workflows.deadlines.stopwatch import (
    ZERO,
    ClockType,
    Pause,
    StretchKind,
    elapsed,
    in_utc,
    stretches,
)

__all__ = [
    "Deadline",
    "Limit",
    "Pause",
    "Step",
    "StepKind",
    "Unit",
    "budget",
    "due",
    "instant_at",
    "overdue_multiple",
    "used",
]

MICROSECOND = timedelta(microseconds=1)
SMALLEST, LARGEST = Decimal("0.000001"), Decimal(10_000)
"""A limit outside these is a slip of the pen, whatever its unit."""


class Unit(StrEnum):
    """What a limit is counted in (domain.md 0.3, 3.1).

    `ORDER_DAY` ends at close of business on the n-th working day after the day of receipt.
    """

    URGENT_HOUR = "urgent_hour"
    NATURAL_DAY = "natural_day"
    WORK_HOUR = "work_hour"
    WORK_DAY = "work_day"
    ORDER_DAY = "order_day"

    @property
    def clock(self) -> ClockType:
        day_and_night = self in {Unit.URGENT_HOUR, Unit.NATURAL_DAY}
        return ClockType.CONTINUOUS if day_and_night else ClockType.WORKING


MINUTES = {
    Unit.URGENT_HOUR: 60,
    Unit.NATURAL_DAY: 24 * 60,
    Unit.WORK_HOUR: 60,
    Unit.WORK_DAY: 480,
}
"""Length of a unit on its own clock; an order day has none, the calendar decides."""

SHORT_UNITS = {"min": (Unit.URGENT_HOUR, 60), "h": (Unit.URGENT_HOUR, 1)}
"""Shorter words for continuous time, and how many of them make the unit."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of a clock may be used. Raises ValueError for a value that cannot be meant."""

    value: Decimal | int
    unit: Unit

    def __post_init__(self) -> None:
        value = Decimal(self.value)
        if not value.is_finite() or not SMALLEST <= value <= LARGEST:
            raise ValueError(f"a limit is a number above 0 and at most {LARGEST}, not {value}")
        if self.unit is Unit.ORDER_DAY and value != int(value):
            raise ValueError(f"order days are counted whole, not {value}")
        object.__setattr__(self, "value", value)

    def __str__(self) -> str:
        return f"{self.value:f} {self.unit}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `4 work_hour`, `15 min` or `4 h`; the last two are continuous.

        Raises ValueError saying what would have been right.
        """
        number, _, word = text.strip().partition(" ")
        unit, parts = SHORT_UNITS.get(word.strip(), (word.strip(), 1))
        if unit not in set(Unit):
            words = ", ".join([*SHORT_UNITS, *Unit])
            raise ValueError(f'"{text}" is not a limit: write a number and one of {words}')
        try:
            value = Decimal(number)
        except InvalidOperation:
            raise ValueError(f'"{text}" does not begin with a number') from None
        return cls(value / parts, Unit(unit))

    def as_json(self) -> dict[str, str]:
        return {"value": f"{self.value:f}", "unit": self.unit.value}

    @classmethod
    def from_json(cls, stored: Mapping[str, str]) -> Self:
        return cls(Decimal(stored["value"]), Unit(stored["unit"]))


@dataclass(frozen=True, slots=True)
class Deadline:
    """The first instant at which a limit is used up, in UTC; None while a pause stands open.

    `provisional` says that a year without national data was crossed: recompute when it comes.
    """

    due_at: datetime | None
    provisional: bool
    steps: tuple[Step, ...] = ()


def due(
    start: datetime, limit: Limit, calendar: Calendar, pauses: Iterable[Pause] = ()
) -> Deadline:
    """When a limit that began to run at `start` is used up, and why.

    12:00 rather than 14:00 where the morning is enough. A pause that begins only after the
    limit is used up changes nothing, open or not. Raises ValueError for times without a zone.
    """
    pauses = tuple(pauses)
    if limit.unit is Unit.ORDER_DAY:
        return _due_order(start, limit, calendar, pauses)
    return _run_down(budget(start, limit, calendar), limit.unit.clock, start, calendar, pauses)


def budget(start: datetime, limit: Limit, calendar: Calendar) -> timedelta:
    """Measure the limit on its own clock; order days depend on when they began."""
    if limit.unit is Unit.ORDER_DAY:
        closing, _ = order_day_steps(start, int(limit.value), calendar)
        return elapsed(ClockType.WORKING, start, closing, calendar)
    minutes = Fraction(limit.value) * MINUTES[limit.unit]
    return round(minutes * 60_000_000) * MICROSECOND


def instant_at(
    start: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    fraction: Decimal | float = 1,
) -> datetime | None:
    """When a share of the limit (0.5 for 50 %) is used up; None while a pause stands open."""
    whole = budget(start, limit, calendar) // MICROSECOND
    share = ceil(whole * Fraction(str(fraction))) * MICROSECOND
    return _run_down(share, limit.unit.clock, start, calendar, tuple(pauses)).due_at


def used(
    start: datetime,
    until: datetime,
    unit: Unit,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
) -> timedelta:
    """Time the clock of `unit` ran from `start` to `until`, less pauses; never negative."""
    return elapsed(unit.clock, start, until, calendar, pauses)


def overdue_multiple(
    start: datetime,
    until: datetime,
    limit: Limit,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
) -> float:
    """Give (used - limit) / limit to sort lists by; below 0 is in time (domain.md 3.5)."""
    whole = budget(start, limit, calendar)
    return (used(start, until, limit.unit, calendar, pauses) - whole) / whole


def _run_down(
    left: timedelta,
    clock: ClockType,
    start: datetime,
    calendar: Calendar,
    pauses: Iterable[Pause],
) -> Deadline:
    if left == ZERO:
        return Deadline(in_utc(start), provisional=False)
    steps: list[Step] = []
    for stretch in stretches(clock, start, calendar, pauses):
        runs = stretch.kind is StretchKind.RUNS
        ran = min(stretch.length, left) if runs else ZERO
        left -= ran
        append_step(steps, step_of(stretch, ran, left))
        if runs and left == ZERO:
            return _deadline(stretch.begin + ran, steps)
    return _deadline(None, steps)


def _due_order(
    start: datetime, limit: Limit, calendar: Calendar, pauses: tuple[Pause, ...]
) -> Deadline:
    closing, steps = order_day_steps(start, int(limit.value), calendar)
    if not pauses:
        return _deadline(closing, steps)
    whole = elapsed(ClockType.WORKING, start, closing, calendar)
    lost = whole - elapsed(ClockType.WORKING, start, closing, calendar, pauses)
    if lost == ZERO:
        return _deadline(closing, steps)
    extended = _run_down(whole, ClockType.WORKING, start, calendar, pauses)
    if extended.due_at is None:
        return _deadline(None, [*steps, extended.steps[-1]])
    extension = Step(StepKind.EXTENDED, closing, extended.due_at, used=lost)
    extension = replace(extension, provisional=extended.provisional)
    return _deadline(extended.due_at, [*steps, extension])


def _deadline(due_at: datetime | None, steps: list[Step]) -> Deadline:
    return Deadline(due_at, any(step.provisional for step in steps), tuple(steps))
