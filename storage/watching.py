"""What an operator's monitor asks: how much waits and since when, and whether a row can be kept.

Every statement walks an index over what is unfinished and stops counting at `MOST_COUNTED`, so
that it costs the same with a thousand cases and with a million.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Table,
    TextClause,
    bindparam,
    case,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.leases import StoredLeases
from storage.rows.cases import IS_EXHAUSTED, TO_FETCH, cases, photos
from storage.rows.outgoing import attempts, outbox
from storage.rows.rails import inbox, leases, timers
from storage.rows.schema import fixed
from workflows.figures import MOST_COUNTED, Queue, Queues

Condition = ColumnElement[bool] | TextClause

AT: Final = bindparam("at", type_=timers.c.due_at.type)
PATIENCE: Final = text("SET LOCAL statement_timeout = '2s'")
"""On PostgreSQL; whoever asks gives up by himself, and SQLite's statements end soon."""

PROBE_SECONDS: Final = 60


def _counted(table: Table, condition: Condition) -> Select[Any]:
    some = select(table.c.id).where(condition).limit(MOST_COUNTED).subquery()
    return select(func.count()).select_from(some)


def _first(
    table: Table, since: ColumnElement[Any], condition: Condition, order: ColumnElement[Any]
) -> Select[Any]:
    return select(since).select_from(table).where(condition).order_by(order).limit(1)


UNREAD: Final = inbox.c.state == fixed("waiting")
UNREAD_COUNT: Final = _counted(inbox, UNREAD)
UNREAD_FIRST: Final = _first(inbox, inbox.c.received_at, UNREAD, inbox.c.id)

DUE: Final = (timers.c.state == fixed("armed")) & (timers.c.due_at <= AT)
DUE_COUNT: Final = _counted(timers, DUE)
DUE_FIRST: Final = _first(timers, timers.c.due_at, DUE, timers.c.due_at)

FETCH_COUNT: Final = _counted(photos, TO_FETCH)
FETCH_FIRST: Final = _first(photos, photos.c.said_at, TO_FETCH, photos.c.id)


def _waiting_messages() -> Select[Any]:
    """By lane: how many may go, since when, and how many may not yet.

    A message may go from its first attempt on, else from the time it was put off to, else from
    the moment it was owed: quiet hours do not make it old, and being put off again and again
    does not make it young.
    """
    tried = (
        select(func.min(attempts.c.at))
        .where(attempts.c.outbox_id == outbox.c.id)
        .correlate(outbox)
        .scalar_subquery()
    )
    since = func.coalesce(tried, outbox.c.not_before, outbox.c.owed_at)
    first = (
        select(outbox.c.lane, since.label("since"))
        .where(outbox.c.state == fixed("waiting"))
        .order_by(outbox.c.id)
        .limit(MOST_COUNTED)
        .subquery()
    )
    may_go = first.c.since <= AT
    return select(
        first.c.lane,
        func.count(case((may_go, literal(1)))).label("now"),
        func.min(case((may_go, first.c.since))).label("oldest"),
        func.count(case((~may_go, literal(1)))).label("later"),
    ).group_by(first.c.lane)


MESSAGES: Final = _waiting_messages()
SENDING: Final = _counted(outbox, outbox.c.state == fixed("sending"))
PARKED: Final = _counted(outbox, outbox.c.state == fixed("parked"))
DEAD: Final = _counted(outbox, outbox.c.state == fixed("failed"))
EXHAUSTED: Final = _counted(cases, IS_EXHAUSTED)
LEASES: Final = select(leases.c.name, leases.c.owner, leases.c.until).limit(100)

STATEMENTS: Final = (
    UNREAD_COUNT,
    UNREAD_FIRST,
    DUE_COUNT,
    DUE_FIRST,
    FETCH_COUNT,
    FETCH_FIRST,
    MESSAGES,
    SENDING,
    PARKED,
    DEAD,
    EXHAUSTED,
    LEASES,
)
"""All that a look at the queues asks, for the test that reads their plans."""


@dataclass(frozen=True, slots=True)
class StoredWatching:
    """Implements `workflows.figures.Watching`."""

    database: Database

    async def queues(self, at: datetime) -> Queues:
        async with self.database.reading() as connection:
            if not self.database.is_sqlite:
                await connection.execute(PATIENCE)
            lanes = (await connection.execute(MESSAGES, {"at": at})).all()
            return Queues(
                at=at,
                inbox=await _queue(connection, at, UNREAD_COUNT, UNREAD_FIRST),
                timers=await _queue(connection, at, DUE_COUNT, DUE_FIRST),
                fetch=await _queue(connection, at, FETCH_COUNT, FETCH_FIRST),
                outbox={row.lane: Queue(row.now, _instant(row)) for row in lanes},
                later={row.lane: row.later for row in lanes},
                sending=await _number(connection, SENDING),
                parked=await _number(connection, PARKED),
                dead=await _number(connection, DEAD),
                exhausted=await _number(connection, EXHAUSTED),
                leases={
                    row.name: (row.owner, row.until) for row in await connection.execute(LEASES)
                },
            )

    async def can_write(self, owner: str, at: datetime) -> None:
        """A lease of the process's own, so that several may try at once."""
        rows = StoredLeases(self.database)
        await rows.take(f"writes.{owner}", owner, at, PROBE_SECONDS)
        await rows.give_up(f"writes.{owner}", owner)


def _instant(row: Row[Any]) -> datetime | None:
    found: datetime | None = row.oldest
    return found


async def _queue(
    connection: AsyncConnection, at: datetime, count: Select[Any], first: Select[Any]
) -> Queue:
    waiting = (await connection.execute(count, {"at": at})).scalar_one()
    if not waiting:
        return Queue()
    oldest = (await connection.execute(first, {"at": at})).scalar_one_or_none()
    return Queue(waiting, oldest)


async def _number(connection: AsyncConnection, question: Select[Any]) -> int:
    found: int = (await connection.execute(question)).scalar_one()
    return found
