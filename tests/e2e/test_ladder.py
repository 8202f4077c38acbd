"""Nobody moves: whoever must know hears of it, on time, and can step in from the alert."""

from tests.cast import GAO, HE, SHEN, SUN, WANG, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import CLEAN, COVER, handed_in, reported, signed
from workflows.cases.case import State

NIGHT = "老街菜场后门有暴露垃圾"


async def rungs(city: LiveCity) -> list[str]:
    view = await city.view(1)
    return [
        f"{line.details['clock']} {line.details['rung']}"
        for line in view.journal
        if line.action == "escalate" and line.details.get("rung")
    ]


async def test_a_dangerous_case_climbs_to_the_minute(city: LiveCity) -> None:
    """Two hours: silent at 60, worker at 96, worker and lead at 120, the chief at 150."""
    wang, sun, chief = city[WANG], city[SUN], city[ZHENG]
    await reported(city, COVER)
    await city.fast_forward(minutes=14)
    assert await rungs(city) == []
    await city.fast_forward(minutes=1)
    assert await rungs(city) == ["sign_for L2"]
    await sun.sees("签收时限已到")
    await city.fast_forward(minutes=44)
    assert "disposal L0" not in await rungs(city)
    await city.fast_forward(minutes=1)
    assert "disposal L0" in await rungs(city)
    await city.fast_forward(minutes=35)
    assert "disposal L1" not in await rungs(city)
    await city.fast_forward(minutes=1)
    await wang.sees("处置时限快到了")
    await city.fast_forward(minutes=23)
    await wang.sees_nothing_of("处置时限已到")
    await city.fast_forward(minutes=1)
    await wang.sees("处置时限已到，还没办完")
    await sun.sees("处置时限已到，还没办完")
    await city.fast_forward(minutes=29)
    await chief.sees_nothing_of("超时已久")
    await city.fast_forward(minutes=1)
    for name in (SUN, ZHENG, SHEN):
        await city[name].sees("🔔 处置超时已久，仍未办结，请您介入。", "#1")
    told = await rungs(city)
    await city.fast_forward(hours=12)
    assert [each for each in await rungs(city) if each.startswith("disposal")] == [
        "disposal L0", "disposal L1", "disposal L2", "disposal L3", "disposal L4",
    ]  # fmt: skip
    assert set(told) <= set(await rungs(city))


async def test_an_ordinary_alert_waits_for_the_morning(city: LiveCity) -> None:
    """Rungs past 20:00 stand in the journal at once and reach people at 07:30."""
    zhou, sun = city[ZHOU], city[SUN]
    await signed(city)
    await city.at("19:50")
    heard = await sun.loud()
    await reported(city)
    await city.at("20:06")
    await city.at("07:29")
    assert await sun.loud() == heard
    await city.at("07:30")
    assert await zhou.count("#1") > 0


async def test_an_ordinary_case_is_in_the_journal_at_its_own_minute(city: LiveCity) -> None:
    """Four working hours from 09:00: 12:00 is three of them, and 15:00 the end."""
    await signed(city)
    await city.fast_forward(hours=3, minutes=-1)
    await city.at("14:11")
    assert "disposal L1" not in await rungs(city)
    await city.at("14:12")
    assert "disposal L1" in await rungs(city)
    await city[ZHOU].sees("处置时限快到了")
    await city.at("15:00")
    assert "disposal L2" in await rungs(city)
    await city[SUN].sees("处置时限已到")


async def test_an_alert_is_acknowledged_once(city: LiveCity) -> None:
    chief = city[ZHENG]
    await reported(city, COVER)
    for _ in range(5):
        await city.fast_forward(minutes=30)
    await chief.presses("知道了", on=await chief.sees("超时已久"))
    assert "知道了" not in " ".join(await chief.labels("#1"))
    await city[SHEN].sees("#1", f"{ZHENG} 已知悉提醒")
    assert "acknowledge" in await city.deeds(1)


async def test_a_lead_urges_and_the_worker_hears_it(city: LiveCity) -> None:
    wang = city[WANG]
    await reported(city, COVER)
    await city.fast_forward(minutes=120)
    heard = await wang.loud()
    await city[SUN].presses("催办")
    await wang.sees("催办：请先办这一件", "#1")
    assert await wang.loud() == heard + 1


async def test_the_ladder_ends_with_the_case(city: LiveCity) -> None:
    await handed_in(city)
    await city[HE].presses("结案")
    before = await rungs(city)
    await city.fast_forward(days=3)
    assert await rungs(city) == before
    assert (await city.case(1)).state is State.CLOSED
    assert all(clock.next_rung_at is None for clock in (await city.case(1)).clocks)


async def test_without_a_chief_the_top_of_the_ladder_is_an_administrator(city: LiveCity) -> None:
    await city.dismiss(ZHENG)
    await reported(city, COVER)
    for _ in range(5):
        await city.fast_forward(minutes=30)
    alert = await city[GAO].sees("超时已久", "#1")
    assert "有人差点掉下去" not in alert.text


async def test_after_a_long_sleep_only_the_latest_rung_speaks(city: LiveCity) -> None:
    wang = city[WANG]
    await reported(city, COVER)
    await city.fast_forward(minutes=151)
    assert await wang.count("时限快到了") == 0
    assert [each for each in await rungs(city) if "disposal" in each] == [
        "disposal L0", "disposal L1", "disposal L2", "disposal L3",
    ]  # fmt: skip


async def test_work_that_is_handed_in_silences_the_warning(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.shows_album(CLEAN)
    await zhou.says("完成 已清运")
    await city.at("14:30")
    await zhou.sees_nothing_of("时限快到了")
