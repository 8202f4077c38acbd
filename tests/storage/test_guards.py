"""The database itself refuses to change the journal: every way of trying, on both databases."""

from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url, text

from storage.assembly import Storage, open_storage
from storage.database import connect
from storage.keyring import practice_keyring
from storage.migrating import migrate
from tests.storage.city import HandClock
from tests.storage.test_journal import broken, entry, write
from tests.storage.test_lists import again

ROLES = Path(__file__).parents[2] / "docs" / "operations" / "postgresql-roles.sql"

LINE = """
    (seq, written_at, at, action, person_id, role, from_state, to_state, details, hash)
    SELECT {seq}, written_at, at, 'forged', person_id, role, from_state, to_state, details, 'x'
    FROM journal WHERE seq = 1
"""

WAYS = {
    "change": "UPDATE journal SET action = 'x' WHERE seq = 2",
    "change nothing": "UPDATE journal SET action = action",
    "change another number": "UPDATE journal SET seq = 99 WHERE seq = 3",
    "remove": "DELETE FROM journal WHERE seq = 2",
    "slip in at the front": "INSERT INTO journal" + LINE.format(seq=0),
    "slip in far ahead": "INSERT INTO journal" + LINE.format(seq=40),
    "move the end back": "UPDATE chain_head SET seq = 2",
    "move the end ahead": "UPDATE chain_head SET seq = 9",
    "another hash at the end": "UPDATE chain_head SET hash = 'x'",
    "no end": "DELETE FROM chain_head",
    "a second end": "INSERT INTO chain_head VALUES (2, 3, 'x')",
}
ONLY_SQLITE = {
    "replace": "REPLACE INTO journal" + LINE.format(seq=2),
    "insert or replace": "INSERT OR REPLACE INTO journal" + LINE.format(seq=3),
    "replace the end": "REPLACE INTO chain_head VALUES (1, 1, 'x')",
    "update or replace": "UPDATE OR REPLACE journal SET seq = 2 WHERE seq = 1",
}
ONLY_POSTGRESQL = {
    "empty": "TRUNCATE journal",
    "empty the end": "TRUNCATE chain_head",
    "merge": (
        "MERGE INTO journal AS j USING chain_head AS h ON j.seq = h.seq "
        "WHEN MATCHED THEN UPDATE SET action = 'x'"
    ),
    "upsert": (
        "INSERT INTO journal SELECT * FROM journal WHERE seq = 2 "
        "ON CONFLICT (seq) DO UPDATE SET action = 'x'"
    ),
}


async def refuses(storage: Storage, statement: str) -> None:
    with pytest.raises(Exception, match=r"only (added to|moves on)"):
        async with storage.database.begin() as connection:
            await connection.execute(text(statement))


@pytest.mark.parametrize("statement", WAYS.values(), ids=WAYS)
async def test_no_way_leads_into_the_past(storage: Storage, statement: str) -> None:
    await write(storage, entry(), entry(), entry())
    await refuses(storage, statement)
    assert await broken(storage) is None
    await write(storage, entry())
    assert await broken(storage) is None


async def test_no_way_that_only_one_of_the_two_databases_knows(storage: Storage) -> None:
    await write(storage, entry(), entry(), entry())
    own = ONLY_SQLITE if storage.database.is_sqlite else ONLY_POSTGRESQL
    for statement in own.values():
        await refuses(storage, statement)
    assert await broken(storage) is None


async def test_the_guards_come_and_go_with_their_migration(bare_url: str) -> None:
    await migrate(bare_url)
    database = connect(bare_url)
    async with database.begin() as connection:
        await connection.run_sync(again, "0020", "downgrade")
        await connection.execute(text("UPDATE chain_head SET hash = ''"))
        await connection.run_sync(again, "0020")
    with pytest.raises(Exception, match="only moves on"):
        async with database.begin() as connection:
            await connection.execute(text("DELETE FROM chain_head"))
    await database.dispose()


FORBIDDEN = (
    "UPDATE journal SET action = 'x'",
    "DELETE FROM journal",
    "TRUNCATE journal",
    "ALTER TABLE journal DISABLE TRIGGER ALL",
    "DROP TRIGGER journal_is_only_added_to ON journal",
    "DELETE FROM chain_head",
    "SET session_replication_role = replica",
    "CREATE TABLE mine (a int)",
)


@pytest.fixture
def owned(kind: str, bare_url: str) -> str:
    """A migrated PostgreSQL, its roles made as docs/operations says."""
    if kind == "sqlite":
        pytest.skip("SQLite knows no roles: whoever may write to the file may write all of it")
    return bare_url


async def test_who_serves_without_owning_the_tables_cannot_lift_the_guard(
    owned: str, clock: HandClock
) -> None:
    await migrate(owned)
    parts = make_url(owned)
    owner = await asyncpg.connect(
        user=parts.username, database=parts.database, host=parts.query["host"]
    )
    await owner.execute(ROLES.read_text(encoding="utf-8"))
    await owner.close()
    serving = parts.set(username="paidan_serves").render_as_string(hide_password=False)
    storage = await open_storage(serving, clock, practice_keyring())
    try:
        await write(storage, entry(), entry())
        assert await broken(storage) is None
        for statement in FORBIDDEN:
            with pytest.raises(Exception, match=r"permission denied|must be owner"):
                async with storage.database.begin() as connection:
                    await connection.execute(text(statement))
        assert await broken(storage) is None
    finally:
        await storage.dispose()
    watching = connect(parts.set(username="paidan_watches").render_as_string(hide_password=False))
    async with watching.reading() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM journal"))).scalar_one() == 2
    with pytest.raises(Exception, match="permission denied"):
        async with watching.begin() as connection:
            await connection.execute(text("INSERT INTO setting VALUES ('a', 'b')"))
    await watching.dispose()
