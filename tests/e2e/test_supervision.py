"""Supervision: an urge in writing, an order with a text, a limit and a reply, a listed case."""

from handlers.terminal.demo_town import YUNTAI
from tests.cast import HE, MARIA, SHEN, SUN, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import CLEAN, handed_in, signed
from workflows.cases.case import Action, CaseId, Given, State
from workflows.deadlines.clocks import ClockKind
from workflows.people import SYSTEM, Actor, AgencyCode, Post, Role
from workflows.supervision.by_clock import order_by_clock
from workflows.supervision.order import OrderEnd, OrderKind

TAO = "陶然"
"""Is the duty chief of one street."""
QIN, LUO = "秦朗", "罗平"
"""They lead and work for the town of Yuntai."""
QIAO = "乔安"
"""Supervises beside Shen."""


async def ordered(city: LiveCity) -> None:
    """沈岚 opens an order on case 1 from its card, in three taps."""
    await signed(city)
    await city[SHEN].says("/case 1")
    await city[SHEN].presses("🏛 督办")
    await city[SHEN].sees("对承办单位有什么要求？", "#1")
    await city[SHEN].presses("反复投诉")
    await city[SHEN].sees("多久之内回复？", "要求：群众反复投诉")
    await city[SHEN].presses("4 个工作时")


async def test_a_written_urge_goes_to_the_worker_with_a_copy_to_the_lead(city: LiveCity) -> None:
    await city.joins(QIAO, Post(Role.SUPERVISOR, YUNTAI))
    await signed(city)
    await city[SHEN].says("/case 1")
    await city[SHEN].presses("书面催办")
    await city[SHEN].says("卫生院门口病人出入，请下班前清完")
    await city[ZHOU].sees("您收到书面催办", "沈岚书面催办", "请下班前清完")
    await city[SUN].sees("抄送：已对处置人员书面催办", "请下班前清完")
    await city[QIAO].sees("抄送：已对处置人员书面催办", "请下班前清完")
    assert (await city.deeds(1)).count("urge_in_writing") == 1
    assert (await city.case(1)).state is State.HANDLING
    await city[ZHOU].shows_album(CLEAN)
    await city[ZHOU].says("完成 已清运")
    card = await city[HE].sees("请看照片", "#1")
    assert "书面催办" not in card.text


async def test_an_order_is_answered_in_time_and_ended(city: LiveCity) -> None:
    await ordered(city)
    due_at = (await city.case(1)).due_at
    lead = await city[SUN].sees("收到督办", "沈岚督办", "群众反复投诉", "回复督办时限")
    assert "💬 回复督办" in lead.labels
    await city[ZHOU].sees("本案已被督办", "群众反复投诉")
    await city.restart()
    await city.fast_forward(hours=2)
    await city[SUN].presses("💬 回复督办")
    await city[SUN].says("已加派一车，今天起每天两清")
    await city[SHEN].sees("已回复督办，请审定", "孙丽回复", "每天两清", "审定时限")
    await city[SHEN].presses("督办销号")
    await city[SUN].sees("督办回复已认可", "督办已销号：沈岚")
    case = await city.case(1)
    (order,) = case.supervisions
    assert (order.kind, order.end) == (OrderKind.ORDER, OrderEnd.ACCEPTED)
    assert (case.state, case.due_at) == (State.HANDLING, due_at)
    assert not any(c.runs for c in case.clocks if c.kind is ClockKind.SUPERVISION)
    await city.fast_forward(hours=3)
    await city[SHEN].sees_nothing_of("督办回复时限")


async def test_a_reply_that_says_nothing_comes_back_with_a_reason(city: LiveCity) -> None:
    await ordered(city)
    await city[SUN].says("回复督办 1 收到，抓紧")
    await city[SHEN].presses("退回回复")
    await city[SHEN].presses("不够具体")
    await city[SUN].sees("督办回复被退回", "回复没有说明做了什么", "回复督办时限")
    await city[SUN].says("回复督办 1 已清运三车，下午四点前冲洗完毕")
    await city[SHEN].sees("请审定", "下午四点前")
    await city[SHEN].says("销号 1")
    assert (await city.case(1)).supervision is None
    deeds = await city.deeds(1)
    assert deeds[-4:] == ["reply_to_order", "return_reply", "reply_to_order", "end_supervision"]


async def test_an_order_that_nobody_answers_goes_up(city: LiveCity) -> None:
    await ordered(city)
    await city.fast_forward(hours=5, minutes=20)
    await city[SUN].sees("督办回复", "快到了", "#1")
    await city[ZHENG].sees_nothing_of("督办回复")
    await city.fast_forward(hours=1)
    for who in (SUN, SHEN, ZHENG):
        await city[who].sees("督办回复", "#1", "沈岚督办")
    clock = (await city.case(1)).clock(ClockKind.SUPERVISION)
    assert clock is not None
    assert clock.rungs_told == 2


