"""Messages that wait for the morning, and those that are told together in a digest."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TO_GATHER = sa.text("state = 'waiting' AND gathers > 0")
IN_A_DIGEST = sa.text("digest IS NOT NULL")


def upgrade() -> None:
    op.add_column(
        "outbox", sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column(
        "outbox", sa.Column("gathers", sa.Integer(), server_default=sa.text("0"), nullable=False)
    )
    op.add_column("outbox", sa.Column("digest", sa.Text(), nullable=True))
    op.create_index(
        "ix_outbox_to_gather",
        "outbox",
        ["recipient", "not_before"],
        unique=False,
        sqlite_where=TO_GATHER,
        postgresql_where=TO_GATHER,
    )
    op.create_index(
        "ix_outbox_digest",
        "outbox",
        ["digest", "case_id"],
        unique=False,
        sqlite_where=IN_A_DIGEST,
        postgresql_where=IN_A_DIGEST,
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_digest", table_name="outbox")
    op.drop_index("ix_outbox_to_gather", table_name="outbox")
    for column in ("digest", "gathers", "held"):
        op.drop_column("outbox", column)
