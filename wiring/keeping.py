"""What a city keeps and for how long, and how the end of its journal is told to the outside."""

from collections.abc import Iterator

from bot.i18n import Speech
from handlers.auditor.heads import HeadsFile, HeadsUrl, PublishHeads, Way
from handlers.clock.loop import Job
from handlers.clock.retain import Retain
from handlers.terminal.petitioner import Counter
from handlers.terminal.retention import Keeping
from handlers.terminal.settings import Settings
from storage.assembly import Storage
from storage.vault import FileVault
from storage.verifying import StoredChain
from workflows.book import Book
from workflows.ports import Clock
from workflows.privacy.petitioner import CopyForPetitioner


def retaining(storage: Storage, vault: FileVault, book: Book, now: Clock) -> Retain:
    """What is past its period goes, by the periods of the policy in force."""
    periods = tuple(book.policy.retention.values())
    tidy = storage.retention.forget_slots
    return Retain(storage.forgetting, periods, vault.forget, tidy, storage.slots, now)


def keeping(storage: Storage, vault: FileVault, book: Book, now: Clock) -> Keeping:
    """What `run.py retention` works with."""
    retain = retaining(storage, vault, book, now)
    return Keeping(storage.forgetting, storage.holds, retain.periods, retain.once, now)


def counter(storage: Storage, book: Book, now: Clock) -> Counter:
    """Where a petitioner is served."""
    copy = CopyForPetitioner(storage.begin, storage.views, now)
    return Counter(copy, book, Speech.load())


def publishing(settings: Settings, storage: Storage, now: Clock) -> Iterator[Job]:
    """The journal's heads, where a deployment names a place outside for them."""
    ways = list[Way]()
    if settings.heads_file is not None:
        ways.append(HeadsFile(settings.heads_file, settings.heads_secret))
    if settings.heads_url:
        ways.append(HeadsUrl(settings.heads_url, settings.heads_secret))
    if ways:
        heads = PublishHeads(StoredChain(storage.database), ways, now)
        yield Job("heads", heads.round, every=60.0)
