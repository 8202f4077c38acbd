"""When the rungs of a ladder are reached."""

import json
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from workflows.deadlines.calendar import Calendar, NationalDays
from workflows.deadlines.limits import Limit, Pause
from workflows.escalation.ladder import (
    Ladder,
    Level,
    Quiet,
    Rung,
    RungCondition,
    RungTime,
    Trigger,
    due_rungs,
    next_rung_after,
    rung_times,
)
from workflows.people import Role

CITY = Calendar(
    ZoneInfo("Asia/Shanghai"),
    national=NationalDays(
        known=frozenset({2026}),
        off={date(2026, 10, day): "National Day" for day in range(1, 8)},
    ),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def rung(level: Level, trigger: str, *, active: bool = True) -> Rung:
    return Rung(
        level,
        Trigger.parse(trigger),
        RungCondition.NOT_CLOSED,
        (Role.WORKER, Role.DUTY_CHIEF),
        Quiet.HOLD,
        silent=level is Level.L0,
        active=active,
    )


LADDER = Ladder(
    (
        rung(Level.L0, "50 %"),
        rung(Level.L1, "80 %"),
        rung(Level.L2, "100 %"),
        rung(Level.L3, "1 work_day past"),
        rung(Level.L4, "3 work_day past", active=False),
    )
)


def times(limit: str, *pauses: Pause) -> list[tuple[str, str]]:
    reached = rung_times(LADDER, at("2026-09-28T08:00"), Limit.parse(limit), CITY, pauses)
    return [(r.rung.level, f"{r.at.astimezone(CITY.zone):%d %H:%M}") for r in reached]


def test_rungs_follow_the_limits_own_clock() -> None:
    assert times("2 work_day") == [
        ("L0", "28 18:00"),
        ("L1", "29 14:48"),
        ("L2", "29 18:00"),
        ("L3", "30 18:00"),
    ]
    assert times("10 h")[0] == ("L0", "28 13:00")


def test_a_pause_moves_the_rungs_behind_it() -> None:
    morning = Pause(at("2026-09-29T08:00"), at("2026-09-29T12:00"))
    assert times("2 work_day", morning) == [
        ("L0", "28 18:00"),
        ("L1", "30 08:48"),
        ("L2", "30 12:00"),
        ("L3", "08 12:00"),
    ]


def test_an_open_pause_freezes_the_ladder() -> None:
    assert times("2 work_day", Pause(at("2026-09-29T08:00"))) == [("L0", "28 18:00")]


def test_a_pause_after_the_deadline_stops_the_climb() -> None:
    suspended = Pause(at("2026-09-30T08:00"))
    assert [level for level, _ in times("2 work_day", suspended)] == ["L0", "L1", "L2"]


def test_due_rungs_are_those_whose_time_has_come() -> None:
    reached = rung_times(LADDER, at("2026-09-28T08:00"), Limit.parse("2 work_day"), CITY)
    due = due_rungs(reached, at("2026-09-29T18:00"))
    assert [timed.rung.level for timed in due] == [Level.L0, Level.L1, Level.L2]
    assert due_rungs(reached, at("2026-09-28T17:59")) == ()


def test_the_next_rung_is_the_one_above() -> None:
    reached = rung_times(LADDER, at("2026-09-28T08:00"), Limit.parse("2 work_day"), CITY)
    above: list[RungTime | None] = [
        next_rung_after(reached, level) for level in (None, Level.L1, Level.L3)
    ]
    assert [timed and timed.rung.level for timed in above] == [Level.L0, Level.L2, None]


def test_a_ladder_survives_being_stored_with_a_case() -> None:
    stored = json.loads(json.dumps(LADDER.as_json()))
    assert Ladder.from_json(stored) == LADDER


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("80 %", Trigger(share=Decimal("0.8"))),
        ("100%", Trigger(share=Decimal(1))),
        ("30 min past", Trigger(past=Limit.parse("30 min"))),
        ("1 work_day past", Trigger(past=Limit.parse("1 work_day"))),
    ],
)
def test_a_trigger_reads_as_it_is_spoken(text: str, trigger: Trigger) -> None:
    assert Trigger.parse(text) == trigger
    assert Trigger.parse(str(trigger)) == trigger


@pytest.mark.parametrize("text", ["", "0 %", "101 %", "80", "x %", "4 fortnight past", "NaN %"])
def test_a_trigger_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"write|limit"):
        Trigger.parse(text)


def test_a_trigger_is_before_or_after_the_deadline() -> None:
    with pytest.raises(ValueError, match="a share of the limit or some time past it"):
        Trigger()
