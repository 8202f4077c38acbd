"""Checklist 24 to 28 and 30: what people do, and what their phones show."""

import asyncio
import json

import pytest

from tests.simulator.conftest import Sim, keyboard, picture

GO = keyboard([("去", "go")])
OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def card(sim: Sim, person: int, **more: object) -> int:
    sent = await sim.done("sendMessage", chat_id=person, text="卡", reply_markup=GO, **more)
    return int(sent["message_id"])


async def pressed(sim: Sim) -> dict:
    return next(each["callback_query"] for each in await sim.updates() if "callback_query" in each)


async def test_a_long_text_arrives_in_two_messages(sim: Sim) -> None:
    person = await sim.user()
    made = await sim.says(person, "长" * 5000)
    assert [len(each["message"]["text"]) for each in made] == [4096, 904]


async def test_a_start_with_a_payload_is_an_ordinary_text(sim: Sim) -> None:
    person = await sim.user()
    (update,) = await sim.sim("POST", f"/users/{person}/start", payload="abc_1")
    message = update["message"]
    assert message["text"] == "/start abc_1"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["chat"]["id"] == message["from"]["id"] == person


@pytest.mark.parametrize(
    ("origin", "field"),
    [
        ({"type": "user", "name": "老王"}, "sender_user"),
        ({"type": "hidden_user", "name": "老王"}, "sender_user_name"),
        ({"type": "chat", "name": "业主群"}, "sender_chat"),
        ({"type": "channel", "name": "城事"}, "chat"),
    ],
)
async def test_every_kind_of_forward_has_its_origin(sim: Sim, origin: dict, field: str) -> None:
    person = await sim.user()
    (update,) = await sim.says(person, "井盖坏了", forward_origin=origin | {"date": 1_700_000_000})
    message = update["message"]
    assert message["forward_origin"]["date"] == message["forward_date"] == 1_700_000_000
    shown = message["forward_origin"][field]
    name = shown if isinstance(shown, str) else shown.get("first_name") or shown["title"]
    assert name == origin["name"]


async def test_who_hides_the_account_is_only_a_name(sim: Sim) -> None:
    hidden, person = await sim.user("隐", hides_account=True), await sim.user("林")
    group = await sim.sim("POST", "/groups", title="群", members=[hidden, person], privacy=False)
    (update,) = await sim.says(hidden, "坏了", chat_id=group["id"])
    (forwarded,) = await sim.sim(
        "POST",
        f"/users/{person}/messages",
        forward=update["message"]["message_id"],
        from_chat_id=group["id"],
    )
    assert forwarded["message"]["forward_origin"]["sender_user_name"] == "隐"
    assert "forward_from" not in forwarded["message"]


async def test_a_forwarded_album_stays_an_album(sim: Sim) -> None:
    person = await sim.user()
    files = [("photo", "a.jpg", picture(90, 90)), ("photo", "b.jpg", picture(91, 90))]
    made = await sim.sends(person, *files, album=1)
    ids = [each["message"]["message_id"] for each in made]
    again = await sim.sim("POST", f"/users/{person}/messages", forward=ids)
    groups = [{each["message"]["media_group_id"] for each in batch} for batch in (made, again)]
    assert len(groups[0]) == len(groups[1]) == 1
    assert groups[0] != groups[1]


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


async def test_a_pin_tells_the_bot_itself(sim: Sim) -> None:
    person = await sim.user()
    message_id = await card(sim, person)
    loud = (await sim.phone(person))["loud"]
    await sim.done("pinChatMessage", chat_id=person, message_id=message_id)
    (update,) = await sim.updates()
    assert update["message"]["pinned_message"]["message_id"] == message_id
    phone = await sim.phone(person)
    assert [each["message_id"] for each in phone["pinned"]] == [message_id]
    assert phone["loud"] == loud
    await sim.done("unpinChatMessage", chat_id=person)
    assert (await sim.phone(person))["pinned"] == []
    why = await sim.refused("pinChatMessage", chat_id=person, message_id=1)
    assert why == "Bad Request: message to pin not found"


