"""The one statement by which a process takes due rows: claim, lease and fence in one stroke.

Inbox, timers, outbox and photo fetching use it. Whoever finishes a row names the fence it was
given; if another process has taken the row since, no row matches (durability.md 2.2).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, CursorResult, Table, Update, and_, or_, select, update

from workflows.ports import LeaseLostError

LEASE: Final = timedelta(seconds=30)


def is_free(table: Table, at: datetime) -> ColumnElement[bool]:
    """Nobody holds the row, or whoever held it let the lease run out; and its time has come."""
    columns = table.c
    unheld = or_(columns.lease_until.is_(None), columns.lease_until <= at)
    return and_(unheld, or_(columns.not_before.is_(None), columns.not_before <= at))


def claim(
    table: Table,
    due: ColumnElement[bool],
    order: Sequence[ColumnElement[Any]],
    *,
    limit: int,
    owner: str,
    at: datetime,
    **also: Any,
) -> Any:
    """The statement; it returns whole rows, in no order.

    PostgreSQL skips rows that another claim holds at this moment and checks those again that
    it had to wait for; SQLite has one writer at a time, and drops the clause in silence.
    """
    rows = (
        select(table.c.id)
        .where(due)
        .order_by(*order)
        .limit(limit)
        .with_for_update(skip_locked=True, of=table)
        .cte("due")
    )
    return (
        update(table)
        .where(table.c.id.in_(select(rows.c.id)))
        .values(owner=owner, fence=table.c.fence + 1, lease_until=at + LEASE, **also)
        .returning(table)
    )


def held(table: Table, row_id: int, fence: int) -> Update:
    """An update of a row that this fence still holds, giving it up."""
    columns = table.c
    return (
        update(table)
        .where(columns.id == row_id, columns.fence == fence, columns.lease_until.is_not(None))
        .values(owner=None, lease_until=None)
    )


def must_hold(result: CursorResult[Any], what: str) -> None:
    """Raises LeaseLostError if the update found no row."""
    if result.rowcount == 0:
        raise LeaseLostError(what)
