"""Who knows of the alerts on a case, and cases whose ladders have come to their end."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
IS_EXHAUSTED = sa.text("exhausted_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("cases", sa.Column("alarm", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("cases", sa.Column("exhausted_at", INSTANT, nullable=True))
    op.create_index(
        "ix_cases_exhausted",
        "cases",
        ["area"],
        unique=False,
        sqlite_where=IS_EXHAUSTED,
        postgresql_where=IS_EXHAUSTED,
    )


def downgrade() -> None:
    op.drop_index("ix_cases_exhausted", "cases")
    op.drop_column("cases", "exhausted_at")
    op.drop_column("cases", "alarm")
