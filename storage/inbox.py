"""What came in: stored before it is answered, handled once, in order within each chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.claims import NOW, by, claim, giving_up, held, is_free, must_hold
from storage.columns import storable
from storage.database import Database
from storage.failpoints import Reach
from storage.keyring import Keyring
from storage.rows.rails import inbox
from storage.rows.schema import fixed
from storage.upsert import inserting
from workflows.rails import Incoming, Stored

LONGEST_NUMBER: Final = 18
"""Digits that fit a 64-bit integer whatever they are."""


def _is_first_of_chat() -> ColumnElement[bool]:
    """No older update of the same chat is unfinished; updates of no chat wait for nobody.

    What was put aside holds up nobody until it is claimed, and goes when nothing else is left,
    so that all items of an album that are here are read before the words that came with it.
    """
    other = inbox.alias("other")
    is_older = other.c.id < inbox.c.id
    before = select(other.c.id).where(
        other.c.transport == inbox.c.transport,
        other.c.chat == inbox.c.chat,
        other.c.id != inbox.c.id,
        other.c.state == fixed("waiting"),
        or_(
            and_(other.c.aside.is_(False), or_(is_older, inbox.c.aside)),
            and_(other.c.aside, or_(and_(is_older, inbox.c.aside), other.c.lease_until > NOW)),
        ),
    )
    return or_(inbox.c.chat == "", ~before.exists())


TAKE: Final = claim(
    inbox,
    and_(inbox.c.state == fixed("waiting"), is_free(inbox), _is_first_of_chat()),
    [inbox.c.id],
    attempts=inbox.c.attempts + 1,
)
END: Final = held(inbox).where(inbox.c.state == fixed("waiting"))
SETTLED: Final = select(inbox.c.state).where(
    inbox.c.id == bindparam("row_id"),
    inbox.c.fence == bindparam("row_fence"),
    or_(inbox.c.state != fixed("waiting"), and_(inbox.c.aside, inbox.c.lease_until.is_(None))),
)
HIGHEST: Final = (
    select(inbox.c.number)
    .where(inbox.c.transport == bindparam("of"), inbox.c.number.is_not(None))
    .order_by(inbox.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class StoredInbox:
    """Implements `workflows.rails.Inbox`; `intake` has connections of its own for storing."""

    database: Database
    intake: Database
    owner: str
    reach: Reach
    keyring: Keyring

    async def store(self, transport: str, items: Sequence[Incoming], at: datetime) -> int:
        if not items:
            return 0
        rows = [_row(transport, item, at, self.keyring) for item in items]
        async with self.intake.begin() as connection:
            adding = inserting(connection, inbox).on_conflict_do_nothing()
            added = await connection.execute(adding.returning(inbox.c.id), rows)
            new = len(added.all())
            self.reach("inbox.before_commit")
        self.reach("inbox.after_commit")
        return new

    async def claim(self, limit: int, at: datetime) -> tuple[Stored, ...]:
        async with self.database.begin() as connection:
            rows = (await connection.execute(TAKE, by(self.owner, at, limit))).all()
        if rows:
            self.reach("inbox.after_claim")
        return tuple(
            _stored_from(row, self.keyring) for row in sorted(rows, key=lambda row: row.id)
        )

    async def done(self, row: Stored, at: datetime) -> bool:
        """Raises LeaseLostError if another process has taken the update over meanwhile.

        Nearly always the verb has settled the update already; a look at it keeps nobody waiting.
        """
        async with self.database.reading() as connection:
            settled = await self._settled_here(connection, row)
        if not settled:
            await self._end(row, state="done", done_at=at)
        return settled != "waiting"

    async def poison(self, row: Stored, why: str, at: datetime) -> None:
        await self._end(row, state="poison", done_at=at, why=storable(why))

    async def retry(self, row: Stored, why: str, not_before: datetime) -> None:
        await self._end(row, not_before=not_before, why=storable(why))

    async def highest(self, transport: str) -> int | None:
        """The last number stored: after a quiet week the messenger begins anew, maybe lower."""
        async with self.database.reading() as connection:
            last = await connection.execute(HIGHEST, {"of": transport})
            found: int | None = last.scalar_one_or_none()
        return found

    async def waiting(self) -> int:
        question = select(func.count()).where(inbox.c.state == fixed("waiting"))
        async with self.database.reading() as connection:
            count: int = (await connection.execute(question)).scalar_one()
        return count

    async def _end(self, row: Stored, **values: Any) -> None:
        async with self.database.begin() as connection:
            ended = await connection.execute(END, giving_up(row.id, row.fence, **values))
            if ended.rowcount == 0 and not await self._settled_here(connection, row):
                must_hold(ended, f"update {row.cause}")

    async def _settled_here(self, connection: AsyncConnection, row: Stored) -> str:
        """The state in which a verb has left it, `waiting` where it was put aside; else none."""
        found = await connection.execute(SETTLED, {"row_id": row.id, "row_fence": row.fence})
        return found.scalar_one_or_none() or ""


def _row(transport: str, item: Incoming, at: datetime, keyring: Keyring) -> dict[str, Any]:
    """What was said lies sealed: it is whatever a caller may have said on the telephone."""
    digits = item.raw_id.isascii() and item.raw_id.isdigit()
    number = int(item.raw_id) if digits and len(item.raw_id) <= LONGEST_NUMBER else None
    return {
        "transport": transport,
        "raw_id": item.raw_id,
        "number": number,
        "chat": item.chat,
        "raw": keyring.seal(item.raw),
        "received_at": at,
        "state": "waiting",
    }


def _stored_from(row: Row[Any], keyring: Keyring) -> Stored:
    return Stored(
        id=row.id,
        fence=row.fence,
        transport=row.transport,
        raw_id=row.raw_id,
        chat=row.chat,
        raw=keyring.open(row.raw),
        received_at=row.received_at,
        attempts=row.attempts,
        aside=row.aside,
    )
