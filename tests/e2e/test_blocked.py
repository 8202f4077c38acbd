"""Somebody has blocked the bot: nothing is lost, and whoever is on duty hears of it at once."""

from tests.cast import WANG, ZHENG
from tests.city import LiveCity
from tests.e2e.given import COVER, reported
from workflows.cases.case import State


async def test_nobody_is_given_an_order_who_has_blocked_us(city: LiveCity) -> None:
    await city[WANG].blocks()
    await reported(city, COVER)
    await city[ZHENG].sees("系统派不下去", "当班", "#1")
    assert (await city.case(1)).state is State.PENDING_DISPATCH


async def test_a_worker_who_blocks_us_over_an_order_hands_it_to_the_duty_chief(
    city: LiveCity,
) -> None:
    await reported(city, COVER)
    await city[WANG].blocks()
    await city[ZHENG].sees("系统派不下去", "联系不上", "#1")
    case = await city.case(1)
    assert (case.state, case.stuck) == (State.PENDING_SIGN, "unreachable")


async def test_whoever_comes_back_takes_up_what_was_left(city: LiveCity) -> None:
    await reported(city, COVER)
    worker = city[WANG]
    await worker.blocks()
    await worker.unblocks()
    await worker.says("签收 1")
    case = await city.case(1)
    assert (case.state, case.stuck) == (State.HANDLING, "")
