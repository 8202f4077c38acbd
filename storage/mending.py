"""What an operator sets going again: in one transaction with a line in the journal for each."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, and_, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import journal
from storage.audit_passes import all_unwatched
from storage.columns import storable
from storage.database import Database
from storage.rows.outgoing import IS_DEAD, outbox
from storage.rows.rails import IS_POISON, inbox
from storage.rows.schema import fixed
from storage.stuck_sends import classify_stuck
from workflows.auditing.mending import GivenUp, Kept, Order, Stuck
from workflows.cases.case import CaseId
from workflows.people import SYSTEM, Role
from workflows.ports import Clock, Entry

SHOWN: Final = 200
UNHELD: Final[Mapping[str, Any]] = {"owner": None, "lease_until": None, "not_before": None}

TABLES: Final[Mapping[Kept, Table]] = {Kept.LETTERS: outbox, Kept.UPDATES: inbox}
HEAPS: Final = {Kept.LETTERS: IS_DEAD, Kept.UPDATES: IS_POISON}
UNKNOWN: Final = outbox.c.state == fixed("unknown")


@dataclass(frozen=True, slots=True)
class StoredMending:
    """Implements `workflows.auditing.mending.Mending`."""

    database: Database
    now: Clock

    async def stuck(self) -> Stuck:
        at = self.now()
        sending = select(outbox.c.id).where(
            outbox.c.state == fixed("sending"), outbox.c.lease_until <= at
        )
        dead = select(outbox).where(IS_DEAD).order_by(outbox.c.id).limit(SHOWN)
        poison = select(inbox).where(IS_POISON).order_by(inbox.c.id).limit(SHOWN)
        async with self.database.reading() as connection:
            return Stuck(
                cases=tuple(map(CaseId, await all_unwatched(connection))),
                sends=tuple((await connection.execute(sending.order_by(outbox.c.id))).scalars()),
                letters=tuple(_letter(row) for row in await connection.execute(dead)),
                updates=tuple(_update(row) for row in await connection.execute(poison)),
            )

    async def classify_sends(self, order: Order) -> tuple[int, ...]:
        async with self.database.begin() as connection:
            found = await classify_stuck(connection, self.now())
            await self._sign(connection, "continue_sends", found, order)
        return tuple(found)

    async def try_again(
        self, heap: Kept, numbers: Collection[int] | None, order: Order
    ) -> tuple[int, ...]:
        """From the beginning, except what was wiped: that has to be asked for anew."""
        fresh: dict[str, Any] = {"state": "waiting", "attempts": 0, **UNHELD}
        if heap is Kept.LETTERS:
            usable, fresh = ~outbox.c.secret, {**fresh, "ended_at": None}
        else:
            usable, fresh = true(), {**fresh, "done_at": None}
        return await self._change(heap, _named(heap, numbers, usable), fresh, "continue", order)

    async def put_aside(
        self, heap: Kept, numbers: Collection[int] | None, order: Order
    ) -> tuple[int, ...]:
        why = storable(f"put aside by {order.operator}: {order.why}")
        ended = (
            {"state": "superseded", "ended_at": self.now(), "why": why}
            if heap is Kept.LETTERS
            else {"state": "done", "done_at": self.now(), "why": why}
        )
        return await self._change(heap, _named(heap, numbers, true()), ended, "put_aside", order)

    async def _change(
        self,
        heap: Kept,
        which: ColumnElement[bool],
        values: Mapping[str, Any],
        action: str,
        order: Order,
    ) -> tuple[int, ...]:
        table = TABLES[heap]
        changing = update(table).where(which).values(**values, fence=table.c.fence + 1)
        async with self.database.begin() as connection:
            rows = await connection.execute(changing.returning(table.c.id))
            found = sorted(rows.scalars())
            await self._sign(connection, f"{action}_{heap}", found, order)
        return tuple(found)

    async def _sign(
        self, connection: AsyncConnection, action: str, numbers: Iterable[int], order: Order
    ) -> None:
        """Of no case: nothing has happened to any."""
        at = self.now()
        signed = {"by": order.operator, "why": order.why}
        lines = [
            Entry(action, SYSTEM.id, Role.SYSTEM, at, details={**signed, "number": number})
            for number in numbers
        ]
        await journal.append(connection, lines, at)


def _named(
    heap: Kept, numbers: Collection[int] | None, usable: ColumnElement[bool]
) -> ColumnElement[bool]:
    """All of the heap, or those named; a message whose fate is unknown may always be named."""
    if numbers is None:
        return and_(HEAPS[heap], usable)
    lies_there: ColumnElement[bool] = and_(HEAPS[heap])
    if heap is Kept.LETTERS:
        lies_there = or_(lies_there, UNKNOWN)
    return and_(lies_there, TABLES[heap].c.id.in_(numbers), usable)


def _letter(row: Any) -> GivenUp:
    case_id = None if row.case_id is None else CaseId(row.case_id)
    return GivenUp(row.id, row.kind, case_id, row.owed_at, row.why or "", wiped=row.secret)


def _update(row: Any) -> GivenUp:
    return GivenUp(row.id, row.transport, None, row.received_at, row.why or "")
