"""What people do with their phones (messaging.md 1.9); each act returns the updates it made."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot.simulator.markup import clean, detect_entities
from bot.simulator.objects import chat_json, inaccessible, member_json, user_json
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
    View,
)
from bot.simulator.world import DAY, PRESS_SECONDS, NotThereError, World

SPLIT_LENGTH = 4096


class ImpossibleError(ValueError):
    """Something a phone would not let its owner do, in words."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A person in a chat with a bot: where everything people do takes place."""

    world: World
    bot: Bot
    chat: Chat
    person: Person


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


def scene(world: World, bot: Bot, person: Person, chat_id: int | None = None) -> Scene:
    """Where a person writes: the private chat, or a group the person is in."""
    if person.deleted:
        raise ImpossibleError("this account is deleted")
    if chat_id is None or chat_id == person.id:
        chat = private_chat(bot, person)
        if chat.blocked:
            raise ImpossibleError("this person has blocked the bot: unblock first")
        return Scene(world, bot, chat, person)
    if chat_id not in bot.chats:
        raise NotThereError(f"there is no chat {chat_id}")
    chat = bot.chats[chat_id]
    if chat.upgraded_to is not None:
        return scene(world, bot, person, chat.upgraded_to)
    if person.id not in chat.members:
        raise ImpossibleError(f"{person.first_name} is not a member of {chat.title}")
    return Scene(world, bot, chat, person)


def typed(text: str) -> list[Content]:
    """A text as the app sends it: cut at 4,096 characters, with no link (messaging.md 0.16)."""
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


def say(at: Scene, said: Said) -> list[Update]:
    """Put a person's message into the chat, and tell the bot if it may know."""
    world, bot, chat = at.world, at.bot, at.chat
    if said.reply_to is not None:
        visible(chat, said.reply_to)
    message = Message(
        world.next_id(bot, chat),
        chat.id,
        at.person.id,
        world.clock.date(),
        said.content,
        reply_to=said.reply_to,
        origin=said.origin,
        album=said.album,
    )
    world.post(bot, chat, message)
    _put_away_keyboard(chat.view(at.person.id))
    return _report(at, "message", message, parted=said.parted)


def _put_away_keyboard(view: View) -> None:
    view.force_reply = None
    if view.keyboard and view.keyboard.get("one_time_keyboard"):
        view.keyboard = None


def visible(chat: Chat, message_id: int) -> Message:
    """A message that is on the screen."""
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise NotThereError(f"there is no message {message_id} on the screen")
    return message


def _report(at: Scene, kind: str, message: Message, *, parted: bool = False) -> list[Update]:
    if not _bot_sees(at.bot, at.chat, message):
        return []
    payload = at.world.json_of(at.bot, at.chat, message)
    key = f"chat{at.chat.id}"
    return made(at.world.emit(at.bot, kind, payload, key=key, lives=DAY, parted=parted))


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


def rewrite(at: Scene, message: Message, text: str) -> list[Update]:
    """A person corrects own words: same id, same date, an `edit_date`."""
    if message.author != at.person.id:
        raise ImpossibleError("people edit only their own messages")
    kept = message.content
    message.content = text_content(clean(text), kept.kind, kept.parts)
    message.edited = at.world.clock.date()
    at.world.changed("edit", at.chat, bot=at.bot.id, message_id=message.id)
    return _report(at, "edited_message", message)


def take_back(at: Scene, message: Message) -> None:
    """Deleting makes no update: the bot cannot know (messaging.md 1.9)."""
    message.deleted = True
    if message.id in at.chat.pinned:
        at.chat.pinned.remove(message.id)
    at.world.changed("delete", at.chat, bot=at.bot.id, message_id=message.id)


def press(at: Scene, message_id: int, data: str) -> Press:
    """Touch a button; `data` may be something that no present button has."""
    world, bot, chat, person = at.world, at.bot, at.chat, at.person
    touched = Press(_digits(), person.id, chat.id, message_id, data, world.clock.steady())
    bot.presses[touched.id] = touched
    chat.view(person.id).unread = 0
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        shown = inaccessible(chat, message_id, world.people)
    else:
        shown = world.json_of(bot, chat, message)
    payload: JSON = {
        "id": touched.id,
        "from": user_json(person),
        "message": shown,
        "chat_instance": str(abs(chat.id) * 7919 + 1),
        "data": data,
    }
    key = f"user{person.id}"
    world.emit(bot, "callback_query", payload, key=key, lives=PRESS_SECONDS)
    world.changed("press", chat, bot=bot.id, press=touched.id)
    return touched


def _digits() -> str:
    return str(10**17 + secrets.randbelow(9 * 10**17))


def album_id() -> str:
    return _digits()


def block(world: World, bot: Bot, person: Person) -> list[Update]:
    chat = private_chat(bot, person)
    if chat.blocked:
        return []
    return _switch_block(Scene(world, bot, chat, person), blocked=True)


def unblock(world: World, bot: Bot, person: Person) -> list[Update]:
    chat = private_chat(bot, person)
    if not chat.blocked:
        return []
    return _switch_block(Scene(world, bot, chat, person), blocked=False)


def _switch_block(at: Scene, *, blocked: bool) -> list[Update]:
    at.chat.blocked = blocked
    was, becomes = ("member", "kicked") if blocked else ("kicked", "member")
    at.world.changed("block", at.chat, bot=at.bot.id)
    return membership(at, was, becomes)


def membership(at: Scene, was: str, becomes: str) -> list[Update]:
    """What the bot is told when its own place in a chat changes."""
    world, bot = at.world, at.bot
    payload: JSON = {
        "chat": chat_json(at.chat, world.people),
        "from": user_json(at.person),
        "date": world.clock.date(),
        "old_chat_member": member_json(was, bot.profile),
        "new_chat_member": member_json(becomes, bot.profile),
    }
    return made(world.emit(bot, "my_chat_member", payload, key=f"chat{at.chat.id}", lives=DAY))


def made(*updates: Update | None) -> list[Update]:
    return [each for each in updates if each is not None]


def start(world: World, bot: Bot, person: Person, payload: str) -> list[Update]:
    """Press Start, or open a deep link; unblocks first if need be (messaging.md 1.6)."""
    updates = unblock(world, bot, person)
    text = f"/start {payload}".strip()
    return updates + say(scene(world, bot, person), Said(text_content(text)))


def items(contents: Sequence[Content]) -> list[Said]:
    """The items of an album: one id for all, and a place where a poll's answer is cut."""
    album = album_id()
    middle = (len(contents) + 1) // 2
    return [
        Said(content, album=album, parted=at == middle and len(contents) > 1)
        for at, content in enumerate(contents)
    ]