async def test_a_blocked_bot_can_do_nothing_in_the_chat(sim: Sim) -> None:
    person = await sim.user()
    message_id = await card(sim, person)
    (update,) = await sim.sim("POST", f"/users/{person}/block")
    change = update["my_chat_member"]
    assert change["old_chat_member"]["status"] == "member"
    assert change["new_chat_member"]["status"] == "kicked"
    assert change["new_chat_member"]["until_date"] == 0
    at = {"chat_id": person, "message_id": message_id}
    for method, given in (
        ("sendMessage", {"chat_id": person, "text": "x"}),
        ("editMessageText", at | {"text": "x"}),
        ("pinChatMessage", at),
        ("sendChatAction", {"chat_id": person, "action": "typing"}),
    ):
        why = await sim.refused(method, **given)
        assert why == "Forbidden: bot was blocked by the user"
    back = await sim.sim("POST", f"/users/{person}/start")
    assert [set(each) - {"update_id"} for each in back] == [{"my_chat_member"}, {"message"}]
    assert await sim.done("sendMessage", chat_id=person, text="x")


async def test_nobody_can_be_written_to_unasked(sim: Sim) -> None:
    stranger = await sim.user(starts=False)
    gone = await sim.user()
    await sim.sim("DELETE", f"/users/{gone}")
    refusals = [
        await sim.refused("sendMessage", chat_id=chat, text="x")
        for chat in (stranger, gone, 99, "", 4242)
    ]
    assert refusals == [
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: user is deactivated",
        "Bad Request: chat not found",
        "Bad Request: chat_id is empty",
        "Forbidden: the bot can't send messages to the bot",
    ]


async def test_the_first_start_is_no_membership_change(sim: Sim) -> None:
    user = await sim.sim("POST", "/users", first_name="王")
    made = await sim.sim("POST", f"/users/{user['id']}/start")
    assert [set(each) - {"update_id"} for each in made] == [{"message"}]


async def test_people_edit_and_delete_their_own_words(sim: Sim) -> None:
    person = await sim.user()
    (made,) = await sim.says(person, "楼道")
    path = f"/users/{person}/messages/{made['message']['message_id']}"
    (update,) = await sim.sim("PATCH", path, text="楼顶")
    edited = update["edited_message"]
    assert (edited["text"], edited["date"]) == ("楼顶", made["message"]["date"])
    assert edited["edit_date"]
    assert await sim.sim("DELETE", path) == []
    assert "楼顶" not in [each.get("text") for each in await sim.screen(person)]
    foreign = await card(sim, person)
    await sim.sim("PATCH", f"/users/{person}/messages/{foreign}", expects=409, text="x")


async def test_places_contacts_voices_and_stickers_arrive(sim: Sim) -> None:
    person = await sim.user()
    place = {"latitude": 31.2, "longitude": 121.4}
    venue = place | {"title": "菜市场", "address": "解放路"}
    for given in (
        {"location": place},
        {"location": place | {"horizontal_accuracy": 12.5}},
        {"venue": venue},
        {"contact": {"phone_number": "+8613800000000", "first_name": "王"}},
        {"voice": {"duration": 5}},
        {"sticker": {}},
    ):
        (update,) = await sim.sim("POST", f"/users/{person}/messages", **given)
        assert next(iter(given)) in update["message"]
    found = [each["message"] for each in await sim.updates()]
    assert "horizontal_accuracy" not in found[0]["location"]
    assert found[1]["location"]["horizontal_accuracy"] == 12.5
    assert found[2]["location"] == found[2]["venue"]["location"]


async def test_a_reply_carries_what_it_answers(sim: Sim) -> None:
    person = await sim.user()
    message_id = await card(sim, person)
    (update,) = await sim.says(person, "好", reply_to=message_id)
    assert update["message"]["reply_to_message"]["message_id"] == message_id
    sent = await sim.done(
        "sendMessage", chat_id=person, text="!", reply_parameters={"message_id": message_id}
    )
    assert sent["reply_to_message"]["text"] == "卡"
    gone = {"message_id": 1}
    why = await sim.refused("sendMessage", chat_id=person, text="!", reply_parameters=gone)
    assert why == "Bad Request: message to be replied not found"
    gone["allow_sending_without_reply"] = True
    await sim.done("sendMessage", chat_id=person, text="!", reply_parameters=gone)


