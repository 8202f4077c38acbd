"""The branches of a case: a ground for turning it away, a look on site, a duplicate's master."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BODY = sa.JSON(none_as_null=True)
IS_OPEN = "state NOT IN ('draft', 'closed', 'voided', 'rejected', 'merged')"


def upgrade() -> None:
    for column in (
        sa.Column("ground", sa.String(32), nullable=False, server_default=""),
        sa.Column("site_check", BODY),
        sa.Column("checker", KEY),
        sa.Column("component", sa.String(32), nullable=False, server_default=""),
        sa.Column("alike", BODY, nullable=False, server_default="[]"),
        sa.Column("merged_into", KEY),
    ):
        op.add_column("cases", column)
    for name in ("ix_cases_open_area", "ix_cases_open_due"):
        op.drop_index(name, "cases")
    _index("ix_cases_open_area", ["area", "state"], IS_OPEN)
    _index("ix_cases_open_due", ["due_at"], IS_OPEN)
    _index("ix_cases_component", ["component"], "component <> ''")
    _index("ix_cases_merged_into", ["merged_into"], "state = 'merged'")
    _index("ix_cases_checker", ["checker"], "checker IS NOT NULL")
    _index("ix_cases_class_reported_at", ["class_code", "reported_at"])


def _index(name: str, columns: list[str], only: str = "") -> None:
    where: dict[str, Any] = {}
    if only:
        where = {"sqlite_where": sa.text(only), "postgresql_where": sa.text(only)}
    op.create_index(name, "cases", columns, unique=False, **where)
