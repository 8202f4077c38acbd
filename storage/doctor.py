"""Looks for what must never be: cases nobody watches, things that hang, a history that lies."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.audit_checks import PROPOSAL_PATIENCE, waits_too_long
from storage.audit_passes import all_unwatched
from storage.claims import NOW, is_free
from storage.database import Database
from storage.journal import first_broken
from storage.rows.approving import proposals
from storage.rows.cases import cases, photos
from storage.rows.emergency import emergencies
from storage.rows.joint import call_outs
from storage.rows.journal import journal
from storage.rows.outgoing import outbox
from storage.rows.rails import inbox, timers
from storage.rows.schema import fixed
from workflows.cases.case import PhotoId, PhotoState
from workflows.rails import Finding, SealedPhoto

LATE: Final = timedelta(seconds=60)
INBOX_PATIENCE: Final = timedelta(minutes=2)
SURE_PATIENCE: Final = timedelta(minutes=30)
"""Limits of durability.md 2.2: timers and sends, updates, and messages of class A."""

BATCH: Final = 500
EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class StoredDoctor:
    """Implements `workflows.rails.Doctor`."""

    database: Database

    async def examine(self, at: datetime) -> tuple[Finding, ...]:
        """Everything wrong in the database, as one consistent read sees it."""
        async with self.database.reading() as connection:
            found = [
                await _unwatched(connection),
                await _journal_differs(connection),
                await _chain(connection),
                *[await _rows(connection, at, check) for check in _checks(at)],
            ]
        return tuple(finding for finding in found if finding is not None)

    async def sealed_photos(self) -> AsyncIterator[SealedPhoto]:
        """Read in batches, so that nothing is held while files are looked at."""
        after = 0
        while True:
            following = select(photos.c.id, photos.c.sha256, photos.c.case_id).where(
                photos.c.id > after, photos.c.state == PhotoState.KEPT.value
            )
            async with self.database.reading() as connection:
                batch = await connection.execute(following.order_by(photos.c.id).limit(BATCH))
                rows = batch.all()
                written = await _hashes(connection, {row.case_id for row in rows})
            if not rows:
                return
            for row in rows:
                yield SealedPhoto(PhotoId(row.id), row.sha256, written.get(row.id, ""))
            after = rows[-1].id


async def _hashes(connection: AsyncConnection, of_cases: set[int]) -> dict[int, str]:
    """By photo, the hash that the journal gave it when its bytes had come."""
    lines = select(journal.c.details).where(
        journal.c.case_id.in_(of_cases), journal.c.action == f"photo_{PhotoState.KEPT.value}"
    )
    found = (await connection.execute(lines)).scalars()
    told = [json.loads(details) for details in found]
    return {details["photo"]: details["sha256"] for details in told}


Check = tuple[str, str, Table, ColumnElement[bool]]


def _checks(at: datetime) -> tuple[Check, ...]:
    sending_too_long = and_(outbox.c.state == fixed("sending"), outbox.c.sending_at < at - LATE)
    due = or_(outbox.c.not_before.is_(None), outbox.c.not_before <= at)
    sure_too_old = and_(
        outbox.c.state == fixed("waiting"),
        outbox.c.sure,
        due,
        outbox.c.owed_at < at - SURE_PATIENCE,
    )
    late = and_(timers.c.state == fixed("armed"), timers.c.due_at < at - LATE, is_free(timers))
    unread = and_(inbox.c.state == fixed("waiting"), inbox.c.received_at < at - INBOX_PATIENCE)
    dead = outbox.c.state == fixed("failed")
    still_open = call_outs.c.closed_at.is_(None)
    unwatched = or_(call_outs.c.next_at.is_(None), call_outs.c.next_at < at - LATE)
    forgotten = and_(still_open, unwatched, is_free(call_outs))
    return (
        ("late_timer", "timers are more than a minute late", timers, late),
        ("stuck_send", "messages hang in sending for over a minute", outbox, sending_too_long),
        (
            "late_message",
            "messages that must arrive wait for over half an hour",
            outbox,
            sure_too_old,
        ),
        ("late_call", "call-outs stand open and nothing will follow", call_outs, forgotten),
        (
            "late_emergency",
            "emergencies have come due and nobody was told",
            emergencies,
            and_(
                emergencies.c.next_at.is_not(None),
                emergencies.c.next_at < at - LATE,
            ),
        ),
        (
            "late_proposal",
            "proposals wait for a second person, or to be carried out, for over four hours",
            proposals,
            waits_too_long(at - PROPOSAL_PATIENCE),
        ),
        ("dead_letter", "messages were given up", outbox, dead),
        ("late_update", "updates wait for over two minutes", inbox, unread),
    )


async def _rows(connection: AsyncConnection, at: datetime, check: Check) -> Finding | None:
    rule, what, table, wrong = check
    question = select(table.c.id).where(wrong).params({NOW.key: at})
    return await _finding(connection, rule, what, question)


async def _unwatched(connection: AsyncConnection) -> Finding | None:
    """Every rung still to come needs its armed timer; a used-up ladder is a wait on record."""
    return _named("no_timer", "open cases wait without a timer", await all_unwatched(connection))


async def _journal_differs(connection: AsyncConnection) -> Finding | None:
    last = (
        select(func.max(journal.c.seq))
        .where(journal.c.case_id == cases.c.id, journal.c.version.is_not(None))
        .correlate(cases)
        .scalar_subquery()
    )
    differs = or_(
        journal.c.seq.is_(None),
        journal.c.version != cases.c.version,
        journal.c.to_state != cases.c.state,
    )
    question = (
        select(cases.c.id)
        .select_from(cases.outerjoin(journal, journal.c.seq == last))
        .where(cases.c.version > 0, differs)
    )
    what = "cases are not where the journal left them"
    return await _finding(connection, "journal_differs", what, question)


async def _chain(connection: AsyncConnection) -> Finding | None:
    broken = await first_broken(connection)
    if broken is None:
        return None
    return Finding("chain_broken", f"the journal is not as it was written from line {broken} on")


async def _finding(
    connection: AsyncConnection, rule: str, what: str, question: Select[Any]
) -> Finding | None:
    found = sorted((await connection.execute(question)).scalars())
    return _named(rule, what, found)


def _named(rule: str, what: str, found: Sequence[int]) -> Finding | None:
    if not found:
        return None
    examples = ", ".join(str(number) for number in found[:EXAMPLES])
    more = ", …" if len(found) > EXAMPLES else ""
    return Finding(rule, f"{what}: {examples}{more}", len(found))
