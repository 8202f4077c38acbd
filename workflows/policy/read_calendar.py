"""Reads calendar.toml: zone, working hours with their dates, and the district's own days."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workflows.deadlines.calendar import SPLIT_DAY, DayOverride, Shift, WorkingHours
from workflows.policy.policy import CalendarRules
from workflows.policy.tables import Table, TomlFile, count, text, texts

SPAN: Final = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
WORKED: Final = {"work": True, "off": False}
WRITE_SHIFTS: Final = 'Write shifts = ["08:00-12:00", "14:00-18:00"], in order and apart'
LONGEST_REST: Final = timedelta(days=31)
WRITE_UNTIL: Final = "Write the last day, both included, at most a month later"
WRITE_YEARS: Final = "Write announced = [2027], and every day of its notice as [[days]]"
WRITE_DATE: Final = "Write a date without quotation marks: 2027-07-01"


def read_calendar(file: TomlFile) -> CalendarRules:
    """Read and check the whole file; mistakes go to the file's list."""
    for name in file.names():
        if name not in {"hours", "days"}:
            file.mistake(file.line_of(name), f'"{name}" means nothing here', "Remove it")
    root = file.root()
    zone = root.take("zone", _zone, 'Write zone = "Asia/Shanghai"', ZoneInfo("UTC"))
    none: frozenset[int] = frozenset()
    announced = root.take_if_there("announced", _years, WRITE_YEARS, none)
    root.close()
    hours = tuple(_hours(table) for table in file.tables("hours"))
    if not any(h.valid_from == date.min and h.valid_until == date.max for h in hours):
        remedy = "Begin with [[hours]] that names no dates"
        file.mistake(file.line_of("hours"), "some dates have no working hours", remedy)
    days = _days(file)
    for year in sorted(announced - {day.year for day in days}):
        line = file.line_of("", 0, "announced")
        file.mistake(line, f"no day of the notice of {year} stands here", WRITE_YEARS)
    return CalendarRules(zone, hours, days, announced)


def read_span(value: Any) -> tuple[int, int]:
    """Read `08:00-12:00` as minutes after midnight. Raises ValueError for anything else."""
    match = SPAN.fullmatch(text(value))
    if match is None:
        raise ValueError(f'"{value}" is not a span of time such as "08:00-12:00"')
    begin_hour, begin_minute, end_hour, end_minute = map(int, match.groups())
    if max(begin_minute, end_minute) > 59 or max(begin_hour, end_hour) > 24:
        raise ValueError(f'"{value}" holds a time that no clock shows')
    return begin_hour * 60 + begin_minute, end_hour * 60 + end_minute


def read_times(value: Any) -> tuple[time, time]:
    """Read `20:00-07:30`, which may cross midnight. Raises ValueError for anything else."""
    begin, end = read_span(value)
    return time(*divmod(begin, 60)), time(*divmod(end, 60))


def _hours(table: Table) -> WorkingHours:
    shifts = table.take("shifts", _shifts, WRITE_SHIFTS, SPLIT_DAY.shifts)
    first = table.take_if_there("valid_from", _date, WRITE_DATE, date.min)
    last = table.take_if_there("valid_until", _date, WRITE_DATE, date.max)
    if last < first:
        table.mistake("these hours end before they begin", "Exchange the dates", "valid_until")
    table.close()
    return WorkingHours(shifts, first, last)


def _days(file: TomlFile) -> dict[date, DayOverride]:
    days: dict[date, DayOverride] = {}
    for table in file.tables("days"):
        on = table.take("date", _date, WRITE_DATE, date.min)
        until = table.take_if_there("until", _date, WRITE_DATE, on)
        worked = table.take("kind", _worked, 'Write kind = "work" or kind = "off"', spare=False)
        name = table.take_if_there("name", text, 'Write name = "…"', "")
        shifts = table.take_if_there("shifts", _some_shifts, WRITE_SHIFTS, None)
        if shifts and not worked:
            table.mistake(
                "a day off has no shifts", 'Remove them or write kind = "work"', "shifts"
            )
        if not on <= until <= on + LONGEST_REST:
            table.mistake("these days end before they begin, or never", WRITE_UNTIL, "until")
            until = on
        table.close()
        for day in _each(on, until):
            if day in days and day != date.min:
                table.mistake(f"{day} stands here twice", "Keep one of the two", "date")
            days[day] = DayOverride(worked, name, shifts)
    return days


def _each(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=after) for after in range((last - first).days + 1))


def _zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(text(value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'no zone is called "{value}"') from None


def _date(value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError(f"{value!r} is not a date")  # noqa: TRY004 - one kind of no
    return value


def _worked(value: Any) -> bool:
    if text(value) not in WORKED:
        raise ValueError(f'"{value}" is not a kind of day')
    return WORKED[value]


def _years(value: Any) -> frozenset[int]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a list of years")  # noqa: TRY004 - one kind of no
    return frozenset(count(year) for year in value)


def _some_shifts(value: Any) -> tuple[Shift, ...] | None:
    return _shifts(value)


def _shifts(value: Any) -> tuple[Shift, ...]:
    shifts = tuple(Shift(*read_span(span)) for span in texts(value))
    if not shifts:
        raise ValueError("a working day without a shift")
    if any(after.opens < before.closes for before, after in pairwise(shifts)):
        raise ValueError("shifts overlap or stand out of order")
    return shifts