async def test_a_phone_counts_what_was_loud(sim: Sim) -> None:
    person = await sim.user()
    await card(sim, person)
    await card(sim, person, disable_notification=True)
    phone = await sim.phone(person)
    assert (phone["unread"], phone["loud"]) == (2, 1)
    await sim.sim("POST", f"/users/{person}/read")
    assert (await sim.phone(person))["unread"] == 0


async def test_a_reply_keyboard_stays_until_it_is_taken_away(sim: Sim) -> None:
    person = await sim.user()
    board = {"keyboard": [[{"text": "任务"}]], "resize_keyboard": True}
    await sim.done("sendMessage", chat_id=person, text="x", reply_markup=board)
    assert (await sim.phone(person))["keyboard"]["keyboard"] == [[{"text": "任务"}]]
    await sim.press(person, label="任务")
    assert [each["message"]["text"] for each in await sim.updates()] == ["任务"]
    gone = {"remove_keyboard": True}
    await sim.done("sendMessage", chat_id=person, text="x", reply_markup=gone)
    assert (await sim.phone(person))["keyboard"] is None


async def test_commands_follow_scope_and_language(sim: Sim) -> None:
    person = await sim.user(language_code="zh-hans")
    await sim.done("setMyCommands", commands=[{"command": "help", "description": "Help"}])
    await sim.done(
        "setMyCommands",
        commands=[{"command": "tasks", "description": "任务"}],
        scope={"type": "chat", "chat_id": person},
        language_code="zh",
    )
    phone = await sim.phone(person)
    assert phone["commands"] == [{"command": "tasks", "description": "任务"}]
    await sim.done(
        "deleteMyCommands", scope={"type": "chat", "chat_id": person}, language_code="zh"
    )
    assert (await sim.phone(person))["commands"][0]["command"] == "help"
    why = await sim.refused("setMyCommands", commands=[{"command": "No!", "description": "x"}])
    assert why == "Bad Request: BOT_COMMAND_INVALID"
    why = await sim.refused("setMyCommands", commands=[], language_code="zh-hans")
    assert why == "Bad Request: invalid language code specified"


async def test_only_listed_emoji_are_reactions(sim: Sim) -> None:
    person = await sim.user()
    (made,) = await sim.says(person, "x")
    at = {"chat_id": person, "message_id": made["message"]["message_id"]}
    for emoji, fits in (("👍", True), ("🫡", True), ("✅", False), ("⏳", False)):
        reaction = [{"type": "emoji", "emoji": emoji}]
        body = await sim.call("setMessageReaction", **at, reaction=reaction)
        assert body.get("description") == (None if fits else "Bad Request: REACTION_INVALID")
    assert await sim.done("setMessageReaction", **at, reaction=[])
    assert [set(each) for each in await sim.updates()] == [{"update_id", "message"}]


async def test_typing_lasts_five_seconds(sim: Sim) -> None:
    person = await sim.user()
    await sim.done("sendChatAction", chat_id=person, action="typing")
    assert (await sim.phone(person))["typing"] == "typing"
    sim.advance(5)
    assert (await sim.phone(person))["typing"] is None
    why = await sim.refused("sendChatAction", chat_id=person, action="dancing")
    assert why == "Bad Request: wrong parameter action in request"


async def test_a_copy_has_no_origin_and_protection_holds(sim: Sim) -> None:
    person = await sim.user()
    message_id = await card(sim, person)
    at = {"chat_id": person, "from_chat_id": person}
    copied = await sim.done("copyMessage", **at, message_id=message_id)
    assert set(copied) == {"message_id"}
    assert "forward_origin" not in (await sim.screen(person))[-1]
    secret = await card(sim, person, protect_content=True)
    why = await sim.refused("forwardMessage", **at, message_id=secret)
    assert why == "Bad Request: the message can't be forwarded"
    why = await sim.refused("copyMessage", **at, message_id=1)
    assert why == "Bad Request: message to copy not found"


