"""How a person comes in: one invitation, consumed once, binds one chat (durability.md 5)."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.parking import unpark
from storage.rows.outgoing import message_refs
from storage.rows.people import contacts, invitations, people
from workflows.notices import Address
from workflows.people import PersonId
from workflows.refusals import Reason, Refused


async def cancel_invitations(connection: AsyncConnection, person_id: PersonId) -> None:
    await connection.execute(
        update(invitations)
        .where(invitations.c.person_id == person_id, invitations.c.used_at.is_(None))
        .values(cancelled=True)
    )


async def accept(
    connection: AsyncConnection, token_sha256: str, address: Address, at: datetime
) -> tuple[PersonId, PersonId]:
    """Consume the invitation and bind the chat; what waited for the person may now be sent.

    Return who came in, and who had made the invitation.

    Raises Refused(INVITE_UNKNOWN | INVITE_USED | INVITE_EXPIRED | DISMISSED | ALREADY_BOUND).
    """
    person, made_by = await _consume(connection, token_sha256, at)
    await _free_the_chat(connection, person, address)
    await connection.execute(delete(contacts).where(contacts.c.person_id == person))
    await connection.execute(
        insert(contacts).values(
            person_id=person,
            transport=address.transport,
            chat=address.chat,
            reachable=True,
            bound_at=at,
        )
    )
    elsewhere = message_refs.c.chat != address.chat
    await connection.execute(
        delete(message_refs).where(message_refs.c.person_id == person, elsewhere)
    )
    await unpark(connection, person)
    return person, made_by


async def _consume(
    connection: AsyncConnection, token_sha256: str, at: datetime
) -> tuple[PersonId, PersonId]:
    columns = invitations.c
    consumed = await connection.execute(
        update(invitations)
        .where(
            columns.token_sha256 == token_sha256,
            columns.used_at.is_(None),
            columns.cancelled.is_(False),
            columns.expires_at > at,
        )
        .values(used_at=at)
        .returning(columns.person_id, columns.made_by)
    )
    used = consumed.one_or_none()
    if used is None:
        raise await _why_not(connection, token_sha256)
    active = select(people.c.active).where(people.c.id == used.person_id)
    if not (await connection.execute(active)).scalar_one():
        raise Refused(Reason.DISMISSED)
    return PersonId(used.person_id), PersonId(used.made_by)


async def _why_not(connection: AsyncConnection, token_sha256: str) -> Refused:
    found = select(invitations.c.used_at).where(invitations.c.token_sha256 == token_sha256)
    row = (await connection.execute(found)).one_or_none()
    if row is None:
        return Refused(Reason.INVITE_UNKNOWN)
    return Refused(Reason.INVITE_EXPIRED if row.used_at is None else Reason.INVITE_USED)


async def _free_the_chat(connection: AsyncConnection, person: PersonId, address: Address) -> None:
    """A chat speaks for one person; only someone dismissed gives way to another."""
    here = (contacts.c.transport == address.transport, contacts.c.chat == address.chat)
    bound = (
        select(people.c.id, people.c.active)
        .join(contacts, contacts.c.person_id == people.c.id)
        .where(*here, people.c.id != person)
    )
    other = (await connection.execute(bound)).one_or_none()
    if other is None:
        return
    if other.active:
        raise Refused(Reason.ALREADY_BOUND)
    await connection.execute(delete(contacts).where(*here))
