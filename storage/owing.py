"""Messages become owed inside a transaction: each key once, later news instead of older."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Update,
    and_,
    bindparam,
    case,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import canonical
from storage.keyring import Keyring
from storage.rows.outgoing import message_refs, outbox
from storage.rows.schema import fixed
from storage.upsert import inserting_on
from workflows.cases.case import CaseId
from workflows.escalation.digest import gathering
from workflows.hotline.scanning import numbers_in
from workflows.notices import Address, Lane, Notice, NoticeKind
from workflows.people import PersonId
from workflows.rails import WAITS_FOR_PICTURES

NOT_SENT: Final = (fixed("waiting"), fixed("parked"))


async def owe(
    connection: AsyncConnection, notices: Sequence[Notice], at: datetime, keyring: Keyring | None
) -> None:
    """Store them; owing the same key again changes nothing.

    Without a keyring only what holds nothing that anybody has typed.
    """
    if not notices:
        return
    adding = _owing(connection.dialect.name)
    added = await connection.execute(adding, [_row(notice, at, keyring) for notice in notices])
    rows = added.all()
    with_subject = [row.id for row in rows if row.subject]
    if with_subject:
        await connection.execute(SUPERSEDE, {"new": with_subject, "ended_at": at})


@cache
def _owing(dialect: str) -> Any:
    adding = inserting_on(dialect, outbox).on_conflict_do_nothing(index_elements=[outbox.c.key])
    return adding.returning(outbox.c.id, outbox.c.subject)


def _superseding() -> Update:
    """Quiet news gives way to later news, and to a new message that is still to be sent.

    The new message shows the latest state anyway. One that a person asked for gives way only
    to another new one. One that is held for the morning neither gives way nor takes anything's
    place: until then the card on the screen must go on changing.
    """
    columns, other = outbox.c, outbox.alias("other")
    new: BindParameter[Sequence[int]] = bindparam("new", expanding=True)
    same = select(other.c.id).where(
        other.c.recipient == columns.recipient, other.c.subject == columns.subject
    )
    waiting = same.where(other.c.state.in_(NOT_SENT), other.c.held.is_(False))
    later = waiting.where(other.c.id.in_(new), other.c.id > columns.id)
    makes_new = or_(other.c.loud, other.c.fresh)
    stays = or_(other.c.loud, and_(other.c.fresh, columns.fresh.is_(False)))
    earlier = waiting.where(stays, other.c.id < columns.id)
    outdated = or_(and_(columns.fresh.is_(False), later.exists()), later.where(makes_new).exists())
    needless = and_(columns.id.in_(new), earlier.exists())
    return (
        update(outbox)
        .where(
            columns.state.in_(NOT_SENT),
            columns.loud.is_(False),
            columns.held.is_(False),
            same.where(other.c.id.in_(new)).exists(),
            or_(outdated, needless),
        )
        .values(state="superseded", why="later news", data=unless_secret())
    )


async def shown_to(connection: AsyncConnection, subject: str) -> tuple[PersonId, ...]:
    shown = select(message_refs.c.person_id).where(
        message_refs.c.subject == subject, message_refs.c.person_id.is_not(None)
    )
    found = await connection.execute(shown.order_by(message_refs.c.person_id))
    return tuple(PersonId(person) for person in found.scalars())


async def pictures_came(connection: AsyncConnection, case_id: CaseId, at: datetime) -> None:
    waiting = update(outbox).where(
        outbox.c.case_id == case_id,
        outbox.c.state == "waiting",
        outbox.c.why == WAITS_FOR_PICTURES,
    )
    await connection.execute(waiting.values(not_before=at, why=""))


def unless_secret() -> ColumnElement[Any]:
    """The data, or nothing where the notice was secret: for messages that have come to an end."""
    return case((outbox.c.secret, literal({}, outbox.c.data.type)), else_=outbox.c.data)


SUPERSEDE: Final = _superseding()


def recipient_of(to: PersonId | Address) -> str:
    """One word for whoever gets it, a person or a chat."""
    return f"chat:{to.transport}:{to.chat}" if isinstance(to, Address) else f"person:{to}"


def notice_from(row: Row[Any], keyring: Keyring) -> Notice:
    return notice_of(row, keyring.open_body(row.data))


def notice_of(row: Row[Any], data: dict[str, Any]) -> Notice:
    to: PersonId | Address = PersonId(row.person_id)
    if row.person_id is None:
        to = Address(row.transport, row.chat)
    return Notice(
        to=to,
        kind=NoticeKind(row.kind),
        key=row.key,
        subject=row.subject,
        case_id=None if row.case_id is None else CaseId(row.case_id),
        because=row.because,
        data=data,
        lane=Lane(row.lane),
        loud=row.loud,
        sure=row.sure,
        secret=row.secret,
        fresh=row.fresh,
        held=row.held,
        not_before=row.not_before,
    )


def data_of(notice_kind: str, data: Mapping[str, Any], keyring: Keyring | None) -> dict[str, Any]:
    """Sealed where it is what somebody looks for, or holds a number that may be a person's."""
    if keyring is None or not data:
        return dict(data)
    typed = notice_kind == NoticeKind.FOUND or numbers_in(canonical(dict(data)))
    return keyring.seal_body(data) if typed else dict(data)


def _row(notice: Notice, at: datetime, keyring: Keyring | None) -> dict[str, Any]:
    address = notice.to if isinstance(notice.to, Address) else None
    return {
        "key": notice.key,
        "recipient": recipient_of(notice.to),
        "person_id": None if address else notice.to,
        "transport": address.transport if address else None,
        "chat": address.chat if address else None,
        "kind": notice.kind.value,
        "subject": notice.subject,
        "case_id": notice.case_id,
        "because": notice.because,
        "data": data_of(notice.kind, notice.data, keyring),
        "lane": int(notice.lane),
        "loud": notice.loud,
        "sure": notice.sure,
        "secret": notice.secret,
        "fresh": notice.fresh,
        "held": notice.held,
        "gathers": int(gathering(notice)),
        "not_before": notice.not_before,
        "owed_at": at,
        "state": "waiting",
        "unknowns": 0,
    }
