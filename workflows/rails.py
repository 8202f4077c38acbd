"""The rails outside a verb's transaction: what came in, what is due, what goes out, what is kept.

Inbox, timers, outbox and photo fetching are four users of one claim: a row is claimed under a
lease with a rising fence, and whoever finishes it must still hold that fence (durability.md 2.2).
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Protocol

from workflows.auditing.faults import Look, Progress
from workflows.auditing.horizon import Arrivals
from workflows.cases.case import Photo, PhotoId
from workflows.evidence.facts import PictureFacts
from workflows.notices import Address, Notice
from workflows.people import Person, PersonId
from workflows.ports import DueTimer

SENDER: Final = "sender"
"""The lease of whoever sends; while somebody serves, somebody holds it."""

MOST_UNKNOWN_EDITS: Final = 8  # an edit does no harm, but must not go on for ever


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update as it came: its id at the transport, the chat that orders it, the raw JSON."""

    raw_id: str
    chat: str
    raw: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A claimed update. `cause` is the name an act carries to settle it in its own transaction.

    `aside` says that it was put aside before and that its time has come.
    """

    id: int
    fence: int
    transport: str
    raw_id: str
    chat: str
    raw: str
    received_at: datetime
    attempts: int
    aside: bool = False

    @property
    def cause(self) -> str:
        return f"{self.transport}:{self.raw_id}"


class Inbox(Protocol):
    """Updates are committed here before the messenger is answered."""

    async def store(self, transport: str, items: Sequence[Incoming], at: datetime) -> int:
        """Commits all of them; those already known are left alone. Returns how many are new."""

    async def claim(self, limit: int, at: datetime) -> tuple[Stored, ...]:
        """The oldest unfinished update of each chat, different chats only."""

    async def done(self, row: Stored, at: datetime) -> bool:
        """For an update that no transaction has settled; does nothing if one has.

        False for one that has been put aside: it comes again.
        """

    async def poison(self, row: Stored, why: str, at: datetime) -> None:
        """Keeps an update that cannot be read, out of its neighbours' way."""

    async def retry(self, row: Stored, why: str, not_before: datetime) -> None: ...

    async def highest(self, transport: str) -> int | None:
        """The numeric raw id stored last: where polling goes on, even if numbers began anew."""

    async def waiting(self) -> int:
        """How many updates are not finished."""


class Timers(Protocol):
    async def claim(self, limit: int, at: datetime) -> tuple[DueTimer, ...]: ...

    async def next_due(self) -> datetime | None: ...

    async def release(self, timer: DueTimer, why: str, not_before: datetime) -> None:
        """Gives a timer back after a failure, to be tried again."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A claimed message: what is owed, to whom, where they can be reached, what they see now."""

    id: int
    fence: int
    notice: Notice
    address: Address
    reader: Person | None
    language: str
    live: Mapping[str, Any] | None
    attempts: int
    unknowns: int
    owed_at: datetime

    @property
    def is_new(self) -> bool:
        """Whether it comes as a message of its own, rather than as an edit of what they see."""
        return self.live is None or self.notice.loud or self.notice.fresh

    @property
    def may_go_again(self) -> bool:
        """Although it may have arrived: an edit for a while, an order once (durability.md 2.2)."""
        most = MOST_UNKNOWN_EDITS if not self.is_new else int(self.notice.sure)
        return self.unknowns < most


WAITS_FOR_PICTURES: Final = "a picture is being fetched"
"""Why a message waits that `Work.pictures_came` lets go."""


