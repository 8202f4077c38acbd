"""Many cases turn red at once: a phone gets one message with all of them, the worst first."""

from datetime import timedelta

from tests.cast import SHEN, SUN, WANG, ZHENG
from tests.city import LiveCity
from tests.e2e.given import reported

PLACES = [
    *("柳岸新村3号楼", "青石桥路120号", "月湖公园南门"),
    *("实验小学北门", "老街菜场", "船厂路公交站"),
]
COVERS = [f"{place}门口雨水井盖不见了，有人差点掉下去" for place in PLACES]
"""Six dangerous cases (P1) of the drain worker's, in six places."""


async def six_overdue(city: LiveCity) -> None:
    """The service is down while all of them run out."""
    for words in COVERS:
        await reported(city, words)
        await city.fast_forward(minutes=1)
    await city.restart(down=timedelta(hours=8))


async def test_an_outage_ends_in_one_message_a_phone(city: LiveCity) -> None:
    chief = city[ZHENG]
    await six_overdue(city)
    for name in (SUN, ZHENG, SHEN):
        assert await city[name].count("🔔 6 件等您处理") == 1
        await city[name].sees_nothing_of("处置超时已久，仍未办结，请您介入。\n📍")
    digest = await chief.sees("🔔 6 件等您处理，超时最久的排在前面", "处置严重超时")
    assert [label for label in digest.labels if "🔎" in label] == [f"🔎 #{n}" for n in range(1, 6)]
    for number in range(1, 7):
        told = [line for line in (await city.view(number)).journal if line.action == "escalate"]
        assert {line.details["rung"] for line in told if line.details["clock"] == "disposal"} == {
            "L0", "L1", "L2", "L3", "L4",
        }  # fmt: skip


async def test_a_worker_keeps_a_card_for_every_order(city: LiveCity) -> None:
    wang = city[WANG]
    for words in COVERS:
        await reported(city, words)
    assert await wang.count("新工单，请签收") == 6


async def test_its_pages_turn_in_place_and_hold_still(city: LiveCity) -> None:
    chief = city[ZHENG]
    await six_overdue(city)
    await chief.presses("后面 1 件 ›", on=await chief.sees("🔔 6 件"))
    second = await chief.sees("🔔 6 件")
    assert [label for label in second.labels if "🔎" in label] == ["🔎 #6"]
    await reported(city, "老街有雨水井盖丢失")
    await chief.presses("‹ 前面 5 件", on=second)
    first = await chief.sees("🔔 6 件")
    assert "🔎 #1" in first.labels
    assert "🔎 #5" in first.labels
    assert await chief.count("🔔 6 件") == 1


async def test_a_case_opens_from_it_with_everything_one_can_do(city: LiveCity) -> None:
    chief = city[ZHENG]
    await six_overdue(city)
    await chief.presses("🔎 #3", on=await chief.sees("🔔 6 件"))
    assert "月湖公园南门" in (await chief.newest()).text
    await chief.presses("知道了", on=await chief.newest())
    assert "acknowledge" in await city.deeds(3)


async def test_a_page_of_cases_that_are_all_over_says_so(city: LiveCity) -> None:
    chief = city[ZHENG]
    await six_overdue(city)
    digest = await chief.sees("🔔 6 件")
    for number in range(1, 7):
        await city["冯敏"].says(f"作废 {number}")
        await city["冯敏"].says("误报")
    await chief.presses("后面 1 件 ›", on=digest)
    await chief.sees("☕ 这些都已有人处理了")


async def test_a_restart_storm_repeats_nothing(city: LiveCity) -> None:
    """Crashes every twenty seconds after the outage (row 62)."""
    await six_overdue(city)
    loud = {name: await city[name].loud() for name in (SUN, ZHENG, SHEN, WANG)}
    for _ in range(4):
        await city.restart(down=timedelta(seconds=20))
    assert {name: await city[name].loud() for name in loud} == loud
    assert await city[ZHENG].count("🔔 6 件") == 1
