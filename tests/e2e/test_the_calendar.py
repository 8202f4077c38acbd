"""Year-ends, a notice that arrives late, and a weekend that is worked to make up for a feast."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cast import HE, ZHOU
from tests.city import LiveCity, Model, open_live_city
from tests.e2e.given import CLEAN, reported, signed
from workflows.cases.case import State, Timeliness
from workflows.deadlines.clocks import ClockKind

NEW_YEARS_EVE = datetime(2040, 12, 31, 7, 30, tzinfo=UTC)
"""A Monday, half past three in the district; no library knows the notice for 2041 yet."""

MATTRESS = "茶山卫生院门口的垃圾箱又满了，旁边扔着旧床垫"

NOTICE = """
zone = "Asia/Shanghai"
announced = [2041]
[[hours]]
shifts = ["08:00-12:00", "14:00-18:00"]
[[days]]
date = 2041-01-01
until = 2041-01-03
kind = "off"
name = "元旦"
"""


BEFORE_THE_FEAST = datetime(2026, 2, 13, 8, 30, tzinfo=UTC)
"""A Friday, half past four; Saturday is worked, and then the Spring Festival has nine days off."""


@pytest.fixture
async def winter(model: Model, folder: Path) -> AsyncIterator[LiveCity]:
    async with open_live_city(folder, model=model, begins=BEFORE_THE_FEAST) as live:
        yield live
        await live.check()


@pytest.fixture
async def city(model: Model, folder: Path) -> AsyncIterator[LiveCity]:
    async with open_live_city(folder, model=model, begins=NEW_YEARS_EVE) as live:
        live.excused = {"holiday data"}
        yield live
        await live.check()


async def notice_arrives(city: LiveCity, folder: Path, words: str = NOTICE) -> None:
    """The administrator writes it into the district's calendar and starts the service again."""
    policy = folder / "policy"
    policy.mkdir()
    (policy / "calendar.toml").write_text(words, "utf-8")
    await city.stops()
    city.settings = replace(city.settings, policy=policy)
    await city.open()
    await city.product.flows.reckon_again()
    await city.settle()


async def local_due(city: LiveCity, number: int = 1) -> str:
    clock = (await city.case(number)).clock(ClockKind.DISPOSAL)
    assert clock is not None
    assert clock.due_at is not None
    return f"{clock.due_at + timedelta(hours=8):%m-%d %H:%M}"


async def test_a_guessed_deadline_moves_with_the_notice_and_is_told_on_the_card(
    city: LiveCity, folder: Path
) -> None:
    """Row 57: only New Year's Day was certain; the notice makes it three days."""
    await signed(city)
    assert await local_due(city) == "01-02 09:30"
    assert "1月2日 09:30" in (await city[ZHOU].sees("#1")).text
    await notice_arrives(city, folder)
    assert await local_due(city) == "01-04 09:30"
    assert "1月4日 09:30" in (await city[ZHOU].sees("#1")).text
    assert (await city.deeds(1)).count("reckon") == 1
    await city.at("00:00")
    await city.fast_forward(days=3)
    await city[ZHOU].sees_nothing_of("已超时")
    await city.at("10:00")
    await city[ZHOU].sees("已超时")


async def test_the_notice_changes_nothing_that_it_does_not_touch(
    city: LiveCity, folder: Path
) -> None:
    await reported(city)
    before = await city.case(1)
    await notice_arrives(city, folder, NOTICE.replace("2041-01-03", "2041-01-01"))
    after = await city.case(1)
    assert [c.due_at for c in after.clocks] == [c.due_at for c in before.clocks]
    assert await city[ZHOU].count("新工单") == 1


async def test_work_of_the_old_year_handed_in_before_midnight_is_in_time(city: LiveCity) -> None:
    """23:59 on 31 December: stamped with the old year, judged in the new one."""
    await signed(city)
    await city.at("23:58")
    await city[ZHOU].shows_album(CLEAN)
    await city[ZHOU].says("完成 已清运，周边冲洗干净")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
    await city.at("00:05")
    await city[HE].sees_nothing_of("#1")  # nobody is woken for it
    await city.at("09:00")
    assert "昨天 23:58" in (await city[HE].sees("#1")).text
    await city[HE].presses("结案")
    done = await city.case(1)
    assert done.state is State.CLOSED
    assert done.timeliness is Timeliness.ON_TIME


async def test_a_made_up_saturday_counts_as_work_and_the_feast_does_not(winter: LiveCity) -> None:
    """Four hours of work from Friday end on Saturday, eight from Saturday after the feast."""
    await signed(winter)
    assert await local_due(winter) == "02-14 10:30"
    await winter.at("10:00")
    await winter[ZHOU].sees_nothing_of("已超时")
    await winter.at("10:31")
    await winter[ZHOU].sees("已超时")
    await winter.at("16:30")
    await reported(winter, MATTRESS)
    assert await local_due(winter, 2) == "02-24 16:30"


async def test_nobody_is_rung_about_ordinary_work_while_the_feast_lasts(winter: LiveCity) -> None:
    await winter.at("16:30")
    await signed(winter)
    heard = {name: await winter[name].loud() for name in (ZHOU, HE)}
    for _ in range(9):
        await winter.fast_forward(days=1)
        await winter[ZHOU].sees_nothing_of("已超时")
    assert {name: await winter[name].loud() for name in heard} == heard
