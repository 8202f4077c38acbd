"""Tables of people: who they are, what they hold, when they are on duty, what they taught."""

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.columns import BODY, CODE, KEY, Instant, Words
from storage.rows.schema import SCHEMA

people: Final = Table(
    "person",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("name", Words, nullable=False),
    Column("language", String(16), nullable=False),
    Column("active", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

posts: Final = Table(
    "post",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("person_id", KEY, ForeignKey("person.id"), nullable=False),
    Column("role", String(32), nullable=False),
    Column("area", CODE, nullable=False),
    Column("agency", CODE),
    Index("ix_post_person_id", "person_id"),
    Index("ix_post_role_area_agency", "role", "area", "agency"),
)

contacts: Final = Table(
    "contact",
    SCHEMA,
    Column("person_id", KEY, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    Column("transport", String(32), nullable=False),
    Column("chat", Text, nullable=False),
    Column("reachable", Boolean, nullable=False),
    Column("bound_at", Instant, nullable=False),
    UniqueConstraint("transport", "chat"),
)

invitations: Final = Table(
    "invitation",
    SCHEMA,
    Column("token_sha256", String(64), primary_key=True),
    Column("person_id", KEY, ForeignKey("person.id"), nullable=False),
    Column("made_by", KEY, ForeignKey("person.id"), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("cancelled", Boolean, nullable=False),
    Index("ix_invitation_person_id", "person_id"),
)

guesses: Final = Table(
    "invite_guess",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("transport", String(32), nullable=False),
    Column("chat", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_invite_guess_chat_at", "chat", "at"),
)
"""Invitations that were none; forgotten after a week."""

roster_shifts: Final = Table(
    "roster_shift",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("person_id", KEY, ForeignKey("person.id"), nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("planned_for", KEY, ForeignKey("person.id"), nullable=False),
    Column("role", String(32)),
    Column("source", CODE, nullable=False, server_default=text("''")),
    Column("zone", String(64), nullable=False, server_default=text("''")),
    Column("note", Words, nullable=False, server_default=text("''")),
    Column("changed_by", KEY, ForeignKey("person.id")),
    Column("changed_at", Instant),
    Index("ix_roster_shift_person_id_ends_at", "person_id", "ends_at"),
    Index("ix_roster_shift_planned_for", "planned_for"),
    Index("ix_roster_shift_source_ends_at", "source", "ends_at"),
    Index("ix_roster_shift_ends_at", "ends_at"),
    sqlite_autoincrement=True,
)
"""`person_id` does the shift, `planned_for` is whom the roster names; a role of none is all."""

drafts: Final = Table(
    "draft",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("person_id", KEY, ForeignKey("person.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", KEY, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("body", BODY, nullable=False),
    Index("ix_draft_person_id_state", "person_id", "state"),
    sqlite_autoincrement=True,
)

synonyms: Final = Table(
    "synonym",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("class_code", String(64), nullable=False),
    Column("words", BODY, nullable=False),
    Column("case_id", KEY, ForeignKey("cases.id"), nullable=False),
    Column("taught_by", KEY, ForeignKey("person.id"), nullable=False),
    Column("taught_at", Instant, nullable=False),
    Column("undone_by", KEY, ForeignKey("person.id")),
    Column("undone_at", Instant),
    sqlite_autoincrement=True,
)
