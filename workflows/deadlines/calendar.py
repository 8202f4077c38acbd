"""Which days and hours the city works, as data: hours, national days, district exceptions."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
SATURDAY = 5
MINUTES_IN_A_DAY = 24 * 60


class DayKind(StrEnum):
    """Why a day is worked or not."""

    WORK = "work"
    MADE_UP = "made_up"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    DISTRICT_WORK = "district_work"
    DISTRICT_OFF = "district_off"

    @property
    def is_worked(self) -> bool:
        return self in {DayKind.WORK, DayKind.MADE_UP, DayKind.DISTRICT_WORK}


@dataclass(frozen=True, slots=True, order=True)
class Shift:
    """Half-open working time of one day, in minutes after local midnight (0 to 1440).

    Raises ValueError unless it begins before it ends within the day.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_IN_A_DAY:
            raise ValueError(f"a shift must begin before it ends within one day, not {self}")

    def __str__(self) -> str:
        return "-".join(f"{m // 60:02}:{m % 60:02}" for m in (self.opens, self.closes))


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The shifts of a working day from one date to another, both included."""

    shifts: tuple[Shift, ...]
    valid_from: date = date.min
    valid_until: date = date.max

    def covers(self, on: date) -> bool:
        return self.valid_from <= on <= self.valid_until


SPLIT_DAY = WorkingHours((Shift(8 * 60, 12 * 60), Shift(14 * 60, 18 * 60)))
"""The day that two independent systems use (domain.md 3.1)."""


@dataclass(frozen=True, slots=True)
class NationalDays:
    """What the State Council ordered, and what is only expected of the years it has not reached.

    `known` are the years whose notice is in the data. Days off and made-up days of other
    years may be given too: they are a fallback and whatever rests on them is provisional.
    """

    known: frozenset[int] = frozenset()
    off: Mapping[date, str] = field(default_factory=lambda: MappingProxyType({}))
    made_up: frozenset[date] = frozenset()
    source: str = ""

    def with_notices_of(self, years: frozenset[int]) -> "NationalDays":
        """The same, with nothing guessed of these years: their notice is known elsewhere."""
        new = years - self.known
        off = {day: name for day, name in self.off.items() if day.year not in new}
        made_up = frozenset(day for day in self.made_up if day.year not in new)
        return replace(self, known=self.known | new, off=off, made_up=made_up)


@dataclass(frozen=True, slots=True)
class DayOverride:
    """A district's own word about one day; `shifts` None means the usual hours."""

    worked: bool
    name: str = ""
    shifts: tuple[Shift, ...] | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One local date: its bounds and shifts in UTC, and whether its kind is only a guess."""

    date: date
    begin: datetime
    end: datetime
    kind: DayKind
    shifts: tuple[tuple[datetime, datetime], ...]
    name: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working time of one district. `version` names the data, so that it can be stored.

    A year without national data is not an error here: the fallback of `national`, else the
    plain week, is used and every day of that year is provisional (durability.md 2.2, row 57).
    """

    zone: ZoneInfo
    hours: tuple[WorkingHours, ...] = (SPLIT_DAY,)
    national: NationalDays = field(default_factory=NationalDays)
    overrides: Mapping[date, DayOverride] = field(default_factory=lambda: MappingProxyType({}))
    version: str = field(init=False, default="")
    _seen: dict[date, Day] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "version", _fingerprint(self))

    def day(self, on: date) -> Day:
        """Tell all about a local date; the district's word goes before the nation's."""
        if on not in self._seen:  # asked again for every case: a memo, not a state
            self._seen[on] = self._work_out(on)
        return self._seen[on]

    def _work_out(self, on: date) -> Day:
        override = self.overrides.get(on)
        kind = self._kind(on, override)
        name = override.name if override else self.national.off.get(on, "")
        provisional = override is None and on.year not in self.national.known
        shifts = self._shifts(on, override) if kind.is_worked else ()
        midnight = datetime.combine(on, time.min)
        return Day(
            date=on,
            begin=instant_of(midnight, self.zone),
            end=instant_of(midnight + ONE_DAY, self.zone),
            kind=kind,
            shifts=tuple(self._in_utc(midnight, shifts)),
            name=name,
            provisional=provisional,
        )

    def days_from(self, instant: datetime) -> Iterator[Day]:
        """Every day without end, beginning with the local date of an aware instant."""
        on = instant.astimezone(self.zone).date()
        while True:
            yield self.day(on)
            on += ONE_DAY

    def _kind(self, on: date, override: DayOverride | None) -> DayKind:
        if override is not None:
            return DayKind.DISTRICT_WORK if override.worked else DayKind.DISTRICT_OFF
        if on in self.national.off:
            return DayKind.HOLIDAY
        if on in self.national.made_up:
            return DayKind.MADE_UP
        return DayKind.WEEKEND if on.weekday() >= SATURDAY else DayKind.WORK

    def _shifts(self, on: date, override: DayOverride | None) -> tuple[Shift, ...]:
        if override is not None and override.shifts is not None:
            return override.shifts
        return next((hours.shifts for hours in reversed(self.hours) if hours.covers(on)), ())

    def _in_utc(
        self, midnight: datetime, shifts: tuple[Shift, ...]
    ) -> Iterator[tuple[datetime, datetime]]:
        for shift in sorted(shifts):
            opens = instant_of(midnight + timedelta(minutes=shift.opens), self.zone)
            closes = instant_of(midnight + timedelta(minutes=shift.closes), self.zone, last=True)
            if opens < closes:  # a shift that lies inside the hour a zone skips is empty
                yield opens, closes


def instant_of(wall: datetime, zone: ZoneInfo, *, last: bool = False) -> datetime:
    """Turn a naive local time into UTC, whatever the zone does that night (durability.md row 55).

    A time that happens twice means its first occurrence, or with `last` its last: a shift
    begins with the first and ends with the last. A time that is skipped means the jump itself.
    """
    instant = wall.replace(tzinfo=zone, fold=int(last)).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    return _jump_over(wall, zone)


def _jump_over(wall: datetime, zone: ZoneInfo) -> datetime:
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    seconds = int((wall.replace(tzinfo=zone, fold=0).astimezone(UTC) - before).total_seconds())
    low, high = 0, seconds
    while high - low > 1:
        middle = (low + high) // 2
        shown = (before + timedelta(seconds=middle)).astimezone(zone).replace(tzinfo=None)
        low, high = (low, middle) if shown > wall else (middle, high)
    return before + timedelta(seconds=high)


def _fingerprint(calendar: Calendar) -> str:
    """Name the data shortly: the name changes exactly when some day or hour does."""
    national = calendar.national
    facts = (
        calendar.zone.key,
        calendar.hours,
        sorted(national.known),
        sorted(national.off.items()),
        sorted(national.made_up),
        sorted(calendar.overrides.items(), key=lambda item: item[0]),
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:12]