class Outbox(Protocol):
    """Messages on their way. Claiming commits `sending` before anything leaves the house."""

    async def claim(self, limit: int, at: datetime) -> tuple[Owed, ...]:
        """By lane and age, at most one per chat, none for a chat that must wait.

        A message to somebody without a reachable address is finished as unreachable and left out.
        """

    async def sent(
        self, owed: Owed, receipt: Mapping[str, Any], keys: Sequence[str], at: datetime
    ) -> bool:
        """Result and live message together; `keys` are the transport's message ids."""

    async def superseded(self, owed: Owed, why: str, at: datetime) -> None: ...

    async def retry(self, owed: Owed, why: str, not_before: datetime, *, counts: bool) -> None: ...

    async def unknown(self, owed: Owed, why: str, at: datetime) -> None:
        """Nobody knows whether it arrived: `may_go_again`, in 30 s, or it is final."""

    async def failed(self, owed: Owed, why: str, at: datetime) -> None: ...

    async def unreachable(self, owed: Owed, why: str, at: datetime) -> None:
        """The person blocked us or is gone: everything for them waits until they come back."""

    async def moved(self, old: Address, new: Address) -> None:
        """A chat has a new id: the person and every waiting message follow."""

    async def hold(self, address: Address | None, until: datetime) -> None:
        """No message to this chat (or to anybody) before then."""

    async def sweep_stuck(self, at: datetime) -> int:
        """Classifies messages left in `sending` by a process that died. Returns how many."""

    async def next_due(self, at: datetime) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """What one button does: an action of the law or a gesture of the chat, and its arguments."""

    action: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Token:
    """What a button was made for: one person, one subject, some offers, until when."""

    person: PersonId
    subject: str
    offers: tuple[Offer, ...]
    expires_at: datetime


class Tokens(Protocol):
    async def issue(
        self, person: PersonId, subject: str, offers: Sequence[Offer], at: datetime
    ) -> str:
        """A random token of at least 96 bits, valid for 30 days, 22 characters or fewer."""

    async def redeem(self, token: str) -> Token | None: ...


class Doorbell(Protocol):
    """Who is at the door, and which message they mean."""

    async def person_at(self, address: Address) -> Person | None: ...

    async def subject_of(self, address: Address, key: str) -> str | None:
        """The subject of the message of ours that has this id in this chat."""

    async def came_back(self, address: Address) -> None:
        """They wrote to us, so we may write to them again."""

    async def left(self, address: Address) -> None: ...


class Fetching(Protocol):
    """Photos whose bytes are still at the messenger."""

    async def claim(self, limit: int, at: datetime) -> tuple[tuple[Photo, int], ...]:
        """Photos and their fences."""

    async def release(self, photo: Photo, fence: int, not_before: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a picture's bytes: sealed under its hash, with facts, or a problem by name.

    `problem` is empty or one of `too_large`, `unreadable`, `not_a_picture`.
    """

    sha256: str = ""
    stored: str = ""
    problem: str = ""
    facts: PictureFacts | None = None


class Vault(Protocol):
    """Photos on disk: the original sealed and untouched, a copy without metadata to be shown."""

    async def keep(self, chunks: AsyncIterator[bytes]) -> Kept: ...

    async def served(self, sha256: str) -> bytes:
        """The shareable copy: upright JPEG without metadata."""

    async def matches(self, sha256: str) -> bool:
        """Whether the sealed original is present and still has this hash."""


class Leases(Protocol):
    async def take(self, name: str, owner: str, at: datetime, seconds: int) -> bool:
        """Takes or renews; false while somebody else holds it."""

    async def give_up(self, name: str, owner: str) -> None: ...


class Slots(Protocol):
    async def take(self, name: str, slot: str, at: datetime) -> bool:
        """True for exactly one caller per name and slot, over all processes."""

    async def last(self, name: str) -> datetime | None:
        """When a slot of this name was last taken; None for never."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the doctor found wrong: which rule, what, and how many."""

    rule: str
    what: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class SealedPhoto:
    """A photo whose original must be there, its hash, and the one in the journal if any is."""

    id: PhotoId
    sha256: str
    on_record: str


class Doctor(Protocol):
    async def examine(self, at: datetime) -> tuple[Finding, ...]:
        """Every invariant that the database can answer for."""

    def sealed_photos(self) -> AsyncIterator[SealedPhoto]:
        """Every photo whose original must be kept, by number."""


class Auditing(Protocol):
    """The quick checks of every minute, by reading only."""

    async def look(self, at: datetime, progress: Progress) -> Look:
        """Raises StorageDownError, also where the tables are not those we know."""


class Line(Protocol):
    """How updates come in, as the messenger sees it."""

    async def arrivals(self) -> Arrivals:
        """Raises MuteError."""
