"""Somebody sets the server's clock: nothing fires twice, nothing stands still (row 54)."""

from tests.cast import GAO, SUN, WANG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import COVER, reported
from workflows.cases.case import State


def told(city: LiveCity) -> list[str]:
    question = """
        SELECT details ->> 'clock', details ->> 'rung', details ->> 'told' FROM journal
        WHERE action = 'escalate' ORDER BY seq
    """
    return [f"{clock} {rung}{'*' * bool(loud)}" for clock, rung, loud in city.asks(question)]


async def test_a_jump_forward_is_held_for_a_minute_and_reported(city: LiveCity) -> None:
    await reported(city, COVER)
    await city.clock_jumps(hours=1)
    assert told(city) == []
    await city[GAO].sees("服务器时钟向前跳了1 小时", "已暂停1 分钟", "校时")
    await city.fast_forward(seconds=50)
    assert told(city) == []
    await city.fast_forward(seconds=15)
    assert [each for each in told(city) if each.endswith("*")] == ["disposal L0*", "arrival L2*"]
    assert "sign_for L2" in told(city)
    assert await city[GAO].count("服务器时钟") == 1
    assert city.asks("SELECT count(*) FROM outage") == [(0,)]


async def test_a_jump_of_a_day_tells_one_rung(city: LiveCity) -> None:
    await reported(city, COVER)
    await city.clock_jumps(days=1)
    await city.fast_forward(seconds=65)
    assert [each for each in told(city) if each.endswith("*")] == ["disposal L4*"]


async def test_after_a_step_back_nothing_fires_twice_and_everything_goes_on(
    city: LiveCity,
) -> None:
    await reported(city, COVER)
    await city.fast_forward(minutes=16)
    assert told(city) == ["sign_for L2*"]
    heard = await city[SUN].loud()
    await city.clock_jumps(hours=-1)
    await city[GAO].sees("服务器时钟被拨回1 小时")
    await city.fast_forward(minutes=1)
    assert told(city) == ["sign_for L2*"]
    assert await city[SUN].loud() == heard
    await city[WANG].presses("签收")
    assert (await city.case(1)).state is State.HANDLING
    await reported(city)
    await city[ZHOU].sees("新工单", "#2")
    await city.fast_forward(hours=1, minutes=44)
    assert set(told(city)) == {"sign_for L2*", "disposal L0", "arrival L2*"}
