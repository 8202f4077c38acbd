"""Work that was handed in can be taken back; supervision orders stand on the case."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("handed_in", sa.JSON(none_as_null=True), nullable=True))
