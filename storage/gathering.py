"""Many messages for one chat become one digest, in the transaction that claims what goes next.

A digest is a message like any other; what it is made of stays in the outbox, ended as
`superseded` and named after it, so that its lines are read from there when it is shown. All of
that commits together with the claim: a crash leaves either the messages or their digest.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    bindparam,
    case,
    distinct,
    func,
    insert,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_rows import case_from
from storage.claims import NOW
from storage.keyring import Keyring
from storage.owing import notice_of, owe, unless_secret
from storage.rows.cases import cases
from storage.rows.outgoing import message_refs, outbox
from storage.rows.rails import timers
from storage.rows.schema import fixed
from storage.tasks import MOST_WAITING
from workflows.cases.consequences import Because
from workflows.escalation.digest import MORNING, STORM, Gathered, Gathering
from workflows.notices import Lane, Notice, NoticeKind

MOST_CHATS: Final = 50
MOST_MESSAGES: Final = 500
"""What one transaction puts together at most; the rest follows with the next claim and joins."""

TO_COME: Final = timedelta(seconds=5)
"""A digest of alerts waits so long for more of them: a storm does not come in one moment."""

BEHIND: Final = timedelta(seconds=10)
LONGEST: Final = timedelta(minutes=2)
"""While timers are later than that the ladders are being caught up with, and alerts wait for
one another: one digest after an outage instead of a trickle. No longer than that, though."""

_alert = outbox.c.gathers == literal_column(str(int(Gathering.ALERT)))
_held = outbox.c.gathers == literal_column(str(int(Gathering.HELD)))
_due = and_(
    outbox.c.state == fixed("waiting"),
    outbox.c.gathers > literal_column("0"),
    or_(outbox.c.not_before.is_(None), outbox.c.not_before <= NOW),
)
_open = outbox.alias("open_digest")
_theirs = and_(
    _open.c.recipient == outbox.c.recipient,
    _open.c.state == fixed("waiting"),
    _open.c.kind == fixed(NoticeKind.DIGEST),
)


def _count(which: ColumnElement[bool], what: ColumnElement[Any]) -> ColumnElement[int]:
    return func.count(distinct(case((which, what))))


_joins = select(_open.c.id).where(_theirs).correlate(outbox).exists()
CHATS: Final = (
    select(outbox.c.recipient)
    .where(_due)
    .group_by(outbox.c.recipient)
    .having(
        or_(
            _count(_alert, outbox.c.id) > STORM,
            _count(_held, outbox.c.id) > MORNING,
            func.max(case((_joins, 1), else_=0)) == 1,
        )
    )
    .order_by(func.min(outbox.c.id))
    .limit(MOST_CHATS)
)
MESSAGES: Final = (
    select(outbox)
    .where(_due, outbox.c.recipient == bindparam("whose"))
    .order_by(outbox.c.id)
    .limit(MOST_MESSAGES)
)
OPEN: Final = select(_open).where(
    _open.c.recipient == bindparam("whose"),
    _open.c.state == fixed("waiting"),
    _open.c.kind == fixed(NoticeKind.DIGEST),
)
LATE: Final = (
    select(timers.c.id)
    .where(
        timers.c.state == fixed("armed"),
        timers.c.due_at < bindparam("long_ago"),
        or_(timers.c.not_before.is_(None), timers.c.not_before <= NOW),
    )
    .limit(1)
)


async def gather(connection: AsyncConnection, at: datetime) -> datetime:
    """Make digests of what is due now; return until when an alert must have been owed to go."""
    chats = (await connection.execute(CHATS, {NOW.key: at})).scalars().all()
    most = MOST_MESSAGES
    for recipient in chats:
        if most <= 0:
            break
        found = await connection.execute(MESSAGES, {NOW.key: at, "whose": recipient})
        rows = found.all()
        most -= len(rows)
        await _together(connection, recipient, rows, at)
    late = await connection.execute(LATE, {NOW.key: at, "long_ago": at - BEHIND})
    more_to_come = late.first() is not None or most <= 0 or len(chats) == MOST_CHATS
    return at - LONGEST if more_to_come else at


async def gathered_in(
    connection: AsyncConnection, digest: str, keyring: Keyring
) -> tuple[Gathered, ...]:
    """Every message of a digest, oldest first, with its case; of cases at most so many."""
    part = outbox.c.digest == digest
    wanted = (
        select(cases)
        .where(cases.c.id.in_(select(outbox.c.case_id).where(part)))
        .order_by(cases.c.due_next.is_(None), cases.c.due_next, cases.c.id)
        .limit(MOST_WAITING)
    )
    known = {row.id: case_from(row) for row in await connection.execute(wanted)}
    said = select(outbox.c.case_id, outbox.c.because, outbox.c.data).where(part)
    return tuple(
        Gathered(known[row.case_id], row.because, keyring.open_body(row.data))
        for row in await connection.execute(said.order_by(outbox.c.id))
        if row.case_id in known
    )


async def _together(
    connection: AsyncConnection, recipient: str, rows: Sequence[Row[Any]], at: datetime
) -> None:
    """The messages of one chat: in the digest that has not gone yet, or in a new one."""
    waiting = (await connection.execute(OPEN, {"whose": recipient})).first()
    numbers = [row.id for row in rows]
    one_case = len(rows) < MOST_MESSAGES and len({row.case_id for row in rows}) == 1
    if waiting is None and one_case:
        await _end(connection, numbers[:-1], "later news", None, at)
        await _alone(connection, numbers[-1])
        return
    key = waiting.key if waiting else f"digest:{recipient}:{rows[0].id}"
    if waiting is None:
        await connection.execute(insert(outbox).values(_digest(key, rows, at)))
    else:
        await _join(connection, waiting, rows)
    await _end(connection, numbers, "in a digest", key, at)
    await _refresh(connection, rows, at)


def _digest(key: str, rows: Sequence[Row[Any]], at: datetime) -> dict[str, Any]:
    """It travels in the lane of its most urgent message and is repeated as its surest one.

    A digest of alerts stands for alerts that would all have gone before any order; as one
    message a chat it cannot hold orders up, and behind edits it would starve in just the storm
    that it is for. A digest of other news goes in its own lane.
    """
    held = all(row.held for row in rows)
    first = rows[0]
    return {
        "key": key,
        "recipient": first.recipient,
        "person_id": first.person_id,
        "transport": None if first.person_id else first.transport,
        "chat": None if first.person_id else first.chat,
        "kind": NoticeKind.DIGEST.value,
        "subject": key,
        "case_id": None,
        "because": "",
        "data": {"digest": key, "morning": held},
        "lane": min(row.lane for row in rows),
        "loud": any(row.loud for row in rows),
        "sure": any(row.sure for row in rows),
        "secret": False,
        "fresh": False,
        "held": False,
        "gathers": int(Gathering.APART),
        "not_before": None if held and len(rows) < MOST_MESSAGES else at + TO_COME,
        "owed_at": at,
        "state": "waiting",
        "unknowns": 0,
    }


async def _join(connection: AsyncConnection, waiting: Row[Any], rows: Sequence[Row[Any]]) -> None:
    joining = update(outbox).where(outbox.c.id == waiting.id)
    await connection.execute(
        joining.values(
            lane=min(waiting.lane, *(row.lane for row in rows)),
            loud=waiting.loud or any(row.loud for row in rows),
            sure=waiting.sure or any(row.sure for row in rows),
        )
    )


async def _end(
    connection: AsyncConnection, numbers: Sequence[int], why: str, digest: str | None, at: datetime
) -> None:
    ending = update(outbox).where(outbox.c.id.in_(numbers))
    await connection.execute(
        ending.values(
            state="superseded", why=why, digest=digest, ended_at=at, data=unless_secret()
        )
    )


async def _alone(connection: AsyncConnection, number: int) -> None:
    """The only one that is left goes as itself, however many digests are made meanwhile."""
    going = update(outbox).where(outbox.c.id == number)
    await connection.execute(going.values(gathers=int(Gathering.APART)))


async def _refresh(connection: AsyncConnection, rows: Sequence[Row[Any]], at: datetime) -> None:
    """Cards on the screen change in place: each would have been redrawn by its own message."""
    recipient = rows[0].recipient
    subjects = {row.subject: row for row in rows if row.subject}
    shown = select(message_refs.c.subject).where(
        message_refs.c.recipient == recipient, message_refs.c.subject.in_(subjects)
    )
    seen = (await connection.execute(shown)).scalars().all()
    await owe(connection, [_edit(subjects[subject]) for subject in seen], at, None)


def _edit(row: Row[Any]) -> Notice:
    return replace(
        notice_of(row, {}),
        key=f"{row.key}:in_place",
        because=Because.CHANGED,
        lane=Lane.EDIT,
        loud=False,
        sure=False,
        held=False,
        not_before=None,
    )
