"""Checklist 25 and 28: buttons, spinners, answers."""

import asyncio

from tests.simulator.cards import card, pressed
from tests.simulator.conftest import Sim

OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_our_own_card_comes_back_without_buttons(sim: Sim) -> None:
    person = await sim.user()
    message_id = await card(sim, person)
    (update,) = await sim.sim("POST", f"/users/{person}/messages", forward=message_id)
    assert update["message"]["forward_origin"]["sender_user"]["id"] == 4242
    assert "reply_markup" not in update["message"]


async def test_a_press_on_a_deleted_card_has_no_date(sim: Sim) -> None:
    person = await sim.user()
    message_id = await card(sim, person)
    await sim.done("deleteMessage", chat_id=person, message_id=message_id)
    await sim.press(person, data="go", message_id=message_id, force=True)
    message = (await pressed(sim))["message"]
    assert (message["message_id"], message["date"]) == (message_id, 0)
    assert "text" not in message


async def test_a_forged_press_arrives_as_it_is(sim: Sim) -> None:
    person = await sim.user()
    message_id = await card(sim, person)
    await sim.press(person, data="close everything", message_id=message_id, force=True)
    assert (await pressed(sim))["data"] == "close everything"


async def test_a_button_that_is_not_there_cannot_be_pressed(sim: Sim) -> None:
    person = await sim.user()
    message_id = await card(sim, person)
    await sim.sim("POST", f"/users/{person}/press", expects=404, label="留")
    await sim.sim("POST", f"/users/{person}/press", expects=404, data="stay")
    await sim.done("editMessageReplyMarkup", chat_id=person, message_id=message_id)
    await sim.sim("POST", f"/users/{person}/press", expects=404, label="去")
    assert await sim.updates() == []


async def test_the_newest_message_with_the_button_is_meant(sim: Sim) -> None:
    person = await sim.user()
    await card(sim, person)
    newest = await card(sim, person)
    await sim.press(person, label="去")
    query = await pressed(sim)
    assert query["message"]["message_id"] == newest
    assert query["id"].isdecimal()
    assert query["chat_instance"].isdecimal()


async def test_pressing_twice_is_two_presses_with_two_ids(sim: Sim) -> None:
    person = await sim.user()
    await card(sim, person)
    answer = await sim.press(person, label="去", times=2)
    assert len(answer["answers"]) == 2
    presses = [each["callback_query"]["id"] for each in await sim.updates()]
    assert len(set(presses)) == 2


async def test_a_press_returns_what_the_bot_answers(sim: Sim) -> None:
    person = await sim.user()
    await card(sim, person)
    press = asyncio.create_task(sim.sim("POST", f"/users/{person}/press", label="去"))
    (update,) = await sim.done("getUpdates", timeout=5)
    query_id = update["callback_query"]["id"]
    await sim.done("answerCallbackQuery", callback_query_id=query_id, text="好", show_alert=True)
    answer = await press
    assert (answer["text"], answer["show_alert"]) == ("好", True)
    assert (await sim.phone(person))["toast"]["text"] == "好"


async def test_a_press_is_answered_once_soon_and_briefly(sim: Sim) -> None:
    person = await sim.user()
    await card(sim, person)
    await sim.press(person, label="去")
    query_id = (await pressed(sim))["id"]
    why = await sim.refused("answerCallbackQuery", callback_query_id=query_id, text="长" * 201)
    assert why == "Bad Request: MESSAGE_TOO_LONG"
    await sim.done("answerCallbackQuery", callback_query_id=query_id, text="长" * 200)
    assert await sim.refused("answerCallbackQuery", callback_query_id=query_id) == OLD
    await sim.press(person, label="去")
    late = (await sim.done("getUpdates", offset=-1))[0]["callback_query"]["id"]
    sim.advance(20)
    assert await sim.refused("answerCallbackQuery", callback_query_id=late) == OLD
    assert await sim.refused("answerCallbackQuery", callback_query_id="1") == OLD


async def test_a_contact_button_sends_the_own_number(sim: Sim) -> None:
    person = await sim.user(phone_number="+8613900000000")
    board = {
        "keyboard": [
            [{"text": "号码", "request_contact": True}],
            [{"text": "位置", "request_location": True}],
        ],
        "one_time_keyboard": True,
    }
    await sim.done("sendMessage", chat_id=person, text="?", reply_markup=board)
    await sim.sim("POST", f"/users/{person}/press", expects=409, label="位置")
    await sim.press(person, label="号码")
    (update,) = await sim.updates()
    contact = update["message"]["contact"]
    assert (contact["phone_number"], contact["user_id"]) == ("+8613900000000", person)
    assert (await sim.phone(person))["keyboard"] is None


async def test_a_link_button_is_no_business_of_the_bot(sim: Sim) -> None:
    person = await sim.user()
    markup = {"inline_keyboard": [[{"text": "地图", "url": "https://example.org/"}]]}
    await sim.done("sendMessage", chat_id=person, text="x", reply_markup=markup)
    answer = await sim.press(person, label="地图")
    assert answer["button"]["url"] == "https://example.org/"
    assert await sim.updates() == []


async def test_a_spinner_turns_until_the_bot_answers(sim: Sim) -> None:
    person = await sim.user()
    message_id = await card(sim, person)
    await sim.press(person, label="去")
    assert [each["message_id"] for each in (await sim.phone(person))["pressed"]] == [message_id]
    query_id = (await pressed(sim))["id"]
    await sim.done("answerCallbackQuery", callback_query_id=query_id, url="https://t.me/x?start=1")
    phone = await sim.phone(person)
    assert phone["pressed"] == []
    assert phone["toast"]["url"]
