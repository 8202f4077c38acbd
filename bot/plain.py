"""Words that people wrote, made safe to show: no control characters, cut on a boundary."""

import unicodedata
from typing import Final

ELLIPSIS: Final = "…"
_TURNS_TEXT_ROUND: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_JOINS: Final = frozenset("\u200d\ufe0e\ufe0f\u20e3")
_LOOK_BACK: Final = 60  # characters given up at most to end on a word


def printable(text: str) -> str:
    """The text without control characters and lone surrogates; line breaks stay, tabs are spaces.

    PostgreSQL refuses NUL and UTF-8 refuses surrogates, so what comes in passes here.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(
        sign for sign in text if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )


def clean(text: str) -> str:
    """Printable, and unable to turn the text around it (messaging.md 6.37)."""
    return "".join(sign for sign in printable(text) if sign not in _TURNS_TEXT_ROUND)


def one_line(text: str) -> str:
    """Clean and on a single line: for names, labels and titles."""
    return " ".join(clean(text).split())


def cut(text: str, most: int) -> str:
    """At most so many code points, an ellipsis among them; no character is taken apart."""
    return text if len(text) <= most else _shortened(text, most - len(ELLIPSIS))


def cut_bytes(text: str, most: int) -> str:
    """At most so many UTF-8 bytes, an ellipsis among them."""
    whole = text.encode()
    if len(whole) <= most:
        return text
    fits = whole[: max(most - len(ELLIPSIS.encode()), 0)].decode(errors="ignore")
    return _shortened(text, len(fits))


def _shortened(text: str, end: int) -> str:
    """The first `end` characters or a few fewer, and an ellipsis. `end` lies inside the text."""
    while end > 0 and _belong_together(text[end - 1], text[end]):
        end -= 1
    return text[: _word_end(text, end)].rstrip() + ELLIPSIS if end > 0 else ELLIPSIS


def _word_end(text: str, end: int) -> int:
    """The end of the last whole word, unless it lies too far back (Chinese has no spaces)."""
    if text[end].isspace() or text[end - 1].isspace():
        return end
    spaces = (text.rfind(space, max(end - _LOOK_BACK, 0), end) for space in " \n")
    last = max(spaces)
    latin = text[end - 1].isascii() and text[end].isascii()
    return last if latin and last > 0 else end


def _belong_together(before: str, after: str) -> bool:
    """Whether a cut between these two would take one visible character apart."""
    is_skin = "\U0001f3fb" <= after <= "\U0001f3ff"
    flag = "\U0001f1e6" <= before <= "\U0001f1ff" and "\U0001f1e6" <= after <= "\U0001f1ff"
    return bool(
        after in _JOINS or before == "\u200d" or unicodedata.combining(after) or is_skin or flag
    )
