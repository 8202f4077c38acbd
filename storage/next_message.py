"""Which message goes next: by lane and age, one per chat, none to a chat that must wait."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
    text,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.claims import NOW, by, claim
from storage.gathering import gather
from storage.keyring import Keyring
from storage.owing import notice_from
from storage.parking import park_unreachable
from storage.person_rows import people_from, with_posts
from storage.rows.outgoing import chat_states, message_refs, outbox
from storage.rows.people import contacts, people
from storage.rows.schema import fixed
from workflows.notices import Address
from workflows.people import PersonId
from workflows.rails import Owed

EVERYBODY: Final = Address("", "")
"""The chat state that holds all messages back."""

ONE_CLAIM_AT_A_TIME: Final = text("SELECT pg_advisory_xact_lock(hashtext('outbox.claim'))")

DEFAULT_LANGUAGE: Final = "zh"

_to_person = outbox.c.person_id.is_not(None)
TRANSPORT: Final[ColumnElement[str]] = case(
    (_to_person, contacts.c.transport), else_=outbox.c.transport
)
CHAT: Final[ColumnElement[str]] = case((_to_person, contacts.c.chat), else_=outbox.c.chat)
ADDRESSED: Final = outbox.outerjoin(
    contacts, contacts.c.person_id == outbox.c.person_id
).outerjoin(chat_states, and_(chat_states.c.transport == TRANSPORT, chat_states.c.chat == CHAT))
"""Messages beside where their reader is now and until when that chat must be left alone."""


TOGETHER: Final = or_(outbox.c.gathers > literal_column("0"), outbox.c.kind == fixed("digest"))
"""Alerts and their digests; they wait for their neighbours while ladders are still climbed."""


def _first_of_each_chat() -> Select[Any]:
    """PostgreSQL locks no rows of a ranking, so the claim looks at them once more."""
    busy = outbox.alias("busy")
    in_flight = select(literal(1)).where(
        busy.c.state == fixed("sending"), busy.c.transport == TRANSPORT, busy.c.chat == CHAT
    )
    turn = func.row_number().over(
        partition_by=(TRANSPORT, CHAT), order_by=(outbox.c.lane, outbox.c.id)
    )
    ranked = (
        select(outbox.c.id, turn.label("turn"))
        .select_from(ADDRESSED)
        .where(
            outbox.c.state == fixed("waiting"),
            or_(outbox.c.not_before.is_(None), outbox.c.not_before <= NOW),
            or_(chat_states.c.hold_until.is_(None), chat_states.c.hold_until <= NOW),
            CHAT.is_not(None),
            or_(~TOGETHER, outbox.c.owed_at <= bindparam("gathered_until")),
            ~in_flight.correlate(outbox, contacts).exists(),
        )
        .subquery("ranked")
    )
    return select(ranked.c.id).where(ranked.c.turn == 1)


def _where_now(theirs: ColumnElement[str], ours: ColumnElement[str]) -> ColumnElement[str]:
    bound = select(theirs).where(contacts.c.person_id == outbox.c.person_id)
    return func.coalesce(bound.correlate(outbox).scalar_subquery(), ours)


TAKE: Final = claim(
    outbox,
    and_(outbox.c.state == fixed("waiting"), outbox.c.id.in_(_first_of_each_chat())),
    [outbox.c.lane, outbox.c.id],
    state="sending",
    sending_at=NOW,
    transport=_where_now(contacts.c.transport, outbox.c.transport),
    chat=_where_now(contacts.c.chat, outbox.c.chat),
)
HOLD_ON_EVERYBODY: Final = select(chat_states.c.hold_until).where(
    chat_states.c.transport == EVERYBODY.transport, chat_states.c.chat == EVERYBODY.chat
)
READERS: Final = with_posts().where(people.c.id.in_(bindparam("readers", expanding=True)))
LIVE: Final = select(
    message_refs.c.recipient, message_refs.c.subject, message_refs.c.receipt
).where(
    tuple_(message_refs.c.recipient, message_refs.c.subject).in_(
        bindparam("wanted", expanding=True)
    )
)
NEXT: Final = (
    select(
        func.min(func.coalesce(outbox.c.not_before, outbox.c.owed_at)), chat_states.c.hold_until
    )
    .select_from(ADDRESSED)
    .where(outbox.c.state == fixed("waiting"))
    .group_by(TRANSPORT, CHAT, chat_states.c.hold_until)
)


async def claim_messages(
    connection: AsyncConnection, limit: int, owner: str, at: datetime
) -> Sequence[Row[Any]]:
    """Mark the next messages `sending`, with the address they go to, and return their rows."""
    if connection.dialect.name == "postgresql":
        await connection.execute(ONE_CLAIM_AT_A_TIME)
    await park_unreachable(connection)
    gathered_until = await gather(connection, at)
    held_until = await hold_on_everybody(connection)
    if held_until is not None and held_until > at:
        return ()
    taking = {**by(owner, at, limit), "gathered_until": gathered_until}
    rows = (await connection.execute(TAKE, taking)).all()
    return sorted(rows, key=lambda row: (row.lane, row.id))


async def hold_on_everybody(connection: AsyncConnection) -> datetime | None:
    held_back = await connection.execute(HOLD_ON_EVERYBODY)
    found: datetime | None = held_back.scalar_one_or_none()
    return found


async def owed_from(
    connection: AsyncConnection, rows: Sequence[Row[Any]], keyring: Keyring
) -> tuple[Owed, ...]:
    """The claimed messages with their readers and what those see now."""
    readers = {row.person_id for row in rows if row.person_id is not None}
    found = await connection.execute(READERS, {"readers": list(readers)})
    known = {person.id: person for person in people_from(found)}
    live = await _live(connection, rows)
    return tuple(
        Owed(
            id=row.id,
            fence=row.fence,
            notice=(notice := notice_from(row, keyring)),
            address=Address(row.transport, row.chat),
            reader=(reader := known.get(PersonId(row.person_id or 0))),
            language=reader.language if reader else _language_of(notice.data),
            live=live.get((row.recipient, row.subject)),
            attempts=row.attempts,
            unknowns=row.unknowns,
            owed_at=row.owed_at,
        )
        for row in rows
    )


async def next_due(connection: AsyncConnection) -> datetime | None:
    """The earliest instant at which some waiting message may go."""
    rows = (await connection.execute(NEXT)).all()
    everybody = await hold_on_everybody(connection)
    times = [max(filter(None, (free, held, everybody))) for free, held in rows]
    return min(times, default=None)


async def _live(
    connection: AsyncConnection, rows: Sequence[Row[Any]]
) -> Mapping[tuple[str, str], Mapping[str, Any]]:
    wanted = [(row.recipient, row.subject) for row in rows if row.subject]
    if not wanted:
        return {}
    found = await connection.execute(LIVE, {"wanted": wanted})
    return {(row.recipient, row.subject): row.receipt for row in found}


def _language_of(data: Mapping[str, Any]) -> str:
    """A stranger's language, if the notice says it."""
    return str(data.get("language") or DEFAULT_LANGUAGE)
