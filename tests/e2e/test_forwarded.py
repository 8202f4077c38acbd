"""Somebody else's message is passed on to the bot, and what it understood is confirmed."""

from tests.cast import LIN, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BIN, COVER


async def test_a_forwarded_message_is_understood_and_confirmed(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.forwards(f"{BIN}。陈女士 13900000021", "热线转发")
    await lin.sees("转发自：热线转发", "垃圾站（箱）满溢", "茶山卫生院", "139****0021")
    await lin.presses("登记")
    await city[ZHOU].sees("新工单", "垃圾站（箱）满溢")


async def test_a_forwarded_message_begins_a_form_of_its_own(city: LiveCity) -> None:
    lin = city[LIN]
    await lin.says("/new")
    await lin.forwards(BIN, "张三")
    await lin.forwards(COVER, "李四")
    assert await lin.count("转发自：") == 2
    forms = [shown for shown in await lin.looks() if "转发自" in shown.text]
    for form in forms:
        await lin.presses("匿名", on=form)
        await lin.presses("登记", on=form)
    assert {(await city.case(1)).class_code, (await city.case(2)).class_code} == {"06042", "01003"}
