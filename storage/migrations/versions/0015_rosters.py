"""Rosters: whom a shift was planned for and where it came from, absences, and swaps."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
STILL_ASKED = sa.text("state = 'asked'")


def upgrade() -> None:
    op.add_column("roster_shift", sa.Column("planned_for", KEY))
    op.execute("UPDATE roster_shift SET planned_for = person_id")
    op.drop_index("ix_roster_shift_person_id_starts_at", table_name="roster_shift")
    nothing = sa.text("''")
    with op.batch_alter_table("roster_shift", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.alter_column("planned_for", existing_type=KEY, nullable=False)
        table.add_column(sa.Column("role", sa.String(32)))
        table.add_column(sa.Column("source", CODE, nullable=False, server_default=nothing))
        table.add_column(sa.Column("zone", sa.String(64), nullable=False, server_default=nothing))
        table.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=nothing))
        table.add_column(sa.Column("changed_by", KEY))
        table.add_column(sa.Column("changed_at", INSTANT))
        for column in ("planned_for", "changed_by"):
            table.create_foreign_key(f"fk_roster_shift_{column}", "person", [column], ["id"])
    for columns in (["person_id", "ends_at"], ["planned_for"], ["source", "ends_at"], ["ends_at"]):
        op.create_index(f"ix_roster_shift_{'_'.join(columns)}", "roster_shift", columns)
    _absences()
    _swaps()


def _absences() -> None:
    op.create_table(
        "duty_absence",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("replacement_id", KEY),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_by", KEY, nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("declined_by", KEY),
        sa.Column("declined_at", INSTANT),
        sa.Column("ended_by", KEY),
        sa.Column("version", KEY, nullable=False),
        *_people("duty_absence", "person_id", "replacement_id", "made_by", "declined_by", "ended_by"),
        sa.PrimaryKeyConstraint("id", name="pk_duty_absence"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_duty_absence_person_id_ends_at", "duty_absence", ["person_id", "ends_at"])
    op.create_index("ix_duty_absence_ends_at", "duty_absence", ["ends_at"])


def _swaps() -> None:
    op.create_table(
        "duty_swap",
        sa.Column("id", KEY, nullable=False),
        sa.Column("asked_by", KEY, nullable=False),
        sa.Column("asked_to", KEY, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("shift_id", KEY, nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("back_id", KEY),
        sa.Column("back_starts_at", INSTANT),
        sa.Column("back_ends_at", INSTANT),
        sa.Column("lapses_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("at_once", sa.Boolean(), nullable=False),
        sa.Column("ended_by", KEY),
        sa.Column("ended_at", INSTANT),
        sa.Column("version", KEY, nullable=False),
        *_people("duty_swap", "asked_by", "asked_to", "ended_by"),
        sa.PrimaryKeyConstraint("id", name="pk_duty_swap"),
        sqlite_autoincrement=True,
    )
    for column in ("lapses_at", "asked_to", "shift_id"):
        op.create_index(
            f"ix_duty_swap_{column}",
            "duty_swap",
            [column],
            sqlite_where=STILL_ASKED,
            postgresql_where=STILL_ASKED,
        )


def _people(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], ["person.id"], name=f"fk_{table}_{column}")
        for column in columns
    ]
