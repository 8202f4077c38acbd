"""The JSON of what is remembered: users, chats, messages, members (messaging.md 1.7)."""

from typing import Any

from bot.simulator.state import CAPTIONED, JSON, Bot, Chat, ChatKind, ContentKind, Message, Person


def bot_profile(bot_id: int, name: str) -> JSON:
    return {
        "id": bot_id,
        "is_bot": True,
        "first_name": name,
        "username": f"simulated_{bot_id}_bot",
    }


def user_json(person: Person) -> JSON:
    """A person; who deleted the account has neither name nor user name."""
    if person.deleted:
        return {"id": person.id, "is_bot": False, "first_name": ""}
    shown: JSON = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    for key in ("last_name", "username", "language_code"):
        if value := getattr(person, key):
            shown[key] = value
    return shown


def chat_json(chat: Chat, people: dict[int, Person]) -> JSON:
    if chat.kind is not ChatKind.PRIVATE:
        return {"id": chat.id, "type": chat.kind.value, "title": chat.title}
    person = people[chat.id]
    shown: JSON = {"id": chat.id, "type": "private", "first_name": person.first_name}
    for key in ("last_name", "username"):
        if value := getattr(person, key):
            shown[key] = value
    return shown


def author_json(bot: Bot, author: int, people: dict[int, Person]) -> JSON:
    return dict(bot.profile) if author == bot.id else user_json(people[author])


def message_json(
    bot: Bot, chat: Chat, message: Message, people: dict[int, Person], *, deep: bool = True
) -> JSON:
    """A message as this bot sees it; the answered message inside it only one level deep."""
    shown: JSON = {
        "message_id": message.id,
        "from": author_json(bot, message.author, people),
        "chat": chat_json(chat, people),
        "date": message.date,
    }
    if message.origin:
        shown |= origin_fields(message.origin)
    if message.edited:
        shown["edit_date"] = message.edited
    if message.protected:
        shown["has_protected_content"] = True
    if message.album:
        shown["media_group_id"] = message.album
    answered = chat.messages.get(message.reply_to) if message.reply_to else None
    if deep and answered and not answered.deleted:
        shown["reply_to_message"] = message_json(bot, chat, answered, people, deep=False)
    shown |= content_fields(message)
    if message.buttons:
        shown["reply_markup"] = message.buttons
    return shown


def content_fields(message: Message) -> JSON:
    content = message.content
    shown: JSON = dict(content.parts)
    text, entities = "text", "entities"
    if content.kind in CAPTIONED:
        text, entities = "caption", "caption_entities"
    elif content.kind is not ContentKind.TEXT:
        return shown
    if content.text:
        shown[text] = content.text
    if content.entities:
        shown[entities] = list(content.entities)
    return shown


def origin_fields(origin: JSON) -> JSON:
    """The origin and the older fields that are still sent beside it (messaging.md 1.6)."""
    shown: JSON = {"forward_origin": origin, "forward_date": origin["date"]}
    match origin["type"]:
        case "user":
            shown["forward_from"] = origin["sender_user"]
        case "hidden_user":
            shown["forward_sender_name"] = origin["sender_user_name"]
        case "chat":
            shown["forward_from_chat"] = origin["sender_chat"]
        case "channel":
            shown["forward_from_chat"] = origin["chat"]
            shown["forward_from_message_id"] = origin["message_id"]
    return shown


def inaccessible(chat: Chat, message_id: int, people: dict[int, Person]) -> JSON:
    return {"chat": chat_json(chat, people), "message_id": message_id, "date": 0}


def member_json(status: str, user: JSON) -> JSON:
    shown: JSON = {"status": status, "user": user}
    if status == "kicked":
        shown["until_date"] = 0
    if status == "creator":
        shown["is_anonymous"] = False
    if status == "administrator":
        shown |= _administrator_rights()
    return shown


def _administrator_rights() -> JSON:
    granted = ("can_manage_chat", "can_delete_messages", "can_invite_users", "can_pin_messages")
    withheld = (
        "can_be_edited",
        "is_anonymous",
        "can_manage_video_chats",
        "can_restrict_members",
        "can_promote_members",
        "can_change_info",
        "can_post_stories",
        "can_edit_stories",
        "can_delete_stories",
        "can_send_welcome_messages",  # Bot API 10.3
    )
    return dict.fromkeys(granted, True) | dict.fromkeys(withheld, False)


def fingerprint(message: Message) -> tuple[Any, ...]:
    """What must differ for an edit to count as one: content and inline keyboard."""
    content = message.content
    return (content.kind, content.text, list(content.entities), content.parts, message.buttons)
