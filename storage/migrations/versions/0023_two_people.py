"""The two-person rule: proposals, made files until they are handed out, the policy in force."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String(64).with_variant(sa.String(64, collation="C"), "postgresql")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")
IS_ALIVE = sa.text("next_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("what", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("area", CODE, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("asked_by", KEY, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("lapses_at", INSTANT, nullable=False),
        sa.Column("answer", sa.String(16)),
        sa.Column("answered_by", KEY),
        sa.Column("answered_at", INSTANT),
        sa.Column("done_at", INSTANT),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("next_at", INSTANT),
        sa.Column("owner", sa.String(64)),
        sa.Column("fence", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("lease_until", INSTANT),
        sa.Column("attempts", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("not_before", INSTANT),
        *(
            sa.ForeignKeyConstraint([column], ["person.id"], name=f"fk_proposal_{column}")
            for column in ("asked_by", "answered_by")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_proposal_due",
        "proposal",
        ["next_at"],
        sqlite_where=IS_ALIVE,
        postgresql_where=IS_ALIVE,
    )
    op.create_index("ix_proposal_kind_id", "proposal", ["kind", "id"])
    op.create_table(
        "export_file",
        sa.Column("proposal_id", KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name="fk_export_file_proposal_id"
        ),
        sa.PrimaryKeyConstraint("proposal_id", name="pk_export_file"),
    )
    op.create_table(
        "policy_bundle",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("in_force_at", INSTANT),
        sa.PrimaryKeyConstraint("digest", name="pk_policy_bundle"),
    )
    op.create_index("ix_policy_bundle_in_force_at", "policy_bundle", ["in_force_at"])


def downgrade() -> None:
    for table in ("policy_bundle", "export_file", "proposal"):
        op.drop_table(table)
