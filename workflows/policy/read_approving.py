"""Reads approving.toml: how long a proposal waits, and what one person may do alone."""

from datetime import timedelta
from typing import Any, Final

from workflows.approving.rules import ApprovingRules
from workflows.deadlines.limits import Limit
from workflows.deadlines.stopwatch import ClockType
from workflows.policy.tables import TomlFile, text

LONGEST: Final = timedelta(days=7)
ROWS_MOST: Final = 200_000
"""More no messenger carries as one file."""

TIME: Final = 'Write such as "24 h", at most 7 days'
ROWS: Final = f"Write whole rows, 0 to {ROWS_MOST}"


def read_approving(file: TomlFile) -> ApprovingRules:
    """Mistakes go to the file's list."""
    root, exports, changes = file.root(), file.table("exports"), file.table("changes")
    rules = ApprovingRules(
        within=root.take("within", _time, TIME, timedelta(hours=24)),
        alone_rows=exports.take("alone_rows", _rows, ROWS, 0),
        most_rows=exports.take("most_rows", _rows, ROWS, 0),
        keep=exports.take("keep", _time, TIME, timedelta(hours=24)),
        change_rows=changes.take("alone_rows", _rows, ROWS, 0),
    )
    for table in (root, exports, changes):
        table.close()
    for name in file.names():
        if name not in {"exports", "changes"}:
            remedy = "Write exports or changes"
            file.mistake(file.line_of(name), f'nothing is called "{name}" here', remedy)
    return rules


def _rows(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= ROWS_MOST:
        raise ValueError("this is no number of rows")
    return value


def _time(value: Any) -> timedelta:
    limit = Limit.parse(text(value))
    if limit.unit.clock is not ClockType.CONTINUOUS or limit.unit == "natural_day":
        raise ValueError("people wait by day and night, for minutes or hours")
    time = timedelta(hours=float(limit.value))
    if not timedelta() < time <= LONGEST:
        raise ValueError("this is too long or no time at all")
    return time
