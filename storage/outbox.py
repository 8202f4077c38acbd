"""Messages on their way: claimed, then sent, tried again, given up, or waiting for a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.claims import giving_up, held
from storage.columns import storable
from storage.database import Database
from storage.failpoints import Reach
from storage.keyring import Keyring
from storage.next_message import EVERYBODY, claim_messages, next_due, owed_from
from storage.owing import unless_secret
from storage.parking import park
from storage.rows.outgoing import attempts, chat_states, message_refs, outbox
from storage.rows.people import contacts
from storage.rows.schema import fixed
from storage.showing import show
from storage.stuck_sends import again, classify_stuck
from storage.upsert import inserting
from workflows.notices import Address
from workflows.rails import Owed

GIVE_BACK: Final = held(outbox).where(outbox.c.state == fixed("sending"))
END: Final = GIVE_BACK.values(data=unless_secret())


@dataclass(frozen=True, slots=True)
class StoredOutbox:
    """Implements `workflows.rails.Outbox`."""

    database: Database
    owner: str
    reach: Reach
    keyring: Keyring

    async def claim(self, limit: int, at: datetime) -> tuple[Owed, ...]:
        async with self.database.begin() as connection:
            rows = await claim_messages(connection, limit, self.owner, at)
            owed = await owed_from(connection, rows, self.keyring) if rows else ()
        if owed:
            self.reach("outbox.after_claim")
        return owed

    async def sent(
        self, owed: Owed, receipt: Mapping[str, Any], keys: Sequence[str], at: datetime
    ) -> bool:
        """False, and nothing stored, if the message was taken away from us meanwhile."""
        self.reach("outbox.before_result")
        async with self.database.begin() as connection:
            if not await _end(connection, owed, at, "", state="sent", ended_at=at):
                return False
            await show(connection, owed, receipt, keys, at)
        return True

    async def superseded(self, owed: Owed, why: str, at: datetime) -> None:
        await self._result(owed, at, why, state="superseded", ended_at=at)

    async def retry(self, owed: Owed, why: str, not_before: datetime, *, counts: bool) -> None:
        more = owed.attempts + (1 if counts else 0)
        await self._result(
            owed, not_before, why, state="waiting", attempts=more, not_before=not_before
        )

    async def unknown(self, owed: Owed, why: str, at: datetime) -> None:
        values = again(at) if owed.may_go_again else {"state": "unknown", "ended_at": at}
        await self._result(owed, at, why, unknowns=owed.unknowns + 1, **values)

    async def failed(self, owed: Owed, why: str, at: datetime) -> None:
        await self._result(owed, at, why, state="failed", ended_at=at)

    async def unreachable(self, owed: Owed, why: str, at: datetime) -> None:
        self.reach("outbox.before_result")
        person = owed.reader.id if owed.reader else None
        gone = {"state": "unreachable", "ended_at": at} if person is None else {"state": "parked"}
        async with self.database.begin() as connection:
            ended = await _end(connection, owed, at, why, **gone)
            if not ended:
                return
            await connection.execute(
                update(contacts).where(*_lives_at(owed.address)).values(reachable=False)
            )
            if person is not None:
                await park(connection, person, why)

    async def moved(self, old: Address, new: Address) -> None:
        """What was shown in the old chat can no longer be edited and is forgotten."""
        there = {"transport": new.transport, "chat": new.chat}
        taken = select(contacts.c.person_id).where(*_lives_at(new))
        async with self.database.begin() as connection:
            if (await connection.execute(taken)).first() is None:
                await connection.execute(update(contacts).where(*_lives_at(old)).values(there))
            await connection.execute(
                update(outbox)
                .where(outbox.c.transport == old.transport, outbox.c.chat == old.chat)
                .values(there)
            )
            shown = and_(
                message_refs.c.transport == old.transport, message_refs.c.chat == old.chat
            )
            await connection.execute(delete(message_refs).where(shown))

    async def hold(self, address: Address | None, until: datetime) -> None:
        where = address or EVERYBODY
        async with self.database.begin() as connection:
            adding = inserting(connection, chat_states).values(
                transport=where.transport, chat=where.chat, hold_until=until
            )
            await connection.execute(
                adding.on_conflict_do_update(
                    index_elements=[chat_states.c.transport, chat_states.c.chat],
                    set_={"hold_until": adding.excluded.hold_until},
                    where=chat_states.c.hold_until < adding.excluded.hold_until,
                )
            )

    async def sweep_stuck(self, at: datetime) -> int:
        """Each is an unknown of its class; its old holder's fence is void from now on."""
        async with self.database.begin() as connection:
            return len(await classify_stuck(connection, at))

    async def next_due(self, at: datetime) -> datetime | None:
        """Not before `at`; messages that wait for a person have no time."""
        async with self.database.reading() as connection:
            found = await next_due(connection)
        return None if found is None else max(found, at)

    async def _result(self, owed: Owed, at: datetime, why: str, **values: Any) -> None:
        self.reach("outbox.before_result")
        async with self.database.begin() as connection:
            await _end(connection, owed, at, why, **values)


async def _end(
    connection: AsyncConnection, owed: Owed, at: datetime, why: str, **values: Any
) -> bool:
    """Write the result and the attempt; false if another holds the message now."""
    ending = END if "ended_at" in values else GIVE_BACK
    result = giving_up(owed.id, owed.fence, why=storable(why), **values)
    if (await connection.execute(ending, result)).rowcount == 0:
        return False
    told = {"at": at, "outcome": values["state"], "why": storable(why)}
    await connection.execute(insert(attempts), {"outbox_id": owed.id, **told})
    return True


def _lives_at(address: Address) -> tuple[Any, Any]:
    return contacts.c.transport == address.transport, contacts.c.chat == address.chat
