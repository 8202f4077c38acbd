"""Wrong invitations, counted by the chat that they came from."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows.people import guesses
from workflows.notices import Address


@dataclass(frozen=True, slots=True)
class StoredGuesses:
    """Implements `workflows.team.guesses.Guesses`."""

    connection: AsyncConnection

    async def add(self, address: Address, at: datetime) -> None:
        here = {"transport": address.transport, "chat": address.chat, "at": at}
        await self.connection.execute(insert(guesses).values(**here))

    async def since(self, address: Address, at: datetime) -> tuple[datetime, ...]:
        question = (
            select(guesses.c.at)
            .where(
                guesses.c.transport == address.transport,
                guesses.c.chat == address.chat,
                guesses.c.at >= at,
            )
            .order_by(guesses.c.at)
        )
        return tuple((await self.connection.execute(question)).scalars())
