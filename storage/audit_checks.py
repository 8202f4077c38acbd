"""What one index answers at once, however large the city is: what is late, stuck or given up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    null,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows.approving import IS_ALIVE, proposals
from storage.rows.cases import IS_GUESS, IS_OPEN, TO_FETCH, cases, photos
from storage.rows.joint import IS_OPEN as CALL_IS_OPEN
from storage.rows.joint import call_outs
from storage.rows.outgoing import IS_DEAD, SENDING, SURE_WAITING, attempts, outbox
from storage.rows.rails import ARMED, IS_POISON, UNFINISHED, inbox, timers
from workflows.auditing.faults import Fault, Rule, of_cases

MOST: Final = 200
"""Where counting stops: "200 or more" is reason enough to look."""

A_LOOK: Final = 1000
LATE: Final = timedelta(seconds=60)
INBOX_PATIENCE: Final = timedelta(minutes=2)
SURE_PATIENCE: Final = timedelta(minutes=30)
PHOTO_PATIENCE: Final = timedelta(minutes=30)
"""Limits of durability.md 2.2: timers and sends, updates, messages of class A; and photos."""

PROPOSAL_PATIENCE: Final = timedelta(hours=4)
"""Ours: a proposal that nobody looks at for half a shift is told."""

MANY_TRIES: Final = 5
"""A timer that was claimed so often is late even while somebody tries it once more."""

NOW: Final[BindParameter[datetime]] = bindparam("now")
BEFORE: Final[BindParameter[datetime]] = bindparam("before")


@dataclass(frozen=True, slots=True)
class Check:
    """Rows that should not be; each with its number and its case. `patience` sets `before`."""

    rule: Rule
    wrong: Select[Any]
    patience: timedelta = LATE

    def given(self, at: datetime) -> Mapping[str, Any]:
        named = self.wrong.compile().params
        return {k: v for k, v in {"now": at, "before": at - self.patience}.items() if k in named}


def _late_timers() -> Select[Any]:
    columns = timers.c
    unheld = or_(columns.lease_until.is_(None), columns.lease_until <= NOW)
    nobody_manages = or_(unheld, columns.attempts >= MANY_TRIES)
    return (
        select(columns.id, columns.case_id)
        .where(ARMED, columns.due_at < BEFORE, nobody_manages)
        .order_by(columns.due_at)
    )


def _late_messages() -> Select[Any]:
    """Reckoned from the first try, or from when it may go: quiet hours are no delay."""
    columns = outbox.c
    first_try = (
        select(func.min(attempts.c.at)).where(attempts.c.outbox_id == columns.id).scalar_subquery()
    )
    since = func.coalesce(first_try, columns.not_before, columns.owed_at)
    return (
        select(columns.id, columns.case_id)
        .where(SURE_WAITING, columns.owed_at < BEFORE, since < BEFORE)
        .order_by(columns.owed_at)
    )


def _late_updates() -> Select[Any]:
    oldest = (
        select(inbox.c.id, inbox.c.received_at)
        .where(UNFINISHED)
        .order_by(inbox.c.id)
        .limit(A_LOOK)
        .subquery()
    )
    return select(oldest.c.id, null().label("case_id")).where(oldest.c.received_at < BEFORE)


def _forgotten_calls() -> Select[Any]:
    columns = call_outs.c
    unheld = or_(columns.lease_until.is_(None), columns.lease_until <= NOW)
    late = or_(columns.next_at.is_(None), columns.next_at < BEFORE)
    return select(columns.id, columns.case_id).where(CALL_IS_OPEN, late, unheld)


def waits_too_long(before: Any) -> ColumnElement[bool]:
    """A proposal that nobody has answered, or that was approved and is not carried out."""
    columns = proposals.c
    unanswered = and_(columns.answer.is_(None), columns.asked_at < before)
    return and_(IS_ALIVE, or_(unanswered, columns.next_at < before))


def _of(table: Any, only: Any, *more: ColumnElement[bool], case: Any) -> Select[Any]:
    return select(table.c.id, case.label("case_id")).where(only, *more)


CHECKS: Final = (
    Check(Rule.LATE_TIMER, _late_timers()),
    Check(
        Rule.STUCK_SEND,
        _of(outbox, SENDING, outbox.c.sending_at < BEFORE, case=outbox.c.case_id),
    ),
    Check(Rule.LATE_MESSAGE, _late_messages(), SURE_PATIENCE),
    Check(Rule.LATE_CALL, _forgotten_calls()),
    Check(
        Rule.LATE_PROPOSAL,
        select(proposals.c.id, null().label("case_id")).where(waits_too_long(BEFORE)),
        PROPOSAL_PATIENCE,
    ),
    Check(
        Rule.DEAD_LETTER,
        _of(outbox, IS_DEAD, case=outbox.c.case_id).order_by(outbox.c.id.desc()),
    ),
    Check(Rule.LATE_UPDATE, _late_updates(), INBOX_PATIENCE),
    Check(Rule.POISON_UPDATE, _of(inbox, IS_POISON, case=null())),
    Check(
        Rule.LATE_PHOTO,
        _of(photos, TO_FETCH, photos.c.said_at < BEFORE, case=photos.c.case_id).order_by(
            photos.c.id
        ),
        PHOTO_PATIENCE,
    ),
)
GUESSED: Final = select(cases.c.id).where(and_(IS_GUESS, IS_OPEN)).order_by(cases.c.id)


async def broken(connection: AsyncConnection, check: Check, at: datetime) -> Fault | None:
    rows = (await connection.execute(check.wrong.limit(MOST + 1), check.given(at))).all()
    if not rows:
        return None
    concerned = sorted({row.case_id for row in rows if row.case_id is not None})
    [*named] = of_cases(check.rule, concerned)
    examples = named[0].cases if named else ()
    return Fault(check.rule, min(len(rows), MOST), examples, len(rows) > MOST)


async def guessed(connection: AsyncConnection) -> tuple[Fault, ...]:
    """Open cases with a due time that rests on days off not known yet."""
    found = list((await connection.execute(GUESSED.limit(MOST + 1))).scalars())
    return of_cases(Rule.HOLIDAY_DATA, found[:MOST], more=len(found) > MOST)
