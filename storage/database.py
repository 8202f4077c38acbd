"""One database, SQLite or PostgreSQL: transactions that write, and reads that cannot."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import URL, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.columns import canonical
from workflows.ports import StorageDownError

PATIENCE_S: Final = 9
"""How long to wait for another writer; a webhook must be answered within ten seconds."""

DRIVERS: Final = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}

SQLITE: Final[dict[str, Any]] = {
    "json_serializer": canonical,
    "hide_parameters": True,
    "pool_timeout": PATIENCE_S,
    "max_overflow": 0,
    "connect_args": {"isolation_level": None, "timeout": PATIENCE_S},
}

BUSY_OR_BROKEN: Final = tuple(
    f"SQLITE_{what}"
    for what in ("BUSY", "LOCKED", "FULL", "IOERR", "CANTOPEN", "READONLY_DBMOVED")
)
"""What SQLite says when the file is held by another, the disk is full or the file has gone."""

TRY_AGAIN: Final = ("08", "40", "53", "55", "57")
"""SQLSTATE classes that say the server was not able to, not that we asked for nonsense."""


@dataclass(frozen=True, slots=True)
class Database:
    """Engines of one process; `dispose` them, or SQLite's threads keep the process alive."""

    writer: AsyncEngine
    reader: AsyncEngine

    @property
    def is_sqlite(self) -> bool:
        return self.writer.dialect.name == "sqlite"

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """Write: commits on clean exit, rolls back on any exception.

        Raises StorageDownError where the database does not answer or is held by another.
        """
        try:
            async with self.writer.begin() as connection:
                yield connection
        except (DBAPIError, PoolTimeoutError, OSError) as error:
            raise _translated(error) from error

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Read one consistent state; an attempt to write is an error of the database.

        Raises StorageDownError.
        """
        try:
            async with self.reader.begin() as connection:
                yield connection
        except (DBAPIError, PoolTimeoutError, OSError) as error:
            raise _translated(error) from error

    async def dispose(self) -> None:
        await self.writer.dispose()
        await self.reader.dispose()


def connect(url: str, *, connections: int = 10) -> Database:
    """Name a database by URL, such as `sqlite:///city.db` or `postgresql://user@host/city`.

    SQLite is a file here, never memory. Nothing is opened yet. Raises ValueError.
    """
    parsed = _parsed(url)
    parsed = parsed.set(drivername=DRIVERS.get(parsed.drivername, parsed.drivername))
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed)
    writer = create_async_engine(
        parsed,
        json_serializer=canonical,
        hide_parameters=True,
        pool_size=connections,
        pool_timeout=PATIENCE_S,
        connect_args={"timeout": PATIENCE_S},
    )
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Database(writer, reader)


def connect_read_only(url: str) -> Database:
    """The same database for somebody who only looks: what writes is refused by the database.

    On SQLite the file is opened for reading, on PostgreSQL every transaction is read-only, and
    nothing waits longer than a few seconds. Raises ValueError.
    """
    parsed = _parsed(url)
    parsed = parsed.set(drivername=DRIVERS.get(parsed.drivername, parsed.drivername))
    if parsed.get_backend_name() == "sqlite":
        where = f"file:{quote(_file_of(parsed))}"
        parsed = parsed.set(database=where, query={"mode": "ro", "uri": "true"})
        reader = create_async_engine(parsed, pool_size=1, **SQLITE)
        _prepare(reader, "BEGIN", "PRAGMA query_only=ON")
        _insist_on(reader, Path(_file_of(_parsed(url))))
        return Database(reader, reader)
    reading = {
        "default_transaction_read_only": "on",
        "statement_timeout": f"{PATIENCE_S}s",
        "application_name": "paidan audit",
    }
    reader = create_async_engine(
        parsed,
        hide_parameters=True,
        isolation_level="REPEATABLE READ",
        pool_size=1,
        pool_timeout=PATIENCE_S,
        connect_args={"timeout": PATIENCE_S, "server_settings": reading},
    )
    return Database(reader, reader)


def _parsed(url: str) -> URL:
    with suppress(ArgumentError):
        parsed = make_url(url)
        if parsed.get_backend_name() in DRIVERS:
            return parsed
    raise ValueError("write sqlite:///city.db or postgresql://user@host/city")


def _sqlite(url: URL) -> Database:
    """One connection writes and others wait their turn in its queue; reads never wait."""
    _file_of(url)
    writer = create_async_engine(url, pool_size=1, **SQLITE)
    reader = create_async_engine(url, pool_size=5, **SQLITE)
    _prepare(writer, "BEGIN IMMEDIATE", "PRAGMA journal_mode=WAL")
    _prepare(reader, "BEGIN", "PRAGMA query_only=ON")
    return Database(writer, reader)


def _insist_on(engine: AsyncEngine, path: Path) -> None:
    """Look for the file before a thread is begun for it, which would have to be ended again."""

    @event.listens_for(engine.sync_engine, "do_connect")
    def look_for_it(*_: object) -> None:
        if not path.exists():
            raise StorageDownError(f"there is no {path.name}")


def _file_of(url: URL) -> str:
    if not url.database or url.database == ":memory:":
        raise ValueError("SQLite needs a file here, such as sqlite:///city.db")
    return url.database


def _prepare(engine: AsyncEngine, begin: str, pragma: str) -> None:
    """Let our own BEGIN be the only one, and set what SQLite forgets with each connection."""

    @event.listens_for(engine.sync_engine, "connect")
    def set_pragmas(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for statement in (
            f"PRAGMA busy_timeout={PATIENCE_S * 1000}",
            pragma,
            "PRAGMA synchronous=FULL",
            "PRAGMA foreign_keys=ON",
        ):
            cursor.execute(statement)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_it(connection: Any) -> None:
        connection.exec_driver_sql(begin)


def _translated(error: Exception) -> Exception:
    """The error as the rest of the house knows it, if trying again later may help."""
    if isinstance(error, DBAPIError) and not _may_pass(error):
        return error
    return StorageDownError(str(error))


def _may_pass(error: DBAPIError) -> bool:
    cause: Any = error.orig
    name = str(getattr(cause, "sqlite_errorname", ""))
    state = str(getattr(cause, "sqlstate", None) or "")
    gone = error.connection_invalidated or isinstance(error, InterfaceError)
    return gone or name.startswith(BUSY_OR_BROKEN) or state[:2] in TRY_AGAIN
