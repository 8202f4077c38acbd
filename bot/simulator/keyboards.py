"""Keyboards as the Bot API takes them: what is refused, what vanishes, what comes back."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

Kind = str
Json = dict[str, Any]

MOST_IN_A_ROW: Final = 12
MOST_IN_ALL: Final = 300
APPS_SHOW_IN_A_ROW: Final = 8
MOST_BYTES: Final = 40_000  # of the JSON as sent; the real limit is about 10 kB packed (memory)

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_OBJECTS = frozenset(
    {"web_app", "login_url", "switch_inline_query_chosen_chat", "copy_text", "callback_game"}
)
_LOOKS = ("style", "icon_custom_emoji_id")
_STYLES = frozenset({"danger", "success", "primary"})
_REPLY_FIELDS = (
    "request_users",
    "request_chat",
    "request_managed_bot",
    "request_contact",
    "request_location",
    "request_poll",
    "web_app",
)
_REPLY_SWITCHES = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")


class KeyboardError(ValueError):
    """A keyboard the server refuses; the message is what comes after `Bad Request: `."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A keyboard that was accepted.

    `kind` is "inline", "reply", "remove" or "force": only a message with "inline" or none can be
    edited later. `shown` is what the API gives back and the phone draws after the silent cuts;
    empty when nothing is left. `warnings` says in sentences what was cut (messaging.md 0.11).
    """

    kind: Kind
    shown: Json
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Cuts:
    """What has been kept so far, and the sentences about what was not."""

    kept: int = 0
    warnings: list[str] = field(default_factory=list)


def parse_markup(raw_json: str) -> Markup:
    """Read `reply_markup`. Raises KeyboardError in Telegram's words (messaging.md 1.5)."""
    try:
        given = json.loads(raw_json)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise KeyboardError("can't parse reply keyboard markup JSON object")
    if len(raw_json.encode()) > MOST_BYTES:
        raise KeyboardError("reply markup is too long")
    if "keyboard" in given:
        return _reply(given)
    if "inline_keyboard" in given:
        return _inline(given)
    if given.get("remove_keyboard") is True:
        return Markup("remove", _with_switches({"remove_keyboard": True}, given, ("selective",)))
    if given.get("force_reply") is True:
        shown = _with_switches({"force_reply": True}, given, ("selective",))
        return Markup("force", shown | _placeholder(given))
    return Markup("inline", {}, _unknown(given, ("remove_keyboard", "force_reply"), "markup"))


def buttons(shown: Json) -> Iterator[Json]:
    """Every button of a shown keyboard, row by row; none for markup without rows."""
    for row in shown.get("inline_keyboard") or shown.get("keyboard") or ():
        yield from row


def _inline(given: Json) -> Markup:
    cuts = _Cuts()
    rows = _rows(given, "inline_keyboard", "InlineKeyboardMarkup", _inline_button, cuts)
    cuts.warnings += _unknown(given, ("inline_keyboard",), "inline keyboard")
    return Markup("inline", {"inline_keyboard": rows} if rows else {}, tuple(cuts.warnings))


def _reply(given: Json) -> Markup:
    cuts = _Cuts()
    rows = _rows(given, "keyboard", "ReplyKeyboardMarkup", _reply_button, cuts)
    known = ("keyboard", "input_field_placeholder", *_REPLY_SWITCHES)
    cuts.warnings += _unknown(given, known, "reply keyboard")
    if not rows:
        return Markup("reply", {}, tuple(cuts.warnings))
    shown = _with_switches({"keyboard": rows}, given, _REPLY_SWITCHES)
    return Markup("reply", shown | _placeholder(given), tuple(cuts.warnings))


def _rows(given: Json, name: str, owner: str, read: Any, cuts: _Cuts) -> list[list[Json]]:
    rows = given[name]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise KeyboardError(f'field "{name}" of the {owner} must be an Array of Arrays')
    read_rows = [[read(button, cuts) for button in row] for row in rows]
    shown = [_shown_row(row, number, cuts) for number, row in enumerate(read_rows, start=1)]
    return [row for row in shown if row]