async def test_a_reply_that_nobody_judges_goes_up_too(city: LiveCity) -> None:
    await ordered(city)
    await city[SUN].says("回复督办 1 已清运")
    await city.fast_forward(days=1, hours=1)
    await city[SHEN].sees("督办回复审定", "#1")
    await city.fast_forward(days=1, hours=1)
    await city[ZHENG].sees("督办回复审定", "#1")


async def test_the_districts_list_is_seen_by_all_who_may(city: LiveCity) -> None:
    await city.joins(QIAO, Post(Role.SUPERVISOR, YUNTAI))
    await city.joins(TAO, Post(Role.DUTY_CHIEF, YUNTAI))
    await ordered(city)
    await city[SHEN].says("/case 1")
    await city[SHEN].presses("📌 挂牌督办")
    await city[SHEN].presses("领导包案")
    await city[SHEN].presses("3 个工作日")
    await city[SUN].sees("区里挂牌督办", "请负责人包案", "沈岚挂牌督办")
    for who in (QIAO, TAO, ZHENG):
        await city[who].sees("本案已列入挂牌督办", "#1")
    for who in (SHEN, QIAO, TAO, ZHENG, SUN):
        await city[who].says("/supervised")
        await city[who].sees("未销号的督办 1 件", "挂牌督办", "待回复")
    first, second = (await city.case(1)).supervisions
    assert (first.end, second.kind, second.stands) == (OrderEnd.RAISED, OrderKind.LISTED, True)
    await city[HE].says("/supervised")
    await city[HE].sees_nothing_of("未销号的督办")
    await city[ZHOU].says("/supervised")
    await city[ZHOU].sees_nothing_of("未销号的督办")

    await city[SUN].says("回复督办 1 已包案，每天两清")
    await city[TAO].says("销号 1")
    await city[TAO].sees("沈岚挂牌督办", "由区级督查或值守长审定")
    await city[ZHENG].says("销号 1")
    await city[SHEN].says("/supervised")
    await city[SHEN].sees("没有未销号的督办")


async def test_a_street_lists_nothing_for_the_district(city: LiveCity) -> None:
    await city.joins(TAO, Post(Role.DUTY_CHIEF, YUNTAI))
    await signed(city)
    await city[TAO].says("挂牌督办 1 请负责人亲自督促")
    await city[TAO].sees("挂牌督办由区级督查或值守长决定")
    await city[TAO].says("督办 1 请负责人亲自督促")
    await city[TAO].presses("1 个工作日")
    await city[SUN].sees("收到督办", "陶然督办", "请负责人亲自督促")


async def test_what_does_not_fit_is_refused_with_who_and_when(city: LiveCity) -> None:
    await ordered(city)
    shen, sun, zheng, zhou = city[SHEN], city[SUN], city[ZHENG], city[ZHOU]
    await zheng.says("督办 1 请抓紧")
    await zheng.sees("沈岚已下发督办", "一案同时只有一个督办")
    await shen.says("销号 1")
    await shen.sees("承办单位还没回复", "只能说明理由后撤销")
    await zhou.says("回复督办 1 已清运")
    await zhou.sees_nothing_of("督办已回复")
    await sun.says("回复督办 1 已清运")
    await sun.says("回复督办 1 再补充一句")
    await sun.sees("孙丽已回复督办", "等待审定")
    await zheng.says("撤销督办 1 已电话沟通")
    await zheng.sees("孙丽已回复督办")
    await shen.says("销号 1")
    await zheng.says("销号 1")
    await zheng.sees("本案已没有督办", "沈岚已了结")
    assert (await city.deeds(1)).count("reply_to_order") == 1


async def test_where_nobody_supervises_there_is_nothing_to_reply_to(city: LiveCity) -> None:
    await signed(city)
    await city[SUN].says("回复督办 1 已清运")
    await city[SUN].sees("本案没有督办")


async def test_two_who_open_an_order_in_the_same_second_open_one(city: LiveCity) -> None:
    await signed(city)
    shen, zheng = city[SHEN], city[ZHENG]
    await shen.says("督办 1 请抓紧整改")
    await zheng.says("督办 1 请立即到场")
    answers = await city.together(
        shen.phone.presses("1 个工作日"), zheng.phone.presses("1 个工作日")
    )
    assert len((await city.case(1)).supervisions) == 1
    assert sum("一案同时只有一个督办" in (answer.text or "") for answer in answers) == 1


