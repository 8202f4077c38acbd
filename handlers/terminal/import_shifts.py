"""`run.py import shifts`: a roster from CSV or iCalendar, and what it changed."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO

from handlers.terminal.shift_calendar import read_calendar, window
from workflows import Workflows
from workflows.duty.import_shifts import Taken
from workflows.duty.shift import Shift
from workflows.importing.shift_rows import read_shifts

CALENDARS: Final = (".ics", ".ical")
SHOWN_MOST: Final = 10


async def import_shifts(asked: argparse.Namespace, flows: Workflows, out: TextIO) -> None:
    """Raises ImportMistakes with nothing taken, and OSError if there is no such file."""
    path: Path = asked.file
    source = (asked.source or path.name)[:64]
    zone, now = flows.book.calendar.zone, flows.now()
    horizon = flows.book.policy.duty.horizon
    if path.suffix.lower() in CALENDARS:
        lines = read_calendar(path, zone, *window(now, zone, horizon))
    else:
        lines = read_shifts(path, zone)
    taken = await flows.import_shifts(lines, path.name, source)
    for line in _told(taken, source, flows):
        print(line, file=out)
    if path.suffix.lower() in CALENDARS:
        until = (now + horizon).astimezone(zone)
        print(f"written out until {until:%Y-%m-%d}; import it again to go on", file=out)


def _told(taken: Taken, source: str, flows: Workflows) -> Iterator[str]:
    yield f"{len(taken.added)} shifts taken from {source}"
    for count, what in (
        (taken.kept, "as they were"),
        (taken.past, "over already, left aside"),
        (taken.begun, "begun already and no longer in the file, kept"),
        (taken.lapsed, "swaps lapsed with them"),
    ):
        if count:
            yield f"  {count:7} {what}"
    yield from _listed(taken.removed, "removed", taken, flows)
    yield from _listed(taken.handed, "given to somebody else", taken, flows)
    pairs = taken.overlaps
    yield from _listed([later for _, later in pairs], "at the same time as another", taken, flows)


def _listed(shifts: Sequence[Shift], what: str, taken: Taken, flows: Workflows) -> Iterator[str]:
    if shifts:
        yield f"  {len(shifts):7} {what}:"
    zone = flows.book.calendar.zone
    for shift in shifts[:SHOWN_MOST]:
        who = (taken.names or {}).get(shift.person, str(shift.person))
        starts, ends = shift.starts_at.astimezone(zone), shift.ends_at.astimezone(zone)
        yield f"          {who} {starts:%Y-%m-%d %H:%M} to {ends:%Y-%m-%d %H:%M}"
    if len(shifts) > SHOWN_MOST:
        yield f"          and {len(shifts) - SHOWN_MOST} more"
