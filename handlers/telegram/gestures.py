"""What a person did, out of what Telegram says about it; pure.

A person's address is the account that acted, never the group it acted in. Outside a private
chat message ids mean nothing to that address, so they are left out (messaging.md 6.30).
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, TypedDict

from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import (
    CallbackQuery,
    ChatMemberUpdated,
    Document,
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    User,
)

from bot.chat import (
    Corrected,
    GaveContact,
    Gesture,
    Handed,
    Joined,
    Left,
    Placed,
    Pressed,
    Said,
    Showed,
)
from bot.plain import one_line, printable
from workflows.cases.case import PhotoRef, Picture, Point
from workflows.notices import Address

TRANSPORT: Final = "telegram"
_PICTURE_NAMES: Final = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
_USELESS: Final = frozenset(
    {
        ContentType.ANIMATION,
        ContentType.AUDIO,
        ContentType.CHECKLIST,
        ContentType.DICE,
        ContentType.GAME,
        ContentType.PAID_MEDIA,
        ContentType.POLL,
        ContentType.RICH_MESSAGE,
        ContentType.STICKER,
        ContentType.STORY,
        ContentType.UNKNOWN,
        ContentType.VIDEO,
        ContentType.VIDEO_NOTE,
        ContentType.VOICE,
    }
)
"""What people send and we cannot use; every other kind is a service message."""


class _Base(TypedDict):
    address: Address
    said_at: datetime | None
    about: str | None
    private: bool
    cause: str
    name: str
    language: str


def heard(message: Message, cause: str) -> Gesture | None:
    """What a new message means, or None if nobody said anything (service messages)."""
    base = _base(message, cause)
    reading = _READINGS.get(ContentType(message.content_type))
    return None if base is None or reading is None else reading(message, base)


def corrected(message: Message, cause: str) -> Gesture | None:
    """New words for an old message; None for steps of a live location and the like."""
    base = _base(message, cause)
    text = message.text or message.caption
    if base is None or text is None:
        return None
    if message.edit_date:
        base["said_at"] = datetime.fromtimestamp(message.edit_date, UTC)
    words, number = printable(text), _number(message)
    return Corrected(**base, text=words, message=number, of_picture=message.caption is not None)


def pressed(press: CallbackQuery, cause: str) -> Gesture | None:
    """A button; the message it was on may be gone by now. A press has no time of its own."""
    if press.data is None:
        return None
    on = press.message
    private = on is not None and on.chat.type == ChatType.PRIVATE
    about = str(on.message_id) if on is not None and private else None
    base = _person(press.from_user, cause, said_at=None, about=about, private=private)
    return Pressed(**base, token=printable(press.data), press_id=press.id)


def came_or_went(change: ChatMemberUpdated, cause: str) -> Gesture | None:
    """A person blocked the bot or took it back; what happens in groups is no gesture."""
    if change.chat.type != ChatType.PRIVATE:
        return None
    back = change.new_chat_member.status == ChatMemberStatus.MEMBER
    base = _person(change.from_user, cause, said_at=change.date, about=None, private=True)
    return Left(**base, back=back)


def _words(message: Message, base: _Base) -> Gesture:
    text = printable(message.text or "")
    command, _, rest = text.partition(" ")
    if message.forward_origin is None and command.partition("@")[0] == "/start":
        return Joined(**base, payload=rest.strip())
    return Said(**base, text=text, forwarded_from=_origin(message), message=_number(message))


def _photo(message: Message, base: _Base) -> Gesture:
    """The largest size; of a live photo its still picture."""
    if not message.photo:
        return _useless(message, base)
    largest = max(message.photo, key=lambda size: size.width * size.height)
    picture = Picture(
        ref=PhotoRef(TRANSPORT, {"file_id": largest.file_id, "kind": "photo"}),
        unique=largest.file_unique_id,
        size=largest.file_size or 0,
        forwarded=message.forward_origin is not None,
        album=message.media_group_id or "",
    )
    return _showed(message, base, picture)


def _document(message: Message, base: _Base) -> Gesture:
    file = message.document
    assert file is not None
    if not _is_picture(file):
        return _useless(message, base)
    picture = Picture(
        ref=PhotoRef(TRANSPORT, {"file_id": file.file_id, "kind": "document"}),
        unique=file.file_unique_id,
        size=file.file_size or 0,
        mime=file.mime_type or "",
        forwarded=message.forward_origin is not None,
        as_file=True,
        album=message.media_group_id or "",
    )
    return _showed(message, base, picture)


def _is_picture(file: Document) -> bool:
    """By type or by name; what it really is shows when its bytes are read. SVG is a program."""
    kind = (file.mime_type or "").lower()
    if kind.startswith("image/"):
        return not kind.startswith("image/svg")
    named = (file.file_name or "").lower().endswith(_PICTURE_NAMES)
    return named and kind in {"", "application/octet-stream"}


def _showed(message: Message, base: _Base, picture: Picture) -> Gesture:
    return Showed(
        **base,
        picture=picture,
        caption=printable(message.caption or ""),
        message=_number(message),
    )


def _place(message: Message, base: _Base) -> Gesture | None:
    where = message.venue.location if message.venue else message.location
    if where is None:
        return None
    names = (message.venue.title, message.venue.address) if message.venue else ()
    title = " ".join(one_line(name) for name in names if name)
    return Placed(**base, point=Point(where.latitude, where.longitude), title=title)


def _contact(message: Message, base: _Base) -> Gesture | None:
    given = message.contact
    if given is None:
        return None
    name = one_line(" ".join(filter(None, (given.first_name, given.last_name))))
    return GaveContact(**base, name_given=name, phone=one_line(given.phone_number))


def _useless(message: Message, base: _Base) -> Gesture:
    kind = ContentType(message.content_type).value
    return Handed(**base, kind=kind, caption=printable(message.caption or ""))


_READINGS: Final[dict[ContentType, Callable[[Message, _Base], Gesture | None]]] = {
    **dict.fromkeys(_USELESS, _useless),
    ContentType.TEXT: _words,
    ContentType.PHOTO: _photo,
    ContentType.LIVE_PHOTO: _photo,
    ContentType.DOCUMENT: _document,
    ContentType.LOCATION: _place,
    ContentType.VENUE: _place,
    ContentType.CONTACT: _contact,
}


def _origin(message: Message) -> str | None:
    """Whose words were passed on; an empty name still says that they were."""
    match message.forward_origin:
        case None:
            return None
        case MessageOriginUser(sender_user=user):
            name = user.full_name
        case MessageOriginHiddenUser(sender_user_name=hidden):
            name = hidden
        case MessageOriginChat(sender_chat=chat) | MessageOriginChannel(chat=chat):
            name = chat.title or chat.full_name
        case _:
            name = ""
    return one_line(name)


def _base(message: Message, cause: str) -> _Base | None:
    """Who, when, about what; None if no person sent it (a channel, the bot itself)."""
    if message.from_user is None:
        return None
    private = message.chat.type == ChatType.PRIVATE
    answered = message.reply_to_message if private else None
    about = str(answered.message_id) if answered else None
    return _person(message.from_user, cause, said_at=message.date, about=about, private=private)


def _person(
    user: User, cause: str, *, said_at: datetime | None, about: str | None, private: bool
) -> _Base:
    return {
        "address": Address(TRANSPORT, str(user.id)),
        "said_at": said_at,
        "about": about,
        "private": private,
        "cause": cause,
        "name": one_line(user.full_name),
        "language": user.language_code or "",
    }


def _number(message: Message) -> str:
    return str(message.message_id) if message.chat.type == ChatType.PRIVATE else ""
