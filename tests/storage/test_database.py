"""Transactions begin as writers, wait for each other, and say when the database is down."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text

from storage.assembly import Storage
from storage.database import connect
from storage.rows.rails import settings
from workflows.ports import StorageDownError


def sqlite_path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


async def test_a_writer_holds_the_file_before_its_first_statement(sqlite_url: str) -> None:
    database = connect(sqlite_url)
    other = sqlite3.connect(sqlite_path(sqlite_url), timeout=0, isolation_level=None)
    async with database.begin():
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()
    await database.dispose()


async def test_sqlite_is_set_to_lose_nothing(sqlite_url: str) -> None:
    database = connect(sqlite_url)
    async with database.begin() as connection:
        pragmas = {}
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
            pragmas[name] = (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
    await database.dispose()
    full = 2
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 9000,
    }


async def test_reading_goes_on_while_somebody_writes(storage: Storage) -> None:
    async with storage.database.begin() as writing:
        await writing.execute(insert(settings).values(name="a", value="1"))
        async with storage.database.reading() as reading:
            found = await reading.execute(select(settings.c.value).where(settings.c.name == "a"))
            assert found.one_or_none() is None
    assert await storage.loading.setting("a") == "1"


async def test_a_read_cannot_write(storage: Storage) -> None:
    with pytest.raises(Exception, match=r"(?i)read-?only"):
        async with storage.database.reading() as reading:
            await reading.execute(insert(settings).values(name="a", value="1"))
    assert await storage.loading.setting("a") is None


async def test_many_read_and_write_at_once_without_losing_a_count(
    storage: Storage, neighbour: Storage
) -> None:
    await storage.loading.set("count", "0")

    async def add(door: Storage) -> None:
        async with door.database.begin() as connection:
            if not door.database.is_sqlite:
                await connection.execute(text("LOCK TABLE setting"))
            found = await connection.execute(
                select(settings.c.value).where(settings.c.name == "count")
            )
            more = str(int(found.scalar_one()) + 1)
            await connection.execute(
                settings.update().where(settings.c.name == "count").values(value=more)
            )

    await asyncio.gather(*(add(door) for door in (storage, neighbour) * 20))
    assert await storage.loading.setting("count") == "40"


async def test_a_cancelled_transaction_leaves_nothing_and_blocks_nobody(storage: Storage) -> None:
    entered = asyncio.Event()

    async def hang() -> None:
        async with storage.database.begin() as connection:
            await connection.execute(insert(settings).values(name="a", value="1"))
            entered.set()
            await asyncio.Event().wait()

    async with asyncio.TaskGroup() as group:
        task = group.create_task(hang())
        await entered.wait()
        task.cancel()
    assert await storage.loading.setting("a") is None
    await storage.loading.set("a", "2")
    assert await storage.loading.setting("a") == "2"


async def test_a_folder_that_is_not_there_is_a_storage_that_is_down(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path}/nowhere/city.db")
    with pytest.raises(StorageDownError):
        async with database.begin():
            pass
    await database.dispose()
    for thread in threading.enumerate():  # aiosqlite does not wait for a thread that failed
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join)


async def test_a_server_that_is_not_there_is_a_storage_that_is_down(tmp_path: Path) -> None:
    database = connect(f"postgresql://nobody@/city?host={tmp_path}")
    with pytest.raises(StorageDownError):
        async with database.reading():
            pass
    await database.dispose()


async def test_a_mistake_of_ours_is_no_storage_that_is_down(storage: Storage) -> None:
    with pytest.raises(Exception, match="no_such_table") as caught:
        async with storage.database.begin() as connection:
            await connection.execute(text("SELECT * FROM no_such_table"))
    assert not isinstance(caught.value, StorageDownError)


async def test_a_whole_transaction_sees_one_state(storage: Storage, neighbour: Storage) -> None:
    count = select(func.count()).select_from(settings)
    async with storage.database.reading() as reading:
        before = (await reading.execute(count)).scalar_one()
        await neighbour.loading.set("b", "1")
        assert (await reading.execute(count)).scalar_one() == before


def test_sqlite_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a file"):
        connect("sqlite://")
