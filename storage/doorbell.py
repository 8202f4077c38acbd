"""Who is at the door, and which of our messages they mean."""

from dataclasses import dataclass

from sqlalchemy import select, update

from storage.database import Database
from storage.parking import unpark
from storage.person_rows import people_from, with_posts
from storage.rows.outgoing import message_keys
from storage.rows.people import contacts, people
from workflows.notices import Address
from workflows.people import Person, PersonId


@dataclass(frozen=True, slots=True)
class StoredDoorbell:
    """Implements `workflows.rails.Doorbell`."""

    database: Database

    async def person_at(self, address: Address) -> Person | None:
        """The person bound to this chat, active or dismissed."""
        bound = select(contacts.c.person_id).where(
            contacts.c.transport == address.transport, contacts.c.chat == address.chat
        )
        question = with_posts().where(people.c.id == bound.scalar_subquery())
        async with self.database.reading() as connection:
            found = people_from(await connection.execute(question))
        return found[0] if found else None

    async def subject_of(self, address: Address, key: str) -> str | None:
        columns = message_keys.c
        question = select(columns.subject).where(
            columns.transport == address.transport,
            columns.chat == address.chat,
            columns.key == key,
        )
        async with self.database.reading() as connection:
            found: str | None = (await connection.execute(question)).scalar_one_or_none()
        return found

    async def came_back(self, address: Address) -> None:
        """Writes only where they had left, for this is asked with every message."""
        question = select(contacts.c.person_id).where(
            contacts.c.transport == address.transport,
            contacts.c.chat == address.chat,
            contacts.c.reachable.is_(False),
        )
        async with self.database.reading() as connection:
            person = (await connection.execute(question)).scalar_one_or_none()
        if person is not None:
            await self._mark(PersonId(person), reachable=True)

    async def left(self, address: Address) -> None:
        """Their messages are set aside when the next ones are claimed."""
        async with self.database.begin() as connection:
            await connection.execute(
                update(contacts)
                .where(contacts.c.transport == address.transport, contacts.c.chat == address.chat)
                .values(reachable=False)
            )

    async def _mark(self, person: PersonId, *, reachable: bool) -> None:
        async with self.database.begin() as connection:
            await connection.execute(
                update(contacts).where(contacts.c.person_id == person).values(reachable=reachable)
            )
            await unpark(connection, person)
