"""Reads duty.toml: how far rosters reach ahead, when their end is told, how long one is away."""

from typing import Any, Final

from workflows.duty.shift import DutyRules
from workflows.policy.tables import TomlFile

ROSTER: Final = "roster"
MOST_DAYS: Final = 400


def read_duty(file: TomlFile) -> DutyRules:
    """Read the numbers of rosters; mistakes go to the file's list."""
    table = file.table(ROSTER)
    rules = DutyRules(
        horizon_days=table.take("horizon_days", _days, "Write such as 90", 90),
        away_most_days=table.take("away_most_days", _days, "Write such as 90", 90),
        ends_told_days=table.take("ends_told_days", _days, "Write such as 3", 3),
    )
    table.close()
    for name in file.names():
        if name != ROSTER:
            file.mistake(
                file.line_of(name), f'nothing is called "{name}" here', f"Write [{ROSTER}]"
            )
    file.root().close()
    return rules


def _days(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_DAYS:
        raise ValueError(f"a whole number of days from 1 to {MOST_DAYS} is needed")
    return value
