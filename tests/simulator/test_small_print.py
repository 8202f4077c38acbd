"""The rarer refusals and corners of the methods (messaging.md 1.3 to 1.5)."""

import io
import json
from typing import Any

import aiohttp
import pytest

from tests.simulator.conftest import TOKEN, Sim, keyboard, picture


async def sent_in(sim: Sim, person: int, part: str, name: str, data: bytes) -> dict[str, Any]:
    (update,) = await sim.sends(person, (part, name, data))
    message: dict[str, Any] = update["message"]
    return message


async def test_a_file_is_only_what_it_was_sent_as(sim: Sim) -> None:
    person = await sim.user()
    document = (await sent_in(sim, person, "document", "a.pdf", b"%PDF-1.7"))["document"]
    again = await sim.done("sendDocument", chat_id=person, document=document["file_id"])
    assert again["document"] == document
    why = await sim.refused("sendPhoto", chat_id=person, photo=document["file_id"])
    assert why == "Bad Request: can't use file of type Document as Photo"
    why = await sim.refused("sendPhoto", chat_id=person, photo="https://example.org/a.jpg")
    assert why == "Bad Request: failed to get HTTP URL content"


async def test_an_empty_file_is_refused(sim: Sim) -> None:
    person = await sim.user()
    form = aiohttp.FormData()
    form.add_field("chat_id", str(person))
    form.add_field("document", b"", filename="a.txt")
    async with sim.http.post(f"{sim.url}/bot{TOKEN}/sendDocument", data=form) as response:
        assert (await response.json())["description"] == "Bad Request: file must be non-empty"


async def test_an_album_holds_what_belongs_together(sim: Sim) -> None:
    person = await sim.user()
    photo = (await sent_in(sim, person, "photo", "a.jpg", picture(90, 90)))["photo"][0]
    items = [{"type": kind, "media": photo["file_id"]} for kind in ("photo", "document")]
    why = await sim.refused("sendMediaGroup", chat_id=person, media=items)
    assert why == "Bad Request: document can't be mixed with other media types"
    why = await sim.refused("sendMediaGroup", chat_id=person, media=[{"type": "hologram"}])
    assert why.startswith("Bad Request: can't parse InputMedia")
    odd = [{"type": "photo", "media": photo["file_id"], "captoin": "x"}]
    assert len(await sim.done("sendMediaGroup", chat_id=person, media=odd)) == 1
    assert await sim.warnings() == ["unknown field captoin in InputMedia"]


async def test_the_kind_of_an_album_item_stays(sim: Sim) -> None:
    person = await sim.user()
    photo = (await sent_in(sim, person, "photo", "a.jpg", picture(90, 90)))["photo"][0]
    document = (await sent_in(sim, person, "document", "a.pdf", b"%PDF-1.7"))["document"]
    media = [{"type": "photo", "media": photo["file_id"]}] * 2
    album = await sim.done("sendMediaGroup", chat_id=person, media=media)
    change = {"type": "document", "media": document["file_id"]}
    at = {"chat_id": person, "message_id": album[0]["message_id"]}
    why = await sim.refused("editMessageMedia", **at, media=change)
    assert why == "Bad Request: can't use media of the specified type in the album"


async def test_pins_are_taken_off_one_by_one_or_all(sim: Sim) -> None:
    person = await sim.user()
    ids = [
        (await sim.done("sendMessage", chat_id=person, text=text))["message_id"] for text in "abc"
    ]
    for message_id in [*ids, ids[0]]:
        await sim.done("pinChatMessage", chat_id=person, message_id=message_id)
    assert [each["text"] for each in (await sim.phone(person))["pinned"]] == ["c", "b", "a"]
    await sim.done("unpinChatMessage", chat_id=person, message_id=ids[1])
    await sim.done("deleteMessage", chat_id=person, message_id=ids[2])
    assert [each["text"] for each in (await sim.phone(person))["pinned"]] == ["a"]
    await sim.done("unpinAllChatMessages", chat_id=person)
    assert (await sim.phone(person))["pinned"] == []


