"""The table of emergencies: requests, what came of them, and from when until when they hold."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, text

from storage.columns import BODY, CODE, KEY, Instant, Words
from storage.rows.schema import SCHEMA, lease_columns

IS_ALIVE: Final = text("next_at IS NOT NULL")
IS_FIRST: Final = text("next_at IS NOT NULL AND extends IS NULL")
IS_LONGER: Final = text("next_at IS NOT NULL AND extends IS NOT NULL")

emergencies: Final = Table(
    "emergency",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("mode", String(64), nullable=False),
    Column("area", CODE, nullable=False),
    Column("area_name", Words, nullable=False),
    Column("hours", Integer, nullable=False),
    Column("reason", Words, nullable=False),
    Column("asked_by", KEY, ForeignKey("person.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("asked", BODY, nullable=False),
    Column("lapses_at", Instant, nullable=False),
    Column("extends", KEY, ForeignKey("emergency.id")),
    Column("answer", String(16)),
    Column("answered_by", KEY, ForeignKey("person.id")),
    Column("answered_at", Instant),
    Column("began_at", Instant),
    Column("until", Instant),
    Column("ended_by", KEY, ForeignKey("person.id")),
    Column("version", Integer, nullable=False),
    Column("next_at", Instant),
    *lease_columns(),
    Index("ix_emergency_area_until", "area", "until"),
    Index("ix_emergency_due", "next_at", sqlite_where=IS_ALIVE, postgresql_where=IS_ALIVE),
    Index(
        "uq_emergency_area",
        "area",
        unique=True,
        sqlite_where=IS_FIRST,
        postgresql_where=IS_FIRST,
    ),
    Index(
        "uq_emergency_extends",
        "extends",
        unique=True,
        sqlite_where=IS_LONGER,
        postgresql_where=IS_LONGER,
    ),
    sqlite_autoincrement=True,
)
"""At most one request or mode for an area at a time, and one request to extend it."""
