"""Checklist 1 to 5: every way a call can arrive, and the files that come with it."""

import hashlib
import io
import json

import aiohttp
import pytest

from tests.simulator.conftest import TOKEN, Sim, keyboard, picture


def bot(sim: Sim, method: str) -> str:
    return f"{sim.url}/bot{TOKEN}/{method}"


async def test_a_send_by_get_in_capitals_works(sim: Sim) -> None:
    person = await sim.user()
    async with sim.http.get(
        bot(sim, "SENDMESSAGE"), params={"chat_id": person, "text": "你好"}
    ) as response:
        assert (await response.json())["result"]["text"] == "你好"


async def test_the_test_servers_path_is_the_same(sim: Sim) -> None:
    async with sim.http.get(f"{sim.url}/bot{TOKEN}/test/getMe") as response:
        assert (await response.json())["result"]["id"] == 4242


async def test_the_method_may_come_as_a_parameter(sim: Sim) -> None:
    async with sim.http.post(f"{sim.url}/bot{TOKEN}/", data={"method": "getme"}) as response:
        assert (await response.json())["ok"]


async def test_an_unknown_method_is_not_found(sim: Sim) -> None:
    body = await sim.call("sendMoney")
    assert body == {"ok": False, "error_code": 404, "description": "Not Found: method not found"}


@pytest.mark.parametrize("path", ["/nothing", "/bots", "/sendMessage"])
async def test_a_path_without_a_bot_is_not_found(sim: Sim, path: str) -> None:
    async with sim.http.get(sim.url + path) as response:
        assert await response.json() == {
            "ok": False,
            "error_code": 404,
            "description": "Not Found",
        }


async def test_a_malformed_token_is_unauthorised(sim: Sim) -> None:
    async with sim.http.get(f"{sim.url}/botnonsense/getMe") as response:
        body = await response.json()
    assert (response.status, body["description"]) == (
        401,
        "Unauthorized: invalid token specified",
    )


async def test_another_secret_of_a_known_bot_is_unauthorised(sim: Sim) -> None:
    await sim.done("getMe")
    body = await sim.call("getMe", token="4242:another")
    assert body["description"] == "Unauthorized"


async def test_an_unknown_parameter_is_a_warning_in_the_call_log(sim: Sim) -> None:
    person = await sim.user()
    await sim.done("sendMessage", chat_id=person, text="x", disable_notfication=True)
    assert await sim.warnings() == ["unknown parameter disable_notfication"]


async def test_a_mistyped_parameter_is_a_warning_in_the_call_log(sim: Sim) -> None:
    person = await sim.user()
    await sim.done("sendMessage", chat_id=person, text="x", disable_notification="maybe")
    assert await sim.warnings() == [
        "parameter disable_notification is not a boolean: maybe",
    ]


async def test_three_wire_forms_give_identical_results(sim: Sim) -> None:
    person = await sim.user()
    markup = keyboard([("去", "go")])
    text = {"chat_id": person, "text": "<b>早</b>", "parse_mode": "HTML"}
    forms = [
        {"json": text | {"reply_markup": markup}},
        {"json": text | {"reply_markup": json.dumps(markup)}},
        {"data": text | {"reply_markup": json.dumps(markup)}},
    ]
    results = []
    for form in forms:
        async with sim.http.post(bot(sim, "sendMessage"), **form) as response:
            result = (await response.json())["result"]
        results.append({key: result[key] for key in result if key not in {"message_id", "date"}})
    assert results[0] == results[1] == results[2]
    assert results[0]["reply_markup"] == markup


async def test_a_post_without_type_and_body_works(sim: Sim) -> None:
    headers = {"Content-Type": ""}
    async with sim.http.post(
        bot(sim, "getMe"), headers=headers, skip_auto_headers=["Content-Type"]
    ) as response:
        assert (await response.json())["ok"]


async def test_a_photo_by_name_and_by_attachment_is_the_same_message(sim: Sim) -> None:
    person = await sim.user()
    named, attached = aiohttp.FormData(), aiohttp.FormData()
    for form in (named, attached):
        form.add_field("chat_id", str(person))
        form.add_field("caption", "路面")
    named.add_field("photo", picture(), filename="a.jpg", content_type="image/jpeg")
    attached.add_field("photo", "attach://x7")
    attached.add_field("x7", picture(), filename="a.jpg")
    shapes = []
    for form in (named, attached):
        async with sim.http.post(bot(sim, "sendPhoto"), data=form) as response:
            result = (await response.json())["result"]
        sizes = [(each["width"], each["height"], each["file_size"]) for each in result["photo"]]
        shapes.append((result["caption"], sizes))
    assert shapes[0] == shapes[1]
    assert await sim.warnings() == []


async def test_a_dangling_attachment_is_refused(sim: Sim) -> None:
    person = await sim.user()
    media = [{"type": "photo", "media": "attach://gone"}] * 2
    why = await sim.refused("sendMediaGroup", chat_id=person, media=media)
    assert why == "Bad Request: can't parse InputMedia: media not found"
    why = await sim.refused("sendPhoto", chat_id=person, photo="attach://gone")
    assert why == "Bad Request: there is no photo in the request"


async def test_a_file_name_in_chinese_with_quotes_survives(sim: Sim) -> None:
    person = await sim.user()
    name = '现场 "之前".pdf'
    form = aiohttp.FormData(quote_fields=False)
    form.add_field("chat_id", str(person))
    form.add_field("document", b"%PDF-1.7 x", filename=name)
    async with sim.http.post(bot(sim, "sendDocument"), data=form) as response:
        document = (await response.json())["result"]["document"]
    assert document["file_name"] == name
    assert document["mime_type"] == "application/pdf"


async def test_forty_five_megabytes_arrive_untouched(sim: Sim) -> None:
    person = await sim.user()
    data = bytes(range(256)) * (45 << 12)
    form = aiohttp.FormData()
    form.add_field("chat_id", str(person))
    form.add_field("document", io.BytesIO(data), filename="big.bin")
    async with sim.http.post(bot(sim, "sendDocument"), data=form) as response:
        document = (await response.json())["result"]["document"]
    url = f"{sim.url}/sim/files/{document['file_unique_id']}"
    async with sim.http.get(url) as response:
        kept = await response.read()
    assert hashlib.sha256(kept).digest() == hashlib.sha256(data).digest()


async def test_nine_megabytes_of_photo_arrive_and_eleven_do_not(sim: Sim) -> None:
    person = await sim.user()
    small = picture(kind="PNG")
    for size, fits in ((9 << 20, True), (11 << 20, False)):
        form = aiohttp.FormData()
        form.add_field("chat_id", str(person))
        padded = io.BytesIO(small + bytes(size - len(small)))
        form.add_field("photo", padded, filename="a.png")
        async with sim.http.post(bot(sim, "sendPhoto"), data=form) as response:
            body = await response.json()
        assert body["ok"] is fits, body
    assert "too big for a photo; the maximum size is 10485760 bytes" in body["description"]


async def test_more_than_the_server_takes_is_413(sim: Sim) -> None:
    person = await sim.user()
    form = aiohttp.FormData()
    form.add_field("chat_id", str(person))
    form.add_field("document", io.BytesIO(bytes(51 << 20)), filename="a.bin")
    async with sim.http.post(bot(sim, "sendDocument"), data=form) as response:
        body = await response.json()
    assert (response.status, body["description"]) == (413, "Request Entity Too Large")
