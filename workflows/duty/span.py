"""From when until when somebody is away, read as people type it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from workflows.duty.shift import Turn
from workflows.duty.wall import ends_at, starts_at
from workflows.refusals import Reason, Refused
from workflows.requests.dates import DAYS, SHORT, date_in

NEAR: Final = {"今天": 0, "today": 0, "明天": 1, "tomorrow": 1, "后天": 2}
DAY: Final = re.compile(
    r"(?:从|from\s)?\s*("
    r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
    r"|\d{1,2}\s*[/.月]\s*\d{1,2}\s*日?"
    r"|\d{1,3}\s*(?:天|days?)"
    r"|今天|明天|后天|today|tomorrow)",
    re.IGNORECASE,
)
UP_TO: Final = re.compile(r"\s*(?:到|至|~|～|—+|–|-|－|until\s|to\s|,|，)?\s*", re.IGNORECASE)
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days as they were typed, both included, and the words behind them."""

    first: date | None = None
    last: date | None = None
    rest: str = ""


def span_in(words: str, today: date) -> Span:
    """`12月1日到12月5日 王磊 开会`; a number of days begins today. Raises Refused(BAD_DATE)."""
    found = DAY.match(words)
    if found is None:
        return Span(rest=words.strip())
    after = words[found.end() :]
    if DAYS.fullmatch(found[1].strip()):
        return Span(today, day_in(found[1], today, from_day=today), after.strip())
    first = day_in(found[1], today)
    joint = UP_TO.match(after)
    behind = after[joint.end() :] if joint else after
    if second := DAY.match(behind):
        last = day_in(second[1], today, from_day=first)
        return Span(first, last, behind[second.end() :].strip())
    return Span(first, None, after.strip())


def day_in(words: str, today: date, *, from_day: date | None = None) -> date:
    """A day as people type it; where it is the last one, it is read from the first on.

    Raises Refused(BAD_DATE).
    """
    said = words.strip().lower()
    if said in NEAR:
        return today + timedelta(days=NEAR[said])
    base = from_day or today
    if found := DAYS.fullmatch(said):
        return base + timedelta(days=max(int(found[1]), 1) - 1)
    found_short = SHORT.fullmatch(said)
    if found_short and (int(found_short[1]), int(found_short[2])) == (base.month, base.day):
        return base
    return date_in(said, base)


def check_first(first: date, today: date, most_days: int) -> None:
    """Raises Refused: DATE_PAST, DATE_TOO_FAR."""
    if first < today:
        raise Refused(Reason.DATE_PAST, date=first.isoformat())
    last = today + timedelta(days=most_days)
    if first > last:
        raise Refused(Reason.DATE_TOO_FAR, date=first.isoformat(), last=last.isoformat())


def check_last(last: date, first: date, most_days: int) -> None:
    """Raises Refused: AWAY_BACKWARDS, DATE_TOO_FAR."""
    if last < first:
        raise Refused(Reason.AWAY_BACKWARDS, date=last.isoformat(), last=first.isoformat())
    most = first + timedelta(days=most_days - 1)
    if last > most:
        raise Refused(Reason.DATE_TOO_FAR, date=last.isoformat(), last=most.isoformat())


def turn_of(first: date, last: date, zone: ZoneInfo, now: datetime) -> Turn:
    """Whole days, the last one included; what has passed of the first one is over."""
    begins = starts_at(datetime.combine(first, time()), zone)
    return Turn(max(begins, now), ends_at(datetime.combine(last + A_DAY, time()), zone))
