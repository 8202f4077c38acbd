"""Limits and pauses as people write them and as a case stores them."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from workflows.deadlines.calendar import Calendar, NationalDays, Shift
from workflows.deadlines.limits import Limit, Pause, Unit

NINE = datetime(2026, 9, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("4 work_hour", Limit(4, Unit.WORK_HOUR)),
        ("0.5 work_day", Limit(Decimal("0.5"), Unit.WORK_DAY)),
        ("15 min", Limit(Decimal("0.25"), Unit.URGENT_HOUR)),
        ("4 h", Limit(4, Unit.URGENT_HOUR)),
        (" 3  order_day ", Limit(3, Unit.ORDER_DAY)),
    ],
)
def test_a_limit_reads_as_it_is_spoken(text: str, limit: Limit) -> None:
    assert Limit.parse(text) == limit


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("4 fortnight", "work_hour"),
        ("work_hour", "is not a limit"),
        ("four work_hour", "begin with a number"),
        ("0 work_hour", "above 0"),
        ("-1 work_day", "above 0"),
        ("NaN work_day", "above 0"),
        ("20000 work_day", "at most 10000"),
        ("1e-99999999 work_day", "above 0"),
        ("1.5 order_day", "counted whole"),
    ],
)
def test_a_limit_that_cannot_be_meant_says_why(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Limit.parse(text)


def test_limits_and_pauses_survive_being_stored() -> None:
    for text in ("20 min", "15 work_day", "0.5 natural_day"):
        assert Limit.from_json(Limit.parse(text).as_json()) == Limit.parse(text)
    for pause in (Pause(NINE), Pause(NINE, NINE.replace(hour=10))):
        assert Pause.from_json(pause.as_json()) == pause
    with pytest.raises(ValueError, match="no beginning"):
        Pause.from_json({"begin": None, "end": None})


def test_a_pause_keeps_utc_and_order() -> None:
    local = NINE.astimezone(ZoneInfo("Asia/Shanghai"))
    assert Pause(local) == Pause(NINE)
    with pytest.raises(ValueError, match="before it begins"):
        Pause(NINE, NINE.replace(hour=8))


def test_a_shift_stays_within_its_day() -> None:
    assert str(Shift(480, 1440)) == "08:00-24:00"
    for opens, closes in [(600, 600), (720, 480), (-1, 60), (600, 1441)]:
        with pytest.raises(ValueError, match="begin before it ends"):
            Shift(opens, closes)


def test_a_calendar_names_its_data() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    plain = Calendar(zone)
    assert plain.version == Calendar(zone).version
    assert plain.version != Calendar(ZoneInfo("Europe/Berlin")).version
    assert plain.version != Calendar(zone, national=NationalDays(frozenset({2026}))).version
