"""Editing and deleting: which messages can change, and what counts as a change."""

from collections.abc import Callable
from dataclasses import replace

from bot.simulator import attachments
from bot.simulator.errors import Words, bad
from bot.simulator.keyboards import Markup
from bot.simulator.methods_media import media_item
from bot.simulator.objects import fingerprint
from bot.simulator.outgoing import (
    Turn,
    caption_of,
    check_length,
    keyboard,
    known_chat,
    message_text,
    own_message,
    shown,
    writable_chat,
)
from bot.simulator.state import CAPTIONED, JSON, Chat, ChatKind, Content, ContentKind, Message

DELETE_SECONDS = 48 * 3600
DELETE_MANY = 100
_MEDIA = frozenset({ContentKind.TEXT, ContentKind.PHOTO, ContentKind.DOCUMENT})


def edit_message_text(turn: Turn) -> JSON:
    """Without `reply_markup` the keyboard goes (messaging.md 1.3)."""
    content = message_text(turn)
    markup = keyboard(turn)
    chat, message = _editable(turn)
    if message.content.kind is not ContentKind.TEXT:
        raise bad(Words.NO_TEXT)
    _inline_only(markup)
    check_length(content, Words.EDIT_LONG)
    return _apply(turn, chat, message, content, markup)


def edit_message_caption(turn: Turn) -> JSON:
    words = caption_of(turn)
    markup = keyboard(turn)
    chat, message = _editable(turn)
    if message.content.kind not in CAPTIONED:
        raise bad(Words.NO_CAPTION)
    _inline_only(markup)
    content = replace(message.content, text=words.text, entities=words.entities)
    return _apply(turn, chat, message, content, markup)


async def edit_message_media(turn: Turn) -> JSON:
    """Also turns a text into a photo; inside an album the kind stays."""
    turn.args.need("media")
    given = turn.args.an_object("media", "can't parse input media JSON object")
    kind, source, words = media_item(turn, given)
    markup = keyboard(turn)
    chat, message = _editable(turn)
    if message.content.kind not in _MEDIA:
        raise bad(Words.NO_MEDIA_EDIT)
    if message.album and message.content.kind.value != kind:
        raise bad("can't use media of the specified type in the album")
    _inline_only(markup)
    content = await attachments.content(turn, kind, source, words)
    return _apply(turn, chat, message, content, markup)


def edit_message_reply_markup(turn: Turn) -> JSON:
    """Only the buttons: the phone shows no "edited"."""
    markup = keyboard(turn)
    chat, message = _editable(turn)
    _inline_only(markup)
    return _apply(turn, chat, message, message.content, markup, marked=False)


def _editable(turn: Turn) -> tuple[Chat, Message]:
    chat = writable_chat(turn)
    message = own_message(turn, chat, "edit")
    forwarded = message.origin is not None
    service = message.content.kind is ContentKind.SERVICE
    if message.author != turn.bot.id or forwarded or message.other_markup or service:
        raise bad(Words.NO_EDIT)
    return chat, message


def _inline_only(markup: Markup | None) -> None:
    if markup is not None and markup.kind != "inline":
        raise bad(Words.INLINE_EXPECTED)


def _apply(
    turn: Turn,
    chat: Chat,
    message: Message,
    content: Content,
    markup: Markup | None,
    *,
    marked: bool = True,
) -> JSON:
    """Show the change, unless there is none."""
    turn.world.rates.spend(turn.bot.id, chat.id)
    changed = replace(message, content=content, buttons=(markup.shown or None) if markup else None)
    if fingerprint(changed) == fingerprint(message):
        raise bad(Words.NOT_MODIFIED)
    message.content, message.buttons = changed.content, changed.buttons
    if marked:
        message.edited = turn.world.clock.date()
    turn.world.changed("edit", chat, bot=turn.bot.id, message_id=message.id)
    return shown(turn, chat, message)


def delete_message(turn: Turn) -> bool:
    chat = known_chat(turn)
    message = own_message(turn, chat, "delete")
    if not _deletable(turn, chat, message):
        raise bad(Words.NO_DELETE)
    _delete(turn, chat, message)
    return True


def _deletable(turn: Turn, chat: Chat, message: Message) -> bool:
    """Own messages and, in private chats, incoming ones, for 48 hours."""
    young = turn.world.clock.date() - message.date < DELETE_SECONDS
    own = message.author == turn.bot.id
    return young and (own or chat.kind is ChatKind.PRIVATE or chat.bot_is_admin)


def _delete(turn: Turn, chat: Chat, message: Message) -> None:
    message.deleted = True
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    turn.world.changed("delete", chat, bot=turn.bot.id, message_id=message.id)


def delete_messages(turn: Turn) -> bool:
    """Many at once: what is missing is passed over in silence."""
    turn.args.need("message_ids")
    wrong = "can't parse message identifiers JSON object"
    ids = turn.args.a_list("message_ids", wrong)
    if not all(isinstance(each, int) for each in ids):
        raise bad(wrong)
    if not ids:
        raise bad("message identifiers are not specified")
    if len(ids) > DELETE_MANY:
        raise bad("too many message identifiers specified")
    chat = known_chat(turn)
    for each in ids:
        message = chat.messages.get(each)
        if message is not None and not message.deleted and _deletable(turn, chat, message):
            _delete(turn, chat, message)
    return True


METHODS: dict[str, Callable[[Turn], object]] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
