"""What the simulator remembers, and nothing else (messaging.md 1.11)."""

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

JSON = dict[str, Any]


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class ContentKind(StrEnum):
    TEXT = "text"
    PHOTO = "photo"
    DOCUMENT = "document"
    LOCATION = "location"
    VENUE = "venue"
    CONTACT = "contact"
    VOICE = "voice"
    STICKER = "sticker"
    SERVICE = "service"


#: Content that has a caption instead of a text.
CAPTIONED = frozenset({ContentKind.PHOTO, ContentKind.DOCUMENT, ContentKind.VOICE})


@dataclass(frozen=True, slots=True)
class Content:
    """What a message shows: its words, and the fields that its kind adds to the JSON."""

    kind: ContentKind
    text: str = ""
    entities: tuple[JSON, ...] = ()
    parts: JSON = field(default_factory=dict)


@dataclass(slots=True)
class Message:
    id: int
    chat_id: int
    author: int
    date: int
    content: Content
    buttons: JSON | None = None
    other_markup: bool = False
    reply_to: int | None = None
    origin: JSON | None = None
    album: str | None = None
    edited: int | None = None
    silent: bool = False
    protected: bool = False
    reactions: list[JSON] = field(default_factory=list)
    deleted: bool = False


@dataclass(slots=True)
class View:
    """One chat as one person's phone shows it; `loud` counts arrivals that made a sound."""

    unread: int = 0
    loud: int = 0
    keyboard: JSON | None = None
    force_reply: JSON | None = None
    toast: JSON | None = None
    typing: str | None = None
    typing_until: float = 0.0


@dataclass(slots=True)
class Chat:
    """A chat of one bot; `next_id` is set where messages have a counter of their own."""

    id: int
    kind: ChatKind
    title: str = ""
    members: set[int] = field(default_factory=set)
    bot_sees_all: bool = False
    bot_is_admin: bool = False
    kicked: bool = False
    blocked: bool = False
    upgraded_to: int | None = None
    next_id: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    views: dict[int, View] = field(default_factory=dict)

    def view(self, person_id: int) -> View:
        return self.views.setdefault(person_id, View())

    def shown(self) -> list[Message]:
        """Messages a phone still shows, oldest first."""
        return [each for each in self.messages.values() if not each.deleted]


@dataclass(slots=True)
class Person:
    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    phone_number: str = ""
    hides_account: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Update:
    """One entry of a bot's queue; `parted` means: never in one answer with the entry before."""

    id: int
    kind: str
    payload: JSON
    expires: float
    key: str
    parted: bool = False


@dataclass(slots=True)
class Press:
    id: str
    person_id: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answer: JSON | None = None


@dataclass(slots=True)
class Hook:
    """Settings and health of a webhook."""

    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str | None = None
    last_error_date: int | None = None
    last_error: str = ""


@dataclass(slots=True)
class Polling:
    """What getUpdates remembers between calls (messaging.md 1.6); times are steady seconds."""

    waiting: object | None = None
    ended_by: str = ""
    last_offset: int | None = None
    last_start: float = -1e9
    last_finish: float = -1e9
    next_conflict: float = -1e9


@dataclass(slots=True)
class Bot:
    """One token: its profile, its chats, its queue. `id` 0: nobody has called yet."""

    id: int
    token: str
    salt: str
    next_message_id: int
    next_update_id: int
    name: str = "Simulated bot"
    chats: dict[int, Chat] = field(default_factory=dict)
    queue: list[Update] = field(default_factory=list)
    soonest_expiry: float = math.inf
    allowed: frozenset[str] | None = None
    hook: Hook | None = None
    hook_set_at: float | None = None
    spoiled: set[int] = field(default_factory=set)
    presses: dict[str, Press] = field(default_factory=dict)
    commands: dict[str, list[JSON]] = field(default_factory=dict)
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, JSON] = field(default_factory=dict)
    first_call: float | None = None
    logged_out: bool = False
    polling: Polling = field(default_factory=Polling)
    profile: JSON = field(default_factory=dict)
