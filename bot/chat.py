"""The port to a chat: what a card, a gesture and a receipt are, and what a transport can do.

Nothing here knows a messenger. Keyboards, parse modes, message ids, albums and "edit" are a
transport's own affair (messaging.md 5.3).
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from bot.document import Document
from workflows.cases.case import PhotoRef, Picture, Point
from workflows.notices import Address


class Weight(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    """One offer on a card. `token` comes back in the press; `weight` decides look and order."""

    label: str
    token: str
    weight: Weight = Weight.SECONDARY


OpenCopy = Callable[[str, tuple[str, ...]], Awaitable[bytes]]
"""The copy that may be shown of a stored picture, by its hash, with these lines stamped on it."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to show: a reference the transport may re-use, or the hash of a stored copy.

    A reference shows what its sender sent, faces and all, so evidence has none. `stamp` are
    the lines that a transport has stamped on the copy.
    """

    ref: PhotoRef | None
    sha256: str
    caption: str = ""
    stamp: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """What a person is to see. Plain words only: no markup, no layout.

    `head` is the first line and must carry the sense on a lock screen. `lines` follow; `rows`
    are label and value pairs; `help_line` says how to do the same without buttons. `pictures`
    are shown before the card, silently; `place` as a map pin of its own, silently and once.
    `no_picture` is said below the rows if a picture cannot be shown. `keyboard` are words that
    stay below the text field, only on a card that is never revised. `document` comes with the card
    as one message, on a card that is never revised; where it cannot, `no_document` is said.
    `awaits`: a picture of it is still being fetched, so it is better shown a moment later.
    """

    head: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    help_line: str = ""
    buttons: tuple[tuple[Button, ...], ...] = ()
    pictures: tuple[Shot, ...] = ()
    place: Point | None = None
    place_title: str = ""
    link: str = ""
    no_picture: str = ""
    document: Document | None = None
    no_document: str = ""
    keyboard: tuple[str, ...] = ()
    awaits: bool = False

    def plain(self) -> str:
        """The whole card as plain text, lines in reading order."""
        rows = (f"{label}：{value}" if label else value for label, value in self.rows)
        parts = (self.head, *self.lines, *rows, self.help_line, self.link)
        return "\n".join(part for part in parts if part)

    def without_document(self) -> "Card":
        """The same where its file cannot come along."""
        return replace(self, document=None, lines=(*self.lines, self.no_document))


class Edits(StrEnum):
    ALWAYS = "always"
    BUDGET = "budget"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a transport can do; the sender and the cards adapt, never the handlers."""

    edits: Edits
    edit_window: timedelta | None
    buttons_max: int
    label_max: int
    text_max: int
    text_unit: str
    photos_per_message: int
    can_pin: bool
    can_react: bool
    can_ask_place: bool
    has_silent: bool
    idempotent_sends: bool
    press_has_time: bool
    data_region: str
    document_max: int = 0
    """Bytes of a file to hand over; 0 where that cannot be done."""


class Outcome(StrEnum):
    """What became of one attempt (messaging.md 5.3, durability.md 2.2)."""

    DELIVERED = "delivered"
    ALREADY_SO = "already_so"
    RETRY = "retry"
    UNKNOWN = "unknown"
    UNREACHABLE = "unreachable"
    MOVED = "moved"
    GONE = "gone"
    BAD_CONTENT = "bad_content"
    FINAL = "final"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Delivery:
    """The verdict on one attempt.

    `receipt` is the transport's own, opaque JSON; `keys` are message ids by which a reply is
    recognised. `after` is how long this chat must wait (RETRY by flood control; None: back off).
    GONE: the message to revise is no longer editable, show a new one. STOP: the transport
    refuses us altogether (token revoked): send nothing more.
    """

    outcome: Outcome
    receipt: Mapping[str, Any] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    after: timedelta | None = None
    everyone: bool = False
    moved_to: Address | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Gesture:
    """Something a person did in a chat.

    `said_at` is the transport's own time of it or, where it has none (a press), when we received
    it; None only for a gesture that was never stored. `about` is the id of the
    message it answers, `cause` the stored update that carries it.
    """

    address: Address
    said_at: datetime | None = None
    about: str | None = None
    private: bool = True
    cause: str | None = None
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Said(Gesture):
    """Words. `forwarded_from` is set when they are somebody else's, passed on."""

    text: str = ""
    forwarded_from: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Showed(Gesture):
    """One picture of one or of an album; `set_closed` when its words have waited for the rest."""

    picture: Picture | None = None
    caption: str = ""
    message: str = ""
    set_closed: bool = False


@dataclass(frozen=True, slots=True)
class Handed(Gesture):
    """A file that is no picture, a voice, a sticker: something we cannot use, named by kind."""

    kind: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Placed(Gesture):
    """A point on the map. A claim: it may have been chosen by hand."""

    point: Point = field(default_factory=lambda: Point(0, 0))
    title: str = ""


@dataclass(frozen=True, slots=True)
class GaveContact(Gesture):
    """A phone number shared from the address book."""

    name_given: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Pressed(Gesture):
    """A button, by its token. `press_id` lets the transport answer it at once."""

    token: str = ""
    press_id: str = ""


@dataclass(frozen=True, slots=True)
class Joined(Gesture):
    """Came through the door, with the payload of the link that led here."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class Left(Gesture):
    """Blocked us, or came back (`back`)."""

    back: bool = False


@dataclass(frozen=True, slots=True)
class Corrected(Gesture):
    """Edited own words or caption after sending them; `of_picture` for a caption."""

    text: str = ""
    message: str = ""
    of_picture: bool = False


Commands = Sequence[tuple[str, str]]
"""Command without its slash, and what it does."""


class Courier(Protocol):
    """One transport, outgoing. Every method makes one attempt and raises nothing."""

    name: str
    capabilities: Capabilities

    async def show(
        self,
        address: Address,
        card: Card,
        *,
        key: str,
        loud: bool,
        before: Mapping[str, Any] | None = None,
    ) -> Delivery:
        """New message or messages. `before` is the receipt of the one they follow, if any.

        What is shown once only (the map pin) is not shown again after `before`. A second call
        with the same key goes on where the first one stopped, as far as the transport can.
        """

    async def revise(
        self, address: Address, receipt: Mapping[str, Any], card: Card, *, key: str
    ) -> Delivery:
        """The same message with new content, or a new one that supersedes it."""

    async def retire(
        self, address: Address, receipt: Mapping[str, Any], card: Card | None
    ) -> Delivery:
        """Takes the buttons off; with a card, shows its words instead."""

    async def hang_menu(self, address: Address, menu: Mapping[str, Commands]) -> Delivery:
        """The commands a person finds beside the text field, by language; none takes it down.

        A transport with one menu for everybody has nothing to do: `ALREADY_SO`.
        """

    async def react(self, address: Address, message: str) -> Delivery:
        """A small sign on a person's own message that it was stored."""

    async def acknowledge(self, press_id: str, words: str, *, urgent: bool) -> None:
        """Answers a press at once. Best effort: failure is logged and forgotten."""

    def fetch(self, ref: PhotoRef, *, most: int) -> AsyncIterator[bytes]:
        """The bytes of a picture, at most so many. Raises FetchError."""


class Door(Protocol):
    """What a transport's incoming side hands its gestures to."""

    async def hear(self, gesture: Gesture) -> None: ...
