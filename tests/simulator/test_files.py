"""Checklist 20 to 23: albums, compressed photos, documents, and links that die."""

import hashlib
import io

import aiohttp
from PIL import Image

from tests.simulator.conftest import TOKEN, Sim, picture


def with_exif() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    return picture(1600, 1200, exif=exif)


def items(updates: list[dict]) -> list[dict]:
    return [each["message"] for each in updates]


async def test_an_album_comes_in_at_least_two_polls(sim: Sim) -> None:
    person = await sim.user()
    photos = [("photo", f"{n}.jpg", picture(100 + n, 90)) for n in range(5)]
    made = await sim.sends(person, *photos, album=1, caption="处置前")
    assert len(made) == 5
    first = await sim.done("getUpdates")
    assert 0 < len(first) < 5
    rest = await sim.done("getUpdates", offset=first[-1]["update_id"] + 1)
    messages = items(first + rest)
    assert len({each["media_group_id"] for each in messages}) == 1
    assert messages[0]["media_group_id"].isdecimal()
    assert [each.get("caption") for each in messages] == ["处置前", None, None, None, None]
    numbers = [each["message_id"] for each in messages]
    assert numbers == list(range(numbers[0], numbers[0] + 5))


async def test_two_albums_at_once_do_not_mix(sim: Sim) -> None:
    people = [await sim.user("甲"), await sim.user("乙")]
    for person in people:
        await sim.sends(
            person,
            ("photo", "a.jpg", picture(90, 90)),
            ("photo", "b.jpg", picture(91, 90)),
            album=1,
        )
    albums = {}
    for message in items(await sim.updates()):
        albums.setdefault(message["media_group_id"], set()).add(message["chat"]["id"])
    assert sorted(albums.values(), key=min) == sorted([{each} for each in people], key=min)


async def test_an_item_may_come_late(sim: Sim) -> None:
    person = await sim.user()
    files = [("photo", "a.jpg", picture(90, 90)), ("photo", "b.jpg", picture(91, 90))]
    assert len(await sim.sends(person, *files, album=1, delay=20)) == 1
    first = items(await sim.updates())
    sim.advance(19)
    assert await sim.updates() == []
    sim.advance(2)
    second = items(await sim.updates())
    assert first[0]["media_group_id"] == second[0]["media_group_id"]


async def test_a_compressed_photo_is_another_picture(sim: Sim) -> None:
    person = await sim.user()
    raw = with_exif()
    (message,) = items(await sim.sends(person, ("photo", "a.jpg", raw)))
    sizes = message["photo"]
    assert len(sizes) >= 3
    assert [each["file_size"] for each in sizes] == sorted(each["file_size"] for each in sizes)
    assert len({each["file_unique_id"] for each in sizes}) == len(sizes)
    data = await download(sim, sizes[-1]["file_id"])
    assert data != raw
    assert len(data) == sizes[-1]["file_size"]
    with Image.open(io.BytesIO(data)) as shown:
        assert not shown.getexif()
        assert shown.size == (sizes[-1]["width"], sizes[-1]["height"]) == (1280, 960)


async def test_a_document_keeps_every_byte(sim: Sim) -> None:
    person = await sim.user()
    raw = with_exif()
    (message,) = items(await sim.sends(person, ("document", "现场 1.jpg", raw)))
    document = message["document"]
    assert (document["file_name"], document["mime_type"]) == ("现场 1.jpg", "image/jpeg")
    data = await download(sim, document["file_id"])
    assert hashlib.sha256(data).digest() == hashlib.sha256(raw).digest()


async def download(sim: Sim, file_id: str) -> bytes:
    path = (await sim.done("getFile", file_id=file_id))["file_path"]
    async with sim.http.get(f"{sim.url}/file/bot{TOKEN}/{path}") as response:
        assert response.status == 200
        return await response.read()


async def test_a_forward_keeps_the_unique_id_and_an_upload_does_not(sim: Sim) -> None:
    person = await sim.user()
    raw = picture(300, 200)
    (first,) = items(await sim.sends(person, ("photo", "a.jpg", raw)))
    (again,) = items(await sim.sends(person, ("photo", "a.jpg", raw)))
    forwarded = await sim.done(
        "forwardMessage", chat_id=person, from_chat_id=person, message_id=first["message_id"]
    )
    resent = await sim.done("sendPhoto", chat_id=person, photo=first["photo"][0]["file_id"])
    ids = [
        [size["file_unique_id"] for size in message["photo"]]
        for message in (first, forwarded, resent, again)
    ]
    assert ids[0] == ids[1] == ids[2]
    assert set(ids[0]).isdisjoint(ids[3])


