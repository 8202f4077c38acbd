"""Requests beside the case: what was asked, who must answer, what the district forced."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    nothing, nobody = sa.text("'[]'"), sa.text("''")
    op.add_column(
        "cases", sa.Column("requests", sa.JSON(), nullable=False, server_default=nothing)
    )
    op.add_column(
        "cases", sa.Column("awaits", sa.String(32), nullable=False, server_default=nobody)
    )
    op.add_column("cases", sa.Column("forced", sa.JSON(), nullable=True))
    op.add_column("cases", sa.Column("route_kept_at", INSTANT, nullable=True))
    op.create_index(
        "ix_cases_awaits",
        "cases",
        ["awaits"],
        unique=False,
        sqlite_where=sa.text("awaits <> ''"),
        postgresql_where=sa.text("awaits <> ''"),
    )


def downgrade() -> None:
    op.drop_index("ix_cases_awaits", "cases")
    for column in ("route_kept_at", "forced", "awaits", "requests"):
        op.drop_column("cases", column)
