"""A caller's fields are sealed: a keyed hash to find a number by, an address, no plain index.

What is stored already is sealed afterwards, in small steps (storage.resealing): keys are not a
migration's business, and a large city must not stand still for it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

HAS_LOOK = sa.text("phone_look <> ''")
IS_PLAIN = sa.text("phone_look = '' AND phone <> ''")
IS_LOOK = sa.text("action IN ('reveal_caller', 'find_by_caller')")
HAS_PHONE = sa.text("phone <> ''")


def upgrade() -> None:
    for name, kind in (("address", sa.Text()), ("phone_look", sa.String(length=96))):
        op.add_column(
            "caller", sa.Column(name, kind, nullable=False, server_default=sa.text("''"))
        )
    op.drop_index("ix_caller_phone", table_name="caller")
    op.create_index(
        "ix_caller_phone_look",
        "caller",
        ["phone_look"],
        unique=False,
        sqlite_where=HAS_LOOK,
        postgresql_where=HAS_LOOK,
    )
    op.create_index(
        "ix_caller_plain",
        "caller",
        ["phone"],
        unique=False,
        sqlite_where=IS_PLAIN,
        postgresql_where=IS_PLAIN,
    )
    op.create_index(
        "ix_journal_looks",
        "journal",
        ["person_id", "at"],
        unique=False,
        sqlite_where=IS_LOOK,
        postgresql_where=IS_LOOK,
    )


def downgrade() -> None:
    """What is sealed stays sealed; the version before cannot read it."""
    op.drop_index("ix_journal_looks", table_name="journal")
    op.drop_index("ix_caller_plain", table_name="caller")
    op.drop_index("ix_caller_phone_look", table_name="caller")
    op.create_index(
        "ix_caller_phone",
        "caller",
        ["phone"],
        unique=False,
        sqlite_where=HAS_PHONE,
        postgresql_where=HAS_PHONE,
    )
    for name in ("phone_look", "address"):
        op.drop_column("caller", name)
