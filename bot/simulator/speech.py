"""Reading what a person sends over /sim: JSON for words and places, multipart for files."""

import asyncio
import json
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar
from urllib.parse import unquote

from aiohttp import web

from bot.simulator import people
from bot.simulator.markup import clean
from bot.simulator.origins import origin_of, origin_of_message
from bot.simulator.people import Said, Scene
from bot.simulator.pictures import Size, compress, sniff
from bot.simulator.state import JSON, Bot, Content, ContentKind, Person, Update
from bot.simulator.world import World

T = TypeVar("T")


async def hear(world: World, person: Person, request: web.Request) -> list[Update]:
    """Everything a person can send; returns the updates the bot will get for it."""
    if request.content_type == "multipart/form-data":
        return await _hear_files(world, person, request)
    raw = await request.read()
    given = json.loads(raw) if raw.strip() else {}
    bot = _bot(world, given, request)
    at = people.scene(world, bot, person, _number(given.get("chat_id")))
    if "forward" in given:
        return _forward(at, given)
    origin = origin_of(given["forward_origin"], world) if given.get("forward_origin") else None
    reply_to = _number(given.get("reply_to"))
    contents = _contents(at, given)
    return _say_all(at, [Said(each, reply_to, origin) for each in contents])


def _say_all(at: Scene, said: list[Said]) -> list[Update]:
    return [update for each in said for update in people.say(at, each)]


def _bot(world: World, given: JSON, request: web.Request) -> Bot:
    return world.chosen_bot(_number(given.get("bot") or request.query.get("bot")))


def _number(raw: object) -> int | None:
    return int(str(raw)) if raw not in {None, ""} else None


def _contents(at: Scene, given: JSON) -> list[Content]:
    """The messages a JSON body means: several only for a very long text."""
    if place := given.get("venue"):
        location = _location(place.get("location") or place)
        venue = {"location": location, "title": place["title"], "address": place["address"]}
        return [Content(ContentKind.VENUE, parts={"location": location, "venue": venue})]
    if place := given.get("location"):
        return [Content(ContentKind.LOCATION, parts={"location": _location(place)})]
    if "contact" in given:
        return [people.contact(at.person, given["contact"])]
    if "voice" in given or "sticker" in given:
        return [_sound_or_sticker(at.world, at.bot, given)]
    contents = people.typed(str(given["text"]))
    if not contents:
        raise ValueError("an app does not send an empty text")
    return contents


def _location(place: JSON) -> JSON:
    """A position; one from the map has no accuracy (messaging.md 1.6)."""
    location: JSON = {key: float(place[key]) for key in ("latitude", "longitude")}
    if place.get("horizontal_accuracy") is not None:
        location["horizontal_accuracy"] = float(place["horizontal_accuracy"])
    return location


def _sound_or_sticker(world: World, bot: Bot, given: JSON) -> Content:
    """A voice message or a sticker: a few bytes stand for the recording."""
    if "voice" in given:
        stored = world.files.keep(b"OggS" + bytes(60), kind="Voice", mime="audio/ogg")
        shown = world.files.file_json(bot, stored)
        shown |= {"duration": _detail(given["voice"], "duration", 3), "mime_type": "audio/ogg"}
        return Content(ContentKind.VOICE, parts={"voice": shown})
    stored = world.files.keep(b"RIFF" + bytes(60), kind="Sticker", mime="image/webp")
    shown = world.files.file_json(bot, stored)
    shown |= {"type": "regular", "width": 512, "height": 512}
    shown |= {"is_animated": False, "is_video": False}
    shown["emoji"] = _detail(given["sticker"], "emoji", "👍")
    return Content(ContentKind.STICKER, parts={"sticker": shown})


def _detail(given: object, key: str, default: T) -> T:
    return given.get(key, default) if isinstance(given, dict) else default


@dataclass(slots=True)
class _Parcel:
    """A multipart body: its text fields and its files in order."""

    fields: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, str, bytes]] = field(default_factory=list)


async def _unpack(request: web.Request) -> _Parcel:
    parcel = _Parcel()
    for name, value in (await request.post()).items():
        if isinstance(value, str):
            parcel.fields[name] = value
        elif isinstance(value, web.FileField) and name.startswith(("photo", "document")):
            parcel.files.append((name, unquote(value.filename), value.file.read()))
        else:
            raise ValueError("no part named photo or document")
    return parcel


async def _hear_files(world: World, person: Person, request: web.Request) -> list[Update]:
    """Photos and documents; the caption stands on the first; `album` makes them one."""
    parcel = await _unpack(request)
    fields = parcel.fields
    bot = _bot(world, fields, request)
    at = people.scene(world, bot, person, _number(fields.get("chat_id")))
    pictures = {
        place: await asyncio.to_thread(compress, data)
        for place, (name, _, data) in enumerate(parcel.files)
        if name.startswith("photo")
    }
    contents = [
        _picture(at, pictures[place]) if place in pictures else _document(at, name, data)
        for place, (_, name, data) in enumerate(parcel.files)
    ]
    if not contents:
        raise ValueError("no part named photo or document")
    if fields.get("caption"):
        contents[0] = _captioned(contents[0], fields["caption"])
    together = fields.get("album", "").lower() in {"1", "true", "yes"}
    said = people.items(contents) if together else [Said(each) for each in contents]
    reply_to = _number(fields.get("reply_to"))
    origin = json.loads(fields["forward_origin"]) if fields.get("forward_origin") else None
    origin = origin_of(origin, world) if origin else None
    said = [replace(each, reply_to=reply_to, origin=origin) for each in said]
    late = int(fields.get("late") or len(said) - 1)
    return _one_after_the_other(at, said, float(fields.get("delay") or 0), late)


def _picture(at: Scene, sizes: list[Size]) -> Content:
    files = at.world.files
    family = files.keep_picture([(each.data, each.width, each.height) for each in sizes])
    return Content(ContentKind.PHOTO, parts={"photo": files.photo_json(at.bot, family)})


def _document(at: Scene, name: str, data: bytes) -> Content:
    files = at.world.files
    stored = files.keep(data, kind="Document", name=name, mime=sniff(data, name))
    return Content(ContentKind.DOCUMENT, parts={"document": files.document_json(at.bot, stored)})


def _captioned(content: Content, caption: str) -> Content:
    return people.text_content(clean(caption), content.kind, content.parts)


def _one_after_the_other(at: Scene, said: list[Said], delay: float, late: int) -> list[Update]:
    """The last `late` ones so many seconds (of the movable clock) apart, all others now."""
    if not delay:
        return _say_all(at, said)
    in_time = len(said) - late
    for place, each in enumerate(said[in_time:], start=1):
        at.world.later(place * delay, partial(_say_all, at, [each]))
    return _say_all(at, said[:in_time])


def _forward(at: Scene, given: JSON) -> list[Update]:
    """Forward messages on the screen to the bot: origin kept, buttons lost, albums stay albums."""
    asked = given["forward"]
    ids = [int(each) for each in asked] if isinstance(asked, list) else [int(asked)]
    source = people.scene(at.world, at.bot, at.person, _number(given.get("from_chat_id"))).chat
    found = [people.visible(source, each) for each in ids]
    album = people.album_id() if len(found) > 1 and all(each.album for each in found) else None
    return _say_all(
        at,
        [
            Said(each.content, origin=origin_of_message(at.world, at.bot, each), album=album)
            for each in found
        ],
    )