async def test_events_tell_the_page_to_look_again(sim: Sim) -> None:
    person = await sim.user()
    async with sim.http.get(f"{sim.url}/sim/events") as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readline()
        await sim.says(person, "x")
        lines = [await stream.content.readline() for _ in range(3)]
    (event,) = [json.loads(line[6:]) for line in lines if line.startswith(b"data: ")]
    assert event["type"] == "message"
    assert event["users"] == [person]


async def test_names_change_and_users_are_listed(sim: Sim) -> None:
    person = await sim.user("林", username="lin_w")
    await sim.sim("PATCH", f"/users/{person}", first_name="林伟")
    (listed,) = await sim.sim("GET", "/users")
    assert (listed["first_name"], listed["username"]) == ("林伟", "lin_w")
    await sim.sim("GET", "/users/1", expects=404)


async def test_the_page_is_served(sim: Sim) -> None:
    async with sim.http.get(sim.url + "/") as response:
        assert response.status == 200


async def test_what_a_phone_would_not_do_is_refused(sim: Sim) -> None:
    person, outsider = await sim.user("林"), await sim.user("王")
    group = await sim.sim("POST", "/groups", title="群", members=[person])
    write = f"/users/{person}/messages"
    await sim.sim("POST", write, expects=400, text="   ")
    await sim.sim("POST", write, expects=400, words="?")
    await sim.sim("POST", write, expects=404, text="x", reply_to=1)
    await sim.sim("POST", write, expects=404, text="x", chat_id=-5)
    await sim.sim(
        "POST", f"/users/{outsider}/messages", expects=409, text="x", chat_id=group["id"]
    )
    await sim.sim("POST", f"/users/{person}/block")
    assert await sim.sim("POST", f"/users/{person}/block") == []
    await sim.sim("POST", write, expects=409, text="x")
    await sim.sim("DELETE", f"/users/{person}")
    await sim.sim("POST", write, expects=409, text="x")
    await sim.sim("POST", f"/users/{person}/press", expects=409, label="x")
    await sim.sim("POST", "/users", expects=409, first_name="x", id=person)
    await sim.sim("PATCH", f"/users/{outsider}", expects=400, shoe_size=43)
    await sim.sim("POST", f"/users/{outsider}/messages", expects=404, text="x", bot=1)


async def test_an_empty_parcel_is_refused(sim: Sim) -> None:
    person = await sim.user()
    with pytest.raises(AssertionError, match="no part named photo or document"):
        await sim.sends(person, ("video", "a.mp4", b"x"))


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


async def test_a_forced_reply_waits_for_an_answer(sim: Sim) -> None:
    person = await sim.user()
    await sim.done("sendMessage", chat_id=person, text="?", reply_markup={"force_reply": True})
    assert (await sim.phone(person))["force_reply"] == {"force_reply": True}
    await sim.says(person, "好")
    assert (await sim.phone(person))["force_reply"] is None


async def test_a_known_person_can_be_the_origin(sim: Sim) -> None:
    person, author = await sim.user("林"), await sim.user("王")
    origin = {"type": "user", "user_id": author}
    (update,) = await sim.says(person, "x", forward_origin=origin)
    assert update["message"]["forward_origin"]["sender_user"]["first_name"] == "王"
    await sim.sim(
        "POST",
        f"/users/{person}/messages",
        expects=400,
        text="x",
        forward_origin={"type": "of tomorrow"},
    )


async def test_a_captioned_photo_can_be_recaptioned(sim: Sim) -> None:
    person = await sim.user()
    (made,) = await sim.sends(person, ("photo", "a.jpg", picture(90, 90)), caption="前")
    path = f"/users/{person}/messages/{made['message']['message_id']}"
    (update,) = await sim.sim("PATCH", path, caption="后")
    assert update["edited_message"]["caption"] == "后"
    assert update["edited_message"]["photo"] == made["message"]["photo"]
