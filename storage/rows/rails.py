"""Tables of the rails: what came in, what is due, buttons, leases, slots and settings."""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.columns import BODY, KEY, Instant
from storage.rows.schema import SCHEMA, lease_columns

UNFINISHED: Final = text("state = 'waiting'")
IS_POISON: Final = text("state = 'poison'")

inbox: Final = Table(
    "inbox",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("transport", String(32), nullable=False),
    Column("raw_id", Text, nullable=False),
    Column("number", KEY),
    Column("chat", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("done_at", Instant),
    Column("why", Text),
    Column("aside", Boolean, nullable=False, server_default=false()),
    *lease_columns(),
    UniqueConstraint("transport", "raw_id"),
    Index("ix_inbox_received_at", "received_at"),
    Index("ix_inbox_poison", "id", sqlite_where=IS_POISON, postgresql_where=IS_POISON),
    Index("ix_inbox_waiting", "id", sqlite_where=UNFINISHED, postgresql_where=UNFINISHED),
    Index(
        "ix_inbox_unfinished",
        "transport",
        "chat",
        "id",
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    ),
)

ARMED: Final = text("state = 'armed'")

timers: Final = Table(
    "timer",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("case_id", KEY, ForeignKey("cases.id"), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("step", Integer, nullable=False),
    Column("loop", Integer, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("ended_at", Instant),
    Column("outcome", Text),
    *lease_columns(),
    UniqueConstraint("case_id", "kind", "step", "loop"),
    Index("ix_timer_armed", "due_at", sqlite_where=ARMED, postgresql_where=ARMED),
    Index("ix_timer_armed_case", "case_id", sqlite_where=ARMED, postgresql_where=ARMED),
)

tokens: Final = Table(
    "action_token",
    SCHEMA,
    Column("token", String(32), primary_key=True),
    Column("person_id", KEY, ForeignKey("person.id"), nullable=False),
    Column("subject", Text, nullable=False),
    Column("offers", BODY, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("ix_action_token_expires_at", "expires_at"),
)

leases: Final = Table(
    "lease",
    SCHEMA,
    Column("name", String(64), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("until", Instant, nullable=False),
)

job_slots: Final = Table(
    "job_slot",
    SCHEMA,
    Column("name", String(64), primary_key=True),
    Column("slot", String(64), primary_key=True),
    Column("taken_at", Instant, nullable=False),
)

outages: Final = Table(
    "outage",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("from_at", Instant, nullable=False),
    Column("to_at", Instant, nullable=False),
    Column("why", String(16), nullable=False),
    Column("phase", Integer, nullable=False),
    Column("upto", KEY, nullable=False),
    Column("shown_at", Instant),
    Index("ix_outage_to_at", "to_at"),
)
"""`phase` and `upto` say how far its old cards have been shown anew; `shown_at` ends that."""

settings: Final = Table(
    "setting",
    SCHEMA,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