def _shown_row(row: list[Json], number: int, cuts: _Cuts) -> list[Json]:
    """Keep the buttons of a row that reach the phone, and say what is lost."""
    labelled = [button for button in row if button["text"]]
    if lost := len(row) - len(labelled):
        cuts.warnings.append(f"row {number}: {lost} button(s) with an empty label vanished")
    shown = labelled[:MOST_IN_A_ROW]
    if lost := len(labelled) - len(shown):
        names = ", ".join(button["text"] for button in labelled[MOST_IN_A_ROW:])
        cuts.warnings.append(f"row {number} was cut at {MOST_IN_A_ROW}, lost {lost}: {names}")
    room = MOST_IN_ALL - cuts.kept
    if lost := len(shown) - len(shown[:room]):
        cuts.warnings.append(f"row {number}: the keyboard is full at {MOST_IN_ALL}, lost {lost}")
    shown = shown[:room]
    if len(shown) > APPS_SHOW_IN_A_ROW:
        cuts.warnings.append(
            f"row {number} has {len(shown)} buttons, apps show about {APPS_SHOW_IN_A_ROW}"
        )
    cuts.kept += len(shown)
    return shown


def _inline_button(button: Any, cuts: _Cuts) -> Json:
    try:
        label = _label(button)
        shown: Json = {"text": label} | _looks(button, cuts)
        name = _action(button)
    except KeyboardError as refusal:
        raise KeyboardError(f"can't parse inline keyboard button: {refusal}") from None
    cuts.warnings += _unknown(button, ("text", *_LOOKS, *_ACTIONS), f"button {label!r}")
    shown[name] = _checked(name, button[name])
    return shown


def _action(button: Json) -> str:
    """Name the one field that says what a press does."""
    name = next((name for name in _ACTIONS if name in button), None)
    if name is None or (button[name] in ("", False) and not name.startswith("switch")):
        raise KeyboardError("Text buttons are unallowed in the inline keyboard")
    expected = dict if name in _OBJECTS else bool if name == "pay" else str
    if not isinstance(button[name], expected):
        word = {dict: "Object", bool: "Boolean", str: "String"}[expected]
        raise KeyboardError(f'Field "{name}" must be of type {word}')
    return name


def _checked(name: str, value: Any) -> Any:
    """Judge what the server behind judges, whose refusals carry no prefix."""
    if name == "callback_data" and len(value.encode()) > 64:
        raise KeyboardError("BUTTON_DATA_INVALID")
    if name == "url":
        parts = urlsplit(value if "://" in value else f"http://{value}")
        web = parts.scheme in ("http", "https")
        if (web and "." not in parts.netloc) or parts.scheme not in ("http", "https", "tg", "ton"):
            raise KeyboardError("BUTTON_URL_INVALID")
        return parts._replace(path=parts.path or ("/" if web else "")).geturl()
    return value


def _reply_button(button: Any, cuts: _Cuts) -> Json:
    if isinstance(button, str):
        return {"text": button}
    try:
        label = _label(button)
    except KeyboardError as refusal:
        raise KeyboardError(f"can't parse keyboard button: {refusal}") from None
    cuts.warnings += _unknown(button, ("text", *_LOOKS, *_REPLY_FIELDS), f"button {label!r}")
    kept = {name: button[name] for name in _REPLY_FIELDS if button.get(name)}
    return {"text": label} | _looks(button, cuts) | kept


def _label(button: Any) -> str:
    if not isinstance(button, dict):
        raise KeyboardError("KeyboardButton must be an Object")
    if "text" not in button:
        raise KeyboardError('Can\'t find field "text"')
    if not isinstance(button["text"], str):
        raise KeyboardError('Field "text" must be of type String')
    return " ".join(button["text"].split())


def _looks(button: Json, cuts: _Cuts) -> Json:
    if (style := button.get("style")) and style not in _STYLES:
        cuts.warnings.append(f"button {button['text']!r}: there is no style {style!r}")
        return {}
    return {name: button[name] for name in _LOOKS if button.get(name)}


def _with_switches(shown: Json, given: Json, names: tuple[str, ...]) -> Json:
    return shown | {name: True for name in names if given.get(name) is True}


def _placeholder(given: Json) -> Json:
    text = str(given.get("input_field_placeholder") or "")[:64]
    return {"input_field_placeholder": text} if text else {}


def _unknown(given: Json, known: tuple[str, ...], where: str) -> tuple[str, ...]:
    return tuple(f"{where}: unknown field {name!r}" for name in given if name not in known)
