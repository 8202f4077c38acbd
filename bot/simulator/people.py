"""What people do with their phones (messaging.md 1.9); each act returns the updates it made."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot.simulator.markup import clean, detect_entities
from bot.simulator.objects import bot_profile, inaccessible, member_json, user_json
from bot.simulator.state import (
    JSON,
    Bot,
    Chat,
    ChatKind,
    Content,
    ContentKind,
    Message,
    Person,
    Press,
    Update,
)
from bot.simulator.world import DAY, PRESS_SECONDS, Unknown, World

SPLIT_LENGTH = 4096


class Impossible(ValueError):
    """Something a phone would not let its owner do, in words."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message a person sends, before it has an id."""

    content: Content
    reply_to: int | None = None
    origin: JSON | None = None
    album: str | None = None
    parted: bool = False


def private_chat(bot: Bot, person: Person) -> Chat:
    """The chat of a person with a bot, opened by the person's first message."""
    if person.id not in bot.chats:
        bot.chats[person.id] = Chat(person.id, ChatKind.PRIVATE, members={person.id})
    return bot.chats[person.id]


def chat_for(world: World, bot: Bot, person: Person, chat_id: int | None) -> Chat:
    """Where a person writes: the private chat, or a group the person is in."""
    if person.deleted:
        raise Impossible("this account is deleted")
    if chat_id is None or chat_id == person.id:
        chat = private_chat(bot, person)
        if chat.blocked:
            raise Impossible("this person has blocked the bot: unblock first")
        return chat
    chat = bot.chats.get(chat_id) or _no_chat(chat_id)
    if chat.upgraded_to is not None:
        return chat_for(world, bot, person, chat.upgraded_to)
    if person.id not in chat.members:
        raise Impossible(f"{person.first_name} is not a member of {chat.title}")
    return chat


def _no_chat(chat_id: int) -> Chat:
    raise Unknown(f"there is no chat {chat_id}")


def typed(text: str) -> list[Content]:
    """A text as the app sends it: cut at 4,096 characters, without any link (messaging.md 0.16)."""
    pieces = [text[at : at + SPLIT_LENGTH] for at in range(0, len(text), SPLIT_LENGTH)]
    shown = [clean(piece) for piece in pieces]
    return [text_content(piece) for piece in shown if piece]


def text_content(
    text: str, kind: ContentKind = ContentKind.TEXT, parts: JSON | None = None
) -> Content:
    return Content(kind, text, tuple(detect_entities(text, [])), parts or {})


def contact(person: Person, given: JSON | None = None) -> Content:
    """A contact; without details the person's own, as the request button sends it."""
    given = given or {}
    shown: JSON = {
        "phone_number": str(given.get("phone_number") or person.phone_number or "+8613800000000"),
        "first_name": str(given.get("first_name") or person.first_name),
    }
    if not given or given.get("user_id"):
        shown["user_id"] = int(given.get("user_id") or person.id)
    if last_name := given.get("last_name"):
        shown["last_name"] = str(last_name)
    return Content(ContentKind.CONTACT, parts={"contact": shown})


def say(world: World, bot: Bot, chat: Chat, person: Person, said: Said) -> Update | None:
    """Put a person's message into the chat, and tell the bot if it may know."""
    if said.reply_to is not None:
        answered = chat.messages.get(said.reply_to)
        if answered is None or answered.deleted:
            raise Unknown(f"there is no message {said.reply_to} on the screen")
    message = Message(
        world.next_id(bot, chat),
        chat.id,
        person.id,
        world.clock.date(),
        said.content,
        reply_to=said.reply_to,
        origin=said.origin,
        album=said.album,
    )
    world.post(bot, chat, message)
    view = chat.view(person.id)
    view.force_reply = None
    if view.keyboard and view.keyboard.get("one_time_keyboard"):
        view.keyboard = None
    if not _bot_sees(bot, chat, message):
        return None
    payload = world.json_of(bot, chat, message)
    return world.emit(bot, "message", payload, key=f"chat{chat.id}", lives=DAY, parted=said.parted)


def _bot_sees(bot: Bot, chat: Chat, message: Message) -> bool:
    """In a group with privacy mode: commands, replies to the bot, mentions (messaging.md 1.6)."""
    if chat.kind is ChatKind.PRIVATE or chat.bot_sees_all or chat.bot_is_admin:
        return True
    if chat.kicked:
        return False
    text = message.content.text
    mentioned = f"@{bot.profile.get('username', '')}" in text
    answered = chat.messages.get(message.reply_to or 0)
    return (
        mentioned or text.startswith("/") or (answered is not None and answered.author == bot.id)
    )