async def test_an_order_opened_by_mistake_is_called_off(city: LiveCity) -> None:
    await ordered(city)
    await city[SHEN].says("撤销督办 1 发错案件了")
    await city[SUN].sees("督办已撤销", "发错案件了")
    assert (await city.case(1)).supervision is None
    await city.fast_forward(hours=8)
    await city[ZHENG].sees_nothing_of("督办回复")


async def test_closing_the_case_ends_its_order_and_says_so(city: LiveCity) -> None:
    await ordered(city)
    await city[ZHOU].shows_album(CLEAN)
    await city[ZHOU].says("完成 已清运")
    await city[HE].sees("请看照片", "沈岚督办", "结案后督办随案终止")
    await city[HE].presses("✅ 结案")
    await city[SHEN].sees("案件已了结，督办随案终止", "#1")
    case = await city.case(1)
    (order,) = case.supervisions
    assert (case.state, order.end) == (State.CLOSED, OrderEnd.CASE_ENDED)
    closing = next(e for e in (await city.view(1)).journal if e.action == "close")
    assert closing.details["supervision"] == "order"
    assert closing.details["replied"] is False
    await city[SHEN].says("督办 1 请回头看")
    await city[SHEN].sees(HE, "结案")


async def test_an_order_goes_along_with_a_case_that_is_handed_in(city: LiveCity) -> None:
    await ordered(city)
    await city[ZHOU].shows_album(CLEAN)
    await city[ZHOU].says("完成 已清运")
    await city[SUN].says("回复督办 1 已清运，照片已传")
    await city[SHEN].sees("请审定", "照片已传")
    await city[SHEN].says("/tasks")
    await city[SHEN].sees("1 件待办")
    await city[SHEN].says("销号")
    assert (await city.case(1)).supervision is None


async def test_an_order_goes_along_to_another_agency_and_its_lead(city: LiveCity) -> None:
    town = AgencyCode("STR-02")
    await city.joins(QIN, Post(Role.AGENCY_LEAD, YUNTAI, town))
    helper = await city.joins(LUO, Post(Role.WORKER, YUNTAI, town))
    await ordered(city)
    to_town = Given(worker=(await helper.person()).id, reason="由镇政府处置")
    shen = Actor(await city[SHEN].person())
    await city.product.flows.move_case(shen, CaseId(1), Action.REASSIGN, to_town)
    await city.settle()
    await city[QIN].sees("收到督办", "沈岚督办", "云台镇人民政府回复督办时限")
    await city[SUN].says("回复督办 1 已清运")
    assert (await city.deeds(1)).count("reply_to_order") == 0
    await city[QIN].presses("💬 回复督办")
    await city[QIN].presses("正在处置")
    await city[SHEN].sees("请审定", "秦朗回复", "正在处置，时限内可以办结")


async def test_the_clock_opens_an_order_by_the_same_law(city: LiveCity) -> None:
    await signed(city)
    flows = city.product.flows
    step = order_by_clock(await city.case(1), flows.book)
    assert step is not None
    await flows.move_case(SYSTEM, CaseId(1), Action.SUPERVISE, step.given)
    await city.settle()
    await city[SUN].sees("收到督办", "案件严重超时", "系统督办")
    assert order_by_clock(await city.case(1), flows.book) is None
    await city[SUN].says("回复督办 1 车辆故障，已调车")
    await city[SHEN].sees("请审定", "已调车")
    listing = order_by_clock(await city.case(1), flows.book, Action.LIST_SUPERVISE)
    assert listing is not None
    await flows.move_case(SYSTEM, CaseId(1), Action.LIST_SUPERVISE, listing.given)
    await city.settle()
    await city[ZHENG].sees("本案已列入挂牌督办", "系统挂牌督办")


async def test_whoever_reads_english_reads_the_order_in_english(city: LiveCity) -> None:
    await signed(city)
    await city[SUN].says("改派 1")
    await city[SUN].presses(MARIA)
    await city[SHEN].says("督办 1 请今天清完")
    await city[SHEN].presses("1 个工作日")
    await city[MARIA].sees("under supervision now", "Supervision by 沈岚", "请今天清完")


async def test_a_cancelled_question_opens_no_order(city: LiveCity) -> None:
    await signed(city)
    await city[SHEN].says("督办 1 请今天清完")
    await city[SHEN].presses("取消")
    await city[SHEN].sees("已取消，什么都没有改。")
    assert (await city.case(1)).supervisions == ()


async def test_what_the_agency_has_handed_in_is_not_supervised_any_more(city: LiveCity) -> None:
    await handed_in(city)
    await city[SHEN].says("督办 1 请回头看")
    await city[SHEN].sees("#1", "确认", "待审核")
    assert (await city.case(1)).supervisions == ()
