"""Opens a database and puts every rail on it."""

import secrets
from dataclasses import dataclass

from storage.database import Database, connect
from storage.dead_letters import DeadLetters
from storage.doctor import StoredDoctor
from storage.doorbell import StoredDoorbell
from storage.due_calls import StoredDueCalls
from storage.due_emergencies import StoredDueEmergencies
from storage.due_proposals import StoredDueProposals
from storage.failpoints import Reach, nowhere
from storage.forgetting import StoredForgetting
from storage.holds import StoredHolds
from storage.inbox import StoredInbox
from storage.keyring import Keyring, KeysError
from storage.leases import StoredLeases, StoredSlots
from storage.loading import Loading
from storage.maps import MapCache
from storage.mending import StoredMending
from storage.migrating import bring_up_to_date
from storage.outbox import StoredOutbox
from storage.page_links import StoredPageLinks
from storage.photos import PhotoFetching
from storage.resealing import Resealing, prove_keys
from storage.retention import Retention
from storage.timers import StoredTimers
from storage.tokens import StoredTokens
from storage.unit_of_work import UnitOfWork
from storage.views import StoredViews
from storage.watching import StoredWatching
from workflows.approving.kept import DueProposals
from workflows.auditing.mending import Mending
from workflows.emergency.kept import DueEmergencies
from workflows.figures import SILENCE, Figures, Watching
from workflows.joint.kept import DueCalls
from workflows.ports import Begin, Clock
from workflows.privacy.kept import Forgetting, Holds
from workflows.privacy.pages import PageLinks
from workflows.rails import (
    Doctor,
    Doorbell,
    Fetching,
    Inbox,
    Leases,
    Outbox,
    Slots,
    Timers,
    Tokens,
)
from workflows.views import Views


@dataclass(frozen=True, slots=True)
class Storage:
    """Everything that is remembered, behind the ports; `dispose` it before the process ends."""

    begin: Begin
    inbox: Inbox
    timers: Timers
    due_calls: DueCalls
    due_emergencies: DueEmergencies
    due_proposals: DueProposals
    outbox: Outbox
    tokens: Tokens
    page_links: PageLinks
    doorbell: Doorbell
    fetching: Fetching
    leases: Leases
    slots: Slots
    views: Views
    doctor: Doctor
    loading: Loading
    retention: Retention
    forgetting: Forgetting
    holds: Holds
    resealing: Resealing
    dead_letters: DeadLetters
    watching: Watching
    mending: Mending
    owner: str
    database: Database
    intake: Database

    async def dispose(self) -> None:
        await self.database.dispose()
        await self.intake.dispose()


async def open_storage(
    url: str,
    clock: Clock,
    keyring: Keyring,
    *,
    reach: Reach = nowhere,
    figures: Figures = SILENCE,
) -> Storage:
    """Migrate under a lock, see that these are the keys, then open.

    Raises StorageDownError, and KeysError where the keys are those of another city.
    """
    database = connect(url)
    await bring_up_to_date(database, reach)
    try:
        await prove_keys(database, keyring)
    except KeysError:
        await database.dispose()
        raise
    return assemble(database, url, clock, keyring, reach, figures=figures)


def assemble(
    database: Database,
    url: str,
    clock: Clock,
    keyring: Keyring,
    reach: Reach,
    *,
    figures: Figures = SILENCE,
) -> Storage:
    """Put the rails on a database whose tables are up to date.

    Intake stores through connections of its own, so that it still can when all others are
    busy; SQLite writes through one queue anyway.
    """
    owner = secrets.token_hex(8)
    intake = database if database.is_sqlite else connect(url, connections=2)
    maps = MapCache()
    return Storage(
        begin=UnitOfWork(database, clock, owner, maps, reach, keyring, figures),
        inbox=StoredInbox(database, intake, owner, reach, keyring),
        timers=StoredTimers(database, owner, reach),
        due_calls=StoredDueCalls(database, owner),
        due_emergencies=StoredDueEmergencies(database, owner),
        due_proposals=StoredDueProposals(database, owner),
        outbox=StoredOutbox(database, owner, reach, keyring),
        tokens=StoredTokens(database),
        page_links=StoredPageLinks(database, keyring),
        doorbell=StoredDoorbell(database),
        fetching=PhotoFetching(database, owner, reach),
        leases=StoredLeases(database),
        slots=StoredSlots(database),
        views=StoredViews(database, clock, maps, keyring),
        doctor=StoredDoctor(database),
        loading=Loading(database),
        retention=Retention(database),
        forgetting=StoredForgetting(database),
        holds=StoredHolds(database),
        resealing=Resealing(database, keyring),
        dead_letters=DeadLetters(database, keyring),
        watching=StoredWatching(database),
        mending=StoredMending(database, clock),
        owner=owner,
        database=database,
        intake=intake,
    )
