"""Tables of what goes out: messages owed, each attempt, what people see now, chats that wait."""

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
    false,
    text,
)

from storage.columns import BODY, KEY, Instant
from storage.rows.schema import SCHEMA, lease_columns

NOT_SENT: Final = text("state IN ('waiting', 'parked')")
SENDING: Final = text("state = 'sending'")
IS_DEAD: Final = text("state = 'failed' OR (state = 'unknown' AND sure)")
SURE_WAITING: Final = text("state = 'waiting' AND sure")
TO_GATHER: Final = text("state = 'waiting' AND gathers > 0")
IN_A_DIGEST: Final = text("digest IS NOT NULL")

outbox: Final = Table(
    "outbox",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("recipient", Text, nullable=False),
    Column("person_id", KEY, ForeignKey("person.id")),
    Column("transport", String(32)),
    Column("chat", Text),
    Column("kind", String(32), nullable=False),
    Column("subject", Text, nullable=False),
    Column("case_id", KEY, ForeignKey("cases.id")),
    Column("because", Text, nullable=False),
    Column("data", BODY, nullable=False),
    Column("lane", Integer, nullable=False),
    Column("loud", Boolean, nullable=False),
    Column("sure", Boolean, nullable=False),
    Column("secret", Boolean, nullable=False),
    Column("fresh", Boolean, nullable=False),
    Column("held", Boolean, nullable=False, server_default=false()),
    Column("gathers", Integer, nullable=False, server_default=text("0")),
    Column("digest", Text),
    Column("owed_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("unknowns", Integer, nullable=False),
    Column("sending_at", Instant),
    Column("ended_at", Instant),
    Column("why", Text),
    *lease_columns(),
    Index(
        "ix_outbox_not_sent",
        "recipient",
        "subject",
        sqlite_where=NOT_SENT,
        postgresql_where=NOT_SENT,
    ),
    Index(
        "ix_outbox_sending",
        "transport",
        "chat",
        sqlite_where=SENDING,
        postgresql_where=SENDING,
    ),
    Index("ix_outbox_state_id", "state", "id"),
    Index("ix_outbox_dead", "id", sqlite_where=IS_DEAD, postgresql_where=IS_DEAD),
    Index(
        "ix_outbox_sure_waiting",
        "owed_at",
        sqlite_where=SURE_WAITING,
        postgresql_where=SURE_WAITING,
    ),
    Index(
        "ix_outbox_to_gather",
        "recipient",
        "not_before",
        sqlite_where=TO_GATHER,
        postgresql_where=TO_GATHER,
    ),
    Index(
        "ix_outbox_digest",
        "digest",
        "case_id",
        sqlite_where=IN_A_DIGEST,
        postgresql_where=IN_A_DIGEST,
    ),
)

attempts: Final = Table(
    "delivery_attempt",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("outbox_id", KEY, ForeignKey("outbox.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("why", Text, nullable=False),
    Index("ix_delivery_attempt_outbox_id", "outbox_id"),
)

message_refs: Final = Table(
    "message_ref",
    SCHEMA,
    Column("recipient", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("person_id", KEY, ForeignKey("person.id")),
    Column("transport", String(32), nullable=False),
    Column("chat", Text, nullable=False),
    Column("receipt", BODY, nullable=False),
    Column("sent_at", Instant, nullable=False),
    Index("ix_message_ref_subject", "subject"),
    Index("ix_message_ref_person_id", "person_id"),
)

message_keys: Final = Table(
    "message_key",
    SCHEMA,
    Column("transport", String(32), primary_key=True),
    Column("chat", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("subject", Text, nullable=False),
)

chat_states: Final = Table(
    "chat_state",
    SCHEMA,
    Column("transport", String(32), primary_key=True),
    Column("chat", Text, primary_key=True),
    Column("hold_until", Instant, nullable=False),
)
