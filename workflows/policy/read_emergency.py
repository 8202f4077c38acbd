"""Reads emergency.toml: the modes a district may be switched to, and their ladders."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Final

from workflows.deadlines.limits import Limit
from workflows.deadlines.stopwatch import ClockType
from workflows.emergency.mode import EmergencyRules, Mode
from workflows.emergency.under import ModeKey
from workflows.escalation.ladder import Ladder
from workflows.policy.catalogue import Urgency
from workflows.policy.read_ladders import read_ladder
from workflows.policy.tables import TomlFile, count, text, yes_or_no

LADDERS: Final = "ladders"
LONGEST: Final = 336
"""Hours; what goes on for more than a fortnight is no emergency but another policy."""
SPARE: Final = timedelta(minutes=30)


def read_emergency(file: TomlFile, profiles: Collection[str]) -> EmergencyRules:
    """Read every mode, each with its ladders; mistakes go to the file's list."""
    root = file.root()
    remedy = 'Write such as approve_within = "30 min"'
    within = root.take("approve_within", _time, remedy, SPARE)
    root.close()
    sets = _ladder_sets(file)
    modes = {
        ModeKey(name): _mode(file, name, profiles, sets)
        for name in file.names()
        if name != LADDERS
    }
    return EmergencyRules(modes, within)


def _mode(
    file: TomlFile,
    name: str,
    profiles: Collection[str],
    sets: Mapping[str, Mapping[Urgency, Ladder]],
) -> Mode:
    table = file.table(name)
    known = f"Write ladders = one of {', '.join(sets) or 'none: write [[ladders.NAME.P3]] first'}"
    mode = Mode(
        key=ModeKey(name),
        zh=table.take("zh", text, 'Write such as zh = "台风"', name),
        en=table.take("en", text, 'Write such as en = "typhoon"', name),
        told_zh=table.take("told_zh", text, "Write what people are told, in Chinese", ""),
        told_en=table.take("told_en", text, "Write what people are told, in English", ""),
        profile=table.take(
            "profile",
            lambda value: _one_of(value, profiles, "profile"),
            f"Write profile = one of {', '.join(profiles)}",
            "",
        ),
        ladders=table.take_if_there(
            "ladders", lambda value: sets[_one_of(value, sets, "ladder set")], known, {}
        ),
        most_hours=table.take("max_hours", _hours, "Write such as max_hours = 72", 1),
        quiet_hours=table.take("quiet_hours", yes_or_no, "Write quiet_hours = false", True),
    )
    table.close()
    return mode


def _ladder_sets(file: TomlFile) -> dict[str, dict[Urgency, Ladder]]:
    """Named sets of ladders; an urgency that a set leaves out climbs its usual ladder."""
    if LADDERS not in file.names():
        return {}
    found: dict[str, dict[Urgency, Ladder]] = {}
    for name in file.table(LADDERS).keys_but():
        path = f"{LADDERS}.{name}"
        found[name] = {}
        for urgency in _urgencies(file, path):
            ladder = read_ladder(file, f"{path}.{urgency}")
            if not any(rung.active for rung in ladder.rungs):
                what = f"nobody is ever told of an overdue {urgency} case"
                remedy = f"Write at least one active [[{path}.{urgency}]]"
                file.mistake(file.line_of(f"{path}.{urgency}"), what, remedy)
            found[name][urgency] = ladder
    return found


def _urgencies(file: TomlFile, path: str) -> tuple[Urgency, ...]:
    """The urgencies that a set names. A set that is no table has been noted by then."""
    names = file.keys_of(path)
    for name in names:
        if name not in set(Urgency):
            what = f'no urgency is called "{name}"'
            file.mistake(file.line_of(f"{path}.{name}"), what, f"Write {', '.join(Urgency)}")
    return tuple(urgency for urgency in Urgency if urgency in names)


def _one_of(value: Any, known: Collection[str], what: str) -> str:
    name = text(value)
    if name not in known:
        raise ValueError(f'no {what} is called "{name}"')
    return name


def _hours(value: Any) -> int:
    hours = count(value)
    if hours > LONGEST:
        raise ValueError(f"{hours} hours are more than {LONGEST}")
    return hours


def _time(value: Any) -> timedelta:
    """A stretch of day and night. Raises ValueError for working time and for days."""
    limit = Limit.parse(text(value))
    if limit.unit.clock is not ClockType.CONTINUOUS or limit.unit == "natural_day":
        raise ValueError("a second approver is waited for by day and night, for minutes or hours")
    return timedelta(hours=float(limit.value))
