"""INSERT … ON CONFLICT, which both databases spell alike and SQLAlchemy keeps apart."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def inserting(connection: AsyncConnection, table: Table) -> Any:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`.

    Give the rows to `execute`, not to `values`: a statement that holds its rows is compiled
    anew each time, which costs more than running it.
    """
    return inserting_on(connection.dialect.name, table)


def inserting_on(dialect: str, table: Table) -> Any:
    """The same for a statement that is kept, one for each database."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)
