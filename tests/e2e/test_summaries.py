"""A word in the morning and one in the evening, each once."""

from datetime import timedelta

from tests.cast import LIN, SHEN, ZHENG
from tests.city import LiveCity
from tests.e2e.given import COVER, handed_in, reported


async def test_supervisors_get_one_summary_in_the_evening_and_one_in_the_morning(
    city: LiveCity,
) -> None:
    await handed_in(city)
    await reported(city, COVER)
    await city.at("17:59")
    for name in (SHEN, ZHENG):
        await city[name].sees_nothing_of("📊")
    await city.at("18:00")
    for name in (SHEN, ZHENG):
        await city[name].sees("📊 在办 2 件 · 超时 1", "新增 2 件，办结 0 件")
    await city.at("19:30")
    await city.restart()
    await city.at("07:59")
    assert await city[SHEN].count("📊") == 1
    await city.at("08:00")
    await city.fast_forward(minutes=30)
    assert await city[SHEN].count("📊") == 2
    await city[LIN].sees_nothing_of("📊")


async def test_a_summary_that_fell_into_an_outage_comes_when_it_is_over(city: LiveCity) -> None:
    await reported(city, COVER)
    await city.at("18:00")
    assert await city[SHEN].count("📊") == 1
    await city.at("07:50")
    await city.restart(down=timedelta(minutes=40))
    assert await city[SHEN].count("📊") == 2
    await city.restart(down=timedelta(minutes=40))
    assert await city[SHEN].count("📊") == 2


async def test_a_summary_that_is_half_a_day_late_is_left_to_the_next(city: LiveCity) -> None:
    await reported(city, COVER)
    await city.at("18:00")
    await city.at("07:50")
    await city.restart(down=timedelta(hours=9))
    assert await city[SHEN].count("📊") == 1
    await city.at("18:00")
    assert await city[SHEN].count("📊") == 2


async def test_a_case_can_be_opened_from_the_summary(city: LiveCity) -> None:
    await reported(city, COVER)
    await city.at("18:00")
    await city[SHEN].presses("🔎 #1", on=await city[SHEN].sees("📊"))
    assert "#1 雨水井盖异常" in (await city[SHEN].newest()).text
