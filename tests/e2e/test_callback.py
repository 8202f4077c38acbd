"""The caller's side: what was found, what they will hear, and what they say when called back."""

from datetime import timedelta
from typing import Final

import pytest

from tests.cast import HE, LIN, SUN, ZHOU
from tests.city import LiveCity
from tests.e2e.given import (
    CLEAN,
    PHONE,
    approves,
    called_back,
    done_for_caller,
    for_callback,
    reported,
    signed,
)
from workflows.cases.case import ContactResult, Order, State, Timeliness
from workflows.cases.findings import DemandFinding, FactFinding, Outcome, Satisfaction
from workflows.deadlines.clocks import ClockKind

OTHER_PHONE: Final = "13812340022"


async def test_two_taps_of_findings_and_a_preview_then_a_satisfied_caller(city: LiveCity) -> None:
    lin, he = city[LIN], city[HE]
    await done_for_caller(city)
    await he.presses("通过")
    await he.sees("事实认定")
    assert await he.labels("事实认定") == ["属实", "部分属实", "不属实", "✖️ 取消"]
    await he.presses("属实")
    await he.presses("合理合法")
    await he.presses("实际解决")
    await he.sees("结案条件达到了吗", "☑️ 结案条件：")
    await he.presses("☑️")
    preview = await he.sees("来电人将听到这段话")
    assert "🗣 “滨湖运维中心环卫所于11月23日09:00答复：已清运，周边冲洗干净”" in preview.text
    loud = await lin.loud()
    await he.presses("就这样答复")
    assert (await city.case(1)).state is State.PENDING_CALLBACK
    asked = await lin.sees("请回访来电人", "滨湖运维中心环卫所于11月23日09:00答复", "139****0021")
    assert asked.labels == ["☎️ 回访完成", "🔕 未接通", "🔂 重办", "📞 来电号码"]
    assert await lin.loud() == loud + 1
    await lin.presses("来电号码")
    await lin.presses("要联系来电人")
    await lin.sees(PHONE, "回访完成 1")
    await called_back(lin)
    assert await lin.loud() == loud + 1
    await lin.sees("#1", "已结案", "回访：👍 已解决 · 😀 满意", "属实 · 诉求合理合法 · 实际解决")
    await city[ZHOU].sees("#1", "已结案")
    order = (await city.case(1)).order
    assert order is not None
    assert (order.fact, order.demand) == (FactFinding.TRUE, DemandFinding.REASONABLE)
    assert (order.outcome, order.resolved) == (Outcome.SOLVED, True)
    assert order.satisfaction is Satisfaction.SATISFIED
    assert not order.is_warning


@pytest.mark.parametrize(
    ("pressed", "result", "told"),
    [
        ("对方关机", ContactResult.PHONE_OFF, ""),
        ("无人接听", ContactResult.NO_ANSWER, ""),
        ("其他原因", ContactResult.OTHER, "来电人说是替邻居打的"),
    ],
    ids=["always off", "never answers", "another reason, in words"],
)
async def test_a_first_contact_in_vain_says_why_and_the_work_goes_on(
    city: LiveCity, pressed: str, result: ContactResult, told: str
) -> None:
    zhou = city[ZHOU]
    await signed(city, phone=PHONE)
    await zhou.presses("已联系")
    await zhou.presses(pressed)
    if told:
        assert (await order_of(city)).contact is None
        await zhou.sees("请输入一句话")
        await zhou.says(told)
    order = await order_of(city)
    assert (order.contact, order.contact_note) == (result, told)
    assert order.contacted_at == city.now()
    await zhou.shows_album(CLEAN)
    await zhou.says("完成 已清运")
    await city[HE].sees("请看照片审核", "周强")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW


async def test_a_reply_that_is_too_long_is_refused_with_its_length(city: LiveCity) -> None:
    he = city[HE]
    await done_for_caller(city)
    await he.presses("通过")
    for answer in ("部分属实", "合理合法", "解释说明", "☑️"):
        await he.presses(answer)
    await he.says("桶" * 500)
    await he.sees("这段有 500 字，请不要超过 476 字")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
    await he.says("桶已清空，明早再洗一遍地面")
    order = await order_of(city)
    assert order.reply == "滨湖运维中心环卫所于11月23日09:00答复：桶已清空，明早再洗一遍地面"
    assert order.outcome is Outcome.EXPLAINED
    await city[LIN].sees("请回访来电人", "明早再洗一遍地面")


async def test_a_note_that_is_too_long_to_be_read_out_is_not_proposed(city: LiveCity) -> None:
    he, zhou = city[HE], city[ZHOU]
    await signed(city, phone=PHONE)
    await zhou.says("已联系，马上过去")
    await zhou.shows_album(CLEAN)
    await zhou.says("完成 " + "清" * 490)
    await he.presses("通过")
    for answer in ("属实", "合理合法", "实际解决", "☑️"):
        await he.presses(answer)
    asked = await he.sees("处置说明有 490 字", "请输入一段短一些的答复")
    assert asked.labels == ["✖️ 取消"]


