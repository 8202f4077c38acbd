"""Reads ladders.toml: the rungs of every clock, and the quiet hours."""

from datetime import time
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Unit
from workflows.escalation.ladder import (
    Ladder,
    Level,
    Opens,
    Quiet,
    Rung,
    RungCondition,
    Trigger,
)
from workflows.people import Role
from workflows.policy.catalogue import Urgency
from workflows.policy.policy import Ladders, QuietHours
from workflows.policy.read_calendar import read_times
from workflows.policy.tables import Table, TomlFile, count, text, texts, yes_or_no

DISPOSAL: Final = ClockKind.DISPOSAL.value
STAGES: Final[tuple[ClockKind, ...]] = tuple(
    clock
    for clock in ClockKind
    if clock not in {ClockKind.DISPOSAL, ClockKind.RETURN_WINDOW, ClockKind.SUSPENSION}
)
MOST_REPEATS: Final = 9
"""An alert that is told more often is no alert any more (durability.md 1.7)."""
TELLABLE: Final = tuple(role for role in Role if role is not Role.SYSTEM)


def read_ladders(file: TomlFile) -> Ladders:
    """Read and check the whole file; mistakes go to the file's list."""
    root = file.root()
    remedy = 'Write quiet_hours = "20:00-07:30"'
    begin, end = root.take("quiet_hours", read_times, remedy, (time.min, time.min))
    how_long = 'Write in_hand = "1 work_day"'
    in_hand = root.take("in_hand", _limit, how_long, Limit(1, Unit.WORK_DAY))
    root.close()
    _check_names(file)
    disposal = {urgency: _ladder(file, f"{DISPOSAL}.{urgency}") for urgency in Urgency}
    for urgency, ladder in disposal.items():
        if not any(rung.active for rung in ladder.rungs):
            what = f"nobody is ever told of an overdue {urgency} case"
            line = file.line_of(f"{DISPOSAL}.{urgency}")
            file.mistake(line, what, f"Write at least one active [[{DISPOSAL}.{urgency}]]")
    stages = {clock: _ladder(file, clock.value) for clock in STAGES}
    return Ladders(disposal, stages, QuietHours(begin, end), in_hand)


def _check_names(file: TomlFile) -> None:
    for name in file.names():
        if name not in {DISPOSAL, *STAGES}:
            remedy = f"Write one of {', '.join((DISPOSAL, *STAGES))}"
            file.mistake(file.line_of(name), f'no clock is called "{name}"', remedy)
    for name in file.table(DISPOSAL).keys_but(*Urgency):
        line = file.line_of(f"{DISPOSAL}.{name}")
        file.mistake(line, f'no urgency is called "{name}"', f"Write one of {', '.join(Urgency)}")


def _ladder(file: TomlFile, path: str) -> Ladder:
    rungs: list[Rung] = []
    for table in file.tables(path):
        rung = _rung(table)
        if rungs and rung.level <= rungs[-1].level:
            what = f"{rung.level} stands after {rungs[-1].level}"
            table.mistake(what, "Put the rungs in order, each level once", "level")
        elif rungs and _is_sooner(rung.at, rungs[-1].at):
            what = f'"{rung.at}" comes before "{rungs[-1].at}" of the rung below'
            table.mistake(what, "Let every rung be later than the one below it", "at")
        rungs.append(rung)
    return Ladder(tuple(rungs))


def _rung(table: Table) -> Rung:
    at = 'Write at = "80 %" or at = "30 min past"'
    tell = f"Name one or more of {', '.join(TELLABLE)}"
    rung = Rung(
        level=table.take("level", Level, _one_of("level", Level), Level.L0),
        at=table.take("at", _trigger, at, Trigger(share=Decimal(1))),
        condition=table.take(
            "condition",
            RungCondition,
            _one_of("condition", RungCondition),
            RungCondition.NOT_CLOSED,
        ),
        tell=table.take("tell", _roles, tell, ()),
        quiet=table.take("quiet", Quiet, _one_of("quiet", Quiet), Quiet.HOLD),
        silent=table.take_if_there("silent", yes_or_no, "Write silent = true", default=False),
        active=table.take_if_there("active", yes_or_no, "Write active = true", default=True),
        again=_limit_if_there(table, "again"),
        again_most=table.take_if_there("again_most", _repeats, "Write again_most = 3", default=0),
        ack_for=_limit_if_there(table, "ack_for"),
        opens=table.take_if_there("opens", Opens, _one_of("opens", Opens), None),
    )
    if (rung.again is None) != (rung.again_most == 0):
        what = "a rung is told again after some time, and so many times at most"
        table.mistake(what, 'Write again = "15 min" and again_most = 3, or neither')
    table.close()
    return rung


def _one_of(key: str, choices: type[StrEnum]) -> str:
    return f"Write {key} = one of " + ", ".join(f'"{choice}"' for choice in choices)


def _limit_if_there(table: Table, key: str) -> Limit | None:
    remedy = f'Write {key} = "30 min" or {key} = "1 work_day"'
    return table.take_if_there(key, _limit, remedy, None)


def _limit(value: Any) -> Limit:
    return Limit.parse(text(value))


def _repeats(value: Any) -> int:
    if (times := count(value)) > MOST_REPEATS:
        raise ValueError(f"{times} times is more than {MOST_REPEATS}")
    return times


def _trigger(value: Any) -> Trigger:
    return Trigger.parse(str(value))


def _roles(value: Any) -> tuple[Role, ...]:
    names = texts(value)
    if not names:
        raise ValueError("a rung that tells nobody")
    if strangers := [name for name in names if name not in TELLABLE]:
        raise ValueError(f"no role is called {', '.join(strangers)}")
    return tuple(Role(name) for name in names)


def _is_sooner(later: Trigger, earlier: Trigger) -> bool:
    if later.share is not None:
        return earlier.share is None or later.share <= earlier.share
    if earlier.past is None or later.past is None:
        return False
    return later.past.unit is earlier.past.unit and later.past.value <= earlier.past.value
