"""Fingerprints of photos in bands that an index can search, and which photos look alike."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BANDS = ("band0", "band1", "band2", "band3")


def upgrade() -> None:
    op.create_table(
        "photo_print",
        sa.Column("photo_id", KEY, nullable=False, autoincrement=False),
        sa.Column("fingerprint", sa.BigInteger(), nullable=False),
        *(sa.Column(band, sa.Integer(), nullable=False) for band in BANDS),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_print_photo_id")),
        sa.PrimaryKeyConstraint("photo_id", name=op.f("pk_photo_print")),
    )
    op.create_index("ix_photo_print_fingerprint", "photo_print", ["fingerprint", "photo_id"])
    for band in BANDS:
        op.create_index(f"ix_photo_print_{band}", "photo_print", [band, "fingerprint", "photo_id"])
    op.create_table(
        "photo_alike",
        sa.Column("photo_id", KEY, nullable=False, autoincrement=False),
        sa.Column("earlier_id", KEY, nullable=False, autoincrement=False),
        sa.Column("bits", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["photo_id"], ["photo.id"], name=op.f("fk_photo_alike_photo_id")),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["photo.id"], name=op.f("fk_photo_alike_earlier_id")
        ),
        sa.PrimaryKeyConstraint("photo_id", "earlier_id", name=op.f("pk_photo_alike")),
    )
    op.create_index("ix_photo_alike_earlier_id", "photo_alike", ["earlier_id"])


def downgrade() -> None:
    op.drop_table("photo_alike")
    op.drop_table("photo_print")
