"""Messages that were given up, for somebody to look at and to send once more."""

from dataclasses import dataclass

from sqlalchemy import select, update

from storage.database import Database
from storage.keyring import Keyring
from storage.owing import notice_from
from storage.rows.outgoing import outbox
from storage.rows.schema import fixed
from workflows.notices import Notice

GIVEN_UP = ("failed", "unknown")


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What was owed under which number, and why it never arrived."""

    id: int
    notice: Notice
    why: str


@dataclass(frozen=True, slots=True)
class DeadLetters:
    """The failed part of the outbox."""

    database: Database
    keyring: Keyring

    async def latest(self, limit: int = 100) -> tuple[DeadLetter, ...]:
        failed = select(outbox).where(outbox.c.state == fixed("failed"))
        async with self.database.reading() as connection:
            rows = await connection.execute(failed.order_by(outbox.c.id.desc()).limit(limit))
            found = [(row, notice_from(row, self.keyring)) for row in rows]
            return tuple(DeadLetter(row.id, notice, row.why or "") for row, notice in found)

    async def requeue(self, message_id: int) -> bool:
        """Let a failed message, or one whose fate is unknown, try again from the beginning."""
        again = (
            update(outbox)
            .where(outbox.c.id == message_id, outbox.c.state.in_(GIVEN_UP))
            .values(state="waiting", attempts=0, not_before=None, ended_at=None)
        )
        async with self.database.begin() as connection:
            return (await connection.execute(again)).rowcount > 0
