"""Checklist 6 to 8: what can be edited, and what counts as a change."""

import json

import aiohttp
import pytest

from tests.simulator.conftest import TOKEN, Sim, keyboard, picture

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message"
)
GO, STAY = ("去", "go"), ("留", "stay")


async def sent(sim: Sim, person: int, **more: object) -> dict[str, object]:
    message: dict[str, object] = await sim.done(
        "sendMessage", chat_id=person, text="井盖破损", **more
    )
    return {"chat_id": person, "message_id": message["message_id"]}


async def sent_photo(sim: Sim, person: int) -> dict[str, object]:
    form = aiohttp.FormData()
    form.add_field("chat_id", str(person))
    form.add_field("photo", picture(), filename="a.jpg")
    async with sim.http.post(f"{sim.url}/bot{TOKEN}/sendPhoto", data=form) as response:
        message = (await response.json())["result"]
    return {"chat_id": person, "message_id": message["message_id"]}


async def test_the_same_text_and_keyboard_is_not_modified(sim: Sim) -> None:
    person = await sim.user()
    at = await sent(sim, person, reply_markup=keyboard([GO]))
    same = {"text": "井盖破损", "reply_markup": keyboard([GO])}
    assert await sim.refused("editMessageText", **at, **same) == NOT_MODIFIED


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"reply_markup": keyboard([STAY])}, id="another keyboard"),
        pytest.param({"reply_markup": keyboard([STAY, GO])}, id="another order"),
        pytest.param({}, id="no keyboard"),
        pytest.param({"text": "已修", "reply_markup": keyboard([GO, STAY])}, id="another text"),
    ],
)
async def test_a_change_of_text_or_keyboard_is_shown(sim: Sim, change: dict[str, object]) -> None:
    person = await sim.user()
    at = await sent(sim, person, reply_markup=keyboard([GO, STAY]))
    await sim.done("editMessageText", **at, **({"text": "井盖破损"} | change))
    shown = (await sim.screen(person))[-1]
    assert shown["text"] == change.get("text", "井盖破损")
    assert shown.get("reply_markup") == change.get("reply_markup")
    assert shown["edit_date"] >= shown["date"]


async def test_an_edit_of_buttons_alone_leaves_no_mark(sim: Sim) -> None:
    person = await sim.user()
    at = await sent(sim, person, reply_markup=keyboard([GO]))
    await sim.done("editMessageReplyMarkup", **at)
    shown = (await sim.screen(person))[-1]
    assert "edit_date" not in shown
    assert "reply_markup" not in shown


@pytest.mark.parametrize(
    "markup",
    [
        {"keyboard": [[{"text": "a"}]]},
        {"remove_keyboard": True},
        {"force_reply": True},
    ],
    ids=["reply keyboard", "removed keyboard", "forced reply"],
)
async def test_a_message_with_another_keyboard_is_never_edited(sim: Sim, markup: object) -> None:
    person = await sim.user()
    at = await sent(sim, person, reply_markup=markup)
    why = await sim.refused("editMessageText", **at, text="neu")
    assert why == "Bad Request: message can't be edited"


async def test_forwarded_and_foreign_messages_are_never_edited(sim: Sim) -> None:
    person = await sim.user()
    at = await sent(sim, person)
    made = await sim.says(person, "mine")
    forwarded = await sim.done("forwardMessage", from_chat_id=person, **at)
    for message_id in (forwarded["message_id"], made[0]["message"]["message_id"]):
        why = await sim.refused(
            "editMessageText", chat_id=person, message_id=message_id, text="neu"
        )
        assert why == "Bad Request: message can't be edited"


async def test_text_and_caption_are_not_interchangeable(sim: Sim) -> None:
    person = await sim.user()
    why = await sim.refused("editMessageText", **await sent_photo(sim, person), text="x")
    assert why == "Bad Request: there is no text in the message to edit"
    why = await sim.refused("editMessageCaption", **await sent(sim, person), caption="x")
    assert why == "Bad Request: there is no caption in the message to edit"


async def test_an_absent_caption_is_removed(sim: Sim) -> None:
    person = await sim.user()
    at = await sent_photo(sim, person)
    assert (await sim.done("editMessageCaption", **at, caption="前"))["caption"] == "前"
    assert "caption" not in await sim.done("editMessageCaption", **at)


async def test_a_text_becomes_a_photo(sim: Sim) -> None:
    person = await sim.user()
    at = await sent(sim, person)
    media = {"type": "photo", "media": "attach://p", "caption": "后"}
    form = aiohttp.FormData()
    for name, value in (at | {"media": json.dumps(media)}).items():
        form.add_field(name, str(value))
    form.add_field("p", picture(), filename="p.jpg")
    async with sim.http.post(f"{sim.url}/bot{TOKEN}/editMessageMedia", data=form) as response:
        assert (await response.json())["ok"]
    shown = (await sim.screen(person))[-1]
    assert shown["caption"] == "后"
    assert "text" not in shown


async def test_a_place_never_becomes_a_photo(sim: Sim) -> None:
    person = await sim.user()
    photo = await sent_photo(sim, person)
    file_id = (await sim.screen(person))[-1]["photo"][-1]["file_id"]
    place = await sim.done("sendLocation", chat_id=person, latitude=31.2, longitude=121.4)
    media = {"type": "photo", "media": file_id}
    at = photo | {"message_id": place["message_id"]}
    why = await sim.refused("editMessageMedia", **at, media=media)
    assert why == "Bad Request: message media can't be edited"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "<x>"}, 'can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
        ({"text": "ok", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "ok", "chat_id": 99}, "chat not found"),
        ({"text": "ok", "chat_id": ""}, "chat_id is empty"),
        ({"text": "ok", "message_id": 7}, "message to edit not found"),
        (
            {"text": "ok", "reply_markup": {"keyboard": [[{"text": "a"}]]}},
            "inline keyboard expected",
        ),
        ({"text": "长" * 4097}, "MESSAGE_TOO_LONG"),
    ],
)
async def test_a_wrong_edit_is_refused_in_the_true_words(
    sim: Sim, change: dict[str, object], why: str
) -> None:
    person = await sim.user()
    at = await sent(sim, person)
    refusal = await sim.refused("editMessageText", **(at | {"parse_mode": "HTML"} | change))
    assert refusal == f"Bad Request: {why}"


async def test_messages_are_deleted_for_two_days(sim: Sim) -> None:
    person = await sim.user()
    at = await sent(sim, person)
    old = await sent(sim, person)
    theirs = (await sim.says(person, "mine"))[0]["message"]["message_id"]
    assert await sim.done("deleteMessage", **at)
    assert await sim.done("deleteMessage", chat_id=person, message_id=theirs)
    assert await sim.refused("deleteMessage", **at) == "Bad Request: message to delete not found"
    sim.advance(48 * 3600)
    assert await sim.refused("deleteMessage", **old) == "Bad Request: message can't be deleted"


async def test_deleting_many_passes_over_what_is_gone(sim: Sim) -> None:
    person = await sim.user()
    ids = [(await sent(sim, person))["message_id"] for _ in range(3)]
    assert await sim.done("deleteMessages", chat_id=person, message_ids=[*ids, 1, 2])
    assert [each["text"] for each in await sim.screen(person)] == ["/start"]