async def test_more_than_one_reaction_is_too_many(sim: Sim) -> None:
    person = await sim.user()
    sent = await sim.done("sendMessage", chat_id=person, text="x")
    both = [{"type": "emoji", "emoji": emoji} for emoji in "👍👎"]
    at = {"chat_id": person, "message_id": sent["message_id"]}
    assert await sim.refused("setMessageReaction", **at, reaction=both) == (
        "Bad Request: REACTIONS_TOO_MANY"
    )
    why = await sim.refused("setMessageReaction", chat_id=person, message_id=1, reaction=[])
    assert why == "Bad Request: message to react not found"


async def test_a_copied_photo_may_get_another_caption(sim: Sim) -> None:
    person = await sim.user()
    photo = await sent_in(sim, person, "photo", "a.jpg", picture(90, 90))
    at = {"chat_id": person, "from_chat_id": person, "message_id": photo["message_id"]}
    await sim.done("copyMessage", **at, caption="<b>后</b>", parse_mode="HTML")
    assert (await sim.screen(person))[-1]["caption"] == "后"


async def test_in_a_group_only_an_administrator_deletes_others_words(sim: Sim) -> None:
    person = await sim.user()
    for admin in (False, True):
        group = await sim.sim("POST", "/groups", title="群", members=[person], admin=admin)
        (update,) = await sim.says(person, "/go", chat_id=group["id"])
        at = {"chat_id": group["id"], "message_id": update["message"]["message_id"]}
        body = await sim.call("deleteMessage", **at)
        assert body["ok"] is admin
        status = await sim.done("getChatMember", chat_id=group["id"], user_id=4242)
        assert status["status"] == ("administrator" if admin else "member")
    why = await sim.refused("getChatMember", chat_id=person, user_id=1)
    assert why == "Bad Request: user not found"


@pytest.mark.parametrize(
    ("ids", "why"),
    [
        ([], "message identifiers are not specified"),
        (list(range(101)), "too many message identifiers specified"),
        (["x"], "can't parse message identifiers JSON object"),
        ("", 'parameter "message_ids" is required'),
    ],
)
async def test_wrong_lists_of_messages_are_refused(sim: Sim, ids: Any, why: str) -> None:
    person = await sim.user()
    refusal = await sim.refused("deleteMessages", chat_id=person, message_ids=ids)
    assert refusal == f"Bad Request: {why}"


@pytest.mark.parametrize(
    ("method", "given", "why"),
    [
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": "b"}] * 101},
            "BOT_COMMANDS_TOO_MUCH",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": ["a"]},
            "can't parse BotCommand: expected an Object with a String field command",
        ),
        (
            "getMyCommands",
            {"scope": {"type": "galaxy"}},
            "can't parse BotCommandScope: unsupported type specified",
        ),
        ("getMyCommands", {"scope": {"type": "chat", "chat_id": 9}}, "chat not found"),
        ("setMyDescription", {"description": "长" * 513}, "bot description is too long"),
        ("setMyShortDescription", {"short_description": "长" * 121}, None),
        ("setMyName", {"name": "长" * 65}, "bot name is too long"),
        (
            "setChatMenuButton",
            {"menu_button": {"type": "lever"}},
            "can't parse MenuButton: unsupported type specified",
        ),
    ],
)
async def test_a_profile_has_its_limits(
    sim: Sim, method: str, given: dict[str, Any], why: str | None
) -> None:
    why = why or "bot short description is too long"
    assert await sim.refused(method, **given) == f"Bad Request: {why}"


@pytest.mark.parametrize("body", ["{", "[1]"])
async def test_a_body_that_is_no_object_is_refused(sim: Sim, body: str) -> None:
    headers = {"Content-Type": "application/json"}
    url = f"{sim.url}/bot{TOKEN}/getMe"
    async with sim.http.post(url, data=body, headers=headers) as response:
        assert response.status == 400
    async with sim.http.post(url, data="", headers=headers) as response:
        assert response.status == 200


