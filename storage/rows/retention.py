"""Tables of retention: what was deleted, without saying whose, and what must be kept for now."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, text

from storage.columns import KEY, Instant, Words
from storage.rows.schema import SCHEMA

IN_FORCE: Final = text("lifted_at IS NULL")

deletions: Final = Table(
    "deletion",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("does", String(16), nullable=False),
    Column("cutoff", Instant, nullable=False),
    Column("rows", Integer, nullable=False),
    Index("ix_deletion_kind_at", "kind", "at"),
    sqlite_autoincrement=True,
)

legal_holds: Final = Table(
    "legal_hold",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("case_id", KEY, ForeignKey("cases.id"), nullable=False),
    Column("why", Words, nullable=False),
    Column("set_by", Words, nullable=False),
    Column("set_at", Instant, nullable=False),
    Column("lifted_why", Words),
    Column("lifted_by", Words),
    Column("lifted_at", Instant),
    Index(
        "uq_legal_hold_case_id",
        "case_id",
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    ),
    sqlite_autoincrement=True,
)
"""One hold at a time for a case; `set_by` is whoever typed it, as `continued_by` is."""
