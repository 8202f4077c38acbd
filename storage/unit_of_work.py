"""One transaction of the city's work: the case, its journal, its timers, what is owed."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import arming, journal, owing, settling
from storage.call_outs import StoredCallOuts
from storage.database import Database
from storage.drafts import StoredDrafts
from storage.emergencies import StoredEmergencies
from storage.exporting import StoredExports
from storage.failpoints import Reach
from storage.fingerprints import StoredPrints
from storage.guesses import StoredGuesses
from storage.happened import Happened, NotingCases, timed
from storage.keyring import Keyring
from storage.lists import StoredLists
from storage.looks import StoredLooks
from storage.maps import MapCache
from storage.outages import StoredOutages
from storage.people import StoredPeople
from storage.photos import StoredPhotos
from storage.places import StoredPlaces
from storage.policies import StoredPolicies
from storage.proposals import StoredProposals
from storage.rosters import StoredRosters
from storage.synonyms import StoredSynonyms
from workflows.approving.kept import Policies, Proposals
from workflows.cases.case import CaseId
from workflows.duty.kept import Rosters
from workflows.emergency.kept import Emergencies
from workflows.evidence.kept import Photos, Prints
from workflows.exporting.kept import Exports
from workflows.figures import SILENCE, Figures
from workflows.hotline.kept import Drafts
from workflows.hotline.looks import Looks
from workflows.hotline.taught import Synonyms
from workflows.importing.lists import Lists
from workflows.joint.kept import CallOuts
from workflows.notices import Notice
from workflows.outages.kept import Outages
from workflows.people import PersonId
from workflows.ports import (
    Cases,
    Clock,
    DueTimer,
    Entry,
    People,
    Places,
    Timer,
    Work,
    Written,
)
from workflows.team.guesses import Guesses

FIRED: Final = "fired"


@dataclass(slots=True)
class Transaction:
    """Implements `workflows.ports.Work`."""

    connection: AsyncConnection
    now: Clock
    owner: str
    maps: MapCache
    keyring: Keyring
    cases: Cases = field(init=False)
    photos: Photos = field(init=False)
    prints: Prints = field(init=False)
    people: People = field(init=False)
    places: Places = field(init=False)
    call_outs: CallOuts = field(init=False)
    emergencies: Emergencies = field(init=False)
    proposals: Proposals = field(init=False)
    exports: Exports = field(init=False)
    policies: Policies = field(init=False)
    lists: Lists = field(init=False)
    drafts: Drafts = field(init=False)
    rosters: Rosters = field(init=False)
    synonyms: Synonyms = field(init=False)
    outages: Outages = field(init=False)
    guesses: Guesses = field(init=False)
    looks: Looks = field(init=False)
    happened: Happened = field(init=False, default_factory=Happened)
    _unwritten: list[Entry] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.cases = NotingCases(self.connection, self.keyring, self.happened)
        self.photos = StoredPhotos(self.connection)
        self.prints = StoredPrints(self.connection)
        self.people = StoredPeople(self.connection)
        self.places = StoredPlaces(self.connection, self.maps, self.now)
        self.call_outs = StoredCallOuts(self.connection)
        self.emergencies = StoredEmergencies(self.connection)
        self.proposals = StoredProposals(self.connection)
        self.exports = StoredExports(self.connection, self.keyring, self.now)
        self.lists = StoredLists(self.connection)
        self.policies = StoredPolicies(self.connection, self.now)
        self.drafts = StoredDrafts(self.connection, self.keyring)
        self.rosters = StoredRosters(self.connection)
        self.synonyms = StoredSynonyms(self.connection)
        self.outages = StoredOutages(self.connection)
        self.guesses = StoredGuesses(self.connection)
        self.looks = StoredLooks(self.connection)

    async def journal(self, *entries: Entry) -> None:
        self._unwritten.extend(entries)
        self.happened.add(entries)

    async def write_journal(self) -> None:
        """All lines at once and last, so that the head of the chain is held for a moment only."""
        entries, self._unwritten = self._unwritten, []
        await journal.append(self.connection, entries, self.now())

    async def who_did(self, case_id: CaseId, action: str) -> Written | None:
        await self.write_journal()
        return await journal.who_did(self.connection, case_id, action)

    async def arm(self, *timers: Timer) -> None:
        await arming.arm(self.connection, timers)

    async def rearm(self, *timers: Timer) -> int:
        return await arming.rearm(self.connection, timers)

    async def disarm(self, case_id: CaseId, *, keep: Sequence[Timer], why: str) -> None:
        await arming.disarm(self.connection, case_id, keep, why, self.now())

    async def owe(self, *notices: Notice) -> None:
        await owing.owe(self.connection, notices, self.now(), self.keyring)

    async def shown_to(self, subject: str) -> tuple[PersonId, ...]:
        return await owing.shown_to(self.connection, subject)

    async def pictures_came(self, case_id: CaseId) -> None:
        await owing.pictures_came(self.connection, case_id, self.now())

    async def settle(self, cause: str | None) -> None:
        await settling.settle(self.connection, cause, self.owner, self.now())

    async def put_aside(self, cause: str | None, until: datetime) -> None:
        await settling.put_aside(self.connection, cause, self.owner, until)

    async def fired(self, timer: DueTimer, at: datetime, outcome: str) -> None:
        await arming.fired(self.connection, timer, at, outcome)
        if outcome == FIRED:
            self.happened.lateness.append((at - timer.due_at).total_seconds())


@dataclass(frozen=True, slots=True)
class UnitOfWork:
    """Implements `workflows.ports.Begin`."""

    database: Database
    now: Clock
    owner: str
    maps: MapCache
    reach: Reach
    keyring: Keyring
    figures: Figures = SILENCE

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[Work]:
        with timed(self.figures):
            async with self.database.begin() as connection:
                work = Transaction(connection, self.now, self.owner, self.maps, self.keyring)
                yield work
                await work.write_journal()
                self.reach("work.before_commit")
            self.reach("work.after_commit")
        work.happened.tell(self.figures)
