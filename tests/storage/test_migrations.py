"""Migrations make exactly the tables the code expects, once, whoever starts first."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage.database import connect
from storage.migrating import migrate
from storage.rows.schema import SCHEMA


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, SCHEMA))


async def test_migrations_end_where_the_tables_are(
    bare_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    await migrate(bare_url)
    database = connect(bare_url)
    async with database.begin() as connection:
        assert await connection.run_sync(differences) == []
    await database.dispose()
    assert capfd.readouterr() == ("", "")


async def test_four_processes_starting_at_once_migrate_once(bare_url: str) -> None:
    await asyncio.gather(*(migrate(bare_url) for _ in range(4)))
    database = connect(bare_url)
    async with database.reading() as connection:
        versions = await connection.execute(text("SELECT version_num FROM alembic_version"))
        assert len(versions.all()) == 1
    await database.dispose()


async def test_a_migration_that_breaks_off_leaves_nothing_behind(bare_url: str) -> None:
    def stumble(place: str) -> None:
        raise RuntimeError(place)

    with pytest.raises(RuntimeError, match=r"migration\.middle"):
        await migrate(bare_url, stumble)
    database = connect(bare_url)
    async with database.reading() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await database.dispose()
    assert names == []
    await migrate(bare_url)
