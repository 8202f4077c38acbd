"""Tables of joint work: call-outs, and who was called and said what."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, text

from storage.columns import CODE, KEY, Instant, Words
from storage.rows.schema import SCHEMA, lease_columns

IS_OPEN: Final = text("closed_at IS NULL")

call_outs: Final = Table(
    "call_out",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("called_by", KEY, ForeignKey("person.id"), nullable=False),
    Column("called_at", Instant, nullable=False),
    Column("area", CODE, nullable=False),
    Column("area_name", Words, nullable=False),
    Column("role", String(32)),
    Column("ground", String(32), nullable=False),
    Column("ground_words", Words, nullable=False),
    Column("sentence", Words, nullable=False),
    Column("place", Words, nullable=False),
    Column("case_id", KEY, ForeignKey("cases.id")),
    Column("version", Integer, nullable=False),
    Column("reminded", Integer, nullable=False),
    Column("next_at", Instant),
    Column("closed_at", Instant),
    Column("closed_by", KEY, ForeignKey("person.id")),
    *lease_columns(),
    Index("ix_call_out_due", "next_at", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    Index("ix_call_out_called_by_called_at", "called_by", "called_at"),
    Index("ix_call_out_called_at", "called_at"),
    sqlite_autoincrement=True,
)

called: Final = Table(
    "call_out_person",
    SCHEMA,
    Column("call_out_id", KEY, ForeignKey("call_out.id"), primary_key=True, autoincrement=False),
    Column("person_id", KEY, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    Column("reply", String(16)),
    Column("words", Words, nullable=False),
    Column("replied_at", Instant),
    Index("ix_call_out_person_person_id", "person_id"),
)
