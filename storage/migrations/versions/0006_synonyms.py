"""What corrections teach the ear, and who took it back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    op.create_table(
        "synonym",
        sa.Column("id", KEY, nullable=False),
        sa.Column("class_code", sa.String(length=64), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("taught_by", KEY, nullable=False),
        sa.Column("taught_at", INSTANT, nullable=False),
        sa.Column("undone_by", KEY, nullable=True),
        sa.Column("undone_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_synonym_case_id")),
        sa.ForeignKeyConstraint(["taught_by"], ["person.id"], name=op.f("fk_synonym_taught_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name=op.f("fk_synonym_undone_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym")),
        sqlite_autoincrement=True,
    )
