"""A city of a million cases, every tenth of them open, grown from one case that was reported."""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, bindparam, func, select, text, update

from storage.database import Database
from storage.journal import HASHED, line_hash
from storage.rows.cases import cases
from storage.rows.journal import chain_head, journal
from storage.rows.outgoing import outbox
from storage.rows.rails import timers
from workflows.auditing.faults import Line

CASES = 1_000_000
EVERY = 10
"""One case in so many is open."""

CHAINED = 20_000
"""Lines at both ends of the journal whose hashes are real; the auditor reads no others here."""

BATCH = 5_000
COUNT = {
    "sqlite": """
        WITH RECURSIVE up(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM up WHERE n < :last)
        INSERT INTO counted SELECT n FROM up
    """,
    "postgresql": """
        INSERT INTO counted
        SELECT generate_series(CAST(:first AS BIGINT), CAST(:last AS BIGINT))
    """,
}


async def multiply(database: Database, sample: int, count: int = CASES) -> Line:
    """Copies of this case, each with its timers, a line of the journal and a message.

    Returns the line that an auditor had seen who looked `CHAINED` lines ago.
    """
    async with database.begin() as connection:
        await connection.run_sync(_grow, sample, count)
        seen: Line = await connection.run_sync(_chain)
    tidy = "ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"  # as its own vacuum would
    async with database.writer.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text(tidy))
    return seen


def _grow(connection: Connection, sample: int, count: int) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    last_case = connection.execute(select(func.max(cases.c.id))).scalar_one()
    last_line = connection.execute(select(func.max(journal.c.seq))).scalar_one()
    connection.execute(text("CREATE TEMPORARY TABLE counted (n BIGINT PRIMARY KEY)"))
    among = {"first": last_case + 1, "last": last_case + count}
    connection.execute(text(COUNT[connection.dialect.name]), among)
    opened = f"CASE WHEN n % {EVERY} = 0 THEN {{}} ELSE {{}} END"
    state, armed = opened.format("state", "'closed'"), opened.format("state", "'cancelled'")
    _copy(connection, cases, f"id = {sample}", id="n", state=state)
    _copy(connection, timers, f"case_id = {sample} AND state = 'armed'", case_id="n", state=armed)
    newest = f"seq = (SELECT max(seq) FROM journal WHERE case_id = {sample})"
    to_state = opened.format("to_state", "'closed'")
    seq = f"n + {last_line - last_case}"
    _copy(connection, journal, newest, seq=seq, case_id="n", to_state=to_state)
    first = f"id = (SELECT min(id) FROM outbox WHERE case_id = {sample})"
    _copy(connection, outbox, first, key="'copy:' || n", case_id="n", state="'sent'")
    connection.execute(text("DROP TABLE counted"))


def _copy(connection: Connection, table: Table, which: str, **instead: str) -> None:
    """One copy for each number; `instead` are expressions over the row and the number `n`."""
    given_out = {"id"} - {*instead}
    names = [column.name for column in table.c if column.name not in given_out]
    values = ", ".join(instead.get(name, f'"{name}"') for name in names)
    into = ", ".join(f'"{name}"' for name in names)
    rows = f"(SELECT * FROM {table.name} WHERE {which}) AS one CROSS JOIN counted"
    connection.execute(text(f"INSERT INTO {table.name} ({into}) SELECT {values} FROM {rows}"))


def _chain(connection: Connection) -> Line:
    """Real hashes for the first lines and for the last ones."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("DROP TRIGGER journal_is_only_added_to_update"))
    last = connection.execute(select(func.max(journal.c.seq))).scalar_one()
    begins = Line()
    _hash_on(connection, begins, CHAINED)
    row = select(journal.c.seq, journal.c.hash).where(journal.c.seq == last - CHAINED)
    seen = Line(*connection.execute(row).one())
    end = _hash_on(connection, seen, last)
    connection.execute(update(chain_head).values(seq=end.seq, hash=end.hash))
    return seen


def _hash_on(connection: Connection, line: Line, until: int) -> Line:
    for after in range(line.seq, until, BATCH):
        among = journal.c.seq.between(after + 1, min(after + BATCH, until))
        rows = connection.execute(select(journal).where(among).order_by(journal.c.seq)).all()
        hashed = []
        for row in rows:
            fields = {name: getattr(row, name) for name in HASHED}
            line = Line(row.seq, line_hash(line.hash, fields))
            hashed.append({"of": line.seq, "now": line.hash})
        _write(connection, hashed)
    return line


def _write(connection: Connection, hashed: Sequence[dict[str, object]]) -> None:
    at = update(journal).where(journal.c.seq == bindparam("of"))
    connection.execute(at.values(hash=bindparam("now")), hashed)
