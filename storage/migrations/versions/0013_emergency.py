"""Emergencies: who switched which area to which mode, from when until when."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
IS_ALIVE = sa.text("next_at IS NOT NULL")
IS_FIRST = sa.text("next_at IS NOT NULL AND extends IS NULL")
IS_LONGER = sa.text("next_at IS NOT NULL AND extends IS NOT NULL")
PEOPLE = ("asked_by", "answered_by", "ended_by")


def upgrade() -> None:
    op.create_table(
        "emergency",
        sa.Column("id", KEY, nullable=False),
        sa.Column("mode", sa.String(64), nullable=False),
        sa.Column("area", CODE, nullable=False),
        sa.Column("area_name", sa.Text(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", KEY, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("lapses_at", INSTANT, nullable=False),
        sa.Column("extends", KEY),
        sa.Column("answer", sa.String(16)),
        sa.Column("answered_by", KEY),
        sa.Column("answered_at", INSTANT),
        sa.Column("began_at", INSTANT),
        sa.Column("until", INSTANT),
        sa.Column("ended_by", KEY),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("next_at", INSTANT),
        sa.Column("owner", sa.String(64)),
        sa.Column("fence", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("lease_until", INSTANT),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("not_before", INSTANT),
        *(
            sa.ForeignKeyConstraint([column], ["person.id"], name=f"fk_emergency_{column}")
            for column in PEOPLE
        ),
        sa.ForeignKeyConstraint(["extends"], ["emergency.id"], name="fk_emergency_extends"),
        sa.PrimaryKeyConstraint("id", name="pk_emergency"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_emergency_area_until", "emergency", ["area", "until"])
    _partial("ix_emergency_due", "next_at", IS_ALIVE, unique=False)
    _partial("uq_emergency_area", "area", IS_FIRST, unique=True)
    _partial("uq_emergency_extends", "extends", IS_LONGER, unique=True)
    op.add_column("cases", sa.Column("emergency", sa.JSON()))


def _partial(name: str, column: str, where: sa.TextClause, *, unique: bool) -> None:
    op.create_index(
        name,
        "emergency",
        [column],
        unique=unique,
        sqlite_where=where,
        postgresql_where=where,
    )


def downgrade() -> None:
    op.drop_column("cases", "emergency")
    op.drop_table("emergency")
