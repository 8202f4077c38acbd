"""The caller's side: what was found, what they will hear, and what they say when called back."""

from tests.cast import HE, LIN, ZHOU
from tests.city import LiveCity
from tests.e2e.given import PHONE, called_back, done_for_caller
from workflows.cases.case import State
from workflows.cases.findings import DemandFinding, FactFinding, Outcome, Satisfaction


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
