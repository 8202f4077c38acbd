"""What a photo's bytes say, whether it came as a file, and when its bytes were here."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")


def upgrade() -> None:
    op.add_column(
        "photo", sa.Column("as_file", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("photo", sa.Column("received_at", INSTANT, nullable=True))
    op.add_column("photo", sa.Column("facts", sa.JSON(none_as_null=True), nullable=True))
    op.create_index("ix_photo_sent_by_said_at", "photo", ["sent_by", "said_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_photo_sent_by_said_at", table_name="photo")
    op.drop_column("photo", "facts")
    op.drop_column("photo", "received_at")
    op.drop_column("photo", "as_file")
