"""Links to pages that show once what a transport may not carry."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    op.create_table(
        "page_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("message_id", KEY, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=True),
        sa.Column("visitor_hash", sa.String(length=64), nullable=True),
        sa.Column("shown_until", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["outbox.id"], name=op.f("fk_page_link_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_page_link_person_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_page_link")),
    )
    op.create_index("ix_page_link_expires_at", "page_link", ["expires_at"], unique=False)


def downgrade() -> None:
    op.drop_table("page_link")
