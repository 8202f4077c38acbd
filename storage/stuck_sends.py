"""Messages that a sender who died left in the middle: each is an unknown of its class."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.owing import unless_secret
from storage.rows.outgoing import message_refs, outbox
from storage.rows.schema import fixed
from workflows.rails import MOST_UNKNOWN_EDITS

BEFORE_A_REPEAT: Final = timedelta(seconds=30)


async def classify_stuck(connection: AsyncConnection, at: datetime) -> Sequence[int]:
    """Let each go again or end as unknown; their numbers. The old holder's fence is void."""
    stuck = and_(outbox.c.state == fixed("sending"), outbox.c.lease_until <= at)
    both = {
        "fence": outbox.c.fence + 1,
        "unknowns": outbox.c.unknowns + 1,
        "owner": None,
        "lease_until": None,
        "why": "the sender died",
    }
    sure = update(outbox).where(stuck, _may_go_again()).values(**both, **again(at))
    final = (
        update(outbox)
        .where(stuck)
        .values(**both, state="unknown", ended_at=at, data=unless_secret())
    )
    found: list[int] = []
    for classifying in (sure, final):
        rows = await connection.execute(classifying.returning(outbox.c.id))
        found += rows.scalars()
    return sorted(found)


def _may_go_again() -> ColumnElement[bool]:
    """`Owed.may_go_again`, asked of rows that nobody holds in his hands any more."""
    columns = outbox.c
    theirs = and_(
        message_refs.c.recipient == columns.recipient, message_refs.c.subject == columns.subject
    )
    is_new = or_(columns.loud, columns.fresh, ~select(message_refs.c.chat).where(theirs).exists())
    return or_(
        and_(is_new, columns.sure, columns.unknowns == 0),
        and_(~is_new, columns.unknowns < MOST_UNKNOWN_EDITS),
    )


def again(at: datetime) -> dict[str, Any]:
    """It may have arrived: wait before saying it once more, marked as a repeat."""
    return {"state": "waiting", "not_before": at + BEFORE_A_REPEAT}
