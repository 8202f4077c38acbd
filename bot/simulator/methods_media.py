"""Photos, documents, albums, and the way to download what people sent."""

from typing import Any

from bot.simulator import attachments
from bot.simulator.attachments import picked
from bot.simulator.errors import Refusal, Words, bad
from bot.simulator.files import DOWNLOAD_BYTES
from bot.simulator.outgoing import (
    Delivery,
    Turn,
    answered_message,
    caption,
    caption_of,
    delivery,
    send,
    shown,
    writable_chat,
)
from bot.simulator.people import album_id
from bot.simulator.state import JSON, Content

ALBUM_ITEMS = 10


async def send_photo(turn: Turn) -> JSON:
    return await _send_file(turn, "photo")


async def send_document(turn: Turn) -> JSON:
    return await _send_file(turn, "document")


async def _send_file(turn: Turn, kind: str) -> JSON:
    source = picked(turn, turn.args.text(kind), kind)
    if source is None:
        raise bad(f"there is no {kind} in the request")
    words = caption_of(turn)
    delivery(turn)  # refuses before the picture costs anything
    content = await attachments.content(turn, kind, source, words)
    how = delivery(turn)
    turn.world.rates.spend(turn.bot.id, how.chat.id)
    return shown(turn, how.chat, send(turn, content, how))


async def send_media_group(turn: Turn) -> list[JSON]:
    """An album: one id, no buttons, a caption on the item that has it (messaging.md 0.4)."""
    items = _media_list(turn)
    writable_chat(turn)
    contents = [await _item(turn, item, number) for number, item in enumerate(items, start=1)]
    chat = writable_chat(turn)
    how = Delivery(
        chat,
        reply_to=answered_message(turn, chat),
        silent=turn.args.flag("disable_notification"),
        protected=turn.args.flag("protect_content"),
        album=album_id() if len(contents) > 1 else None,
    )
    turn.world.rates.spend(turn.bot.id, chat.id, len(contents))
    return [shown(turn, chat, send(turn, content, how)) for content in contents]


def _media_list(turn: Turn) -> list[Any]:
    turn.args.need("media")
    items = turn.args.a_list("media", "can't parse media JSON object")
    if not items:
        raise bad(Words.ALBUM_EMPTY)
    if len(items) > ALBUM_ITEMS:
        raise bad(Words.ALBUM_LONG)
    kinds = {item.get("type") for item in items if isinstance(item, dict)}
    if "document" in kinds and len(kinds) > 1:
        raise bad("document can't be mixed with other media types")
    return items


async def _item(turn: Turn, item: Any, number: int) -> Content:
    kind, source, words = media_item(turn, item)
    try:
        return await attachments.content(turn, kind, source, words)
    except Refusal as refusal:
        why = refusal.message
        raise bad(f'failed to send message #{number} with the error message "{why}"') from None


def media_item(turn: Turn, item: Any) -> tuple[str, Any, Content]:
    """Kind, file and caption of one InputMedia."""
    if not isinstance(item, dict):
        raise bad("can't parse InputMedia: expected an Object")
    kind = str(item.get("type", ""))
    if kind not in {"photo", "document"}:
        raise bad("can't parse InputMedia: type is not one the simulator knows")
    source = picked(turn, str(item.get("media", "")))
    if source is None:
        raise bad("can't parse InputMedia: media not found")
    turn.warnings.extend(
        f"unknown field {name} in InputMedia" for name in item if name not in _ITEM_FIELDS
    )
    mode = str(item.get("parse_mode") or "")
    words = caption(turn, str(item.get("caption") or ""), item.get("caption_entities"), mode)
    return kind, source, words


_ITEM_FIELDS = frozenset(
    {
        "type",
        "media",
        "thumbnail",
        "caption",
        "parse_mode",
        "caption_entities",
        "show_caption_above_media",
        "has_spoiler",
        "disable_content_type_detection",
    }
)


def get_file(turn: Turn) -> JSON:
    """A link for an hour; over 20 MiB there is none (messaging.md 1.4)."""
    if not (file_id := turn.args.text("file_id")):
        raise bad(Words.FILE_ID_EMPTY)
    stored = turn.world.files.find(turn.bot, file_id)
    if stored is None:
        raise bad(Words.FILE_ID_BAD)
    if stored.size > DOWNLOAD_BYTES:
        raise bad(Words.FILE_BIG)
    path = turn.world.files.link(stored)
    return turn.world.files.file_json(turn.bot, stored) | {"file_path": path}


METHODS = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendMediaGroup": send_media_group,
    "getFile": get_file,
}
