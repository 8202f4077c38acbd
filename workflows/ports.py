"""What the city's work needs from outside: time, a transaction, and what it holds."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from workflows.approving.kept import TwoPeople
from workflows.cases.case import Case, CaseId, Point
from workflows.duty.kept import Rosters
from workflows.evidence.kept import Photos, Prints
from workflows.hotline.duplicates import Candidate, Neighbour
from workflows.hotline.kept import Drafts
from workflows.hotline.looks import Looks
from workflows.hotline.taught import Synonyms
from workflows.joint.kept import CallOuts
from workflows.notices import Address, Notice
from workflows.outages.kept import Outages
from workflows.people import (
    Agency,
    AgencyCode,
    AreaCode,
    Grid,
    Person,
    PersonId,
    Post,
    Role,
)
from workflows.team.guesses import Guesses


class Clock(Protocol):
    """The only source of now: aware, UTC."""

    def __call__(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: who did what to which case, when, and on what grounds.

    `at` is when it happened. `details` is JSON-able and holds rule, version and inputs of a
    decision, never a caller's name or number.
    """

    action: str
    person: PersonId
    role: Role
    at: datetime
    case_id: CaseId | None = None
    version: int | None = None
    from_state: str = ""
    to_state: str = ""
    cause: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Written(Entry):
    """An entry as the journal keeps it."""

    seq: int = 0
    written_at: datetime | None = None
    person_name: str = ""


@dataclass(frozen=True, slots=True)
class Timer:
    """A promise to look again. Unique by case, kind, step and loop for ever."""

    case_id: CaseId
    kind: str
    step: int
    loop: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DueTimer(Timer):
    """A timer that one process has claimed; its fence lets only that process finish it."""

    id: int = 0
    fence: int = 0


class LeaseLostError(Exception):
    """Somebody else has taken over what this process held; whatever it was doing is void."""


class StorageDownError(Exception):
    """Nothing can be stored or read now; nothing of the transaction has happened. Try again."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who called. Never part of a case, a card, a journal entry or a log line.

    `words`: the complaint as it was said, where it holds numbers. `hidden`: see `Order.hidden`.
    """

    name: str = ""
    phone: str = ""
    words: str = ""
    address: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time way in for one person; only the hash of its token is kept."""

    person: PersonId
    token_sha256: str
    expires_at: datetime
    made_by: PersonId


class Cases(Protocol):
    """Cases inside one transaction."""

    async def get(self, case_id: CaseId) -> Case:
        """Raises Refused(NO_SUCH_CASE)."""

    async def open(self, case: Case) -> Case:
        """Stores a new case (version 0) and returns it with its number."""

    async def write(self, before: Case, after: Case) -> None:
        """Compare and set on `before.version`. Raises Refused(CHANGED_MEANWHILE)."""

    async def in_hands_of(self, person: PersonId) -> tuple[Case, ...]:
        """What somebody has to do or to look at on site, nearest due first."""

    async def candidates(self, case: Case, phone: str, since: datetime) -> tuple[Candidate, ...]:
        """Open cases since then of the same class or component, the newest first, at most 50."""

    async def recent(self, district: str, since: datetime) -> tuple[Neighbour, ...]:
        """Open ones since then, there or outside every grid, the newest first, at most 300."""

    async def open_of_caller(self, phone: str, class_code: str) -> CaseId | None:
        """The newest open one of this class from this very number; a duplicate's is its master."""

    async def merged_into(self, master: CaseId) -> tuple[Case, ...]:
        """Duplicates that wait for what becomes of this case, held until the transaction ends."""

    async def by_source_numbers(self, numbers: Collection[str]) -> Mapping[str, CaseId]:
        """Those of another system's numbers that are known here; an empty number never is."""

    async def named(self, reader: Person, words: str) -> tuple[CaseId, ...]:
        """Cases the reader may see that have this number here or at their source, newest first."""

    async def called_from(self, reader: Person, phones: Collection[str]) -> tuple[CaseId, ...]:
        """Cases with a caller of one of these very numbers, newest first, at most 100.

        Only those that the reader took down as an operator, or watches as an acceptor.
        """

    async def caller(self, case_id: CaseId) -> Caller | None: ...
    async def keep_caller(self, case_id: CaseId, caller: Caller) -> None: ...


