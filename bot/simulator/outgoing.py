"""What all sends and edits share: the chat, the words, the keyboard, the arrival on the phones."""

from dataclasses import dataclass, field

from bot.simulator.errors import Refusal, Words, bad, forbidden, not_found
from bot.simulator.keyboards import KeyboardError, Markup, buttons, parse_markup
from bot.simulator.markup import (
    MarkupError,
    detect_entities,
    given_entities,
    is_blank,
    parse_html,
    with_people,
)
from bot.simulator.objects import user_json
from bot.simulator.state import JSON, Bot, Chat, ChatKind, Content, ContentKind, Message
from bot.simulator.wire import Arguments
from bot.simulator.world import World, chat_of

RAW_BYTES = 32_768
TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024


@dataclass(frozen=True, slots=True)
class Turn:
    """One call of one bot while it is being answered."""

    world: World
    bot: Bot
    args: Arguments
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a message goes out: where, with which keyboard, as an answer to what, how loud."""

    chat: Chat
    markup: Markup | None = None
    reply_to: int | None = None
    silent: bool = False
    protected: bool = False
    album: str | None = None
    origin: JSON | None = None


def known_chat(turn: Turn, parameter: str = "chat_id") -> Chat:
    """The chat of a call, as far as this bot knows it; an upgraded group is refused."""
    raw = turn.args.text(parameter).strip()
    if not raw:
        raise bad(Words.CHAT_EMPTY)
    chat = chat_of(turn.bot, raw)
    if chat is None:
        person = turn.world.people.get(int(raw)) if raw.lstrip("-").isdecimal() else None
        if person is not None:
            raise forbidden(Words.DEACTIVATED if person.deleted else Words.NEVER_STARTED)
        if raw.isdecimal() and int(raw) in turn.world.bots:
            raise forbidden(Words.TO_A_BOT)
        raise bad(Words.CHAT_UNKNOWN)
    if chat.upgraded_to is not None:
        raise Refusal(400, Words.UPGRADED, migrate_to_chat_id=chat.upgraded_to)
    return chat


def writable_chat(turn: Turn) -> Chat:
    """A chat the bot may act in now."""
    chat = known_chat(turn)
    if chat.kind is ChatKind.PRIVATE and turn.world.people[chat.id].deleted:
        raise forbidden(Words.DEACTIVATED)
    if chat.blocked:
        raise forbidden(Words.BLOCKED)
    if chat.kicked:
        basic = chat.kind is ChatKind.GROUP
        raise forbidden(Words.KICKED_GROUP if basic else Words.KICKED_SUPERGROUP)
    return chat


def formatted(turn: Turn, raw: str, entries: object, mode: str) -> Content | None:
    """Words with their entities as the phone will show them; None when nothing is left."""
    try:
        if mode and mode.lower() != "html":
            raise bad(Words.PARSE_MODE)
        text, marks = parse_html(raw) if mode else given_entities(raw, entries or [])
    except MarkupError as wrong:
        raise bad(str(wrong)) from None
    if is_blank(text):
        return None
    people = turn.world.people
    marks = with_people(marks, lambda each: user_json(people[each]) if each in people else None)
    return Content(ContentKind.TEXT, text, tuple(detect_entities(text, marks)))


def given_list(turn: Turn, parameter: str) -> object:
    """The entities of a call, not yet looked at."""
    try:
        return turn.args.parsed(parameter)
    except ValueError:
        raise bad("can't parse entities JSON object") from None


def message_text(turn: Turn) -> Content:
    """The `text` of a send or an edit, as far as it can be judged by itself (messaging.md 1.5)."""
    raw = turn.args.text("text")
    if not raw:
        raise bad(Words.TEXT_EMPTY)
    if len(raw.encode()) > RAW_BYTES:
        raise bad(Words.TEXT_LONG_RAW)
    entries = given_list(turn, "entities")
    content = formatted(turn, raw, entries, turn.args.text("parse_mode"))
    if content is None:
        raise bad(Words.TEXT_BLANK)
    return content


def check_length(content: Content, refusal: Words) -> None:
    """At most 4,096 characters, an emoji counting one (messaging.md 1.4)."""
    if len(content.text) > TEXT_LENGTH:
        raise bad(refusal)


def caption_of(turn: Turn) -> Content:
    """The caption of a send or an edit; an absent one is an empty one."""
    entries = given_list(turn, "caption_entities")
    return caption(turn, turn.args.text("caption"), entries, turn.args.text("parse_mode"))


def caption(turn: Turn, raw: str, entries: object, mode: str) -> Content:
    content = formatted(turn, raw, entries, mode) or Content(ContentKind.TEXT)
    if len(content.text) > CAPTION_LENGTH:
        raise bad(Words.CAPTION_LONG)
    return content


def keyboard(turn: Turn) -> Markup | None:
    """The `reply_markup` of a call; what vanishes in silence is written into the call log."""
    raw = turn.args.text("reply_markup").strip()
    if not raw:
        return None
    try:
        markup = parse_markup(raw)
    except KeyboardError as wrong:
        raise bad(str(wrong)) from None
    turn.warnings.extend(markup.warnings)
    return markup


def refuse_requests_in_groups(chat: Chat, markup: Markup | None) -> None:
    if markup is None or markup.kind != "reply" or chat.kind is ChatKind.PRIVATE:
        return
    for button in buttons(markup.shown):
        if button.get("request_location"):
            raise bad(Words.LOCATION_PRIVATE)
        if button.get("request_contact"):
            raise bad(Words.CONTACT_PRIVATE)


def delivery(turn: Turn) -> Delivery:
    """Everything about a send except its content; refuses what the chat does not allow."""
    markup = keyboard(turn)
    chat = writable_chat(turn)
    refuse_requests_in_groups(chat, markup)
    return Delivery(
        chat,
        markup,
        answered_message(turn, chat),
        turn.args.flag("disable_notification"),
        turn.args.flag("protect_content"),
    )


def answered_message(turn: Turn, chat: Chat) -> int | None:
    """The message that is replied to; the older parameters mean the same."""
    given = turn.args.an_object("reply_parameters", "can't parse reply parameters JSON object")
    raw = str(given.get("message_id") or turn.args.whole("reply_to_message_id"))
    message_id = int(raw) if raw.isdecimal() else 0
    if not message_id:
        return None
    message = chat.messages.get(message_id)
    if message is not None and not message.deleted:
        return message_id
    if given.get("allow_sending_without_reply") or turn.args.flag("allow_sending_without_reply"):
        return None
    raise bad(Words.REPLY_GONE)


def send(turn: Turn, content: Content, how: Delivery) -> Message:
    """Put the bot's message on the phones; the caller has paid for it at the rates."""
    world, chat, markup = turn.world, how.chat, how.markup
    inline = markup is not None and markup.kind == "inline"
    message = Message(
        world.next_id(turn.bot, chat),
        chat.id,
        turn.bot.id,
        world.clock.date(),
        content,
        buttons=(markup.shown or None) if markup and inline else None,
        other_markup=markup is not None and not inline,
        reply_to=how.reply_to,
        origin=how.origin,
        album=how.album,
        silent=how.silent,
        protected=how.protected,
    )
    if markup is not None:
        _change_input(chat, markup)
    world.post(turn.bot, chat, message)
    return message


def _change_input(chat: Chat, markup: Markup) -> None:
    """A reply keyboard stays until it is replaced or removed (messaging.md 1.9)."""
    for person_id in chat.members:
        view = chat.view(person_id)
        match markup.kind:
            case "reply":
                view.keyboard, view.force_reply = markup.shown or None, None
            case "remove":
                view.keyboard = view.force_reply = None
            case "force":
                view.keyboard, view.force_reply = None, markup.shown


def shown(turn: Turn, chat: Chat, message: Message) -> JSON:
    return turn.world.json_of(turn.bot, chat, message)


def own_message(turn: Turn, chat: Chat, purpose: str, parameter: str = "message_id") -> Message:
    """The message a call names; deleted ones count as not found."""
    message = chat.messages.get(turn.args.whole(parameter))
    if message is None or message.deleted:
        raise not_found(purpose)
    return message
