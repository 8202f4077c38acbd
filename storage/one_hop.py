"""Connections to SQLite that cross to their thread once for a statement instead of four times.

aiosqlite makes a cursor, executes, fetches and closes with a call of its own each through the
thread's queue. The statements here are small: changing threads costs more than SQLite does.
"""

import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Any, Self

from aiosqlite import Connection

Statement = Callable[[sqlite3.Cursor], object]


class OneHopCursor:
    """Runs a statement whole, and keeps its rows until they are asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: tuple[Any, ...] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def execute(self, sql: str, parameters: Any = ()) -> None:
        await self._run(lambda cursor: cursor.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Any) -> None:
        await self._run(lambda cursor: cursor.executemany(sql, parameters))

    async def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Nothing is open between two statements."""

    async def __aenter__(self) -> Self:
        return self

    async def _run(self, statement: Statement) -> None:
        execute: Any = self._connection._execute  # noqa: SLF001  as its own cursor does
        await execute(self._whole, statement)

    def _whole(self, statement: Statement) -> None:
        """On the connection's thread."""
        cursor = self._connection._conn.cursor()  # noqa: SLF001
        try:
            statement(cursor)
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class OneHopConnection(Connection):
    """aiosqlite's connection with these cursors."""

    def cursor(self) -> OneHopCursor:  # type: ignore[override]
        return OneHopCursor(self)


def one_hop(database: str, **how: Any) -> OneHopConnection:
    """A connection to await; `how` is what `sqlite3.connect` takes."""
    connection = OneHopConnection(partial(sqlite3.connect, database, **how), iter_chunk_size=64)
    connection._thread.daemon = True  # noqa: SLF001  or one left open keeps the process alive
    return connection
