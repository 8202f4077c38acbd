"""People as tests and the tour drive them: by the words on the screen, and patiently."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest

from bot.simulator.phones import Answer, NotSeen, Phone, Town, TownError, has_button
from tests.simulator.conftest import Sim, keyboard, picture


@pytest.fixture
async def town(sim: Sim) -> AsyncIterator[Town]:
    async with Town(sim.url) as town:
        yield town


@pytest.fixture
async def wang(town: Town) -> Phone:
    person = await town.person("王磊", username="wang_lei")
    await person.starts()
    return person


@pytest.fixture
async def clerk(sim: Sim) -> AsyncIterator[None]:
    """A bot that answers every press and turns the card it was on."""
    task = asyncio.create_task(_answers(sim))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _answers(sim: Sim) -> None:
    offset = 0
    while True:
        for update in await sim.done("getUpdates", offset=offset, timeout=30):
            offset = update["update_id"] + 1
            if press := update.get("callback_query"):
                await sim.done(
                    "answerCallbackQuery", callback_query_id=press["id"], text="已签收 10:32"
                )
                shown = press["message"]
                where = {"chat_id": shown["chat"]["id"], "message_id": shown["message_id"]}
                await sim.done("editMessageText", text=f"{shown['text']}（已签收）", **where)


async def card(sim: Sim, phone: Phone, text: str, *labels: str, **more: Any) -> int:
    rows = [[(label, f"data {label}")] for label in labels]
    markup = {"reply_markup": keyboard(*rows)} if rows else {}
    sent = await sim.done("sendMessage", chat_id=phone.id, text=text, **markup, **more)
    return int(sent["message_id"])


@pytest.mark.usefixtures("clerk")
async def test_a_press_finds_its_button_by_part_of_the_words(sim: Sim, wang: Phone) -> None:
    await card(sim, wang, "#41", "✅ 签收")
    newer = await card(sim, wang, "#42", "✅ 签收", "📍 到达")
    assert await wang.presses("签收") == Answer("已签收 10:32", show_alert=False)
    turned = await wang.waits_for("（已签收）")
    assert (turned.id, turned.edited, turned.labels) == (newer, True, [])
    assert await wang.buttons((await wang.card("#41")).id) == ["✅ 签收"]


@pytest.mark.usefixtures("clerk")
async def test_a_press_may_name_the_message(sim: Sim, wang: Phone) -> None:
    older = await card(sim, wang, "#41", "签收")
    await card(sim, wang, "#42", "签收")
    await wang.presses("签收", on=older)
    assert (await wang.waits_for("（已签收）")).id == older


async def test_what_cannot_be_read_cannot_be_pressed(sim: Sim, wang: Phone) -> None:
    await card(sim, wang, "#42", "📍 到达", "🚗 快到达")
    with pytest.raises(NotSeen, match="could be any of"):
        await wang.presses("到达")
    with pytest.raises(NotSeen, match=r"no button “签收”(?s:.*)#42(?s:.*)\[ 📍 到达 \]"):
        await wang.presses("签收")


async def test_a_key_below_the_chat_says_its_words(sim: Sim, wang: Phone) -> None:
    below = {"keyboard": [[{"text": "我的任务"}]], "is_persistent": True}
    await sim.done("sendMessage", chat_id=wang.id, text="好", reply_markup=below)
    assert await wang.keyboard() == ["我的任务"]
    await wang.presses("任务")
    assert (await sim.updates())[-1]["message"]["text"] == "我的任务"


async def test_waiting_sees_what_comes_later(sim: Sim, wang: Phone) -> None:
    before = await card(sim, wang, "#42")
    waiting = asyncio.create_task(wang.waits_for(has_button("签收"), after=before))
    await wang.says("在吗")
    await card(sim, wang, "#43", "签收")
    assert (await waiting).text == "#43"


async def test_waiting_in_vain_shows_the_phone(sim: Sim, wang: Phone) -> None:
    await card(sim, wang, "#42 井盖缺失", "签收", disable_notification=True)
    with pytest.raises(NotSeen) as failure:
        await wang.waits_for("#43", seconds=0.05)
    assert "“#43” not seen in 0.05 s\n┌─ 王磊" in str(failure.value)
    assert "bot: #42 井盖缺失  (silent)\n│       [ 签收 ]" in str(failure.value)


async def test_pictures_go_compressed_or_untouched(wang: Phone) -> None:
    raw = picture(1600, 1200)
    (photo,) = await wang.sends_photo(raw, "现场")
    assert photo["message"]["caption"] == "现场"
    assert photo["message"]["photo"][-1]["width"] == 1280
    (file,) = await wang.sends_file(raw, '全景 "1".jpg', "image/jpeg")
    assert file["message"]["document"]["file_name"] == '全景 "1".jpg'
    assert file["message"]["document"]["file_size"] == len(raw)
    shown = await wang.messages()
    assert [each.photo_count for each in shown[-2:]] == [1, 0]
    assert shown[-1].file_name == '全景 "1".jpg'


async def test_an_album_is_one_thing_in_several_messages(wang: Phone) -> None:
    made = await wang.sends_album([picture(300 + n, 200) for n in range(3)], "处置后")
    assert len(made) == 3
    shown = (await wang.messages())[-3:]
    assert len({each.album for each in shown}) == 1
    assert [each.text for each in shown] == ["处置后", "", ""]
    files = await wang.sends_album([picture(), picture(641)], as_files=True)
    assert all("document" in each["message"] for each in files)


async def test_words_places_and_cards_of_others(wang: Phone) -> None:
    (forward,) = await wang.forwards("井盖坏了", "张大爷")
    assert forward["message"]["forward_origin"]["sender_user_name"] == "张大爷"
    (place,) = await wang.sends_place(31.23, 121.47, accuracy=12)
    assert place["message"]["location"]["horizontal_accuracy"] == 12
    (contact,) = await wang.sends_contact("+8613800000000", "王磊")
    assert contact["message"]["contact"]["phone_number"] == "+8613800000000"
    shown = await wang.messages()
    assert [each.is_location for each in shown[-3:]] == [False, True, False]
    assert "张大爷" in shown[-3].raw["forward_origin"]["sender_user_name"]


async def test_a_person_corrects_removes_and_blocks(sim: Sim, wang: Phone) -> None:
    await wang.says("第一")
    first = await wang.card("第一")
    await wang.edits(first, "第二")
    assert await wang.screen() == "第二"
    await wang.deletes(first)
    assert await wang.screen() != "第二"
    await wang.blocks()
    assert "blocked" in await sim.refused("sendMessage", chat_id=wang.id, text="在吗")
    with pytest.raises(TownError, match="blocked"):
        await wang.says("在")
    await wang.unblocks()
    assert (await wang.state())["blocked"] is False


async def test_what_came_without_a_sound_is_known(sim: Sim, wang: Phone) -> None:
    await card(sim, wang, "轻", disable_notification=True)
    await card(sim, wang, "响")
    shown = await wang.messages()
    assert [each.silent for each in shown[-2:]] == [True, False]
    assert (await wang.state())["loud"] == 1


async def test_the_town_knows_its_people_calls_and_warnings(
    sim: Sim, town: Town, wang: Phone
) -> None:
    assert [each.name for each in await town.people()] == ["王磊"]
    await card(sim, wang, "x", colour="red")
    assert await town.warnings() == ["sendMessage: unknown parameter colour"]
    (call,) = await town.calls("sendmessage")
    assert call["parameters"]["chat_id"] == str(wang.id)


async def test_the_town_can_misbehave_on_request(sim: Sim, town: Town, wang: Phone) -> None:
    await town.faults("429", method="sendMessage", retry_after=2)
    assert "retry after 2" in await sim.refused("sendMessage", chat_id=wang.id, text="x")
    await town.no_faults()
    await town.rates("documented")
    await town.advance(60)
    await card(sim, wang, "x")
    group = await town.group("三网格", [wang])
    assert group["title"] == "三网格"