async def test_file_ids_differ_between_bots(sim: Sim) -> None:
    person = await sim.user()
    (message,) = items(await sim.sends(person, ("photo", "a.jpg", picture(90, 90))))
    body = await sim.call("getFile", token="77:another", file_id=message["photo"][0]["file_id"])
    assert body["description"] == "Bad Request: invalid file_id"


async def test_a_link_lives_one_hour(sim: Sim) -> None:
    person = await sim.user()
    (message,) = items(await sim.sends(person, ("document", "a.pdf", b"%PDF-1.7 ...")))
    file_id = message["document"]["file_id"]
    path = (await sim.done("getFile", file_id=file_id))["file_path"]
    sim.advance(61 * 60)
    async with sim.http.get(f"{sim.url}/file/bot{TOKEN}/{path}") as response:
        assert (await response.json())["error_code"] == response.status == 404
    assert await download(sim, file_id) == b"%PDF-1.7 ..."


async def test_a_path_upwards_is_refused(sim: Sim) -> None:
    await sim.done("getMe")
    for path in ("..%2f..%2fetc%2fpasswd", "documents/../../x"):
        async with sim.http.get(f"{sim.url}/file/bot{TOKEN}/{path}") as response:
            assert response.status == 404


async def test_more_than_twenty_megabytes_cannot_be_fetched(sim: Sim) -> None:
    person = await sim.user()
    form = aiohttp.FormData()
    form.add_field("document", io.BytesIO(bytes((20 << 20) + 1)), filename="a.bin")
    async with sim.http.post(f"{sim.url}/sim/users/{person}/messages", data=form) as response:
        (update,) = await response.json()
    file_id = update["message"]["document"]["file_id"]
    assert await sim.refused("getFile", file_id=file_id) == "Bad Request: file is too big"
    assert await sim.refused("getFile") == "Bad Request: file_id not specified"
    assert await sim.refused("getFile", file_id="x") == "Bad Request: invalid file_id"


async def test_an_album_goes_out_whole_and_without_buttons(sim: Sim) -> None:
    person = await sim.user()
    (one,) = items(await sim.sends(person, ("photo", "a.jpg", picture(90, 90))))
    media = [
        {"type": "photo", "media": one["photo"][0]["file_id"], "caption": caption}
        for caption in ("前", "后")
    ]
    sent = await sim.done(
        "sendMediaGroup", chat_id=person, media=media, reply_markup={"inline_keyboard": []}
    )
    assert [each["caption"] for each in sent] == ["前", "后"]
    assert len({each["media_group_id"] for each in sent}) == 1
    assert await sim.warnings() == ["unknown parameter reply_markup"]


async def test_faulty_albums_are_refused(sim: Sim) -> None:
    person = await sim.user()
    (one,) = items(await sim.sends(person, ("photo", "a.jpg", picture(90, 90))))
    photo = {"type": "photo", "media": one["photo"][0]["file_id"]}
    wrong = {"type": "document", "media": one["photo"][0]["file_id"]}
    refusals = [
        await sim.refused("sendMediaGroup", chat_id=person, media=media)
        for media in ([], [photo] * 11, [wrong, wrong], "")
    ]
    wrong_kind = (
        "Bad Request: failed to send message #1 with the error message"
        ' "can\'t use file of type Photo as Document"'
    )
    assert refusals == [
        "Bad Request: there are no messages to send",
        "Bad Request: too many messages to send as an album",
        wrong_kind,
        'Bad Request: parameter "media" is required',
    ]


async def test_what_is_no_photo_is_refused(sim: Sim) -> None:
    person = await sim.user()
    for name, data, why in (
        ("a.jpg", b"no picture", "IMAGE_PROCESS_FAILED"),
        ("a.png", picture(1000, 40, "PNG"), "PHOTO_INVALID_DIMENSIONS"),
        (
            "a.heic",
            b"x",
            "photo has unsupported extension. Use one of .jpg, .jpeg, .gif, .png, .tif or .bmp",
        ),
    ):
        form = aiohttp.FormData()
        form.add_field("chat_id", str(person))
        form.add_field("photo", data, filename=name)
        async with sim.http.post(f"{sim.url}/bot{TOKEN}/sendPhoto", data=form) as response:
            assert (await response.json())["description"] == f"Bad Request: {why}"


async def test_wrong_file_ids_are_refused(sim: Sim) -> None:
    person = await sim.user()
    (one,) = items(await sim.sends(person, ("photo", "a.jpg", picture(90, 90))))
    why = await sim.refused("sendDocument", chat_id=person, document=one["photo"][0]["file_id"])
    assert why == "Bad Request: can't use file of type Photo as Document"
    why = await sim.refused("sendPhoto", chat_id=person, photo="AgAC")
    assert why == "Bad Request: wrong file identifier/HTTP URL specified"
