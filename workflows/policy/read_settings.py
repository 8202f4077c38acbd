"""Reads the short files: clocks.toml, hotline.toml and profiles.toml."""

from string import Formatter
from typing import Any, Final

from workflows.cases.case import Action
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit
from workflows.hotline.looks import LookRules
from workflows.policy.catalogue import Urgency
from workflows.policy.policy import HotlineRules, Profile, StageLimits
from workflows.policy.tables import TomlFile, count, text, texts

LIMIT: Final = "limit"
WRITE_LIMIT: Final = 'Write such as limit = "4 work_hour" or P1 = "15 min"'
REPLY_PLACES: Final = frozenset({"agency", "month", "day", "time", "done"})
A_DAY: Final = Limit.parse("1 work_day")
ELSEWHERE: Final = frozenset(
    {ClockKind.DISPOSAL, ClockKind.RETURN_WINDOW, ClockKind.DECISION, ClockKind.SUSPENSION}
)
"""Disposal limits stand in the catalogue, those of requests in requests.toml."""
NOT_FOR_ALL: Final = frozenset({*ELSEWHERE, ClockKind.ARRIVAL})
"""Arrival is asked of P1 (domain.md 3.4)."""


def read_clocks(file: TomlFile) -> StageLimits:
    """Read how long each stage may take; mistakes go to the file's list."""
    limits: dict[ClockKind, dict[Urgency, Limit]] = {}
    stages = [clock.value for clock in ClockKind if clock not in ELSEWHERE]
    for name in file.names():
        if name in stages:
            limits[ClockKind(name)] = _stage(file, name)
        else:
            remedy = f"Write one of {', '.join(stages)}"
            file.mistake(file.line_of(name), f'no stage is called "{name}"', remedy)
    for clock in ClockKind:
        if clock not in NOT_FOR_ALL and len(limits.get(clock, {})) < len(Urgency):
            what = f'"{clock}" has no limit for some urgencies'
            file.mistake(file.line_of(clock), what, f"Write [{clock}] with a limit for all")
    file.root().close()
    return StageLimits(limits)


def _stage(file: TomlFile, name: str) -> dict[Urgency, Limit]:
    table = file.table(name)
    usual = table.take_if_there(LIMIT, _limit, WRITE_LIMIT, None)
    found = {
        urgency: table.take_if_there(urgency, _limit, WRITE_LIMIT, usual) for urgency in Urgency
    }
    table.close()
    return {urgency: limit for urgency, limit in found.items() if limit is not None}


def read_profiles(file: TomlFile) -> dict[str, Profile]:
    """Read which steps the system takes itself; mistakes go to the file's list."""
    remedy = f"Write system_takes = [...] with any of {', '.join(Action)}"
    nothing: frozenset[Action] = frozenset()
    profiles: dict[str, Profile] = {}
    for name in file.names():
        table = file.table(name)
        taken = table.take("system_takes", _actions, remedy, nothing)
        table.close()
        profiles[name] = Profile(name, taken)
    file.root().close()
    if not profiles:
        file.mistake(1, "there is no profile", "Write [full] with system_takes = []")
    return profiles


def read_hotline(file: TomlFile) -> HotlineRules:
    """Read what callers hear and how often they are called; mistakes go to the file's list."""
    table = file.root()
    remedy = 'Write such as reply = "{agency}于{month}月{day}日{time}答复：{done}"'
    rules = HotlineRules(
        reply=table.take("reply", _reply, remedy, ""),
        reply_most=table.take("reply_most", count, "Write such as reply_most = 500", 1),
        calls_most=table.take("calls_most", count, "Write such as calls_most = 3", 1),
        recheck=table.take("recheck", _real_limit, 'Write recheck = "3 work_day"', A_DAY),
        looks=LookRules(
            most=table.take("looks_most", count, "Write such as looks_most = 60", 1),
            many=table.take("looks_many", count, "Write such as looks_many = 15", 1),
            again=table.take("looks_again", count, "Write such as looks_again = 4", 1),
        ),
    )
    table.close()
    return rules


def _reply(value: Any) -> str:
    words = text(value)
    places = {name for _, name, _, _ in Formatter().parse(words) if name is not None}
    if strangers := sorted(places - REPLY_PLACES):
        raise ValueError(f"nothing is known for {', '.join(strangers)}")
    if lacking := [name for name in ("agency", "time", "done") if name not in places]:
        raise ValueError(f"a reply must name {', '.join(lacking)}")
    return words


def _real_limit(value: Any) -> Limit:
    return Limit.parse(text(value))


def _limit(value: Any) -> Limit | None:
    return Limit.parse(text(value))


def _actions(value: Any) -> frozenset[Action]:
    names = texts(value)
    if strangers := [name for name in names if name not in set(Action)]:
        raise ValueError(f"no action is called {', '.join(strangers)}")
    return frozenset(Action(name) for name in names)
