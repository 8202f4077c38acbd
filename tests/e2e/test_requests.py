"""Returns: asked for in the chat, decided by somebody else, and never forgotten."""

from tests.cast import FENG, HE, MARIA, SUN, WU, ZHENG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BIN, CLEAN, reported, signed
from workflows.cases.case import Action, State
from workflows.deadlines.clocks import ClockKind
from workflows.people import AgencyCode, AreaCode, Post, Role
from workflows.requests.request import RequestState

TOWN = AgencyCode("STR-02")
YUNTAI = AreaCode("319900002")
QIAN, LU = "钱进", "陆平"
BROKEN_BIN = "茶山卫生院门口的垃圾箱破损，盖子掉了"


async def return_asked(
    city: LiveCity, worker: str = ZHOU, proposed: str = "云台镇人民政府"
) -> None:
    """Reason and proposed agency by a tap each, the proof in words."""
    await city[worker].says("退单 1")
    await city[worker].presses("不属本单位职责")
    await city[worker].says("三定方案第4条")
    await city[worker].presses(proposed)


async def returned(
    city: LiveCity, worker: str = ZHOU, lead: str = SUN, proposed: str = "云台镇人民政府"
) -> None:
    await return_asked(city, worker, proposed)
    await city[lead].says("同意 1")
    await city[WU].says("批准 1")


async def town_people(city: LiveCity) -> None:
    """The town office has a worker and a lead of its own."""
    await city.joins(QIAN, Post(Role.WORKER, YUNTAI, TOWN))
    await city.joins(LU, Post(Role.AGENCY_LEAD, YUNTAI, TOWN))


async def sent_to(city: LiveCity, worker: str) -> None:
    await city[WU].says("派单 1")
    await city[WU].presses(worker)
    await city[worker].says("签收 1")


async def taken_in(city: LiveCity, condition: str) -> None:
    """Accepted, and filed under the condition that somebody picks."""
    await city[HE].says("受理 1")
    await city[FENG].says("立案 1")
    await city[FENG].presses(condition)


async def test_a_return_is_endorsed_granted_and_goes_to_another_agency(city: LiveCity) -> None:
    await signed(city)
    await town_people(city)
    await city[ZHOU].presses("申请…")
    await city[ZHOU].sees("要申请什么", "退单时限")
    await city[ZHOU].presses("申请退单")
    await city[ZHOU].presses("不属本单位职责")
    await city[ZHOU].says("三定方案第4条")
    await city[ZHOU].presses("云台镇人民政府")
    seen = await city[SUN].sees("有一份申请等您审批", "不属本单位职责", "三定方案第4条")
    assert "云台镇人民政府" in seen.text
    await city[ZHOU].sees("退单申请", ZHOU, "待初审")
    await city[SUN].presses("同意上报")
    await city[WU].sees("有一份申请等您审批", "#1", "待审批")
    await city.fast_forward(minutes=30)
    before = await city.case(1)
    await city[WU].presses("批准")
    case = await city.case(1)
    assert (case.state, case.agency, case.assignee) == (State.PENDING_DISPATCH, None, None)
    await city[ZHOU].sees("退单已获批准")
    charged = (await city.view(1)).journal[-1].details
    assert (charged["agency"], charged["used_s"]) == (before.agency, 30 * 60)
    await city[WU].sees("请选由谁去处置", "#1")
    await city[WU].presses("派单")
    assert QIAN in (await city[WU].labels("派给谁"))[0]
    await city[WU].presses(QIAN)
    await city[QIAN].sees("新工单，请签收", "#1")
    anew = (await city.case(1)).clock(ClockKind.DISPOSAL)
    assert anew is not None
    assert (anew.round, anew.started_at) == (1, city.now())


async def test_the_same_agency_goes_on_with_what_was_left_and_may_not_return_it_again(
    city: LiveCity,
) -> None:
    await signed(city)
    first = (await city.case(1)).due_at
    assert first is not None
    await returned(city)
    at = city.now()
    await city.fast_forward(minutes=20)
    await sent_to(city, MARIA)
    rested = city.now() - at
    assert (await city.case(1)).due_at == first + rested
    await city[MARIA].says("ask to return 1")
    await city[MARIA].sees(WU, "Once is all there is")
    assert (await city.case(1)).request is None


async def test_a_case_filed_anew_in_between_goes_on_under_the_new_limit(
    full_city: LiveCity,
) -> None:
    city = full_city
    await reported(city, BROKEN_BIN)
    await taken_in(city, "第1条")
    await sent_to(city, ZHOU)
    before = (await city.case(1)).clock(ClockKind.DISPOSAL)
    assert before is not None
    await city.fast_forward(minutes=30)
    await returned(city)
    await city[WU].says("退回受理 1 立案条件选错")
    await taken_in(city, "第2条")
    await sent_to(city, ZHOU)
    case = await city.case(1)
    disposal = case.clock(ClockKind.DISPOSAL)
    assert disposal is not None
    assert case.filing is not None
    assert disposal.limit == case.filing.limit != before.limit
    assert (disposal.round, disposal.started_at) == (0, before.started_at), "used stays used"


