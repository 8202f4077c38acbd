"""A card as Telegram shows it: text with entities, an inline keyboard, captions; pure."""

from dataclasses import dataclass
from typing import Final

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
)
from aiogram.utils.formatting import Bold, Text

from bot.chat import Button, Card, Weight
from bot.plain import clean, cut, one_line

TEXT_MOST: Final = 4096
"""Code points of a message (messaging.md 1.4)."""
CAPTION_MOST: Final = 1024
TOAST_MOST: Final = 200
TOKEN_MOST: Final = 64
"""Bytes of `callback_data`."""
ROW_MOST: Final = 8
KEYBOARD_MOST: Final = 100
"""What apps show; beyond it the server drops buttons without a word (messaging.md 1.4)."""
HEAD_MOST: Final = 1000
TAIL_MOST: Final = 2900
"""Head and tail together leave room for some body."""
TITLE_MOST: Final = 200

_STYLES: Final = {Weight.PRIMARY: "success", Weight.SECONDARY: None, Weight.DANGER: "danger"}


class UnshowableError(ValueError):
    """A card that Telegram would refuse, or whose buttons it would drop in silence."""


@dataclass(frozen=True, slots=True)
class Screen:
    """One message: what is read, what is bold in it, what can be pressed, what stays below."""

    text: str
    entities: tuple[MessageEntity, ...]
    keyboard: InlineKeyboardMarkup | None
    below: ReplyKeyboardMarkup | None = None


def screen(card: Card, *, note: str = "") -> Screen:
    """The card's own message, `note` below its rows. Raises UnshowableError.

    A text that is too long loses the end of what happened, never its way out (help, link).
    """
    head = cut(one_line(card.head), HEAD_MOST)
    if not head:
        raise UnshowableError("a card needs a first line")
    tail = _joined(clean(note).strip(), clean(card.help_line).strip(), clean(card.link).strip())
    tail = cut(tail, TAIL_MOST)
    room = TEXT_MOST - len(head) - len(tail) - 2
    body = cut(_body(card), room)
    rest = _joined(body, tail)
    text, entities = Text(Bold(head), f"\n{rest}" if rest else "").render()
    return Screen(text, tuple(entities), keyboard(card), below(card))


def keyboard(card: Card) -> InlineKeyboardMarkup | None:
    """The buttons, or None without any. Raises UnshowableError."""
    rows = [[_button(button) for button in row] for row in card.buttons if row]
    if any(len(row) > ROW_MOST for row in rows):
        raise UnshowableError(f"more than {ROW_MOST} buttons in a row")
    if sum(map(len, rows)) > KEYBOARD_MOST:
        raise UnshowableError(f"more than {KEYBOARD_MOST} buttons")
    return InlineKeyboardMarkup(inline_keyboard=rows) if rows else None


def below(card: Card) -> ReplyKeyboardMarkup | None:
    """Words that stay below the text field; a message with them can never be edited."""
    words = [KeyboardButton(text=one_line(word)) for word in card.keyboard]
    if not words or card.buttons:
        return None
    return ReplyKeyboardMarkup(keyboard=[words], resize_keyboard=True, is_persistent=True)


def caption(words: str) -> str | None:
    """The words under a picture, or None."""
    return cut(clean(words).strip(), CAPTION_MOST) or None


def toast(words: str) -> str | None:
    """The answer to a press, or None to end only the waiting."""
    return cut(one_line(words), TOAST_MOST) or None


def _button(button: Button) -> InlineKeyboardButton:
    label = one_line(button.label)
    if not label:
        raise UnshowableError("a button without a label would vanish")
    if not 1 <= len(button.token.encode()) <= TOKEN_MOST:
        raise UnshowableError(f"the token of “{label}” is not 1 to {TOKEN_MOST} bytes")
    return InlineKeyboardButton(
        text=label, callback_data=button.token, style=_STYLES[button.weight]
    )


def _body(card: Card) -> str:
    rows = (
        f"{one_line(label)}：{clean(value)}" if label else clean(value)
        for label, value in card.rows
    )
    return _joined(*(clean(line) for line in card.lines), *rows)


def _joined(*parts: str) -> str:
    return "\n".join(part for part in parts if part.strip())
