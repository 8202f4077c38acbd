"""Checklist 24 and 27: what people send, and what they may not."""

import pytest

from tests.simulator.cards import card
from tests.simulator.conftest import Sim, picture


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
