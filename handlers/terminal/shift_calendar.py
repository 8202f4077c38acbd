"""Shifts out of an iCalendar file: what repeats is written out as plain lines, up to a horizon.

Only here are the calendar libraries known. What is stored are rows, so that nothing has to be
worked out when an order looks for somebody on duty (durability.md 2.2).
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from workflows.importing.mistakes import ImportMistakes
from workflows.importing.setup_lists import LineError
from workflows.importing.shift_rows import ShiftLine, role_in
from workflows.policy.mistakes import Mistake

CANCELLED: Final = "CANCELLED"
SPLITS: Final = re.compile(r"[\s:：,，、/·\-–—(（]+")
EVENT: Final = "BEGIN:VEVENT"


def read_calendar(
    path: Path, zone: ZoneInfo, since: datetime, until: datetime
) -> tuple[ShiftLine, ...]:
    """Every turn between two instants; a time without a zone, or a whole day, is of `zone`.

    Who has the shift stands first in SUMMARY, or in ATTENDEE (CN); CATEGORIES may name a role.
    Repeated events, exceptions, changed and cancelled ones are understood. Raises ImportMistakes
    with all that is wrong, and OSError if there is no such file.
    """
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    calendar = _parsed(path.name, text)
    mistakes: list[Mistake] = []
    lines: list[ShiftLine] = []
    numbered = list(_numbered(text, calendar))
    for line, event in numbered:
        mistakes += [_mistake(path.name, line, error) for error in _troubles(event)]
    if mistakes:
        raise ImportMistakes(mistakes)
    where = {_identity(event): line for line, event in reversed(numbered)}
    for turn in recurring_ical_events.of(calendar).between(since, until):
        if str(turn.get("STATUS", "")).upper() == CANCELLED:
            continue
        uid = str(turn.get("UID", ""))
        line = where.get((uid, _exact(turn)), where.get((uid, ""), 1))
        lines += _lines(turn, line, zone)
    return tuple(sorted(lines, key=lambda each: (each.starts, each.person)))


def _parsed(name: str, text: str) -> Calendar:
    """Raises ImportMistakes."""
    try:
        found = Calendar.from_ical(text)
    except ValueError as error:
        what = f"this is no calendar ({str(error)[:80]})"
        remedy = "Export it as iCalendar (.ics), or write a CSV file"
        raise ImportMistakes([Mistake(name, 1, what, remedy)]) from None
    if not isinstance(found, Calendar) or found.name != "VCALENDAR":
        remedy = "Export the whole calendar as iCalendar (.ics)"
        raise ImportMistakes([Mistake(name, 1, "there is no VCALENDAR in it", remedy)])
    return found


def _numbered(text: str, calendar: Calendar) -> Iterator[tuple[int, Any]]:
    """Each event with the line on which it begins."""
    lines = enumerate(text.splitlines(), start=1)
    begins = [number for number, line in lines if line.strip().upper() == EVENT]
    yield from zip(begins, calendar.walk("VEVENT"), strict=False)


def _troubles(event: Any) -> Iterator[LineError]:
    """What makes an event unusable; a cancelled one need not be usable."""
    if str(event.get("STATUS", "")).upper() == CANCELLED:
        return
    for name, error in event.errors:
        yield LineError(
            f"{name} cannot be read ({str(error)[:80]})", "Correct it, or remove the event"
        )
    if "DTSTART" not in event and not event.errors:
        yield LineError("the event has no DTSTART", "Give it a beginning, or remove it")
    if not _people(event):
        yield LineError(
            "nobody is named", "Write the name first in SUMMARY, or an ATTENDEE with CN"
        )
    try:
        _role(event)
    except LineError as error:
        yield error


def _lines(turn: Any, line: int, zone: ZoneInfo) -> Iterator[ShiftLine]:
    starts, ends = turn.start, turn.end
    here = _zone_of(starts, zone)
    begins, over = _wall(starts, here), _wall(ends, here)
    for person in _people(turn):
        yield ShiftLine(line, person, begins, over, here, _role(turn), "", _note(turn))


def _wall(at: date | datetime, zone: ZoneInfo) -> datetime:
    """What a clock on the wall shows; a whole day begins at midnight."""
    if not isinstance(at, datetime):
        return datetime.combine(at, time())
    return at.astimezone(zone).replace(tzinfo=None) if at.tzinfo else at


def _zone_of(at: date | datetime, zone: ZoneInfo) -> ZoneInfo:
    """The event's own zone where it has a name that we know; UTC is what it says."""
    own = at.tzinfo if isinstance(at, datetime) else None
    if isinstance(own, ZoneInfo):
        return own
    return ZoneInfo("UTC") if own is UTC else zone


def _people(event: Any) -> tuple[str, ...]:
    """Everybody who is invited by name; else the first word of the summary."""
    invited = event.get("ATTENDEE", [])
    every = invited if isinstance(invited, list) else [invited]
    names = tuple(dict.fromkeys(str(one.params.get("CN", "")).strip() for one in every))
    if any(names):
        return tuple(name for name in names if name)
    first = SPLITS.split(str(event.get("SUMMARY", "")).strip(), maxsplit=1)[0]
    return (first,) if first else ()


def _note(event: Any) -> str:
    _, *rest = SPLITS.split(str(event.get("SUMMARY", "")).strip(), maxsplit=1)
    return " ".join(rest).rstrip(")） ")[:100]


def _role(event: Any) -> Any:
    """Raises LineError."""
    named = [str(one) for one in getattr(event, "categories", ())]
    return role_in(named[0]) if named else None


def _identity(event: Any) -> tuple[str, str]:
    return str(event.get("UID", "")), _exact(event) if "RECURRENCE-ID" in event else ""


def _exact(event: Any) -> str:
    exact = event.get("RECURRENCE-ID")
    return exact.dt.isoformat() if exact is not None else ""


def _mistake(name: str, line: int, error: LineError) -> Mistake:
    return Mistake(name, line, error.what, error.remedy)


def window(now: datetime, zone: ZoneInfo, horizon: timedelta) -> tuple[datetime, datetime]:
    """From the beginning of today, so that a shift which runs is there, up to the horizon."""
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight, now + horizon
