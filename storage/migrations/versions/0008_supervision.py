"""Work that was handed in can be taken back; supervision orders stand on the case."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("handed_in", sa.JSON(none_as_null=True), nullable=True))
    orders = sa.Column(
        "supervisions", sa.JSON(none_as_null=True), nullable=False, server_default=sa.text("'[]'")
    )
    stands = sa.Column(
        "supervised", sa.String(length=16), nullable=False, server_default=sa.text("''")
    )
    op.add_column("cases", orders)
    op.add_column("cases", stands)
    op.create_index(
        "ix_cases_supervised",
        "cases",
        ["area"],
        unique=False,
        sqlite_where=sa.text("supervised <> ''"),
        postgresql_where=sa.text("supervised <> ''"),
    )
