"""Chats as the bot sees and changes them: pins, reactions, forwards, members."""

from collections.abc import Callable
from dataclasses import replace

from bot.simulator.errors import Words, bad, not_found
from bot.simulator.objects import author_json, chat_json, member_json, message_json
from bot.simulator.origins import origin_of_message
from bot.simulator.outgoing import (
    Delivery,
    Turn,
    caption_of,
    delivery,
    known_chat,
    own_message,
    send,
    shown,
    writable_chat,
)
from bot.simulator.state import CAPTIONED, JSON, Chat, ChatKind, Content, ContentKind, Message
from bot.simulator.world import DAY

_LISTED = """
    ❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯
    🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄
    ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡
"""
#: What bots may react with (the description of ReactionTypeEmoji, Bot API 10.1).
REACTIONS = frozenset(_LISTED.split())


def pin_chat_message(turn: Turn) -> bool:
    """Makes a service message, and an update to the bot itself (messaging.md 1.3)."""
    chat = writable_chat(turn)
    message = own_message(turn, chat, "pin")
    if message.id in chat.pinned:
        return True
    chat.pinned.insert(0, message.id)
    silent = chat.kind is ChatKind.PRIVATE or turn.args.flag("disable_notification")
    world = turn.world
    inside = message_json(turn.bot, chat, message, world.people, deep=False)
    notice = Content(ContentKind.SERVICE, parts={"pinned_message": inside})
    posted = send(turn, notice, Delivery(chat, silent=silent))
    payload = shown(turn, chat, posted)
    world.emit(turn.bot, "message", payload, key=f"chat{chat.id}", lives=DAY)
    return True


def unpin_chat_message(turn: Turn) -> bool:
    """The named message, or the one pinned last."""
    chat = writable_chat(turn)
    if turn.args.whole("message_id"):
        message = own_message(turn, chat, "unpin")
        if message.id in chat.pinned:
            chat.pinned.remove(message.id)
    elif chat.pinned:
        chat.pinned.pop(0)
    turn.world.changed("pin", chat, bot=turn.bot.id)
    return True


def unpin_all_chat_messages(turn: Turn) -> bool:
    chat = writable_chat(turn)
    chat.pinned.clear()
    turn.world.changed("pin", chat, bot=turn.bot.id)
    return True


def set_message_reaction(turn: Turn) -> bool:
    """One emoji of the list, or none to take it back; nobody gets an update in private chats."""
    given = turn.args.a_list("reaction", "can't parse reaction types JSON object")
    chat = writable_chat(turn)
    message = own_message(turn, chat, "react")
    if not all(_is_allowed(each) for each in given):
        raise bad(Words.REACTION)
    if len(given) > 1:
        raise bad("REACTIONS_TOO_MANY")
    message.reactions = list(given)
    turn.world.changed("reaction", chat, bot=turn.bot.id, message_id=message.id)
    return True


def _is_allowed(reaction: object) -> bool:
    if not isinstance(reaction, dict) or reaction.get("type") != "emoji":
        return False
    return str(reaction.get("emoji")).rstrip("\ufe0f") in REACTIONS


def forward_message(turn: Turn) -> JSON:
    how = delivery(turn)
    original = _original(turn, "forward")
    origin = origin_of_message(turn.world, turn.bot, original)
    turn.world.rates.spend(turn.bot.id, how.chat.id)
    return shown(turn, how.chat, send(turn, original.content, replace(how, origin=origin)))


def copy_message(turn: Turn) -> JSON:
    """A new message of the bot's own, without a trace of where it comes from."""
    how = delivery(turn)
    content = _original(turn, "copy").content
    if turn.args.has("caption") and content.kind in CAPTIONED:
        words = caption_of(turn)
        content = replace(content, text=words.text, entities=words.entities)
    turn.world.rates.spend(turn.bot.id, how.chat.id)
    return {"message_id": send(turn, content, how).id}


def _original(turn: Turn, purpose: str) -> Message:
    source = known_chat(turn, "from_chat_id")
    message = source.messages.get(turn.args.whole("message_id"))
    if message is None or message.deleted:
        raise not_found(purpose)
    if message.protected or message.content.kind is ContentKind.SERVICE:
        done = {"forward": "forwarded", "copy": "copied"}[purpose]
        raise bad(f"the message can't be {done}")
    return message


def get_chat(turn: Turn) -> JSON:
    chat = known_chat(turn)
    info: JSON = chat_json(chat, turn.world.people) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if chat.kind is not ChatKind.PRIVATE:
        info["permissions"] = {"can_send_messages": True, "can_pin_messages": True}
    if chat.pinned:
        newest = chat.messages[chat.pinned[0]]
        info["pinned_message"] = message_json(
            turn.bot, chat, newest, turn.world.people, deep=False
        )
    return info


_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat_member(turn: Turn) -> JSON:
    chat = known_chat(turn)
    user_id = turn.args.whole("user_id")
    if user_id == turn.bot.id:
        return member_json(_own_status(chat), dict(turn.bot.profile))
    if user_id not in turn.world.people:
        raise bad("user not found")
    status = "member" if user_id in chat.members else "left"
    return member_json(status, author_json(turn.bot, user_id, turn.world.people))


def _own_status(chat: Chat) -> str:
    if chat.kicked or chat.blocked:
        return "kicked"
    return "administrator" if chat.bot_is_admin else "member"


METHODS: dict[str, Callable[[Turn], object]] = {
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
    "setMessageReaction": set_message_reaction,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
}
