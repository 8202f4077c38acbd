"""Bring a database to the newest tables, one process at a time and whole or not at all."""

from pathlib import Path
from typing import Any, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from storage.database import Database, connect
from storage.failpoints import Reach, nowhere
from storage.rows import (
    cases,
    joint,
    journal,
    outgoing,
    pages,
    people,
    places,
    prints,
    rails,
    retention,
    rosters,
)
from storage.rows.schema import SCHEMA

TABLES: Final = (
    cases,
    joint,
    journal,
    outgoing,
    pages,
    people,
    places,
    prints,
    rails,
    retention,
    rosters,
)
"""The families whose import fills the schema."""

MIGRATIONS: Final = Path(__file__).parent / "migrations"

ONE_AT_A_TIME: Final = text("SELECT pg_advisory_xact_lock(hashtext('migrations'))")


async def migrate(url: str, reach: Reach = nowhere) -> None:
    """Run what has not been run, in one transaction under a lock. Raises StorageDownError."""
    database = connect(url)
    try:
        await bring_up_to_date(database, reach)
    finally:
        await database.dispose()


async def bring_up_to_date(database: Database, reach: Reach = nowhere) -> None:
    """On SQLite the immediate transaction is the lock; on PostgreSQL an advisory lock is."""
    async with database.begin() as connection:
        if not database.is_sqlite:
            await connection.execute(ONE_AT_A_TIME)
        await connection.run_sync(_upgrade, reach)


def run_migrations(context: Any) -> None:
    """What Alembic's environment does: migrate on the connection it was given."""
    attributes = context.config.attributes
    context.configure(
        connection=attributes["connection"],
        target_metadata=SCHEMA,
        transactional_ddl=True,
        on_version_apply=lambda **_: attributes["reach"]("migration.middle"),
    )
    with context.begin_transaction():
        context.run_migrations()


def _upgrade(connection: Connection, reach: Reach) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes.update(connection=connection, reach=reach)
    command.upgrade(config, "head")
