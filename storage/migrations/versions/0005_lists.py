"""What lists go by: the due time that matters now, words of the place, callers by their number."""

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
ENDED = ("draft", "closed", "voided", "rejected", "merged")
BATCH = 1000


def upgrade() -> None:
    op.add_column("cases", sa.Column("due_next", INSTANT, nullable=True))
    op.add_column(
        "cases",
        sa.Column("where_words", sa.Text(), server_default=sa.text("''"), nullable=False),
    )
    fill()
    op.create_index("ix_cases_reported_by_id", "cases", ["reported_by", "id"], unique=False)
    op.create_index(
        "ix_caller_phone",
        "caller",
        ["phone"],
        unique=False,
        sqlite_where=sa.text("phone <> ''"),
        postgresql_where=sa.text("phone <> ''"),
    )


def fill() -> None:
    """As the product works them out for every case that it writes from now on."""
    bind = op.get_bind()
    cases = sa.table(
        "cases",
        sa.column("id", sa.BigInteger()),
        sa.column("state", sa.String()),
        sa.column("place", sa.JSON()),
        sa.column("clocks", sa.JSON()),
        sa.column("due_next", INSTANT),
        sa.column("where_words", sa.Text()),
    )
    change = (
        sa.update(cases)
        .where(cases.c.id == sa.bindparam("number"))
        .values(due_next=sa.bindparam("due"), where_words=sa.bindparam("where"))
    )
    last = 0
    while True:
        following = sa.select(cases.c.id, cases.c.state, cases.c.place, cases.c.clocks)
        following = following.where(cases.c.id > last).order_by(cases.c.id).limit(BATCH)
        rows = bind.execute(following).all()
        if not rows:
            return
        last = rows[-1].id
        bind.execute(
            change,
            [
                {
                    "number": row.id,
                    "due": as_stored(due_next(row.state, read(row.clocks))),
                    "where": where_words(read(row.place)),
                }
                for row in rows
            ],
        )


def read(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored


def where_words(place: Any) -> str:
    words = f"{place.get('words', '')} {place.get('area_name', '')}"
    return words.strip().lower().replace("\0", "")


def due_next(state: str, clocks: Any) -> datetime | None:
    if state in ENDED:
        return None
    running = [
        clock
        for clock in clocks
        if clock["due_at"]
        and not clock["ended_at"]
        and all(pause["end"] for pause in clock["pauses"])
    ]
    disposal = [clock for clock in running if clock["kind"] == "disposal"]
    times = [datetime.fromisoformat(clock["due_at"]) for clock in disposal[-1:] or running]
    return min(times, default=None)


def as_stored(instant: datetime | None) -> datetime | str | None:
    if instant is None or op.get_bind().dialect.name == "postgresql":
        return instant
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
