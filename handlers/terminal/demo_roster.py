"""The demo's roster: two cleaners who share the day, so that /duty has something to show."""

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from handlers.terminal.demo_town import CLEANER, SWEEPER
from workflows.importing.shift_rows import ShiftLine

DAYS: Final = 90
TURNS: Final = (
    (CLEANER, time(6), timedelta(hours=16), "白班"),
    (SWEEPER, time(14), timedelta(hours=16), "中夜班"),
)
"""They overlap in the afternoon, and together leave no hole."""


def roster(begins: datetime, zone: ZoneInfo) -> tuple[ShiftLine, ...]:
    """From the day before the demo begins, so that whoever works through the night is there."""
    first = begins.astimezone(zone).date() - timedelta(days=1)
    lines = []
    for number in range(DAYS):
        day = first + timedelta(days=number)
        for who, at, lasts, note in TURNS:
            starts = datetime.combine(day, at)
            lines.append(ShiftLine(number + 1, who.name, starts, starts + lasts, zone, note=note))
    return tuple(lines)
