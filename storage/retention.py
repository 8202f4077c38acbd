"""What need not be kept is removed once it can no longer matter (durability.md 2.2)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, update

from storage.database import Database
from storage.owing import NOT_SENT, unless_secret
from storage.rows.outgoing import outbox
from storage.rows.people import guesses
from storage.rows.rails import inbox, job_slots, tokens
from storage.rows.schema import fixed

UPDATES: Final = timedelta(days=8)
"""Updates live a day at the messenger, and their numbers may begin anew after a week."""

TOKENS: Final = timedelta(days=7)
SLOTS: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Retention:
    """One transaction a day; unfinished and poisoned updates stay until somebody has looked."""

    database: Database

    async def purge(self, at: datetime) -> int:
        """Return how many rows went."""
        old = (
            delete(inbox).where(
                inbox.c.state == fixed("done"), inbox.c.received_at < at - UPDATES
            ),
            delete(tokens).where(tokens.c.expires_at < at - TOKENS),
            delete(guesses).where(guesses.c.at < at - TOKENS),
            delete(job_slots).where(job_slots.c.taken_at < at - SLOTS),
        )
        async with self.database.begin() as connection:
            gone = [(await connection.execute(removing)).rowcount for removing in old]
        return sum(gone)

    async def forget_slots(self, at: datetime) -> int:
        """Slots of chores that nobody can take again; return how many rows went."""
        async with self.database.begin() as connection:
            old = delete(job_slots).where(job_slots.c.taken_at < at - SLOTS)
            return (await connection.execute(old)).rowcount

    async def forget_unsent(self, at: datetime) -> int:
        """Whatever has not been sent until now never is; return how many messages that were.

        For a district whose past was played before anybody in it had a phone.
        """
        dropping = (
            update(outbox)
            .where(outbox.c.state.in_(NOT_SENT))
            .values(state="superseded", why="before the phones", ended_at=at, data=unless_secret())
        )
        async with self.database.begin() as connection:
            return (await connection.execute(dropping)).rowcount
