"""What happens beside the main line: not taken, looked at on site, merged, returned to intake."""

import pytest

from handlers.terminal.demo_photos import View, photo
from handlers.terminal.demo_town import DISTRICT
from tests.cast import FENG, HE, LIN, SUN, WU, ZHOU
from tests.city import LiveCity
from tests.e2e.given import (
    BIN,
    CLEAN,
    COVER,
    PHONE,
    called_back,
    handed_in,
    reported,
    signed,
)
from workflows.cases.alike import Sameness
from workflows.cases.case import State
from workflows.cases.check import Found
from workflows.deadlines.clocks import ClockKind
from workflows.people import Post, Role

TANG = "唐静"
"""A collector on duty in the whole district."""
SEEN = photo(View.LITTER)


@pytest.fixture
async def town(full_city: LiveCity) -> LiveCity:
    """A centre whose people take every step themselves, with a collector."""
    await full_city.joins(TANG, Post(Role.COLLECTOR, DISTRICT))
    return full_city


async def in_review(city: LiveCity) -> None:
    """A lean city with a collector, and work that waits for its review."""
    await city.joins(TANG, Post(Role.COLLECTOR, DISTRICT))
    await handed_in(city)


async def test_what_is_not_taken_has_a_ground_and_the_caller_is_told(town: LiveCity) -> None:
    await reported(town, BIN, PHONE)
    await town[HE].presses("不予受理")
    await town[HE].presses("不属于政府职责")
    await town[HE].sees("将这样告知来电人", "不属于政府职责范围")
    await town[HE].presses("就这样告知")
    await town[LIN].sees("不予受理，请把下面的话告知来电人", "建议通过市场或社会渠道解决")
    case = await town.case(1)
    assert (case.state, case.ground) == (State.REJECTED, "not_government")
    assert case.order is not None
    assert "市场或社会渠道" in case.order.reply


async def test_the_sentence_for_the_caller_can_be_typed_anew(town: LiveCity) -> None:
    await reported(town, BIN, PHONE)
    await town[HE].says("不予受理 1")
    await town[HE].presses("已依法处理完毕")
    await town[HE].says("此事法院已判决，请按判决执行")
    await town[LIN].sees("此事法院已判决，请按判决执行")


async def test_an_emergency_is_handed_over_without_another_question(town: LiveCity) -> None:
    await reported(town, f"{BIN}，旁边有人晕倒", "")
    await town[HE].says("不予受理 1")
    await town[HE].presses("紧急求助")
    case = await town.case(1)
    assert (case.state, case.ground) == (State.REJECTED, "emergency")
    assert "120" in case.latest_reason


async def test_whoever_comes_second_is_told_who_did_not_take_it(town: LiveCity) -> None:
    await reported(town, BIN, "")
    await town[HE].says("不予受理 1")
    await town[HE].presses("已依法处理完毕")
    await town[HE].says("受理 1")
    await town[HE].sees(HE, "不予受理")


async def test_a_collector_verifies_before_it_is_accepted(town: LiveCity) -> None:
    await reported(town, BIN, "")
    await town.fast_forward(minutes=5)
    before = (await town.case(1)).clock(ClockKind.ACCEPTANCE)
    await town[HE].presses("派核实")
    await town[HE].presses("是否属实")
    await town[TANG].sees("请到现场核实", "请核实问题是否存在")
    case = await town.case(1)
    assert case.state is State.VERIFYING
    acceptance = case.clock(ClockKind.ACCEPTANCE)
    assert acceptance is not None
    assert acceptance.rests, "acceptance waits while somebody looks"
    refused = await town[TANG].presses("核实结果")
    assert "请先发一张现场照片" in refused.text
    await town[TANG].shows(SEEN)
    await town.fast_forward(minutes=10)
    await town[TANG].says("属实 1 桶边有五袋")
    await town[HE].sees("监督员已核实", "现场核实：属实", "桶边有五袋")
    case = await town.case(1)
    assert case.state is State.REPORTED
    resumed = case.clock(ClockKind.ACCEPTANCE)
    assert before is not None
    assert before.due_at is not None
    assert resumed is not None
    assert resumed.due_at is not None
    assert (resumed.due_at - before.due_at).total_seconds() >= 600
    await town[HE].presses("📥 受理")
    assert (await town.case(1)).state is State.PENDING_FILING


async def test_what_is_not_there_is_not_taken(town: LiveCity) -> None:
    await reported(town, BIN, "")
    await town[HE].says("派核实 1 看看还在不在")
    await town[TANG].shows(CLEAN[0], "不属实 1 已经没有了")
    await town[HE].sees("现场核实：不属实")
    await town[HE].says("不予受理 1")
    await town[HE].presses("现场核实未发现问题")
    assert (await town.case(1)).ground == "not_found"


async def test_nobody_verifies_what_they_have_reported_themselves(full_city: LiveCity) -> None:
    await reported(full_city, BIN, "")
    await full_city[HE].says("派核实 1 看看还在不在")
    await full_city[HE].sees("没有当班的监督员")
    assert (await full_city.case(1)).state is State.REPORTED


