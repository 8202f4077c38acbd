"""The journal's guard is whole: nothing is replaced or slipped in, and its end only moves on.

Update, delete and truncate were forbidden from the first table on. Still open were SQLite's
REPLACE, which deletes without asking a delete trigger; a line at a number of the past or far
ahead; and the end of the chain, which could be moved back. An owner of the tables ignores rights
and may drop triggers: docs/operations/journal.md says how to run without being one.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(32), "sqlite")

SQLITE = (
    """
    CREATE TRIGGER journal_goes_on_at_its_end BEFORE INSERT ON journal
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
    BEGIN SELECT RAISE(ABORT, 'the journal is only added to at its end'); END
    """,
    """
    CREATE TRIGGER chain_head_only_moves_on BEFORE UPDATE ON chain_head
    WHEN NEW.id <> OLD.id OR NEW.seq <= OLD.seq
      OR NEW.seq <> (SELECT max(seq) FROM journal)
      OR NEW.hash IS NOT (SELECT hash FROM journal WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'the end of the journal only moves on'); END
    """,
    """
    CREATE TRIGGER chain_head_is_not_taken_away BEFORE DELETE ON chain_head
    BEGIN SELECT RAISE(ABORT, 'the end of the journal only moves on'); END
    """,
    """
    CREATE TRIGGER chain_head_is_one BEFORE INSERT ON chain_head
    WHEN EXISTS (SELECT 1 FROM chain_head)
    BEGIN SELECT RAISE(ABORT, 'the end of the journal only moves on'); END
    """,
)

POSTGRESQL = (
    """
    CREATE FUNCTION refuse_journal_gap() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
      IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal) THEN
        RAISE EXCEPTION 'the journal is only added to at its end';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER journal_goes_on_at_its_end BEFORE INSERT ON journal
    FOR EACH ROW EXECUTE FUNCTION refuse_journal_gap()
    """,
    """
    CREATE FUNCTION refuse_head_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
      IF TG_OP = 'UPDATE' THEN
        IF NEW.id = OLD.id AND NEW.seq > OLD.seq
          AND NEW.seq = (SELECT max(seq) FROM journal)
          AND NEW.hash = (SELECT hash FROM journal WHERE seq = NEW.seq) THEN
          RETURN NEW;
        END IF;
      ELSIF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT 1 FROM chain_head) THEN
          RETURN NEW;
        END IF;
      END IF;
      RAISE EXCEPTION 'the end of the journal only moves on';
    END $$
    """,
    """
    CREATE TRIGGER chain_head_only_moves_on BEFORE INSERT OR UPDATE OR DELETE ON chain_head
    FOR EACH ROW EXECUTE FUNCTION refuse_head_change()
    """,
    """
    CREATE TRIGGER chain_head_is_not_emptied BEFORE TRUNCATE ON chain_head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change()
    """,
)

LIFT_SQLITE = (
    "DROP TRIGGER journal_goes_on_at_its_end",
    "DROP TRIGGER chain_head_only_moves_on",
    "DROP TRIGGER chain_head_is_not_taken_away",
    "DROP TRIGGER chain_head_is_one",
)

LIFT_POSTGRESQL = (
    "DROP TRIGGER journal_goes_on_at_its_end ON journal",
    "DROP TRIGGER chain_head_only_moves_on ON chain_head",
    "DROP TRIGGER chain_head_is_not_emptied ON chain_head",
    "DROP FUNCTION refuse_journal_gap()",
    "DROP FUNCTION refuse_head_change()",
)


def upgrade() -> None:
    _run(SQLITE if _is_sqlite() else POSTGRESQL)
    make_ledger()
    make_holds()


def make_ledger() -> None:
    op.create_table(
        "deletion",
        sa.Column("id", KEY, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("does", sa.String(length=16), nullable=False),
        sa.Column("cutoff", INSTANT, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletion")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deletion_kind_at", "deletion", ["kind", "at"], unique=False)


def make_holds() -> None:
    in_force = sa.text("lifted_at IS NULL")
    op.create_table(
        "legal_hold",
        sa.Column("id", KEY, nullable=False),
        sa.Column("case_id", KEY, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("set_at", INSTANT, nullable=False),
        sa.Column("lifted_why", sa.Text(), nullable=True),
        sa.Column("lifted_by", sa.Text(), nullable=True),
        sa.Column("lifted_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_legal_hold_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_legal_hold_case_id",
        "legal_hold",
        ["case_id"],
        unique=True,
        sqlite_where=in_force,
        postgresql_where=in_force,
    )


def downgrade() -> None:
    op.drop_table("legal_hold")
    op.drop_table("deletion")
    _run(LIFT_SQLITE if _is_sqlite() else LIFT_POSTGRESQL)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _run(statements: tuple[str, ...]) -> None:
    for statement in statements:
        op.execute(sa.text(statement))