async def test_an_unresolved_callback_is_done_again_under_the_recheck_limit(
    city: LiveCity,
) -> None:
    lin, zhou, he = city[LIN], city[ZHOU], city[HE]
    await for_callback(city)
    await lin.presses("回访完成")
    await lin.presses("没解决")
    await lin.sees("请输入来电人的原话")
    await lin.says("垃圾桶又满了，一直没人来")
    await zhou.sees("回访不认可", "垃圾桶又满了，一直没人来")
    await city[SUN].sees("预警工单")
    case = await city.case(1)
    order = await order_of(city)
    assert (case.state, order.redo_count, order.is_warning) == (State.HANDLING, 1, True)
    disposal = case.clock(ClockKind.DISPOSAL)
    assert disposal is not None
    assert (disposal.round, str(disposal.limit)) == (1, "3 work_day")
    assert case.due_at == disposal.started_at + timedelta(days=3)
    await zhou.says("完成 重新清运")
    assert (await city.case(1)).state is State.HANDLING, "new work needs new photos"
    await zhou.shows_album(CLEAN)
    await zhou.says("完成 又清了一次，换了大桶")
    await approves(he)
    await called_back(lin)
    case, order = await city.case(1), await order_of(city)
    assert (case.state, case.timeliness) == (State.CLOSED, Timeliness.ON_TIME)
    assert order.reply.endswith("又清了一次，换了大桶")
    assert (order.resolved, order.is_warning) == (True, True)


async def test_a_second_call_opens_it_again_and_keeps_the_original_timing(
    city: LiveCity,
) -> None:
    lin, zhou = city[LIN], city[ZHOU]
    await for_callback(city)
    await called_back(lin)
    closed = await city.case(1)
    await city.fast_forward(days=2)
    await lin.says("/case 1")
    await lin.presses("重新打开")
    await lin.says("来电人又打来，说桶还是满的")
    await zhou.sees("已结案件重新打开", "来电人又打来，说桶还是满的")
    opened = await city.case(1)
    assert opened.state is State.HANDLING
    assert (opened.closed_at, opened.timeliness) == (closed.closed_at, Timeliness.ON_TIME)
    disposal = opened.clock(ClockKind.DISPOSAL)
    assert disposal is not None
    assert str(disposal.limit) == "3 work_day"
    await zhou.shows_album(CLEAN)
    await zhou.says("完成 换了大桶")
    await approves(city[HE])
    await called_back(lin)
    again = await city.case(1)
    assert (again.state, again.closed_at) == (State.CLOSED, closed.closed_at)
    assert (await city.deeds(1)).count("reopen") == 1


async def test_two_callers_of_one_thing_are_each_called_back(city: LiveCity) -> None:
    lin, zhou, he = city[LIN], city[ZHOU], city[HE]
    await two_callers(city)
    await zhou.says("已联系 1，马上过去")
    await zhou.shows_album(CLEAN)
    await zhou.says("完成 1 已清运，周边冲洗干净")
    await approves(he)
    assert (await city.case(2)).state is State.MERGED, "the first caller may still contest it"
    await called_back(lin)
    assert [(await city.case(n)).state for n in (1, 2)] == [State.CLOSED, State.PENDING_CALLBACK]
    await lin.sees("#2", "请回访来电人", "已清运，周边冲洗干净", "138****0022")
    await called_back(lin, "🙂 认可")
    second = await order_of(city, 2)
    assert (await city.case(2)).state is State.CLOSED
    assert second.satisfaction is Satisfaction.ACCEPTS
    assert (await order_of(city)).satisfaction is Satisfaction.SATISFIED
    assert second.reply == (await order_of(city)).reply


async def test_a_second_caller_who_contests_it_has_it_done_again(city: LiveCity) -> None:
    lin, zhou = city[LIN], city[ZHOU]
    await two_callers(city)
    await zhou.says("已联系 1，马上过去")
    await zhou.shows_album(CLEAN)
    await zhou.says("完成 1 已清运，周边冲洗干净")
    await approves(city[HE])
    await called_back(lin)
    await lin.says("重办 2 后门那只桶没有清")
    await zhou.sees("#2", "回访不认可", "后门那只桶没有清")
    assert [(await city.case(n)).state for n in (1, 2)] == [State.CLOSED, State.HANDLING]
    await zhou.says("已联系 2，马上回去看")
    await zhou.shows_album(CLEAN)
    await zhou.says("完成 2 后门的桶也清了")
    await approves(city[HE])
    await called_back(lin)
    assert (await city.case(2)).state is State.CLOSED
    assert (await order_of(city, 2)).reply.endswith("后门的桶也清了")


async def test_after_three_calls_in_vain_it_may_be_closed_unrated(city: LiveCity) -> None:
    lin = city[LIN]
    await for_callback(city)
    await lin.says("未接通 1 关机")
    await lin.sees("回访未接通 1/3 次（📴 始终关机）")
    await lin.presses("未接通")
    await lin.presses("始终未接")
    await lin.says("未接通 1 无人接")
    shown = await lin.sees("已回访 3 次未接通")
    assert "🔕 未接通" not in shown.labels
    await lin.presses("回访完成")
    order = await order_of(city)
    assert (await city.case(1)).state is State.CLOSED
    assert (order.resolved, order.satisfaction) == (None, Satisfaction.NOT_RATED)


async def test_who_asks_too_much_may_stay_dissatisfied(city: LiveCity) -> None:
    """The demand finding is the agency's shield: it is not done again for the asking."""
    lin = city[LIN]
    await done_for_caller(city)
    await approves(city[HE], demand="诉求过高")
    await lin.presses("回访完成")
    await lin.presses("没解决")
    await lin.presses("🙁 不满意")
    assert (await city.case(1)).state is State.CLOSED
    await city[SUN].sees("预警工单", "诉求过高")


async def two_callers(city: LiveCity) -> None:
    """Two people call about the same bins; the second order is merged into the first."""
    await signed(city, phone=PHONE)
    await reported(city, phone=OTHER_PHONE)
    await city[LIN].says("并案 2 1")
    assert (await city.case(2)).state is State.MERGED


async def order_of(city: LiveCity, number: int = 1) -> Order:
    order = (await city.case(number)).order
    assert order is not None
    return order
