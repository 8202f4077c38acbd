"""What the auditor asks every minute is answered by an index, however many cases there are."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

PARTIAL = (
    (
        "ix_cases_open",
        "cases",
        ["id"],
        "state NOT IN ('draft', 'closed', 'voided', 'rejected', 'merged')",
    ),
    ("ix_timer_armed_case", "timer", ["case_id"], "state = 'armed'"),
    ("ix_inbox_poison", "inbox", ["id"], "state = 'poison'"),
    ("ix_outbox_dead", "outbox", ["id"], "state = 'failed' OR (state = 'unknown' AND sure)"),
    ("ix_outbox_sure_waiting", "outbox", ["owed_at"], "state = 'waiting' AND sure"),
)


def upgrade() -> None:
    for name, table, columns, only in PARTIAL:
        where = sa.text(only)
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name, table, _, _ in PARTIAL:
        op.drop_index(name, table_name=table)
