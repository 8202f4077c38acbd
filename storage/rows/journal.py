"""Tables of the journal: its lines, which nobody may change, and the end of their chain."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, text

from storage.columns import KEY, Instant, Words
from storage.rows.schema import SCHEMA

IS_LOOK: Final = text("action IN ('reveal_caller', 'find_by_caller')")
"""Looks at callers' numbers: workflows.hotline.looks counts them."""

journal: Final = Table(
    "journal",
    SCHEMA,
    Column("seq", KEY, primary_key=True, autoincrement=False),
    Column("written_at", Instant, nullable=False),
    Column("at", Instant, nullable=False),
    Column("action", String(64), nullable=False),
    Column("person_id", KEY, ForeignKey("person.id"), nullable=False),
    Column("role", String(32), nullable=False),
    Column("case_id", KEY, ForeignKey("cases.id")),
    Column("version", Integer),
    Column("from_state", String(32), nullable=False),
    Column("to_state", String(32), nullable=False),
    Column("cause", Words),
    Column("details", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Index("ix_journal_case_id_seq", "case_id", "seq"),
    Index("ix_journal_looks", "person_id", "at", sqlite_where=IS_LOOK, postgresql_where=IS_LOOK),
)

chain_head: Final = Table(
    "chain_head",
    SCHEMA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", KEY, nullable=False),
    Column("hash", String(64), nullable=False),
)