class People(Protocol):
    """People, their posts and their invitations inside one transaction."""

    async def get(self, person_id: PersonId) -> Person:
        """Raises Refused(NO_SUCH_PERSON)."""

    async def on_duty(
        self, role: Role, area: AreaCode | None, agency: AgencyCode | None, at: datetime
    ) -> tuple[Person, ...]:
        """Active holders of a role whose post covers the area (and agency), on duty at `at`.

        A person without any roster is on duty whenever they are active; whoever has blocked us
        is not. Ordered by fewest open cases, then by number.
        """

    async def is_reachable(self, person_id: PersonId) -> bool:
        """Active, and not known to have blocked us."""

    async def holders(self, role: Role) -> tuple[Person, ...]:
        """Everybody active who holds the role anywhere, on duty and in reach or not."""

    async def is_on_shift(self, person: PersonId, at: datetime) -> bool:
        """Whether somebody is on duty at `at`; True for whoever has no shifts at all."""

    async def create(self, name: str, language: str, posts: Sequence[Post]) -> Person: ...
    async def dismiss(self, person_id: PersonId) -> None: ...
    async def choose_language(self, person_id: PersonId, language: str) -> None: ...

    async def invite(self, invitation: Invitation) -> None:
        """Cancels earlier invitations of the same person."""

    async def accept(
        self, token_sha256: str, address: Address, at: datetime
    ) -> tuple[Person, PersonId]:
        """Consumes an invitation and binds the address; who came in, and who had invited them.

        Raises Refused(INVITE_UNKNOWN | INVITE_USED | INVITE_EXPIRED | ALREADY_BOUND).
        """

    async def names(self, ids: Sequence[PersonId]) -> Mapping[PersonId, str]: ...


class Places(Protocol):
    """Grids, agencies and the dispatch catalogue inside one transaction."""

    async def grid_at(self, point: Point) -> Grid | None: ...

    async def grid_named(self, words: str) -> tuple[Grid, str, Point] | None:
        """The landmark or grid whose longest name occurs in these words, and where it lies."""

    async def grid(self, code: AreaCode) -> Grid | None: ...

    async def agency_in_catalogue(self, class_code: str, area: AreaCode) -> Agency | None:
        """The catalogue's own row for this class, the most local area first."""

    async def agency_of_kind(self, kind: str, area: AreaCode) -> Agency | None:
        """An agency of this department type whose area contains this one, the nearest first."""

    async def agency(self, code: AgencyCode) -> Agency | None: ...

    async def keep_route(
        self, class_code: str, area: AreaCode, agency: AgencyCode, at: datetime
    ) -> None:
        """Add a row to the dispatch catalogue that counts from `at` on; older rows stay."""

    async def forget_route(self, class_code: str, area: AreaCode, at: datetime) -> None:
        """Take away the row that was kept at that very moment, so that the older one counts."""


class Work(TwoPeople, Protocol):
    """One transaction: everything inside happens or nothing does."""

    cases: Cases
    photos: Photos
    prints: Prints
    people: People
    places: Places
    call_outs: CallOuts
    drafts: Drafts
    rosters: Rosters
    synonyms: Synonyms
    outages: Outages
    guesses: Guesses
    looks: Looks

    async def journal(self, *entries: Entry) -> None: ...
    async def who_did(self, case_id: CaseId, action: str) -> Written | None:
        """The latest entry of this action on the case, else its latest change of state."""

    async def arm(self, *timers: Timer) -> None:
        """Arming the same timer again moves it."""

    async def rearm(self, *timers: Timer) -> int:
        """Arms those of one case that are not armed, fired ones as well; how many they were."""

    async def disarm(self, case_id: CaseId, *, keep: Sequence[Timer], why: str) -> None:
        """Cancels this case's armed timers except those kept; they stay on record."""

    async def owe(self, *notices: Notice) -> None: ...
    async def shown_to(self, subject: str) -> tuple[PersonId, ...]:
        """People who have a live message about this subject."""

    async def pictures_came(self, case_id: CaseId) -> None:
        """Messages of the case that waited for a picture of it go now."""

    async def settle(self, cause: str | None) -> None:
        """Marks the stored update done in this same transaction; several acts may share one.

        Raises LeaseLostError if another process has taken the update over.
        """

    async def put_aside(self, cause: str | None, until: datetime) -> None:
        """The update is read once more then, and whatever else its chat says goes before it.

        Raises LeaseLostError if another process has taken the update over.
        """

    async def fired(self, timer: "DueTimer", at: datetime, outcome: str) -> None:
        """Marks a claimed timer fired or cancelled. Raises LeaseLostError if another holds it."""


class Begin(Protocol):
    """Opens a transaction; commits on clean exit, rolls back on any exception."""

    def __call__(self) -> AbstractAsyncContextManager[Work]: ...
