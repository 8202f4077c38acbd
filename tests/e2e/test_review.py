"""The reviewer approves or sends back; the rework keeps the budget that is left."""

from datetime import timedelta

from tests.cast import FENG, HE, LIN, ZHOU
from tests.city import LiveCity
from tests.e2e.given import CLEAN, LITTER, handed_in, reported
from workflows.cases.case import Stage, State
from workflows.deadlines.clocks import ClockKind


async def test_a_canned_reason_sends_it_back(city: LiveCity) -> None:
    await handed_in(city)
    await city[HE].presses("↩️ 退回")
    await city[HE].sees("什么原因？")
    await city[HE].presses("没弄干净")
    await city[HE].sees("已说明原因")
    await city[ZHOU].sees("被退回了", "退回原因：处置不彻底，请继续处置到位。")
    case = await city.case(1)
    assert (case.state, case.rework_count) == (State.HANDLING, 1)
    assert case.photo_counts[Stage.AFTER] == 0


async def test_a_typed_reason_sends_it_back(city: LiveCity) -> None:
    await handed_in(city)
    await city[HE].presses("↩️ 退回")
    await city[HE].says("桶后面还有两袋没收走")
    await city[ZHOU].sees("退回原因：桶后面还有两袋没收走")


async def test_a_cancelled_question_does_nothing_and_takes_no_words(city: LiveCity) -> None:
    await handed_in(city)
    await city[HE].presses("↩️ 退回")
    await city[HE].presses("取消")
    await city[HE].sees("已取消，什么都没有改。")
    await city[HE].says("桶后面还有两袋没收走")
    await city[ZHOU].sees_nothing_of("桶后面")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW


async def test_one_typed_sentence_sends_it_back(city: LiveCity) -> None:
    await handed_in(city)
    await city[HE].says("退回 1 桶后面还有两袋")
    await city[ZHOU].sees("退回原因：桶后面还有两袋")
    assert (await city.case(1)).latest_reason == "桶后面还有两袋"


async def test_rework_goes_on_with_what_was_left_of_the_limit(city: LiveCity) -> None:
    await handed_in(city)
    first = (await city.case(1)).clock(ClockKind.DISPOSAL)
    assert first is not None
    assert first.due_at is not None
    await city.fast_forward(minutes=50)
    await city[HE].says("退回 1 没弄干净")
    case = await city.case(1)
    assert case.due_at == first.due_at + timedelta(minutes=50)
    await city[ZHOU].shows_album([LITTER, CLEAN[1]])
    await city[ZHOU].says("完成 这次都清了")
    await city[HE].presses("结案")
    assert (await city.case(1)).state is State.CLOSED


async def test_new_work_needs_new_photos(city: LiveCity) -> None:
    await handed_in(city)
    await city[HE].says("退回 1 没弄干净")
    answer = await city[ZHOU].presses("处置完成")
    assert "已收 0 张，需要 2 张" in answer.text


async def test_the_shift_leader_may_void_it(city: LiveCity) -> None:
    await reported(city)
    await city[FENG].says("作废 1 重复了")
    assert (await city.case(1)).state is State.VOIDED
    gone = await city[ZHOU].sees("#1", "已作废")
    assert gone.labels == []
    await city[LIN].sees("#1", "已作废", "重复了")


async def test_only_the_shift_leader_may_void_it(city: LiveCity) -> None:
    await reported(city)
    await city[HE].says("作废 1 重复了")
    assert (await city.case(1)).state is State.PENDING_SIGN