def rewrite(world: World, bot: Bot, chat: Chat, message: Message, text: str) -> Update | None:
    """A person corrects own words: same id, same date, an `edit_date`."""
    kept = message.content
    message.content = text_content(clean(text), kept.kind, kept.parts)
    message.edited = world.clock.date()
    world.changed("edit", chat, bot=bot.id, message_id=message.id)
    if not _bot_sees(bot, chat, message):
        return None
    payload = world.json_of(bot, chat, message)
    return world.emit(bot, "edited_message", payload, key=f"chat{chat.id}", lives=DAY)


def take_back(world: World, bot: Bot, chat: Chat, message: Message) -> None:
    """Deleting makes no update: the bot cannot know (messaging.md 1.9)."""
    message.deleted = True
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    world.changed("delete", chat, bot=bot.id, message_id=message.id)


def press(
    world: World, bot: Bot, chat: Chat, person: Person, message_id: int, data: str
) -> tuple[Press, Update | None]:
    """Touch a button; `data` may be something that no present button has."""
    made = Press(_digits(), person.id, chat.id, message_id, data, world.clock.steady())
    bot.presses[made.id] = made
    chat.view(person.id).unread = 0
    message = chat.messages.get(message_id)
    visible = message is not None and not message.deleted
    payload: JSON = {
        "id": made.id,
        "from": user_json(person),
        "message": world.json_of(bot, chat, message)
        if message is not None and visible
        else inaccessible(chat, message_id, world.people),
        "chat_instance": str(abs(chat.id) * 7919 + 1),
        "data": data,
    }
    update = world.emit(
        bot, "callback_query", payload, key=f"user{person.id}", lives=PRESS_SECONDS
    )
    world.changed("press", chat, bot=bot.id, press=made.id)
    return made, update


def _digits() -> str:
    return str(10**17 + secrets.randbelow(9 * 10**17))


def album_id() -> str:
    return _digits()


def block(world: World, bot: Bot, person: Person) -> list[Update]:
    chat = private_chat(bot, person)
    return [] if chat.blocked else _switch_block(world, bot, chat, person, blocked=True)


def unblock(world: World, bot: Bot, person: Person) -> list[Update]:
    chat = private_chat(bot, person)
    return _switch_block(world, bot, chat, person, blocked=False) if chat.blocked else []


def _switch_block(
    world: World, bot: Bot, chat: Chat, person: Person, *, blocked: bool
) -> list[Update]:
    chat.blocked = blocked
    was, becomes = ("member", "kicked") if blocked else ("kicked", "member")
    made = membership(world, bot, chat, person, was, becomes)
    world.changed("block", chat, bot=bot.id)
    return made


def membership(
    world: World, bot: Bot, chat: Chat, actor: Person, was: str, becomes: str
) -> list[Update]:
    """What the bot is told when its own place in a chat changes."""
    from_chat = chat_head(world, chat)
    me = bot.profile or bot.profile | bot_profile(bot.id, bot.name)
    payload: JSON = {
        "chat": from_chat,
        "from": user_json(actor),
        "date": world.clock.date(),
        "old_chat_member": member_json(was, me),
        "new_chat_member": member_json(becomes, me),
    }
    update = world.emit(bot, "my_chat_member", payload, key=f"chat{chat.id}", lives=DAY)
    return made(update)


def chat_head(world: World, chat: Chat) -> JSON:
    return inaccessible(chat, 0, world.people)["chat"]  # type: ignore[no-any-return]


def made(*updates: Update | None) -> list[Update]:
    return [each for each in updates if each is not None]


def start(world: World, bot: Bot, person: Person, payload: str) -> list[Update]:
    """Press Start, or open a deep link; unblocks first if need be (messaging.md 1.6)."""
    updates = unblock(world, bot, person)
    text = f"/start {payload}".strip()
    chat = chat_for(world, bot, person, None)
    return updates + made(say(world, bot, chat, person, Said(text_content(text))))


def items(contents: Sequence[Content]) -> list[Said]:
    """The items of an album: one id for all, and a place where a poll's answer is cut."""
    album = album_id()
    middle = (len(contents) + 1) // 2
    return [
        Said(content, album=album, parted=at == middle and len(contents) > 1)
        for at, content in enumerate(contents)
    ]
