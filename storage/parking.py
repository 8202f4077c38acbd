"""Messages for people who cannot be reached wait apart, and come back with them."""

from typing import Final

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows.outgoing import outbox
from storage.rows.people import contacts, people
from storage.rows.schema import fixed
from workflows.people import PersonId

WAITING_FOR_PERSON = "waiting_for_person"


def can_be_reached() -> ColumnElement[bool]:
    """Whether the outbox row goes to somebody active who is bound and has not left."""
    reached = (
        select(contacts.c.person_id)
        .join(people, people.c.id == contacts.c.person_id)
        .where(contacts.c.person_id == outbox.c.person_id, contacts.c.reachable, people.c.active)
    )
    return reached.exists()


# Kept, because it runs before every claim.
PARK_UNREACHABLE: Final = (
    update(outbox)
    .where(outbox.c.state == fixed("waiting"), outbox.c.person_id.is_not(None), ~can_be_reached())
    .values(state="parked", why=WAITING_FOR_PERSON)
)


async def park_unreachable(connection: AsyncConnection) -> None:
    """Set aside whatever waits for people who cannot be reached now."""
    await connection.execute(PARK_UNREACHABLE)


async def park(connection: AsyncConnection, person: PersonId, why: str) -> None:
    await connection.execute(
        update(outbox)
        .where(outbox.c.person_id == person, outbox.c.state == fixed("waiting"))
        .values(state="parked", why=why)
    )


async def unpark(connection: AsyncConnection, person: PersonId) -> None:
    await connection.execute(
        update(outbox)
        .where(outbox.c.person_id == person, outbox.c.state == fixed("parked"))
        .values(state="waiting", why=None)
    )