async def test_a_look_that_nobody_takes_raises_an_alert_and_can_be_called_off(
    town: LiveCity,
) -> None:
    await reported(town, BIN, "")
    await town[HE].says("派核实 1 看看还在不在")
    await town.fast_forward(minutes=31)
    await town[HE].sees("核实时限已到", "#1")
    await town[HE].says("撤回核实 1 情况已清楚")
    await town[TANG].sees("这次不用去现场了")
    assert (await town.case(1)).state is State.REPORTED


async def test_dispatch_returns_to_intake_what_is_not_ours(town: LiveCity) -> None:
    await reported(town, BIN, "")
    await town[HE].presses("📥 受理")
    await town[FENG].says("立案 1")
    await town[FENG].presses("第1条")
    await town[WU].presses("退回受理")
    await town[WU].presses("非本级职责")
    await town[HE].sees("派遣退回，请重新核对")
    assert (await town.case(1)).state is State.REPORTED


async def test_the_work_is_inspected_by_somebody_else(city: LiveCity) -> None:
    await in_review(city)
    await city[HE].presses("派核查")
    await city[HE].says("看看桶后面")
    await city[TANG].sees("请到现场核查", "看看桶后面")
    await city[TANG].shows(CLEAN[0])
    await city[TANG].presses("核查结果")
    await city[TANG].presses("已到位")
    await city[HE].sees("监督员已核查", "现场核查：已到位")
    case = await city.case(1)
    assert case.state is State.FEEDBACK_REVIEW
    assert case.check is not None
    assert case.check.found is Found.RIGHT
    await city[HE].presses("结案")
    assert (await city.case(1)).state is State.CLOSED


async def test_after_the_second_rework_it_is_not_closed_unseen(city: LiveCity) -> None:
    await in_review(city)
    for _ in range(2):
        await city[HE].says("退回 1 没弄干净")
        await city[ZHOU].shows_album(CLEAN)
        await city[ZHOU].says("完成 这次都清了")
    await city[HE].says("结案 1")
    await city[HE].sees("须先派人核查才能结案")
    await city[FENG].says("免核查 1 照片清楚")
    await city[HE].presses("结案")
    assert (await city.case(1)).state is State.CLOSED
    assert "waive_inspection" in await city.deeds(1)


async def test_two_who_call_about_the_same_are_both_answered(town: LiveCity) -> None:
    await reported(town, BIN, "")
    await reported(town, BIN, PHONE)
    await town[HE].says("并案 2 1")
    await town[LIN].sees("已并入主案", "#1")
    assert (await town.case(2)).state is State.MERGED
    await town[HE].says("受理 1")
    await town[FENG].says("立案 1")
    await town[FENG].presses("第1条")
    await town[WU].presses("派单")
    await town[WU].presses(ZHOU)
    await town[ZHOU].says("签收 1")
    await town[ZHOU].shows_album(CLEAN)
    await town[ZHOU].says("完成 已清运，周边冲洗干净")
    await town[SUN].presses("确认")
    await town[HE].presses("结案")
    await town[LIN].sees("#2", "请回访来电人", "已清运，周边冲洗干净")
    both = [(await town.case(number)).state for number in (1, 2)]
    assert both == [State.CLOSED, State.PENDING_CALLBACK]
    await called_back(town[LIN])
    assert (await town.case(2)).state is State.CLOSED


async def test_a_duplicate_of_what_came_to_nothing_stands_alone_again(town: LiveCity) -> None:
    await reported(town, BIN, "")
    await reported(town, BIN, PHONE)
    await town[HE].says("并案 2 1")
    await town[FENG].says("作废 1 误报")
    await town[HE].sees("已撤销并案", "#2")
    assert (await town.case(2)).state is State.REPORTED


async def test_what_has_ended_takes_no_more_cases_in(town: LiveCity) -> None:
    await reported(town, BIN, "")
    await reported(town, BIN, "")
    await town[FENG].says("作废 1 误报")
    await town[HE].says("并案 2 1")
    await town[HE].sees("#1 已结束，不能再并入")
    await town[HE].says("并案 2 2")
    await town[HE].sees("请选主案")


async def test_what_may_be_a_duplicate_is_proposed_and_merged_in_two_taps(
    city: LiveCity,
) -> None:
    """In a small centre the order is out at once; its worker is told that it is another's."""
    await signed(city)
    await reported(city, BIN, PHONE)
    await city[LIN].sees("#2", "可能与 #1（附近同类）重复")
    await city[LIN].presses("并案")
    await city[LIN].presses("#1")
    await city[LIN].sees("已并入主案")
    case = await city.case(2)
    assert (case.state, case.merged_into) == (State.MERGED, 1)
    await city[ZHOU].shows_album(CLEAN)
    await city[ZHOU].says("完成 1 已清运，周边冲洗干净")
    await city[HE].presses("结案")
    await city[LIN].sees("#2", "已清运，周边冲洗干净")


async def test_another_class_or_another_day_is_no_duplicate(city: LiveCity) -> None:
    await reported(city)
    await reported(city, COVER)
    await city.fast_forward(hours=73)
    await reported(city)
    alike = [(await city.case(number)).alike for number in (2, 3)]
    assert alike == [(), ()]


async def test_a_component_is_known_by_its_number_wherever_it_is(city: LiveCity) -> None:
    await reported(city, f"{COVER}，编号31990001003000123")
    await reported(city, "学府小区雨水井盖松动，编号31990001003000123")
    assert [(a.case_id, a.by) for a in (await city.case(2)).alike] == [(1, Sameness.COMPONENT)]
