"""Parts of joint work stand on the case; the agencies with an open one can be looked for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    parts = sa.Column(
        "parts", sa.JSON(none_as_null=True), nullable=False, server_default=sa.text("'[]'")
    )
    partners = sa.Column("partners", sa.Text(), nullable=False, server_default=sa.text("''"))
    op.add_column("cases", parts)
    op.add_column("cases", partners)
