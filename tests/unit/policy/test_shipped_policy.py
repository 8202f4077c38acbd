"""The numbers we ship: they load, and they say what the field's rules say."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest

from workflows.cases.case import Action
from workflows.deadlines.calendar import NationalDays
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Unit, due
from workflows.escalation.ladder import Level, Opens, Quiet, RungCondition
from workflows.people import Role
from workflows.policy.catalogue import CaseKind, ClassCode, ConditionId, Urgency
from workflows.policy.load import FILES, SHIPPED, load_policy
from workflows.policy.policy import Policy, QuietHours


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy()


def test_the_whole_catalogue_is_there(policy: Policy) -> None:
    catalogue = policy.catalogue
    assert (len(catalogue.classes), len(catalogue.conditions)) == (157, 347)
    assert [major.code for major in catalogue.majors][-1] == "H0"
    assert sum(len(catalogue.classes_of(major.code)) for major in catalogue.majors) == 157
    for case_class in catalogue.classes.values():
        assert case_class.default in case_class.conditions


def test_a_displaced_cover_is_two_hours_and_a_rattling_one_two_days(policy: Policy) -> None:
    displaced = policy.catalogue.conditions[ConditionId("01001-1")]
    rattling = policy.catalogue.conditions[ConditionId("01001-3")]
    assert displaced.limit == Limit(2, Unit.URGENT_HOUR)
    assert rattling.limit == Limit(2, Unit.WORK_DAY)
    assert displaced.urgency is Urgency.P1
    assert displaced.night_push
    assert not rattling.night_push
    assert displaced.agency_kinds == ("WTR", "OWN")
    assert displaced.photo_min == 2
    assert "photo" in displaced.derived
    assert policy.catalogue.class_of(displaced).zh == "供水井盖异常"


def test_the_days_of_appeals_are_order_days_and_of_nothing_else(policy: Policy) -> None:
    appeals = [c for c in policy.catalogue.conditions.values() if c.kind is CaseKind.APPEAL]
    ordered = [c for c in policy.catalogue.conditions.values() if c.limit.unit is Unit.ORDER_DAY]
    assert appeals == ordered
    assert [int(c.limit.value) for c in appeals] == [1, 1, 5, 5, 15, 3]
    assert policy.catalogue.classes[ClassCode("H0004")].kind is CaseKind.APPEAL


@pytest.mark.parametrize(
    ("clock", "urgency", "limit"),
    [
        (ClockKind.ACCEPTANCE, Urgency.P3, "15 min"),
        (ClockKind.FILING, Urgency.P3, "30 min"),
        (ClockKind.DISPATCH, Urgency.P4, "15 min"),
        (ClockKind.SIGN_FOR, Urgency.P1, "15 min"),
        (ClockKind.SIGN_FOR, Urgency.P2, "1 urgent_hour"),
        (ClockKind.SIGN_FOR, Urgency.P4, "4 work_hour"),
        (ClockKind.FIRST_CONTACT, Urgency.P2, "1 work_day"),
        (ClockKind.ARRIVAL, Urgency.P1, "1 urgent_hour"),
        (ClockKind.REVIEW, Urgency.P1, "4 work_hour"),
    ],
)
def test_stages_take_as_long_as_the_rules_say(
    policy: Policy, clock: ClockKind, urgency: Urgency, limit: str
) -> None:
    assert policy.stage_limits.of(clock, urgency) == Limit.parse(limit)


def test_only_danger_has_an_arrival_clock(policy: Policy) -> None:
    others = [policy.stage_limits.of(ClockKind.ARRIVAL, u) for u in list(Urgency)[1:]]
    assert others == [None, None, None]
    assert policy.stage_limits.of(ClockKind.DISPOSAL, Urgency.P1) is None


def test_the_disposal_ladder_has_six_rungs_all_of_them_active(policy: Policy) -> None:
    third = {"P1": "30 min", "P2": "4 h", "P3": "1 work_day", "P4": "1 work_day"}
    for urgency in Urgency:
        rungs = policy.ladders.of(ClockKind.DISPOSAL, urgency).rungs
        assert [rung.level for rung in rungs] == list(Level)
        assert [rung.active for rung in rungs] == [True] * 6
        assert [rung.opens for rung in rungs] == [None] * 4 + [Opens.ORDER, Opens.LIST]
        repeats = urgency is Urgency.P1
        assert [rung.again is not None for rung in rungs] == [False] * 3 + [repeats] * 3
        assert all(rung.ack_for for rung in rungs[3:])
        assert [rung.at.share for rung in rungs[:3]] == [Decimal("0.5"), Decimal("0.8"), 1]
        assert rungs[3].at.past == Limit.parse(third[urgency])
        assert rungs[0].silent
        assert rungs[0].condition is RungCondition.UNSIGNED
        assert rungs[0].tell == (Role.WORKER, Role.AGENCY_LEAD)
        assert rungs[1].tell == (Role.WORKER,)
        assert {Role.AGENCY_LEAD, Role.DUTY_CHIEF} <= set(rungs[3].tell)
        loud = Quiet.BREAK if urgency is Urgency.P1 else Quiet.HOLD
        assert {rung.quiet for rung in rungs[:4]} == {loud}


def test_every_stage_has_a_ladder_that_ends_with_somebody(policy: Policy) -> None:
    without = {ClockKind.RETURN_WINDOW, ClockKind.SUSPENSION}
    for clock in set(ClockKind) - without:
        assert policy.ladders.of(clock, Urgency.P1).rungs
        assert all(rung.tell for rung in policy.ladders.of(clock, Urgency.P1).rungs)


def test_quiet_hours_cross_midnight(policy: Policy) -> None:
    quiet = policy.ladders.quiet_hours
    assert quiet == QuietHours(time(20), time(7, 30))
    assert quiet.contain(time(20))
    assert quiet.contain(time(3))
    assert not quiet.contain(time(7, 30))
    assert not quiet.contain(time(12))
    assert QuietHours(time(12), time(14)).contain(time(13))
    assert not QuietHours(time(12), time(14)).contain(time(14))


def test_profiles_name_the_steps_the_system_takes(policy: Policy) -> None:
    lean = {Action.ACCEPT, Action.FILE, Action.DISPATCH, Action.CONFIRM}
    assert policy.profiles["lean"].system_takes == lean
    assert policy.profiles["full"].system_takes == frozenset()


def test_photos_have_upper_limits(policy: Policy) -> None:
    assert policy.photos.max_pixels == 50_000_000
    assert policy.photos.max_bytes == 20_000_000
    assert "heic" in policy.photos.formats


def test_the_calendar_joins_district_and_nation(policy: Policy) -> None:
    calendar = policy.calendar(NationalDays(known=frozenset({2026})))
    start = datetime(2026, 9, 22, 17, tzinfo=calendar.zone)
    deadline = due(start, Limit(2, Unit.WORK_HOUR), calendar)
    assert deadline.due_at == datetime(2026, 9, 23, 9, tzinfo=calendar.zone)


def test_a_district_replaces_single_files(tmp_path: Path, policy: Policy) -> None:
    clocks = (SHIPPED / "clocks.toml").read_text("utf-8").replace('"15 min"', '"20 min"')
    (tmp_path / "clocks.toml").write_text(clocks, "utf-8")
    (tmp_path / "calendar.toml").write_text(
        'zone = "Asia/Shanghai"\n'
        '[[hours]]\nshifts = ["08:30-12:00", "13:30-17:30"]\n'
        '[[hours]]\nvalid_from = 2027-07-01\nvalid_until = 2027-08-31\nshifts = ["07:00-12:00"]\n'
        '[[days]]\ndate = 2026-12-31\nkind = "off"\nname = "停电检修"\n'
        '[[days]]\ndate = 2026-12-26\nkind = "work"\nshifts = ["09:00-12:00"]\n',
        "utf-8-sig",
    )
    (tmp_path / "README.md").write_text("notes are welcome", "utf-8")
    own = load_policy(tmp_path)
    assert own.version != policy.version
    assert own.stage_limits.of(ClockKind.DISPATCH, Urgency.P4) == Limit.parse("20 min")
    assert own.catalogue == policy.catalogue
    calendar = own.calendar(NationalDays(known=frozenset({2026})))
    assert calendar.day(date(2026, 12, 31)).name == "停电检修"
    assert len(calendar.day(date(2026, 12, 26)).shifts) == 1
    assert len(calendar.day(date(2027, 7, 1)).shifts) == 1


def test_the_version_follows_every_byte(tmp_path: Path, policy: Policy) -> None:
    assert load_policy().version == policy.version
    for name in FILES:
        changed = tmp_path / name
        changed.write_bytes((SHIPPED / name).read_bytes() + b"\n")
        assert load_policy(tmp_path).version != policy.version
        changed.unlink()
