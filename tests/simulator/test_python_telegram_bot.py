"""python-telegram-bot holds a conversation: the other client's wire forms (messaging.md 1.1)."""

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaPhoto
from telegram.error import BadRequest
from telegram.request import HTTPXRequest

from tests.simulator.conftest import TOKEN, Sim, picture


def client(sim: Sim) -> Bot:
    return Bot(
        TOKEN,
        base_url=f"{sim.url}/bot",
        base_file_url=f"{sim.url}/file/bot",
        request=HTTPXRequest(read_timeout=10),
        get_updates_request=HTTPXRequest(read_timeout=10),
    )


async def test_a_conversation_with_photos_and_a_press(sim: Sim) -> None:
    person = await sim.user()
    buttons = InlineKeyboardMarkup([[InlineKeyboardButton("签收", callback_data="sign")]])
    async with client(sim) as bot:
        assert bot.username == "simulated_4242_bot"
        await sim.sends(person, ("photo", "a.jpg", picture(900, 700)), caption="看这里")
        (update,) = await bot.get_updates(timeout=1)
        assert update.message is not None
        assert update.message.caption == "看这里"
        file = await update.message.photo[-1].get_file()
        data = bytes(await file.download_as_bytearray())
        assert len(data) == update.message.photo[-1].file_size

        card = await bot.send_photo(person, data, caption="工单 1", reply_markup=buttons)
        await sim.press(person, label="签收")
        (press,) = await bot.get_updates(offset=update.update_id + 1, timeout=1)
        assert press.callback_query is not None
        assert press.callback_query.data == "sign"
        await press.callback_query.answer("好")
        await press.callback_query.edit_message_caption("已签收")
        album = await bot.send_media_group(
            person, [InputMediaPhoto(picture(100 + n, 90), caption=str(n)) for n in range(2)]
        )
        assert [each.caption for each in album] == ["0", "1"]
        document = await bot.send_document(person, b"%PDF-1.7", filename="单.pdf")
        assert document.document is not None
        assert document.document.file_name == "单.pdf"
    shown = [each.get("caption") for each in await sim.screen(person)]
    assert shown == [None, "看这里", "已签收", "0", "1", None]
    assert (await sim.phone(person))["toast"]["text"] == "好"
    assert card.photo
    assert await sim.warnings() == []


async def test_an_empty_text_is_sent_and_refused(sim: Sim) -> None:
    person = await sim.user()
    async with client(sim) as bot:
        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(person, "")
