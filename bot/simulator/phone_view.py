"""What a phone shows: the messages on its screen, and everything around them."""

from bot.simulator.objects import user_json
from bot.simulator.profile import commands_shown
from bot.simulator.state import JSON, Bot, Chat, Person
from bot.simulator.world import ANSWER_SECONDS, World


def chats_of(bot: Bot, person: Person) -> list[Chat]:
    """The person's chats, the private one first."""
    mine = [chat for chat in bot.chats.values() if person.id in chat.members]
    return sorted(mine, key=lambda chat: chat.id != person.id)


def screen(world: World, bot: Bot, person: Person, chat_id: int | None = None) -> list[JSON]:
    """The messages as the phone shows them now, oldest first: edits applied, deleted ones gone."""
    entries = [
        (message.date, message.id, world.json_of(bot, chat, message))
        for chat in chats_of(bot, person)
        if chat_id in {None, chat.id}
        for message in chat.shown()
    ]
    return [shown for _, _, shown in sorted(entries, key=lambda entry: entry[:2])]


def phone_json(world: World, bot: Bot, person: Person) -> JSON:
    """The counters of the whole phone, and the input state of the private chat."""
    chats = chats_of(bot, person)
    private = bot.chats.get(person.id)
    views = [chat.view(person.id) for chat in chats]
    shown: JSON = user_json(person) | {
        "user": user_json(person),
        "bot": bot.id or None,
        "started": private is not None,
        "blocked": bool(private and private.blocked),
        "deleted": person.deleted,
        "unread": sum(view.unread for view in views),
        "loud": sum(view.loud for view in views),
        "pinned": [
            world.json_of(bot, chat, chat.messages[each]) for chat in chats for each in chat.pinned
        ],
        "commands": commands_shown(bot, person),
        "pressed": _unanswered(world, bot, person),
        "menu_button": bot.menu_buttons.get(person.id, bot.menu_buttons.get(0)),
        "chats": [_chat_line(world, bot, chat, person) for chat in chats],
    }
    return shown | _input(world, private, person)


def _unanswered(world: World, bot: Bot, person: Person) -> list[JSON]:
    """Buttons that still show a spinner: pressed, not answered, not given up."""
    newest = world.clock.steady() - ANSWER_SECONDS
    return [
        {"chat_id": press.chat_id, "message_id": press.message_id, "data": press.data}
        for press in bot.presses.values()
        if press.person_id == person.id and press.answer is None and press.at > newest
    ]


def _input(world: World, chat: Chat | None, person: Person) -> JSON:
    if chat is None:
        return dict.fromkeys(("keyboard", "force_reply", "toast", "typing"))
    view = chat.view(person.id)
    typing = view.typing if view.typing_until > world.clock.steady() else None
    return {
        "keyboard": view.keyboard,
        "force_reply": view.force_reply,
        "toast": view.toast,
        "typing": typing,
    }


def _chat_line(world: World, bot: Bot, chat: Chat, person: Person) -> JSON:
    view = chat.view(person.id)
    return {
        "id": chat.id,
        "type": chat.kind.value,
        "title": chat.title or bot.name,
        "unread": view.unread,
        "loud": view.loud,
        "reactions": {str(each.id): each.reactions for each in chat.shown() if each.reactions},
        "silent": [each.id for each in chat.shown() if each.silent],
    } | _input(world, chat, person)
