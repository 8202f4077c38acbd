"""Tables of what changes a roster: who is away and who stands in, and swaps of shifts."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, text

from storage.columns import KEY, Instant, Words
from storage.rows.schema import SCHEMA

absences: Final = Table(
    "duty_absence",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("person_id", KEY, ForeignKey("person.id"), nullable=False),
    Column("replacement_id", KEY, ForeignKey("person.id")),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("note", Words, nullable=False),
    Column("made_by", KEY, ForeignKey("person.id"), nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("declined_by", KEY, ForeignKey("person.id")),
    Column("declined_at", Instant),
    Column("ended_by", KEY, ForeignKey("person.id")),
    Column("version", KEY, nullable=False),
    Index("ix_duty_absence_person_id_ends_at", "person_id", "ends_at"),
    Index("ix_duty_absence_ends_at", "ends_at"),
    sqlite_autoincrement=True,
)
"""Who is away from `starts_at` up to `ends_at`, which is moved where it is ended early."""

STILL_ASKED: Final = text("state = 'asked'")

swaps: Final = Table(
    "duty_swap",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("asked_by", KEY, ForeignKey("person.id"), nullable=False),
    Column("asked_to", KEY, ForeignKey("person.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("shift_id", KEY, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("back_id", KEY),
    Column("back_starts_at", Instant),
    Column("back_ends_at", Instant),
    Column("lapses_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("at_once", Boolean, nullable=False),
    Column("ended_by", KEY, ForeignKey("person.id")),
    Column("ended_at", Instant),
    Column("version", KEY, nullable=False),
    Index(
        "ix_duty_swap_lapses_at",
        "lapses_at",
        sqlite_where=STILL_ASKED,
        postgresql_where=STILL_ASKED,
    ),
    Index(
        "ix_duty_swap_asked_to", "asked_to", sqlite_where=STILL_ASKED, postgresql_where=STILL_ASKED
    ),
    Index(
        "ix_duty_swap_shift_id", "shift_id", sqlite_where=STILL_ASKED, postgresql_where=STILL_ASKED
    ),
    sqlite_autoincrement=True,
)
"""A swap keeps the times of its shifts, because an import may take a shift away."""
