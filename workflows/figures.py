"""What the house reports about itself while it works, and what is looked up when somebody asks.

Counts and spans carry labels out of short lists only: never a person, a case, a chat or a word
that somebody wrote (durability.md 2.2; domain.md 6).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol

from workflows.ports import Entry


class Count(StrEnum):
    """Something that happened, and how often. The labels follow in this order.

    ACTS: the action of the journal. RUNGS: level, urgency, whether somebody was told.
    EXHAUSTED: the urgency of a case whose ladder came to its end. SENDS: lane, outcome.
    BUDGET_WAITS: lane. UPDATES: result. REFUSALS: reason. PHOTOS: result. JOBS: job, result.
    TRANSACTIONS: result. REQUESTS: what was asked over HTTP, the status.
    """

    ACTS = "acts"
    RUNGS = "rungs"
    EXHAUSTED = "exhausted"
    SENDS = "sends"
    BUDGET_WAITS = "budget_waits"
    RECEIVED = "received"
    UPDATES = "updates"
    REFUSALS = "refusals"
    PHOTOS = "photos"
    JOBS = "jobs"
    TRANSACTIONS = "transactions"
    REQUESTS = "requests"


class Span(StrEnum):
    """How much of something each time: seconds, or a share between 0 and 1.

    LATENESS: from a timer's time to its effects being committed. DELIVERY: from the moment a
    message may go until it is there, by lane. UPDATE: from storing an update to its end.
    JOB: one run, by job. TRANSACTION: from waiting for a connection to the commit.
    BUDGET_BOT, BUDGET_CHAT: how much of the allowance is used once a message is paid for.
    """

    LATENESS = "lateness"
    DELIVERY = "delivery"
    UPDATE = "update"
    JOB = "job"
    TRANSACTION = "transaction"
    BUDGET_BOT = "budget_bot"
    BUDGET_CHAT = "budget_chat"


@dataclass(frozen=True, slots=True)
class Gauge:
    """One thing as it stands now: its values, each by a tuple of as many words as `labels`."""

    name: str
    help: str
    labels: tuple[str, ...]
    values: Mapping[Any, float]


class Figures(Protocol):
    """Where everybody reports to. Costs next to nothing, never waits, never raises."""

    def count(self, what: Count, *labels: str, by: int = 1) -> None: ...

    def observe(self, what: Span, value: float, *labels: str) -> None: ...


class Silence:
    """Figures that nobody reads."""

    def count(self, what: Count, *labels: str, by: int = 1) -> None:
        """Do nothing."""

    def observe(self, what: Span, value: float, *labels: str) -> None:
        """Do nothing."""


SILENCE: Final[Figures] = Silence()


def report_entry(figures: Figures, entry: Entry, urgency: str) -> None:
    """What one line of the journal adds to the figures."""
    figures.count(Count.ACTS, entry.action)
    if rung := entry.details.get("rung"):
        told = "told" if entry.details.get("told") else "passed"
        figures.count(Count.RUNGS, str(rung), urgency, told)
    if "exhausted" in entry.details:  # a list of who was told, empty if there was nobody
        figures.count(Count.EXHAUSTED, urgency)


@dataclass(frozen=True, slots=True)
class Queue:
    """How many wait, `MOST_COUNTED` at most, and since when the oldest could have gone on."""

    waiting: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Queues:
    """What waits at one moment. `outbox` holds what may go now and `later` what may not yet.

    Both are by lane; `parked` messages wait for a person to come back. `exhausted` are cases at
    the end of their ladder that nobody has taken up. `leases` says who holds which until when.
    """

    at: datetime
    inbox: Queue = Queue()
    timers: Queue = Queue()
    fetch: Queue = Queue()
    outbox: Mapping[int, Queue] = field(default_factory=dict)
    later: Mapping[int, int] = field(default_factory=dict)
    sending: int = 0
    parked: int = 0
    dead: int = 0
    exhausted: int = 0
    leases: Mapping[str, tuple[str, datetime]] = field(default_factory=dict)


MOST_COUNTED: Final = 10_000
"""Whoever has more waiting has the same trouble; counting on would only cost."""


class Watching(Protocol):
    """What an operator's monitor asks the database."""

    async def queues(self, at: datetime) -> Queues:
        """Index-backed statements only. Raises StorageDownError."""

    async def can_write(self, owner: str, at: datetime) -> None:
        """Commits a row and takes it away again. Raises StorageDownError."""
