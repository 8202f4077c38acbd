"""Sending words and places, and answering presses."""

from bot.simulator.errors import Words, bad
from bot.simulator.outgoing import (
    Turn,
    check_length,
    delivery,
    message_text,
    send,
    shown,
    writable_chat,
)
from bot.simulator.state import JSON, Content, ContentKind
from bot.simulator.world import ANSWER_SECONDS

ANSWER_LENGTH = 200


def send_message(turn: Turn) -> JSON:
    content = message_text(turn)
    check_length(content, Words.TEXT_LONG)
    how = delivery(turn)
    turn.world.rates.spend(turn.bot.id, how.chat.id)
    return shown(turn, how.chat, send(turn, content, how))


def send_location(turn: Turn) -> JSON:
    return _send_place(turn, ContentKind.LOCATION, {"location": location(turn)})


def send_venue(turn: Turn) -> JSON:
    """A venue carries its position twice, as the real one does (messaging.md 1.3)."""
    place = location(turn)
    venue = {"location": place, "title": turn.args.need("title")}
    venue["address"] = turn.args.need("address")
    return _send_place(turn, ContentKind.VENUE, {"location": place, "venue": venue})


def location(turn: Turn) -> JSON:
    latitude, longitude = turn.args.number("latitude"), turn.args.number("longitude")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad("wrong location specified")
    place: JSON = {"latitude": latitude, "longitude": longitude}
    if turn.args.has("horizontal_accuracy"):
        place["horizontal_accuracy"] = turn.args.number("horizontal_accuracy")
    return place


def _send_place(turn: Turn, kind: ContentKind, parts: JSON) -> JSON:
    how = delivery(turn)
    turn.world.rates.spend(turn.bot.id, how.chat.id)
    return shown(turn, how.chat, send(turn, Content(kind, parts=parts), how))


def send_chat_action(turn: Turn) -> bool:
    """The typing line: 5 seconds, or until the next message."""
    action = turn.args.text("action").lower()
    if action not in ACTIONS:
        raise bad(Words.ACTION)
    chat = writable_chat(turn)
    for person_id in chat.members:
        view = chat.view(person_id)
        view.typing, view.typing_until = action, turn.world.clock.steady() + 5
    turn.world.changed("typing", chat, bot=turn.bot.id)
    return True


ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def answer_callback_query(turn: Turn) -> bool:
    """Once, and soon: people's apps give up after some 15 s (messaging.md 1.3)."""
    world, press = turn.world, turn.bot.presses.get(turn.args.text("callback_query_id"))
    if len(turn.args.text("text")) > ANSWER_LENGTH:
        raise bad(Words.ANSWER_LONG)
    late = press is not None and world.clock.steady() - press.at > ANSWER_SECONDS
    if press is None or press.answer is not None or late:
        raise bad(Words.QUERY_OLD)
    press.answer = {
        "text": turn.args.text("text") or None,
        "show_alert": turn.args.flag("show_alert"),
    }
    if url := turn.args.text("url"):
        press.answer["url"] = url
    chat = turn.bot.chats[press.chat_id]
    chat.view(press.person_id).toast = press.answer | {"at": world.clock.date()}
    world.changed("answer", chat, bot=turn.bot.id, press=press.id)
    return True


METHODS = {
    "sendMessage": send_message,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
}
