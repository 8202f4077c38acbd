"""What every transport owes us, tried on Telegram and on a messenger with WeCom's habits."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.chat import Button, Card, Edits, Outcome, Pressed, Said, Shot, Showed, Weight
from bot.faults import FetchError
from tests.contract.chats import BLUE, LOST, RED, Chat, OnTelegram, OnWeCom
from tests.stage import Stage, jpeg
from tests.wecom import PER_MINUTE
from workflows.cases.case import PhotoRef, Point

pytestmark = pytest.mark.asyncio(loop_scope="session")

CARD = Card(
    head="🔴 #42 井盖缺失 · 2 小时内",
    rows=(("地点", "一号路 120 号"),),
    buttons=(
        (Button("签收", "tok-sign", Weight.PRIMARY),),
        (Button("到达", "tok-arrive"), Button("退回", "tok-return", Weight.DANGER)),
    ),
)
SIGNED = replace(CARD, head="🟢 #42 已签收", buttons=((Button("完成", "tok-done"),),))
GOOD = (Outcome.DELIVERED, Outcome.ALREADY_SO)


@pytest_asyncio.fixture(loop_scope="session", params=["telegram", "wecom"])
async def chat(request: pytest.FixtureRequest, stage: Stage) -> AsyncIterator[Chat]:
    if request.param == "wecom":
        yield OnWeCom()
        return
    phone, address = await stage.person()
    yield OnTelegram(stage, phone, address)
    await stage.updates()


async def test_a_card_arrives_with_its_words_and_buttons(chat: Chat) -> None:
    delivery = await chat.courier.show(chat.address, CARD, key="k", loud=True)
    assert delivery.outcome is Outcome.DELIVERED
    seen = (await chat.screen())[-1]
    assert seen.text.splitlines() == ["🔴 #42 井盖缺失 · 2 小时内", "地点：一号路 120 号"]
    assert seen.labels == ["签收", "到达", "退回"]


async def test_a_press_brings_the_token_back_and_says_where_it_was(chat: Chat) -> None:
    delivery = await chat.courier.show(chat.address, CARD, key="k", loud=True)
    await chat.presses("签收")
    (press,) = await chat.heard()
    assert isinstance(press, Pressed)
    assert (press.token, press.address) == ("tok-sign", chat.address)
    assert press.about in delivery.keys
    assert press.said_at is not None
    assert press.said_at.tzinfo is not None
    await chat.courier.acknowledge(press.press_id, "已签收 10:32", urgent=False)


async def test_words_arrive_with_their_time_and_their_author(chat: Chat) -> None:
    await chat.says("完成 <b>42</b>")
    (said,) = await chat.heard()
    assert isinstance(said, Said)
    assert (said.text, said.address, said.name) == ("完成 <b>42</b>", chat.address, "林")
    assert said.said_at is not None
    assert said.said_at.tzinfo is not None
    assert said.cause
    assert said.cause.startswith(f"{chat.courier.name}:")


async def test_a_picture_arrives_and_its_bytes_can_be_had(chat: Chat) -> None:
    await chat.shows(jpeg("green"))
    (showed,) = await chat.heard()
    assert isinstance(showed, Showed)
    assert showed.picture
    ref = showed.picture.ref
    assert ref.transport == chat.courier.name
    data = b"".join([chunk async for chunk in chat.courier.fetch(ref, most=1 << 20)])
    assert data.startswith(b"\xff\xd8")
    with pytest.raises(FetchError) as caught:
        [_ async for _ in chat.courier.fetch(ref, most=10)]
    assert caught.value.lasting


async def test_another_transports_picture_cannot_be_had_here(chat: Chat) -> None:
    with pytest.raises(FetchError) as caught:
        [_ async for _ in chat.courier.fetch(PhotoRef("pigeon", {"leg": "left"}), most=10)]
    assert caught.value.lasting


async def test_pictures_come_before_the_card(chat: Chat) -> None:
    card = replace(CARD, pictures=(Shot(None, RED, "处置前"), Shot(None, BLUE, "处置后")))
    assert (await chat.courier.show(chat.address, card, key="k", loud=True)).outcome in GOOD
    *pictures, last = (await chat.screen())[-3:]
    assert [(each.is_photo, each.text) for each in pictures] == [
        (True, "处置前"),
        (True, "处置后"),
    ]
    assert last.labels == ["签收", "到达", "退回"]


async def test_a_lost_picture_is_mentioned_and_stops_nothing(chat: Chat) -> None:
    card = replace(CARD, pictures=(Shot(None, LOST),), no_picture="有照片无法显示")
    assert (await chat.courier.show(chat.address, card, key="k", loud=True)).outcome in GOOD
    assert "有照片无法显示" in (await chat.screen())[-1].text


async def test_a_place_is_no_obstacle(chat: Chat) -> None:
    card = replace(CARD, place=Point(30.1, 120.2), place_title="一号路")
    first = await chat.courier.show(chat.address, card, key="k", loud=True)
    again = await chat.courier.show(chat.address, card, key="k2", loud=True, before=first.receipt)
    assert again.outcome is Outcome.DELIVERED
    assert (await chat.screen())[-1].labels


async def test_the_first_change_is_made_in_place(chat: Chat) -> None:
    first = await chat.courier.show(chat.address, CARD, key="k", loud=True)
    count = len(await chat.screen())
    changed = await chat.courier.revise(chat.address, first.receipt, SIGNED, key="k2")
    assert changed.outcome is Outcome.DELIVERED
    assert changed.receipt
    seen = await chat.screen()
    assert len(seen) == count
    assert seen[-1].labels == ["完成"]


async def test_later_changes_are_made_or_said_to_be_impossible(chat: Chat) -> None:
    delivery = await chat.courier.show(chat.address, CARD, key="k", loud=True)
    for step in range(5):
        card = replace(SIGNED, head=f"#42 第 {step} 步")
        changed = await chat.courier.revise(chat.address, delivery.receipt, card, key=f"r{step}")
        if changed.outcome is Outcome.GONE:
            assert chat.courier.capabilities.edits is not Edits.ALWAYS
            changed = await chat.courier.show(chat.address, card, key=f"s{step}", loud=False)
        assert changed.outcome is Outcome.DELIVERED
        assert (await chat.screen())[-1].text.startswith(f"#42 第 {step} 步")
        delivery = changed


async def test_a_change_that_changes_nothing_costs_nothing(chat: Chat) -> None:
    first = await chat.courier.show(chat.address, CARD, key="k", loud=True)
    for _ in range(3):
        same = await chat.courier.revise(chat.address, first.receipt, CARD, key="k2")
        assert same.outcome is Outcome.ALREADY_SO
    changed = await chat.courier.revise(chat.address, first.receipt, SIGNED, key="k3")
    assert changed.outcome is Outcome.DELIVERED


async def test_a_press_earns_another_change(chat: Chat) -> None:
    delivery = await chat.courier.show(chat.address, CARD, key="k", loud=True)
    delivery = await chat.courier.revise(
        chat.address, delivery.receipt, replace(CARD, head="#42 一"), key="r"
    )
    await chat.presses("到达")
    changed = await chat.courier.revise(chat.address, delivery.receipt, SIGNED, key="r2")
    assert changed.outcome is Outcome.DELIVERED
    await chat.heard()


async def test_new_pictures_need_a_new_message(chat: Chat) -> None:
    first = await chat.courier.show(chat.address, CARD, key="k", loud=True)
    card = replace(SIGNED, pictures=(Shot(None, RED),))
    changed = await chat.courier.revise(chat.address, first.receipt, card, key="r")
    assert changed.outcome is Outcome.GONE


@pytest.mark.parametrize("words", [None, Card(head="#42 ↓ 见下")], ids=["as it is", "new words"])
async def test_a_retired_card_has_no_buttons(chat: Chat, words: Card | None) -> None:
    first = await chat.courier.show(chat.address, CARD, key="k", loud=True)
    retired = await chat.courier.retire(chat.address, first.receipt, words)
    assert retired.outcome is Outcome.DELIVERED
    seen = (await chat.screen())[-1]
    assert seen.labels == []
    assert seen.text.startswith(words.head if words else CARD.head)


async def test_a_story_of_any_length_fits(chat: Chat) -> None:
    card = replace(CARD, lines=("井盖破损，行人绕行。" * 1000,), link="https://city.example/42")
    assert (await chat.courier.show(chat.address, card, key="k", loud=True)).outcome in GOOD
    text = (await chat.screen())[-1].text
    able = chat.courier.capabilities
    size = len(text.encode()) if able.text_unit == "bytes" else len(text)
    assert able.text_max * 0.9 < size <= able.text_max
    assert text.endswith("https://city.example/42")


async def test_text_that_turns_round_is_straightened(chat: Chat) -> None:
    card = replace(CARD, lines=("王\u202e磊 & <i>مرحبا</i>",))
    assert (await chat.courier.show(chat.address, card, key="k", loud=True)).outcome in GOOD
    assert "王磊 & <i>مرحبا</i>" in (await chat.screen())[-1].text


async def test_nobody_there_is_a_verdict(chat: Chat) -> None:
    delivery = await chat.courier.show(chat.nowhere, CARD, key="k", loud=True)
    assert delivery.outcome is Outcome.UNREACHABLE


async def test_an_empty_receipt_is_gone(chat: Chat) -> None:
    assert (await chat.courier.revise(chat.address, {}, CARD, key="k")).outcome is Outcome.GONE
    assert (await chat.courier.retire(chat.address, {}, None)).outcome is Outcome.GONE


async def test_the_same_key_twice_is_one_message_where_promised(chat: Chat) -> None:
    for _ in range(2):
        await chat.courier.show(chat.address, CARD, key="k", loud=True)
    cards = [each for each in await chat.screen() if each.text.startswith("🔴 #42")]
    assert len(cards) == (1 if chat.courier.capabilities.idempotent_sends else 2)


async def test_reactions_are_given_where_they_exist(chat: Chat) -> None:
    await chat.shows(jpeg())
    (showed,) = await chat.heard()
    assert isinstance(showed, Showed)
    delivery = await chat.courier.react(chat.address, showed.message)
    able = chat.courier.capabilities.can_react
    assert delivery.outcome is (Outcome.DELIVERED if able else Outcome.FINAL)


async def test_answering_a_press_nobody_made_troubles_nobody(chat: Chat) -> None:
    await chat.courier.acknowledge("nothing", "好", urgent=True)


class TestWeComKeepsItsHabits:
    async def test_a_card_can_be_changed_once_and_only_for_three_days(self) -> None:
        chat = OnWeCom()
        first = await chat.courier.show(chat.address, CARD, key="k", loud=True)
        chat.later(hours=73)
        late = await chat.courier.revise(chat.address, first.receipt, SIGNED, key="r")
        assert late.outcome is Outcome.GONE

    async def test_only_six_buttons_are_left(self) -> None:
        chat = OnWeCom()
        many = replace(CARD, buttons=tuple((Button(str(n), str(n)),) for n in range(9)))
        await chat.courier.show(chat.address, many, key="k", loud=True)
        assert (await chat.screen())[-1].labels == list("012345")

    async def test_too_many_messages_vanish_without_a_word(self) -> None:
        chat = OnWeCom()
        for number in range(PER_MINUTE + 5):
            sent = await chat.courier.show(chat.address, CARD, key=str(number), loud=True)
            assert sent.outcome is Outcome.DELIVERED
        assert len(await chat.screen()) == PER_MINUTE
        chat.later(minutes=2)
        await chat.courier.show(chat.address, CARD, key="later", loud=True)
        assert len(await chat.screen()) == PER_MINUTE + 1

    async def test_a_picture_is_forgotten_after_three_days(self) -> None:
        chat = OnWeCom()
        await chat.shows(jpeg())
        (showed,) = await chat.heard()
        assert isinstance(showed, Showed)
        assert showed.picture
        chat.later(days=4)
        with pytest.raises(FetchError):
            [_ async for _ in chat.courier.fetch(showed.picture.ref, most=1 << 20)]
