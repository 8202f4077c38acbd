"""Cases that may be the same one are kept with what speaks for it."""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

IS_OPEN = "state NOT IN ('draft', 'closed', 'voided', 'rejected', 'merged')"
BATCH = 1000
CASES = sa.table(
    "cases",
    sa.column("id", sa.BigInteger()),
    sa.column("component", sa.String()),
    sa.column("alike", sa.JSON()),
)
CALLERS = sa.table("caller", sa.column("case_id", sa.BigInteger()), sa.column("phone", sa.Text()))


def upgrade() -> None:
    _rewrite(lambda number, stored: [_with_reason(number, other) for other in stored])
    op.create_index(
        "ix_cases_open_reported_at",
        "cases",
        ["reported_at", "id", "area"],
        sqlite_where=sa.text(IS_OPEN),
        postgresql_where=sa.text(IS_OPEN),
    )


def downgrade() -> None:
    op.drop_index("ix_cases_open_reported_at", "cases")
    _rewrite(lambda _, stored: [other["case"] for other in stored])


def _rewrite(change: Callable[[int, list[Any]], list[Any]]) -> None:
    bind, last = op.get_bind(), 0
    write = sa.update(CASES).where(CASES.c.id == sa.bindparam("n")).values(alike=sa.bindparam("a"))
    named = sa.cast(CASES.c.alike, sa.Text) != "[]"
    while True:
        following = sa.select(CASES.c.id, CASES.c.alike).where(CASES.c.id > last, named)
        rows = bind.execute(following.order_by(CASES.c.id).limit(BATCH)).all()
        if not rows:
            return
        last = rows[-1].id
        bind.execute(write, [{"n": row.id, "a": change(row.id, _read(row.alike))} for row in rows])


def _read(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored


def _with_reason(number: int, other: int) -> dict[str, Any]:
    """Why it was proposed, worked out again in the order in which it was then."""
    here, there = _known_of(number), _known_of(other)
    if here.component and here.component == there.component:
        why = "component"
    elif here.phone and here.phone == there.phone:
        why = "caller"
    else:
        why = "near"
    return {"case": other, "by": why, "score": 0.0}


def _known_of(number: int) -> Any:
    called = sa.outerjoin(CASES, CALLERS, CALLERS.c.case_id == CASES.c.id)
    asked = sa.select(CASES.c.component, CALLERS.c.phone).select_from(called)
    return op.get_bind().execute(asked.where(CASES.c.id == number)).one()
