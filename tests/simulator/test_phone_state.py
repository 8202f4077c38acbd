"""Checklist 26: what a phone shows around its messages."""

import json

from tests.simulator.cards import card
from tests.simulator.conftest import Sim


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


async def test_a_forced_reply_waits_for_an_answer(sim: Sim) -> None:
    person = await sim.user()
    await sim.done("sendMessage", chat_id=person, text="?", reply_markup={"force_reply": True})
    assert (await sim.phone(person))["force_reply"] == {"force_reply": True}
    await sim.says(person, "好")
    assert (await sim.phone(person))["force_reply"] is None
