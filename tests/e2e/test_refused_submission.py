"""Handing in what is not complete is refused, and the sentence names what is missing."""

from tests.cast import WANG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BARRIER, CLEAN, COVER, PHONE, REPAIRED, signed
from workflows.cases.case import ContactResult, State


async def test_without_photos_it_is_refused(city: LiveCity) -> None:
    await signed(city)
    answer = await city[ZHOU].presses("处置完成")
    assert answer.show_alert
    assert "已收 0 张，需要 2 张" in answer.text
    assert "submit" not in await city.deeds(1)


async def test_without_contact_it_is_refused(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city, phone=PHONE)
    await zhou.shows_album(CLEAN)
    await zhou.says("完成 已清运")
    await zhou.sees("请先给来电人打电话")
    assert (await city.case(1)).state is State.HANDLING


async def test_a_failed_call_is_contact_enough(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city, phone=PHONE)
    await zhou.presses("已联系")
    await zhou.presses("无人接听")
    await zhou.shows_album(CLEAN)
    await zhou.says("完成 已清运")
    case = await city.case(1)
    assert case.state is State.FEEDBACK_REVIEW
    assert case.order is not None
    assert case.order.contact is ContactResult.NO_ANSWER


async def test_without_a_note_for_the_caller_it_is_refused(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city, phone=PHONE)
    await zhou.says("已联系")
    await zhou.shows_album(CLEAN)
    answer = await zhou.presses("处置完成")
    assert "请打一句话，好答复来电人" in answer.text
    await zhou.says("已清运，谢谢您反映")
    await zhou.presses("处置完成")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW


async def test_arrival_at_a_danger_needs_the_photo_of_the_barrier(city: LiveCity) -> None:
    wang = city[WANG]
    await signed(city, COVER)
    answer = await wang.presses("到达")
    assert "围挡和警示牌" in answer.text
    await wang.shows(BARRIER, "到了")
    case = await city.case(1)
    assert case.arrived_at == city.now()
    await wang.shows_album(REPAIRED)
    await wang.says("完成 已换新井盖")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
