"""The same caller about the same thing: progress instead of a second order."""

from handlers.terminal.demo_town import DISTRICT
from tests.cast import FENG, HE, LIN, ZHOU
from tests.city import LiveCity, Resident
from tests.e2e.given import BIN, PHONE, reported, signed
from workflows.cases.alike import Sameness
from workflows.cases.case import State
from workflows.people import Post, Role

AGAIN = f"茶山卫生院门口垃圾箱还是满溢，怎么没人来，来电{PHONE}"
OFFER = "📣 催办 #1 并告知进度"


async def calls_again(lin: Resident, words: str = AGAIN) -> None:
    await lin.says(words)
    await lin.sees("该号码已有同类在办件：#1")
    await lin.presses(OFFER)


async def test_a_second_call_brings_progress_and_no_second_case(city: LiveCity) -> None:
    await signed(city, BIN, PHONE)
    await city.fast_forward(minutes=20)
    lin = city[LIN]
    await calls_again(lin)
    card = await lin.sees("#1 已记录第2次来电", "没有新建案件")
    assert "正在办理（处置中）" in card.text
    assert "承办" in card.text
    assert "办理时限到" in card.text
    assert PHONE not in card.text
    assert await city.cases() == 1
    case = await city.case(1)
    assert case.order is not None
    assert case.order.calls == 2
    line = (await city.view(1)).journal[-1]
    assert (line.action, line.person_name) == ("call_again", LIN)
    assert line.details["ground"] == "in_progress"


async def test_the_worker_hears_of_it_aloud(city: LiveCity) -> None:
    await signed(city, BIN, PHONE)
    zhou = city[ZHOU]
    loud = await zhou.loud()
    await calls_again(city[LIN])
    await zhou.sees("来电人再次来电催问", "来电人已来电 2 次")
    assert await zhou.loud() == loud + 1


async def test_with_new_facts_the_operator_goes_on_and_registers(city: LiveCity) -> None:
    await signed(city, BIN, PHONE)
    lin = city[LIN]
    await lin.says(f"{AGAIN}，今天又有人倒了一车装修垃圾")
    await lin.sees("有新情况：继续登记")
    await lin.presses("📨 登记")
    assert await city.cases() == 2
    assert [(a.case_id, a.by) for a in (await city.case(2)).alike] == [(1, Sameness.CALLER)]


async def test_another_number_or_another_matter_is_offered_nothing(city: LiveCity) -> None:
    await signed(city, BIN, PHONE)
    lin = city[LIN]
    await lin.says(f"{BIN}，来电13912340099")
    assert OFFER not in await lin.labels("新来件")
    await lin.presses("放弃")
    await lin.says(f"柳岸新村3号楼门口雨水井盖不见了，来电{PHONE}")
    assert OFFER not in await lin.labels("新来件")


async def test_it_is_offered_as_soon_as_the_number_is_typed(city: LiveCity) -> None:
    await signed(city, BIN, PHONE)
    lin = city[LIN]
    await lin.says(BIN)
    await lin.presses("来电人")
    await lin.says(f"王女士 {PHONE}")
    assert OFFER in await lin.labels("新来件")


async def test_what_ended_meanwhile_is_refused_with_who_and_when(city: LiveCity) -> None:
    await signed(city, BIN, PHONE)
    lin = city[LIN]
    await lin.says(AGAIN)
    await city[FENG].says("作废 1 重复登记")
    answer = await lin.presses(OFFER)
    assert FENG in answer.text
    assert "作废" in answer.text
    await lin.presses("📨 登记")
    assert await city.cases() == 2


async def test_another_operator_records_it_and_sees_nothing_else(city: LiveCity) -> None:
    await signed(city, BIN, PHONE)
    qiu = await city.joins("邱月", Post(Role.OPERATOR, DISTRICT))
    await calls_again(qiu)
    await qiu.sees("#1 已记录第2次来电")
    await qiu.says("/case 1")
    await qiu.sees("没有 1 号案件")


async def test_before_anybody_works_on_it_the_acceptors_hear(full_city: LiveCity) -> None:
    await reported(full_city, BIN, PHONE)
    await calls_again(full_city[LIN])
    await full_city[HE].sees("来电人再次来电催问", "#1")
    assert (await full_city.case(1)).state is State.REPORTED
