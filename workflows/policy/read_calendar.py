"""Reads calendar.toml: zone, working hours with their dates, and the district's own days."""

import re
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workflows.deadlines.calendar import SPLIT_DAY, DayOverride, Shift, WorkingHours
from workflows.policy.policy import CalendarRules
from workflows.policy.tables import Table, TomlFile, text, texts

SPAN: Final = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")
WORKED: Final = {"work": True, "off": False}
WRITE_SHIFTS: Final = 'Write shifts = ["08:00-12:00", "14:00-18:00"], in order and apart'
WRITE_DATE: Final = "Write a date without quotation marks: 2027-07-01"


def read_calendar(file: TomlFile) -> CalendarRules:
    """Read and check the whole file; mistakes go to the file's list."""
    for name in file.names():
        if name not in {"hours", "days"}:
            file.mistake(file.line_of(name), f'"{name}" means nothing here', "Remove it")
    root = file.root()
    zone = root.take("zone", _zone, 'Write zone = "Asia/Shanghai"', ZoneInfo("UTC"))
    root.close()
    hours = tuple(_hours(table) for table in file.tables("hours"))
    if not any(h.valid_from == date.min and h.valid_until == date.max for h in hours):
        remedy = "Begin with [[hours]] that names no dates"
        file.mistake(file.line_of("hours"), "some dates have no working hours", remedy)
    return CalendarRules(zone, hours, _days(file))


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
        worked = table.take("kind", _worked, 'Write kind = "work" or kind = "off"', spare=False)
        name = table.take_if_there("name", text, 'Write name = "…"', "")
        shifts = table.take_if_there("shifts", _some_shifts, WRITE_SHIFTS, None)
        if shifts and not worked:
            table.mistake(
                "a day off has no shifts", 'Remove them or write kind = "work"', "shifts"
            )
        if on in days and on != date.min:
            table.mistake(f"{on} stands here twice", "Keep one of the two", "date")
        table.close()
        days[on] = DayOverride(worked, name, shifts)
    return days


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


def _some_shifts(value: Any) -> tuple[Shift, ...] | None:
    return _shifts(value)


def _shifts(value: Any) -> tuple[Shift, ...]:
    shifts = tuple(Shift(*read_span(span)) for span in texts(value))
    if not shifts:
        raise ValueError("a working day without a shift")
    if any(after.opens < before.closes for before, after in pairwise(shifts)):
        raise ValueError("shifts overlap or stand out of order")
    return shifts
