"""Migrations make exactly the tables the code expects, once, whoever starts first."""

import asyncio
import json

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from storage.assembly import Storage
from storage.database import connect
from storage.migrating import migrate
from storage.rows.schema import SCHEMA
from tests.storage.city import City
from tests.storage.test_lists import again
from workflows.cases.alike import Alike, Sameness
from workflows.cases.case import CaseId


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


async def test_what_may_be_the_same_case_gets_its_reason_and_loses_it_again(
    storage: Storage, city: City
) -> None:
    """The reason is worked out from what is still known: component, caller, else the place."""
    for number, component in enumerate(("A", "", "", "A", ""), 1):
        case = await city.case(component=component)
        assert case.id == number
        if number in {2, 4}:
            async with storage.database.begin() as connection:
                of_then = f"VALUES ({case.id}, '王', '13912340021', '')"
                await connection.execute(
                    text(f"INSERT INTO caller (case_id, name, phone, words) {of_then}")
                )
    async with storage.database.begin() as connection:
        await connection.execute(text("UPDATE cases SET alike = '[2, 1, 3]' WHERE id = 4"))
        await connection.execute(text("DROP INDEX ix_cases_open_reported_at"))
        await connection.run_sync(again, "0010")
    assert (await storage.views.case(CaseId(4))).case.alike == (
        Alike(2, Sameness.CALLER),
        Alike(1, Sameness.COMPONENT),
        Alike(3, Sameness.NEAR),
    )
    assert (await storage.views.case(CaseId(5))).case.alike == ()
    async with storage.database.begin() as connection:
        await connection.run_sync(again, "0010", "downgrade")
        stored = (await connection.execute(text("SELECT alike FROM cases ORDER BY id"))).scalars()
        kept = [json.loads(one) if isinstance(one, str) else one for one in stored]
    assert kept == [[], [], [], [2, 1, 3], []]


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