async def test_a_refused_return_lets_the_ladder_catch_up(city: LiveCity) -> None:
    await reported(city)
    await return_asked(city)
    await city.fast_forward(hours=3)
    alerts = (await city.deeds(1)).count(Action.ESCALATE)
    assert "L0" not in str([line.details.get("rung") for line in (await city.view(1)).journal])
    await city[SUN].says("驳回 1 属于你们的职责")
    await city[ZHOU].sees("申请被驳回", "属于你们的职责")
    assert (await city.deeds(1)).count(Action.ESCALATE) > alerts
    case = await city.case(1)
    assert case.requests[-1].state is RequestState.REFUSED
    assert case.state is State.PENDING_SIGN


async def test_after_two_returns_the_district_forces_it_and_nobody_returns_it(
    city: LiveCity,
) -> None:
    await signed(city)
    await town_people(city)
    await returned(city)
    await sent_to(city, QIAN)
    await returned(city, QIAN, LU, "不清楚")
    await city[ZHENG].sees("两家单位退单", "强制派单")
    await city[WU].says("派单 1")
    await city[WU].sees("只能由区中心强制派单", WU)
    await city[ZHENG].presses("强制派单")
    await city[ZHENG].presses(QIAN)
    await city[LU].sees("强制派给贵单位", "不得退单")
    await city[QIAN].says("签收 1")
    await city[QIAN].says("退单 1")
    await city[QIAN].sees(ZHENG, "强制派单，不得退单")
    case = await city.case(1)
    assert (case.state, case.agency) == (State.HANDLING, TOWN)


async def test_a_return_after_the_window_is_refused_with_the_window(city: LiveCity) -> None:
    await signed(city)
    await city.fast_forward(hours=7)
    await city[ZHOU].says("退单 1")
    await city[ZHOU].sees("可在派单后 4 个工作时内退单", "15:00 截止")


async def test_a_withdrawn_request_cannot_be_approved(city: LiveCity) -> None:
    await signed(city)
    await return_asked(city)
    await city.fast_forward(minutes=5)
    await city[ZHOU].presses("撤回申请")
    await city[SUN].says("同意 1")
    await city[SUN].sees("退单申请已撤回", ZHOU, "09:05")
    assert (await city.case(1)).state is State.HANDLING


async def test_a_second_request_waits_for_the_first(city: LiveCity) -> None:
    await signed(city)
    await return_asked(city)
    await city[ZHOU].says("延期 1 材料未到")
    await city[ZHOU].sees("已由周强于 09:00 申请退单")


async def test_silence_is_told_to_whoever_decides_and_then_to_the_duty_chief(
    city: LiveCity,
) -> None:
    await signed(city)
    await return_asked(city)
    await city.fast_forward(hours=1, minutes=1)
    await city[SUN].sees("申请审批", "时限已到")
    await city[ZHENG].sees_nothing_of("申请审批")
    await city.fast_forward(hours=1, minutes=1)
    await city[ZHENG].sees("申请审批", "#1")


async def test_a_request_lapses_when_the_work_is_handed_in(city: LiveCity) -> None:
    await signed(city)
    await city[ZHOU].says("延期 1 材料未到")
    assert (await city.case(1)).request is not None
    await city[ZHOU].shows_album(CLEAN)
    await city[ZHOU].says("完成 已清运")
    case = await city.case(1)
    assert case.requests[-1].state is RequestState.LAPSED
    await city[ZHOU].sees("申请自动失效")
    await city[SUN].says("同意 1")
    await city[SUN].sees("延期申请已失效")


async def test_two_deciders_in_the_same_second(city: LiveCity) -> None:
    await signed(city)
    await return_asked(city)
    await city[SUN].says("同意 1")
    await city[ZHENG].says("/case 1")
    await city.together(city[WU].phone.presses("批准"), city[ZHENG].phone.presses("批准"))
    deeds = await city.deeds(1)
    assert (deeds.count(Action.GRANT), deeds.count(Action.RETURN)) == (1, 1)


async def test_a_decided_dispute_becomes_a_row_and_can_be_undone(city: LiveCity) -> None:
    await signed(city)
    await town_people(city)
    await returned(city)
    await sent_to(city, QIAN)
    await city[WU].says("/case 1")
    await city[WU].presses("记入派遣目录")
    await city.fast_forward(minutes=1)
    await reported(city, BIN)
    assert (await city.case(2)).agency == TOWN
    await city[WU].says("/case 1")
    await city[WU].presses("移出派遣目录")
    await city.fast_forward(minutes=1)
    await reported(city, BIN)
    assert (await city.case(3)).agency != TOWN


async def test_whoever_endorsed_a_request_does_not_decide_it(city: LiveCity) -> None:
    await signed(city)
    await return_asked(city)
    await city[ZHENG].says("同意 1")
    await city[ZHENG].says("批准 1")
    await city[ZHENG].sees("须由他人审批")
    assert (await city.case(1)).state is State.HANDLING
