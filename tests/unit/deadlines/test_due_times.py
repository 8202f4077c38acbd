"""When a limit is used up, by examples a supervisor could check on a wall calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from workflows.deadlines.calendar import Calendar, DayOverride, NationalDays, Shift, WorkingHours
from workflows.deadlines.limits import (
    Limit,
    Pause,
    StepKind,
    Unit,
    due,
    instant_at,
    overdue_multiple,
    used,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
AUTUMN_2026 = {date(2026, 10, day): "National Day" for day in range(1, 8)}
CITY = Calendar(
    zone=SHANGHAI,
    national=NationalDays(
        known=frozenset({2026}),
        off=AUTUMN_2026 | {date(2027, 1, 1): "New Year's Day"},
        made_up=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    ),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00")


def pause(begin: str, end: str | None = None) -> Pause:
    return Pause(at(begin), at(end) if end else None)


def due_at(start: str, limit: str, *pauses: Pause) -> str | None:
    deadline = due(at(start), Limit.parse(limit), CITY, pauses).due_at
    return deadline and f"{deadline.astimezone(SHANGHAI):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        pytest.param("2026-09-22T08:00", "4 work_hour", "2026-09-22T12:00", id="morning enough"),
        pytest.param("2026-09-22T12:30", "1 work_hour", "2026-09-22T15:00", id="born in lunch"),
        pytest.param("2026-09-22T14:00", "4 work_hour", "2026-09-22T18:00", id="ends at closing"),
        pytest.param("2026-09-22T18:00", "1 work_hour", "2026-09-23T09:00", id="born at closing"),
        pytest.param("2026-09-22T12:00", "1 work_day", "2026-09-23T12:00", id="exactly at noon"),
        pytest.param("2026-09-25T17:00", "2 work_hour", "2026-09-28T09:00", id="over a weekend"),
        pytest.param("2026-09-30T16:00", "1 work_day", "2026-10-08T16:00", id="over the holiday"),
        pytest.param("2026-10-03T10:00", "1 work_hour", "2026-10-08T09:00", id="born on holiday"),
        pytest.param("2026-10-09T16:00", "1 work_day", "2026-10-10T16:00", id="made-up Saturday"),
        pytest.param("2026-09-20T09:00", "0.5 work_day", "2026-09-20T15:00", id="made-up Sunday"),
        pytest.param("2026-10-03T23:50", "15 min", "2026-10-04T00:05", id="minutes never sleep"),
        pytest.param("2026-10-03T23:50", "2 urgent_hour", "2026-10-04T01:50", id="urgent hours"),
        pytest.param("2026-10-03T10:00", "1 natural_day", "2026-10-04T10:00", id="natural day"),
        pytest.param("2026-09-22T10:00", "1 order_day", "2026-09-23T18:00", id="order, Tuesday"),
        pytest.param("2026-09-25T23:00", "1 order_day", "2026-09-28T18:00", id="order at night"),
        pytest.param("2026-09-26T10:00", "1 order_day", "2026-09-28T18:00", id="order, Saturday"),
        pytest.param("2026-09-28T00:05", "1 order_day", "2026-09-29T18:00", id="before opening"),
        pytest.param("2026-09-30T10:00", "3 order_day", "2026-10-10T18:00", id="order, holiday"),
    ],
)
def test_a_limit_ends_at_the_first_instant_it_is_used_up(
    start: str, limit: str, expected: str
) -> None:
    assert due_at(start, limit) == expected


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        pytest.param([("2026-09-22T12:00", "2026-09-22T14:00")], "2026-09-23T09:00", id="lunch"),
        pytest.param([("2026-09-22T20:00", "2026-09-23T06:00")], "2026-09-23T09:00", id="night"),
        pytest.param([("2026-09-22T09:30", "2026-09-22T11:00")], "2026-09-23T10:30", id="once"),
        pytest.param(
            [("2026-09-22T15:00", "2026-09-22T16:00"), ("2026-09-22T10:00", "2026-09-22T10:30")],
            "2026-09-23T10:30",
            id="twice a day, unsorted",
        ),
        pytest.param(
            [("2026-09-22T10:00", "2026-09-22T11:00"), ("2026-09-22T10:30", "2026-09-22T11:30")],
            "2026-09-23T10:30",
            id="overlapping",
        ),
        pytest.param(
            [("2026-09-22T10:00", "2026-09-22T11:00"), ("2026-09-22T11:00", "2026-09-22T12:00")],
            "2026-09-23T11:00",
            id="touching",
        ),
        pytest.param(
            [("2026-09-22T10:00", "2026-09-22T12:00"), ("2026-09-22T10:30", "2026-09-22T11:00")],
            "2026-09-23T11:00",
            id="one inside another",
        ),
        pytest.param([("2026-09-21T09:00", "2026-09-22T10:00")], "2026-09-23T10:00", id="before"),
        pytest.param([("2026-09-22T10:00", "2026-09-22T10:00")], "2026-09-23T09:00", id="empty"),
        pytest.param([("2026-09-22T17:00", "2026-09-25T09:00")], "2026-09-25T11:00", id="days"),
        pytest.param([("2026-09-23T09:00", None)], "2026-09-23T09:00", id="open, but too late"),
        pytest.param([("2026-09-23T08:59", None)], None, id="open just in time"),
        pytest.param([("2026-09-01T08:00", None)], None, id="open from the start"),
    ],
)
def test_a_pause_gives_back_the_working_time_it_covers(
    pauses: list[tuple[str, str | None]], expected: str | None
) -> None:
    given = [pause(begin, end) for begin, end in pauses]
    assert due_at("2026-09-22T09:00", "1 work_day", *given) == expected


def test_a_pause_stops_urgent_hours_at_night_too() -> None:
    night = pause("2026-10-03T23:00", "2026-10-04T06:00")
    assert due_at("2026-10-03T22:00", "2 urgent_hour", night) == "2026-10-04T07:00"
    assert due_at("2026-10-03T22:00", "2 urgent_hour", pause("2026-10-03T23:00")) is None


def test_pauses_extend_an_order_by_the_work_they_cover() -> None:
    afternoon = pause("2026-09-22T14:00", "2026-09-22T18:00")
    assert due_at("2026-09-22T10:00", "1 order_day", afternoon) == "2026-09-24T12:00"
    night = pause("2026-09-22T19:00", "2026-09-23T07:00")
    assert due_at("2026-09-22T10:00", "1 order_day", night) == "2026-09-23T18:00"
    assert due_at("2026-09-22T10:00", "1 order_day", pause("2026-09-23T17:00")) is None


def test_new_years_eve_before_an_unknown_year_is_provisional() -> None:
    deadline = due(at("2026-12-31T23:59"), Limit(1, Unit.WORK_DAY), CITY)
    assert deadline.due_at == at("2027-01-04T18:00")
    assert deadline.provisional
    assert any(step.provisional for step in deadline.steps)


@pytest.mark.parametrize("limit", ["2 work_hour", "1 order_day"])
def test_a_deadline_inside_the_known_year_is_certain(limit: str) -> None:
    assert not due(at("2026-12-30T15:00"), Limit.parse(limit), CITY).provisional


def test_continuous_time_needs_no_calendar() -> None:
    assert not due(at("2026-12-31T23:59"), Limit(1, Unit.NATURAL_DAY), CITY).provisional


def test_an_order_received_in_an_unknown_year_counts_known_days() -> None:
    calendar = Calendar(SHANGHAI, national=NationalDays(known=frozenset({2027})))
    assert not due(at("2026-12-31T10:00"), Limit(1, Unit.ORDER_DAY), calendar).provisional


def test_the_districts_word_goes_before_the_nations() -> None:
    calendar = Calendar(
        SHANGHAI,
        national=CITY.national,
        overrides={
            date(2026, 10, 1): DayOverride(worked=True, shifts=(Shift(600, 660),)),
            date(2026, 10, 8): DayOverride(worked=False),
        },
    )
    deadline = due(at("2026-09-30T17:00"), Limit(3, Unit.WORK_HOUR), calendar).due_at
    assert deadline == at("2026-10-09T09:00")


def test_a_day_the_district_has_decided_is_certain() -> None:
    decided = {date(2027, 1, 4): DayOverride(worked=True)}
    calendar = Calendar(SHANGHAI, overrides=decided)
    assert not due(at("2027-01-04T09:00"), Limit(1, Unit.WORK_HOUR), calendar).provisional
    assert due(at("2027-01-04T17:00"), Limit(2, Unit.WORK_HOUR), calendar).provisional


def test_summer_hours_hold_between_their_dates() -> None:
    summer = WorkingHours((Shift(420, 660),), date(2026, 7, 1), date(2026, 8, 31))
    calendar = Calendar(SHANGHAI, (*CITY.hours, summer), CITY.national)
    early = due(at("2026-08-31T08:00"), Limit(4, Unit.WORK_HOUR), calendar).due_at
    assert early == at("2026-09-01T09:00")


def local(zone: ZoneInfo, text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold)


@pytest.mark.parametrize(
    ("start", "shift", "limit", "expected"),
    [
        pytest.param("2026-03-28T22:00", (480, 720), "1", "2026-03-29T09:00", id="forward, day"),
        pytest.param("2026-03-29T00:00", (60, 240), "2", "2026-03-29T04:00", id="forward, across"),
        pytest.param("2026-03-29T00:00", (150, 240), "1", "2026-03-29T04:00", id="opens in gap"),
        pytest.param("2026-03-29T00:00", (60, 150), "2", "2026-03-30T02:00", id="closes in gap"),
        pytest.param("2026-03-29T00:00", (125, 175), "0.5", "2026-03-30T02:35", id="lost in gap"),
        pytest.param("2026-10-25T00:00", (60, 240), "4", "2026-10-25T04:00", id="back, across"),
        pytest.param("2026-10-25T00:00", (150, 240), "2.5", "2026-10-25T04:00", id="opens twice"),
        pytest.param("2026-10-25T00:00", (60, 150), "2.5", "2026-10-25T02:30", id="closes twice"),
    ],
)
def test_shifts_where_clocks_change_are_as_long_as_they_last(
    start: str, shift: tuple[int, int], limit: str, expected: str
) -> None:
    every_day = {
        date(2026, month, day): DayOverride(worked=True)
        for month, day in [(3, 28), (3, 29), (3, 30), (10, 25)]
    }
    calendar = Calendar(BERLIN, (WorkingHours((Shift(*shift),)),), overrides=every_day)
    deadline = due(local(BERLIN, start), Limit.parse(f"{limit} work_hour"), calendar).due_at
    assert deadline is not None
    assert deadline == local(BERLIN, expected, fold=1).astimezone(UTC)


def test_an_urgent_hour_is_an_hour_when_clocks_change() -> None:
    calendar = Calendar(BERLIN)
    start = local(BERLIN, "2026-03-29T01:30")
    deadline = due(start, Limit(2, Unit.URGENT_HOUR), calendar).due_at
    assert deadline == local(BERLIN, "2026-03-29T04:30").astimezone(UTC)


def test_an_overdue_multiple_compares_small_and_large_limits() -> None:
    start, until = at("2026-09-22T08:00"), at("2026-09-23T18:00")
    assert overdue_multiple(start, until, Limit(1, Unit.WORK_DAY), CITY) == 1.0
    assert overdue_multiple(start, until, Limit(4, Unit.WORK_HOUR), CITY) == 3.0
    assert overdue_multiple(start, at("2026-09-22T10:00"), Limit(4, Unit.WORK_HOUR), CITY) == -0.5
    assert overdue_multiple(at("2026-09-21T10:00"), until, Limit(1, Unit.ORDER_DAY), CITY) > 0


def test_half_of_an_order_is_half_of_its_working_time() -> None:
    half = instant_at(at("2026-09-22T14:00"), Limit(1, Unit.ORDER_DAY), CITY, fraction=0.5)
    assert half == at("2026-09-23T10:00")


def test_nothing_of_a_limit_is_used_at_its_start() -> None:
    start = at("2026-09-26T14:00")
    assert instant_at(start, Limit(1, Unit.WORK_DAY), CITY, fraction=0) == start


def test_no_time_is_used_before_the_start() -> None:
    assert used(at("2026-09-22T09:00"), at("2026-09-21T09:00"), Unit.WORK_DAY, CITY) == timedelta()


def test_steps_tell_holidays_once_and_pauses_once() -> None:
    long = pause("2026-10-09T10:00", "2026-10-12T15:00")
    deadline = due(at("2026-09-30T16:00"), Limit(2, Unit.WORK_DAY), CITY, [long])
    kinds = [step.kind for step in deadline.steps]
    assert kinds.count(StepKind.DAY_OFF) == 1
    assert kinds.count(StepKind.PAUSED) == 1
    holiday = next(step for step in deadline.steps if step.kind is StepKind.DAY_OFF)
    assert (holiday.first_day, holiday.last_day) == (date(2026, 10, 1), date(2026, 10, 7))
    assert holiday.name == "National Day"


def test_steps_of_an_order_number_its_days() -> None:
    lunch = pause("2026-09-29T09:00", "2026-09-29T10:00")
    deadline = due(at("2026-09-26T16:00"), Limit(2, Unit.ORDER_DAY), CITY, [lunch])
    assert [(step.kind, step.number) for step in deadline.steps] == [
        (StepKind.RECEIVED, None),
        (StepKind.DAY_OFF, None),
        (StepKind.COUNTS, 1),
        (StepKind.COUNTS, 2),
        (StepKind.EXTENDED, None),
    ]


def test_a_calendar_without_any_working_day_is_told_apart_from_a_long_wait() -> None:
    nobody = Calendar(SHANGHAI, hours=(WorkingHours(()),))
    for unit in (Unit.WORK_HOUR, Unit.ORDER_DAY):
        with pytest.raises(ValueError, match="no working hours"):
            due(at("2026-09-22T09:00"), Limit(1, unit), nobody)


def test_a_time_without_a_zone_is_refused() -> None:
    naive = at("2026-09-22T09:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="names no zone"):
        due(naive, Limit(1, Unit.WORK_HOUR), CITY)
    with pytest.raises(ValueError, match="names no zone"):
        Pause(naive)


def test_a_pause_of_a_thousand_years_is_no_work() -> None:
    long = pause("2026-09-22T10:00", "3026-09-22T10:00")
    deadline = due(at("2026-09-22T09:00"), Limit(2, Unit.WORK_HOUR), CITY, [long])
    assert deadline.due_at == at("3026-09-22T11:00")
    assert len(deadline.steps) < 10