async def test_an_unknown_content_type_leaves_only_the_query(sim: Sim) -> None:
    person = await sim.user()
    headers = {"Content-Type": "text/plain"}
    url = f"{sim.url}/bot{TOKEN}/sendMessage?chat_id={person}"
    async with sim.http.post(url, data="text=x", headers=headers) as response:
        assert (await response.json())["description"] == "Bad Request: message text is empty"


async def test_parameters_have_a_megabyte_of_room(sim: Sim) -> None:
    form = io.BytesIO(b"chat_id=1&text=" + b"a" * (1 << 20))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    url = f"{sim.url}/bot{TOKEN}/sendMessage"
    async with sim.http.post(url, data=form, headers=headers) as response:
        assert response.status == 413


async def test_more_than_fifty_files_are_too_many(sim: Sim) -> None:
    form = aiohttp.FormData()
    for number in range(51):
        form.add_field(f"f{number}", b"x", filename="x")
    async with sim.http.post(f"{sim.url}/bot{TOKEN}/getMe", data=form) as response:
        assert response.status == 413


async def test_a_spoiled_press_and_a_spoiled_album(sim: Sim) -> None:
    person = await sim.user()
    await sim.done("sendMessage", chat_id=person, text="x", reply_markup=keyboard([("去", "g")]))
    await sim.sim("POST", "/faults", kind="unknown_update_tag")
    await sim.press(person, label="去")
    (update,) = await sim.updates()
    assert update["callback_query"]["message"]["forward_origin"]["type"] == "a_kind_of_tomorrow"
    photo = (await sent_in(sim, person, "photo", "a.jpg", picture(90, 90)))["photo"][0]
    await sim.sim("POST", "/faults", kind="unknown_reply_tag", method="sendMediaGroup")
    media = [{"type": "photo", "media": photo["file_id"]}] * 2
    album = await sim.done("sendMediaGroup", chat_id=person, media=media)
    assert all("forward_origin" in each for each in album)


async def test_the_simulator_tells_of_itself(sim: Sim) -> None:
    person = await sim.user()
    moved = await sim.sim("POST", "/clock", now=1_900_000_000)
    assert moved["now"] >= 1_900_000_000
    assert [each["id"] for each in await sim.sim("GET", "/bots")] == [4242]
    await sim.sim("GET", "/files/nothing", expects=404)
    await sim.sim("POST", "/groups/-7/upgrade", expects=404)
    await sim.sim("POST", "/rates", expects=400, mode="sometimes")
    last = (await sim.sim("GET", "/calls"))[-1]["n"]
    await sim.done("sendMessage", chat_id=person, text="x")
    (call,) = await sim.sim("GET", f"/calls?since={last}")
    assert (call["method"], call["parameters"]["text"]) == ("sendMessage", "x")
    assert (call["status"], call["answer"]["ok"]) == (200, True)


async def test_words_to_an_upgraded_group_reach_the_new_one(sim: Sim) -> None:
    person = await sim.user()
    group = await sim.sim("POST", "/groups", title="群", members=[person])
    new = (await sim.sim("POST", f"/groups/{group['id']}/upgrade"))["chat"]["id"]
    (update,) = await sim.says(person, "/go", chat_id=group["id"])
    assert update["message"]["chat"]["id"] == new


async def test_a_place_off_the_globe_is_refused(sim: Sim) -> None:
    person = await sim.user()
    for latitude, why in (
        (91, "Bad Request: wrong location specified"),
        ("north", 'Bad Request: parameter "latitude" is invalid'),
    ):
        given = {"chat_id": person, "latitude": latitude, "longitude": 0}
        assert await sim.refused("sendLocation", **given) == why


async def test_one_object_tells_the_same_in_every_form(sim: Sim) -> None:
    """An inline keyboard survives the way through text, store and screen (6.2)."""
    person = await sim.user()
    markup = keyboard([("签收", "a"), ("拒绝", "b")])
    await sim.done("sendMessage", chat_id=person, text="卡", reply_markup=json.dumps(markup))
    assert (await sim.screen(person))[-1]["reply_markup"] == markup
