"""Invitations that were none, so that guessing comes to an end."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    op.create_table(
        "invite_guess",
        sa.Column("id", KEY, nullable=False),
        sa.Column("transport", sa.String(length=32), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite_guess")),
    )
    op.create_index("ix_invite_guess_chat_at", "invite_guess", ["chat", "at"], unique=False)


def downgrade() -> None:
    op.drop_table("invite_guess")
