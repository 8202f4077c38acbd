"""Albums: which photos were sent together, and updates whose words wait for the rest of one."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

IN_ALBUM = sa.text("album <> ''")


def upgrade() -> None:
    op.add_column(
        "photo", sa.Column("album", sa.Text(), nullable=False, server_default=sa.text("''"))
    )
    op.create_index(
        "ix_photo_album",
        "photo",
        ["album"],
        unique=False,
        sqlite_where=IN_ALBUM,
        postgresql_where=IN_ALBUM,
    )
    op.add_column(
        "inbox", sa.Column("aside", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.drop_column("inbox", "aside")
    op.drop_index("ix_photo_album", table_name="photo")
    op.drop_column("photo", "album")
