"""The one statement by which a process takes due rows: claim, lease and fence in one stroke.

Inbox, timers, outbox and photo fetching use it. Whoever finishes a row names the fence it was
given; if another process has taken the row since, no row matches (durability.md 2.2).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CursorResult,
    Integer,
    Table,
    Update,
    and_,
    bindparam,
    or_,
    select,
    update,
)

from workflows.ports import LeaseLostError

LEASE: Final = timedelta(seconds=30)

NOW: Final[BindParameter[datetime]] = bindparam("now")
"""The instant of a claim, in statements that are built once and kept."""


def is_free(table: Table) -> ColumnElement[bool]:
    """Nobody holds the row, or whoever held it let the lease run out; and its time has come."""
    columns = table.c
    unheld = or_(columns.lease_until.is_(None), columns.lease_until <= NOW)
    return and_(unheld, or_(columns.not_before.is_(None), columns.not_before <= NOW))


def claim(
    table: Table, due: ColumnElement[bool], order: Sequence[ColumnElement[Any]], **also: Any
) -> Any:
    """The statement, to be kept and run `by` somebody; it returns whole rows, in no order.

    PostgreSQL skips rows that another claim holds at this moment and checks those again that
    it had to wait for; SQLite has one writer at a time, and drops the clause in silence.
    """
    rows = (
        select(table.c.id)
        .where(due)
        .order_by(*order)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True, of=table)
        .cte("due")
    )
    return (
        update(table)
        .where(table.c.id.in_(select(rows.c.id)))
        .values(
            owner=bindparam("holder"),
            fence=table.c.fence + 1,
            lease_until=bindparam("holds_until"),
            **also,
        )
        .returning(table)
    )


def by(owner: str, at: datetime, most: int) -> Mapping[str, Any]:
    """What a kept claim runs with."""
    return {"holder": owner, "now": at, "holds_until": at + LEASE, "most": most}


def held(table: Table) -> Update:
    """An update, to be kept and run with `giving_up`, of a row that a fence still holds."""
    columns = table.c
    return update(table).where(
        columns.id == bindparam("held_id"),
        columns.fence == bindparam("held_fence"),
        columns.lease_until.is_not(None),
    )


def giving_up(row_id: int, fence: int, **values: Any) -> Mapping[str, Any]:
    """What `held` runs with: the row is nobody's any more, and has these values."""
    return {"held_id": row_id, "held_fence": fence, "owner": None, "lease_until": None, **values}


def must_hold(result: CursorResult[Any], what: str) -> None:
    """Raises LeaseLostError if the update found no row."""
    if result.rowcount == 0:
        raise LeaseLostError(what)
