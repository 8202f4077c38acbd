"""A worker takes back what was just handed in; once somebody reviews it, or later, it stands."""

from tests.cast import FENG, HE, SUN, ZHOU
from tests.city import LiveCity
from tests.e2e.given import CLEAN, LITTER, handed_in, signed
from workflows.cases.case import Stage, State
from workflows.deadlines.clocks import ClockKind


async def test_what_was_handed_in_by_mistake_comes_back_as_if_it_had_not_been(
    city: LiveCity,
) -> None:
    await signed(city)
    before = (await city.case(1)).due_at
    zhou, he = city[ZHOU], city[HE]
    await zhou.shows_album([LITTER, CLEAN[1]])
    await zhou.says("完成 已清运")
    await he.sees("请看照片", "#1")
    await city.fast_forward(minutes=7)
    await zhou.presses("撤回提交")
    await he.sees("处置人员撤回了提交", "#1")
    assert "✅ 结案" not in await he.labels("处置人员撤回了提交")
    case = await city.case(1)
    assert (case.state, case.rework_count) == (State.HANDLING, 0)
    assert case.due_at == before
    assert case.photo_counts[Stage.AFTER] == 2
    disposal, review = case.clock(ClockKind.DISPOSAL), case.clock(ClockKind.REVIEW)
    assert disposal is not None
    assert disposal.pauses == ()
    assert review is not None
    assert not review.runs
    await zhou.shows(CLEAN[0])
    await zhou.says("完成 已清运，地面也冲洗了")
    await he.sees("请看照片", "#1")
    await he.presses("结案")
    assert (await city.case(1)).state is State.CLOSED


async def test_after_ten_minutes_it_stands_and_the_refusal_says_what_to_do(
    city: LiveCity,
) -> None:
    await handed_in(city)
    await city.fast_forward(minutes=11)
    await city[ZHOU].says("撤回 1")
    await city[ZHOU].sees(ZHOU, "超过 10 分钟就不能撤回了", "请联系审核人员退回")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW


async def test_what_has_been_reviewed_cannot_be_taken_back(city: LiveCity) -> None:
    await handed_in(city)
    await city[HE].presses("结案")
    await city[ZHOU].says("撤回 1")
    await city[ZHOU].sees(HE, "结案")
    assert (await city.case(1)).state is State.CLOSED


async def test_what_somebody_has_begun_to_look_at_cannot_be_taken_back(city: LiveCity) -> None:
    await handed_in(city)
    await city[FENG].says("派核查 1 看看是否清干净")
    await city[ZHOU].says("撤回 1")
    await city[ZHOU].sees_nothing_of("已撤回提交")
    assert (await city.case(1)).handed_in is not None


async def test_only_whoever_handed_it_in_takes_it_back(city: LiveCity) -> None:
    await handed_in(city)
    await city[SUN].says("撤回 1")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
