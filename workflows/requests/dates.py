"""The day on which suspended work goes on: read as people type it, and checked."""

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Final

from workflows.deadlines.calendar import Calendar
from workflows.refusals import Reason, Refused

DAYS: Final = re.compile(r"(\d{1,4})\s*(?:天|日|days?)", re.IGNORECASE)
WHOLE: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
SHORT: Final = re.compile(r"(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def date_in(words: str, today: date) -> date:
    """Read 2027-03-01, 2027年3月1日, 3月1日 (the next one) or 30天. Raises Refused(BAD_DATE)."""
    said = words.strip()
    with suppress(ValueError, OverflowError):
        if found := DAYS.fullmatch(said):
            return today + timedelta(days=int(found[1]))
        if found := WHOLE.fullmatch(said):
            return date(*(int(part) for part in found.groups()))
        if found := SHORT.fullmatch(said):
            month, day = (int(part) for part in found.groups())
            this_year = date(today.year, month, day)
            return this_year if this_year > today else date(today.year + 1, month, day)
    raise Refused(Reason.BAD_DATE, example=(today + timedelta(days=30)).isoformat())


def check_until(until: date, today: date, most_days: int) -> None:
    """Raises Refused: DATE_PAST, or DATE_TOO_FAR with the last day that is possible."""
    if until <= today:
        raise Refused(Reason.DATE_PAST, date=until.isoformat())
    last = today + timedelta(days=most_days)
    if until > last:
        raise Refused(Reason.DATE_TOO_FAR, date=until.isoformat(), last=last.isoformat())


def goes_on_at(until: date, calendar: Calendar) -> datetime:
    """When the day begins on which work goes on: as its first shift opens, else at midnight."""
    day = calendar.day(until)
    return day.shifts[0][0] if day.shifts else day.begin
