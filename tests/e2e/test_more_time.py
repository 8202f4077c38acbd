"""Extension, suspension, void on request and the overdue appeal, each through the chat."""

from datetime import timedelta

from tests.cast import FENG, HE, LIN, MARIA, SUN, WU, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import CLEAN, PHONE, handed_in, reported, signed
from workflows.cases.case import State, Timeliness
from workflows.deadlines.clocks import ClockKind
from workflows.requests.request import RequestState


async def test_an_extension_goes_through_lead_and_dispatcher_and_the_caller_is_told(
    city: LiveCity,
) -> None:
    await signed(city, phone=PHONE)
    before = await city.case(1)
    assert before.filing is not None
    disposal = before.clock(ClockKind.DISPOSAL)
    assert disposal is not None
    await city[ZHOU].presses("申请…")
    await city[ZHOU].presses("申请延期")
    await city[ZHOU].presses("材料未到")
    await city[SUN].sees("有一份申请等您审批", "材料或配件还没有到")
    await city[SUN].presses("同意上报")
    await city[WU].sees("延期申请", "待审批")
    loud = await city[LIN].loud()
    await city[WU].presses("批准")
    await city[ZHOU].sees("延期已获批准")
    await city[LIN].sees("请告知来电人", "#1")
    assert await city[LIN].loud() == loud + 1
    after = (await city.case(1)).clock(ClockKind.DISPOSAL)
    assert after is not None
    assert (after.grants, after.limit) == (1, disposal.limit)
    assert after.whole.value == 2 * disposal.limit.value
    await city[ZHOU].says("/why 1")
    await city[ZHOU].sees("已延期 1 次")


async def test_a_third_extension_is_refused_with_the_name_of_who_granted_the_second(
    city: LiveCity,
) -> None:
    await signed(city)
    for _ in range(2):
        await city[SUN].says("延期 1 等材料")
        await city[WU].says("批准 1")
    await city[SUN].says("延期 1 还是等材料")
    await city[SUN].sees("延期次数已用完", WU)
    assert len((await city.case(1)).requests) == 2


async def test_nobody_gets_more_time_once_it_is_late(city: LiveCity) -> None:
    await signed(city)
    await city.fast_forward(hours=7)
    await city[ZHOU].says("延期 1 等材料")
    await city[ZHOU].sees("处置时限已于 15:00 到期", "不能再申请延期")
    assert (await city.case(1)).requests == ()


async def rests(city: LiveCity, until: str) -> None:
    await signed(city)
    await city[SUN].says("挂账 1")
    await city[SUN].presses("工程原因")
    await city[SUN].says(until)
    await city[SUN].says("市政改造计划12号")
    await city[WU].presses("批准")


async def test_work_rests_until_a_day_is_looked_at_and_goes_on_by_itself(city: LiveCity) -> None:
    city.excused.add("holiday data")  # that year's days off are not announced yet
    await rests(city, "2027-01-11")
    assert (await city.case(1)).state is State.SUSPENDED
    await city[ZHOU].sees("本件已挂账")
    due = (await city.case(1)).clock(ClockKind.DISPOSAL)
    assert due is not None
    assert due.rests
    await city[SUN].says("/suspended")
    await city[SUN].sees("共 1 件挂账", "1 垃圾站")
    await city.fast_forward(days=30)
    await city[SUN].sees("挂账复核", "#1")
    await city.fast_forward(days=12)
    await city[WU].sees("挂账即将到期", "#1")
    await city.restart(down=timedelta(days=8))
    case = await city.case(1)
    assert case.state is State.HANDLING
    assert case.due_at is not None
    await city[ZHOU].sees("挂账结束，请继续处置", "#1")


async def test_the_lead_ends_a_suspension_early_and_there_is_no_second(city: LiveCity) -> None:
    await rests(city, "30天")
    await city[SUN].says("恢复处置 1")
    assert (await city.case(1)).state is State.HANDLING
    await city[SUN].says("挂账 1")
    await city[SUN].sees("本案件已挂过账", WU)


async def test_a_day_that_cannot_be_is_answered_with_what_to_type(city: LiveCity) -> None:
    await signed(city)
    await city[ZHOU].says("挂账 1")
    await city[ZHOU].presses("季节原因")
    await city[ZHOU].says("明年开春")
    await city[ZHOU].sees("看不懂这个日期", "2026-12-23")
    await city[ZHOU].says("2026-11-01")
    await city[ZHOU].sees("2026-11-01 不是以后的日期")
    await city[ZHOU].says("2029年3月1日")
    await city[ZHOU].sees("太远了", "2027-11-23")
    await city[ZHOU].presses("90 天")
    await city[ZHOU].says("绿化补种计划")
    request = (await city.case(1)).request
    assert request is not None
    assert request.document == "绿化补种计划"


async def test_a_case_is_voided_on_request(city: LiveCity) -> None:
    await signed(city)
    await city[ZHOU].says("申请作废 1 现场没有发现")
    await city[FENG].sees("作废申请", "现场没有发现", "待审批")
    await city[FENG].presses("批准")
    assert (await city.case(1)).state is State.VOIDED
    await city[ZHOU].sees("#1", "作废")


async def closed_late(city: LiveCity) -> None:
    await signed(city)
    await city.fast_forward(hours=8)
    await city[ZHOU].shows_album(CLEAN)
    await city[ZHOU].says("完成 已清运")
    await city[HE].says("结案 1")
    assert (await city.case(1)).timeliness is Timeliness.OVERDUE


async def test_an_appeal_is_reviewed_twice_and_the_fact_stays_visible(city: LiveCity) -> None:
    await closed_late(city)
    await city[SUN].says("/case 1")
    await city[SUN].presses("超时申诉")
    await city[SUN].presses("天气原因")
    await city[WU].sees("超时申诉申请", "待初审")
    await city[WU].presses("同意上报")
    await city[HE].sees("超时申诉申请", "待审批")
    await city[HE].presses("批准")
    case = await city.case(1)
    assert (case.state, case.timeliness) == (State.CLOSED, Timeliness.OVERDUE_EXEMPT)
    await city[SUN].sees("申请已批准", "超时（已豁免）")
    await city[SUN].says("申诉 1 再看一次")
    await city[SUN].sees("已申诉过", HE)


async def test_an_appeal_that_nobody_answers_is_not_forgotten(city: LiveCity) -> None:
    await closed_late(city)
    await city[SUN].says("申诉 1 当时有台风")
    await city.fast_forward(days=3)
    await city[WU].sees("申请审批", "#1")
    await city[ZHENG].sees("申请审批", "#1")
    assert (await city.case(1)).request is not None


async def test_nothing_is_asked_for_on_a_case_that_has_ended_in_time(city: LiveCity) -> None:
    await handed_in(city)
    await city[HE].says("结案 1")
    await city[SUN].says("申诉 1 不服")
    await city[SUN].sees("没有超时结案")
    await city[ZHOU].says("延期 1 等材料")
    await city[WU].says("批准 1")
    await city[WU].sees("没有任何申请")
    assert (await city.case(1)).requests == ()


async def test_requests_are_read_in_english_too(city: LiveCity) -> None:
    await reported(city, "老街菜场门口的垃圾箱满溢，垃圾堆到人行道上了")
    await city[MARIA].says("sign 1")
    await city[MARIA].presses("Ask for")
    await city[MARIA].presses("More time")
    await city[MARIA].presses("Material late")
    await city[MARIA].sees("extension: Maria", "waits to be endorsed")
    request = (await city.case(1)).request
    assert request is not None
    assert request.state is RequestState.ASKED
