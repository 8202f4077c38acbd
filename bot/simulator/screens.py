"""What a person sees on one phone: messages as they look now, and buttons by their words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.simulator.keyboards import buttons as keyboard_buttons


class NotSeen(AssertionError):  # noqa: N818 - it reads as the sentence a test fails with
    """Something a person looked for is not on the phone; the message ends with the whole phone."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on a phone: a Bot API Message, and what an eye would make of it."""

    raw: dict[str, Any]
    silent: bool = False  # it came without a sound

    @property
    def id(self) -> int:
        return int(self.raw["message_id"])

    @property
    def text(self) -> str:
        """Text or caption; of a place its title and address, of a contact its name."""
        for name in ("text", "caption"):
            if words := self.raw.get(name):
                return str(words)
        venue = self.raw.get("venue") or self.raw.get("contact") or {}
        words = (
            venue.get(name, "") for name in ("title", "address", "first_name", "phone_number")
        )
        return "\n".join(word for word in words if word)

    @property
    def rows(self) -> list[list[str]]:
        """Labels of the buttons under the message, row by row."""
        rows = self.raw.get("reply_markup", {}).get("inline_keyboard", [])
        return [[button["text"] for button in row] for row in rows]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in keyboard_buttons(self.raw.get("reply_markup", {}))]

    @property
    def photo_count(self) -> int:
        """1 for a photo, 0 for anything else: an album is several messages with one `album`."""
        return int("photo" in self.raw)

    @property
    def album(self) -> str | None:
        album = self.raw.get("media_group_id")
        return None if album is None else str(album)

    @property
    def file_name(self) -> str | None:
        name = self.raw.get("document", {}).get("file_name")
        return None if name is None else str(name)

    @property
    def is_location(self) -> bool:
        return "location" in self.raw

    @property
    def from_bot(self) -> bool:
        return bool(self.raw.get("from", {}).get("is_bot"))

    @property
    def edited(self) -> bool:
        """True after its words or picture changed; new buttons alone leave no mark."""
        return "edit_date" in self.raw


Wanted = str | Callable[[Shown], bool]


def has_button(label: str) -> Callable[[Shown], bool]:
    """A message with a button of that label, or with exactly one that contains it."""

    def seen(shown: Shown) -> bool:
        return label_meant(shown.labels, label) is not None

    return seen


def label_meant(labels: Sequence[str], words: str) -> str | None:
    """The label a person would take `words` for: the same words, or the only one holding them.

    Raises NotSeen when several hold them and none is the same.
    """
    if words in labels:
        return words
    held = sorted({label for label in labels if words in label})
    if len(held) > 1:
        raise NotSeen(f"“{words}” could be any of {held}")
    return held[0] if held else None


def newest(messages: Sequence[Shown], wanted: Wanted, after: int = 0) -> Shown | None:
    """The newest message later than number `after` that holds the words or passes the test."""
    for shown in reversed(messages):
        if shown.id > after and matches(shown, wanted):
            return shown
    return None


def number_of(message: Shown | int | None) -> int | None:
    """The message's id, however it is named."""
    return message.id if isinstance(message, Shown) else message


def matches(shown: Shown, wanted: Wanted) -> bool:
    return wanted in shown.text if isinstance(wanted, str) else wanted(shown)


def drawn(owner: str, messages: Sequence[Shown], most: int = 12) -> str:
    """A phone as text, for failures and transcripts: newest messages last."""
    lines = [f"┌─ {owner}", *_hidden(len(messages) - most)]
    for shown in messages[-most:]:
        lines.extend(f"│ {line}" for line in _lines(shown))
    return "\n".join([*lines, "└─"])


def _hidden(count: int) -> list[str]:
    return [f"│ … {count} older"] if count > 0 else []


def _lines(shown: Shown) -> Iterator[str]:
    marks = [
        mark
        for mark, true in (
            ("photo", shown.photo_count),
            (f"file {shown.file_name}", shown.file_name),
            ("place", shown.is_location),
            ("edited", shown.edited),
            ("silent", shown.silent),
        )
        if true
    ]
    side = "bot" if shown.from_bot else "me"
    first, *rest = shown.text.splitlines() or [""]
    yield f"#{shown.id} {side}: {first}" + (f"  ({', '.join(marks)})" if marks else "")
    yield from (f"      {line}" for line in rest)
    for row in shown.rows:
        yield "      " + " ".join(f"[ {label} ]" for label in row)
