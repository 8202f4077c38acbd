"""Call-outs: who called whom, why, and who said what."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
IS_OPEN = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "call_out",
        sa.Column("id", KEY, nullable=False),
        sa.Column("called_by", KEY, nullable=False),
        sa.Column("called_at", INSTANT, nullable=False),
        sa.Column("area", CODE, nullable=False),
        sa.Column("area_name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(32)),
        sa.Column("ground", sa.String(32), nullable=False),
        sa.Column("ground_words", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("case_id", KEY),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("next_at", INSTANT),
        sa.Column("closed_at", INSTANT),
        sa.Column("closed_by", KEY),
        sa.Column("owner", sa.String(64)),
        sa.Column("fence", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("lease_until", INSTANT),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("not_before", INSTANT),
        sa.ForeignKeyConstraint(["called_by"], ["person.id"], name="fk_call_out_called_by"),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name="fk_call_out_closed_by"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_call_out_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_call_out"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_call_out_due",
        "call_out",
        ["next_at"],
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )
    op.create_index("ix_call_out_called_by_called_at", "call_out", ["called_by", "called_at"])
    op.create_index("ix_call_out_called_at", "call_out", ["called_at"])
    op.create_table(
        "call_out_person",
        sa.Column("call_out_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("reply", sa.String(16)),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("replied_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["call_out_id"], ["call_out.id"], name="fk_call_out_person_call_out_id"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_call_out_person_person_id"
        ),
        sa.PrimaryKeyConstraint("call_out_id", "person_id", name="pk_call_out_person"),
    )
    op.create_index("ix_call_out_person_person_id", "call_out_person", ["person_id"])
