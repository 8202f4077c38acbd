"""The journal's guard is whole: nothing is replaced or slipped in, and its end only moves on.

Update, delete and truncate were forbidden from the first table on. Still open were SQLite's
REPLACE, which deletes without asking a delete trigger; a line at a number of the past or far
ahead; and the end of the chain, which could be moved back. An owner of the tables ignores rights
and may drop triggers: docs/operations/journal.md says how to run without being one.
"""

import sqlalchemy as sa
from alembic import op

revision = "chain"
down_revision = "0016"
branch_labels = None
depends_on = None

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


def downgrade() -> None:
    _run(LIFT_SQLITE if _is_sqlite() else LIFT_POSTGRESQL)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _run(statements: tuple[str, ...]) -> None:
    for statement in statements:
        op.execute(sa.text(statement))
