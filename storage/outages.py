"""Outages inside one transaction: the sign of life, the gaps in it, and what was held too long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Row, Table, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.claims import LEASE
from storage.columns import Instant
from storage.old_cards import PHASES
from storage.rows.cases import photos
from storage.rows.joint import call_outs
from storage.rows.outgoing import chat_states, outbox
from storage.rows.rails import inbox, leases, outages, settings, timers
from storage.upsert import inserting
from workflows.outages.kept import OldCard
from workflows.outages.outage import Outage, Why

ALIVE: Final = "alive_at"
LAST: Final = select(settings.c.value).where(settings.c.name == ALIVE).with_for_update()

LONGEST_LEASE: Final = timedelta(minutes=2)
"""No lease is given for longer, and nothing waits so long after a failure."""
LONGEST_HOLD: Final = timedelta(hours=1)
"""Messengers have told us to wait for up to an hour (durability.md 3, row 37)."""

LONGEST_WAIT: Final = timedelta(minutes=5)
"""Between two tries of one message; the first try may wait for the end of quiet hours."""
TRIED: Final = outbox.c.sending_at.is_not(None)

MOST_AT_ONCE: Final = 1000

BETWEEN: Final = (
    select(outages)
    .where(
        outages.c.to_at >= bindparam("since", type_=Instant),
        outages.c.from_at <= bindparam("until", type_=Instant),
    )
    .order_by(outages.c.to_at)
    .limit(MOST_AT_ONCE)
)
UNFINISHED: Final = (
    select(outages)
    .where(outages.c.shown_at.is_(None))
    .order_by(outages.c.id)
    .limit(1)
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class StoredOutages:
    """Implements `workflows.outages.kept.Outages`."""

    connection: AsyncConnection

    async def alive(self, at: datetime) -> datetime | None:
        last = (await self.connection.execute(LAST)).scalar_one_or_none()
        adding = inserting(self.connection, settings)
        known = adding.on_conflict_do_update(
            index_elements=[settings.c.name], set_={"value": adding.excluded.value}
        )
        await self.connection.execute(known, [{"name": ALIVE, "value": at.isoformat()}])
        return None if last is None else datetime.fromisoformat(last)

    async def note(self, outage: Outage, *, old_cards: bool) -> Outage:
        row = {
            "from_at": outage.from_at,
            "to_at": outage.to_at,
            "why": outage.why.value,
            "phase": 0,
            "upto": 0,
            "shown_at": None if old_cards else outage.to_at,
        }
        added = await self.connection.execute(insert(outages).values(row).returning(outages))
        return _outage_from(added.one())

    async def between(self, since: datetime, until: datetime) -> tuple[Outage, ...]:
        found = await self.connection.execute(BETWEEN, {"since": since, "until": until})
        return tuple(_outage_from(row) for row in found)

    async def with_old_cards(self) -> Outage | None:
        row = (await self.connection.execute(UNFINISHED)).one_or_none()
        return None if row is None else _outage_from(row)

    async def old_cards(self, outage: Outage, most: int) -> tuple[OldCard, ...] | None:
        """A phase without anything left gives way to the next one."""
        this = outages.c.id == outage.id
        row = (await self.connection.execute(select(outages).where(this))).one()
        for phase in range(row.phase, len(PHASES)):
            after = row.upto if phase == row.phase else 0
            cards, upto = await PHASES[phase](self.connection, outage, after, most)
            if upto is not None:
                so_far = {"phase": phase, "upto": upto}
                await self.connection.execute(update(outages).where(this).values(so_far))
                return cards
        ended = {"phase": len(PHASES), "shown_at": outage.to_at}
        await self.connection.execute(update(outages).where(this).values(ended))
        return None

    async def loosen(self, at: datetime) -> int:
        """Whoever is at work keeps a whole lease; how long a chat must wait is kept to an hour."""
        loosened = 0
        for table in (inbox, timers, photos, call_outs, outbox):
            loosened += await self._no_later(table, "lease_until", at + LONGEST_LEASE, at + LEASE)
        for table in (inbox, timers, photos, call_outs):
            loosened += await self._no_later(table, "not_before", at + LONGEST_LEASE, at)
        loosened += await self._no_later(leases, "until", at + LONGEST_LEASE, at + LEASE)
        loosened += await self._no_later(outbox, "not_before", at + LONGEST_WAIT, at, TRIED)
        longest = at + LONGEST_HOLD
        return loosened + await self._no_later(chat_states, "hold_until", longest, longest)

    async def _no_later(
        self, table: Table, column: str, most: datetime, instead: datetime, *more: Any
    ) -> int:
        stuck = update(table).where(table.c[column] > most, *more).values({column: instead})
        return int((await self.connection.execute(stuck)).rowcount)


def _outage_from(row: Row[Any]) -> Outage:
    return Outage(row.from_at, row.to_at, Why(row.why), row.id)
