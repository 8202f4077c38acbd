"""A centre whose people take every step themselves."""

from tests.cast import FENG, HE, LIN, MARIA, SUN, WU, ZHOU
from tests.city import LiveCity
from tests.e2e.given import CLEAN, reported
from workflows.cases.case import State


async def dispatched(city: LiveCity) -> None:
    """Accepted, filed under a chosen condition, and given to Zhou."""
    await reported(city)
    await city[HE].sees("新案件，请受理", "#1")
    await city[HE].presses("📥 受理")
    await city[HE].sees("请选择立案条件", "#1")
    await city[FENG].says("立案 1")
    await city[FENG].presses("第1条")
    await city[WU].sees("请选由谁去处置", "#1")
    await city[WU].presses("派单")
    assert sorted(await city[WU].labels("派给谁")) == sorted(
        [f"👷 {ZHOU}", f"👷 {MARIA}", "✖️ 取消"]
    )
    await city[WU].presses(ZHOU)


async def submitted(city: LiveCity) -> None:
    await dispatched(city)
    await city[ZHOU].says("签收 1")
    await city[ZHOU].shows_album(CLEAN)
    await city[ZHOU].says("完成 已清运")


async def test_every_step_is_taken_by_somebody(full_city: LiveCity) -> None:
    city = full_city
    await submitted(city)
    await city[SUN].sees("处置结果已提交，请确认", "#1")
    assert (await city.case(1)).state is State.PENDING_CONFIRM
    await city[SUN].presses("确认")
    await city[HE].sees("处置结果已提交，请看照片审核", "#1")
    await city[HE].presses("结案")
    assert (await city.case(1)).state is State.CLOSED
    await city[LIN].sees("#1", "已办结")
    people = [line.person_name for line in (await city.view(1)).journal]
    assert people[:4] == [LIN, HE, FENG, WU]


async def test_the_lead_sends_back_what_is_not_finished(full_city: LiveCity) -> None:
    city = full_city
    await submitted(city)
    await city[SUN].presses("打回")
    await city[SUN].presses("缺说明")
    await city[ZHOU].sees("被退回了", "请补一句话")
    assert (await city.case(1)).state is State.HANDLING
    await city[ZHOU].says("完成 桶已清运，地面冲洗")
    await city[SUN].says("确认 1")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW


async def test_it_comes_back_from_the_lead_who_has_not_confirmed_yet(
    full_city: LiveCity,
) -> None:
    city = full_city
    await submitted(city)
    await city[SUN].sees("请确认", "#1")
    await city[ZHOU].presses("撤回提交")
    await city[SUN].sees("撤回了提交", "#1")
    assert (await city.case(1)).state is State.HANDLING


async def test_nobody_may_take_another_desks_step(full_city: LiveCity) -> None:
    city = full_city
    await reported(city)
    await city[WU].says("受理 1")
    await city[ZHOU].says("立案 1")
    assert (await city.case(1)).state is State.REPORTED
