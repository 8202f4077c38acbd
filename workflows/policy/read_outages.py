"""Reads outages.toml: what counts as having been away, and as a clock that was moved."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from workflows.outages.rules import OutageRules
from workflows.policy.tables import Table, TomlFile, text

TABLES: Final = ("outage", "start", "clock")
SECONDS: Final = {"s": 1, "min": 60}


def read_outages(file: TomlFile) -> OutageRules:
    """Mistakes go to the file's list. The bounds keep each number apart from a sign of life."""
    outage, start, clock = (file.table(name) for name in TABLES)
    rules = OutageRules(
        silent=_take(outage, "after", 15, 600),
        presses_lost=_take(outage, "cards_after", 15, 3600),
        joined=_take(outage, "joined", 0, 3600),
        settle_most=_take(start, "settle_most", 0, 900),
        forward=_take(clock, "forward", 60, 3600),
        back=_take(clock, "back", 10, 3600),
        hold=_take(clock, "hold", 0, 900),
    )
    if rules.presses_lost < rules.silent:
        what = '"cards_after" is less than "after", so no outage could be so short'
        outage.mistake(what, 'Write as much as "after" or more', "cards_after")
    for table in (outage, start, clock):
        table.close()
    for name in file.names():
        if name not in TABLES:
            remedy = f"Write one of {', '.join(TABLES)}"
            file.mistake(file.line_of(name), f'nothing is called "{name}" here', remedy)
    file.root().close()
    return rules


def _take(table: Table, key: str, least: int, most: int) -> timedelta:
    remedy = f'Write such as "30 s" or "5 min", {least} to {most} seconds'
    return table.take(key, _between(least, most), remedy, timedelta(seconds=most))


def _between(least: int, most: int) -> Callable[[Any], timedelta]:
    def read(value: Any) -> timedelta:
        """Raises ValueError."""
        number, _, unit = text(value).strip().partition(" ")
        if not number.isdecimal() or unit not in SECONDS:
            raise ValueError(f'"{value}" is no short time')
        seconds = int(number) * SECONDS[unit] if len(number) <= len(str(most)) else most + 1
        if not least <= seconds <= most:
            raise ValueError(f'"{value}" is outside of what works')
        return timedelta(seconds=seconds)

    return read
