"""Requests beside the case: asked in the chat, decided by somebody else, and never forgotten."""

from tests.cast import SUN, WANG, WU, ZHOU
from tests.city import LiveCity
from tests.e2e.given import signed
from workflows.cases.case import State


async def return_asked(city: LiveCity) -> int:
    """Zhou asks for a return: reason, proof and proposed agency, a tap each."""
    number = await signed(city)
    zhou = city[ZHOU]
    await zhou.presses("申请…")
    await zhou.presses("申请退单")
    await zhou.presses("不属本单位职责")
    await zhou.says("三定方案第4条")
    await zhou.presses("云台镇人民政府")
    return number


async def test_a_return_is_endorsed_granted_and_goes_to_another_agency(city: LiveCity) -> None:
    number = await return_asked(city)
    await city[SUN].sees("有一份申请等您审批", "不属本单位职责", "三定方案第4条", "云台镇人民政府")
    await city[SUN].presses("同意上报")
    await city[WU].sees("有一份申请等您审批", f"#{number}", "待审批")
    await city[WU].presses("批准")
    case = await city.case(number)
    assert (case.state, case.agency, case.assignee) == (State.PENDING_DISPATCH, None, None)
    await city[ZHOU].sees("退单已获批准", f"#{number}")
    await city[WU].sees("请选由谁去处置", f"#{number}")
    await city[WU].presses("派单")
    await city[WU].presses(WANG) if WANG in str(await city[WU].labels("派给谁")) else None
