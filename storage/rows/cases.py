"""Tables of the case: itself, its caller kept apart, its photos."""

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

from storage.columns import BODY, CODE, KEY, Instant, Words
from storage.rows.schema import SCHEMA, lease_columns

IS_OPEN: Final = text("state NOT IN ('draft', 'closed', 'voided', 'rejected', 'merged')")

NAMES_COMPONENT: Final = text("component <> ''")
IS_MERGED: Final = text("state = 'merged'")
IS_CHECKED: Final = text("checker IS NOT NULL")
IS_SUPERVISED: Final = text("supervised <> ''")
IS_EXHAUSTED: Final = text("exhausted_at IS NOT NULL")
IS_GUESS: Final = text("provisional")

HAS_LOOK: Final = text("phone_look <> ''")
IS_PLAIN: Final = text("phone_look = '' AND phone <> ''")
AWAITED: Final = text("awaits <> ''")

cases: Final = Table(
    "cases",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("state", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("class_code", CODE, nullable=False),
    Column("area", CODE),
    Column("place", BODY, nullable=False),
    Column("words", Words, nullable=False),
    Column("source", String(32), nullable=False),
    Column("source_number", Words, nullable=False),
    Column("reported_by", KEY, ForeignKey("person.id"), nullable=False),
    Column("reported_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("profile", String(64), nullable=False),
    Column("system_takes", BODY, nullable=False),
    Column("urgency", String(8), nullable=False),
    Column("condition_id", CODE, nullable=False),
    Column("filing", BODY),
    Column("agency", CODE),
    Column("assignee", KEY, ForeignKey("person.id")),
    Column("hotline_order", BODY),
    Column("arrived_at", Instant),
    Column("handed_in", BODY),
    Column("note", Words, nullable=False),
    Column("latest_reason", Words, nullable=False),
    Column("ground", String(32), nullable=False),
    Column("site_check", BODY),
    Column("checker", KEY),
    Column("component", String(32), nullable=False),
    Column("alike", BODY, nullable=False),
    Column("merged_into", KEY),
    Column("rework_count", Integer, nullable=False),
    Column("stuck", Text, nullable=False),
    Column("clocks", BODY, nullable=False),
    Column("due_at", Instant),
    Column("due_next", Instant),
    Column("where_words", Words, nullable=False, server_default=text("''")),
    Column("provisional", Boolean, nullable=False),
    Column("closed_at", Instant),
    Column("timeliness", String(16)),
    Column("photo_counts", BODY, nullable=False),
    Column("parts", BODY, nullable=False, server_default=text("'[]'")),
    Column("supervisions", BODY, nullable=False, server_default=text("'[]'")),
    Column("supervised", String(16), nullable=False, server_default=text("''")),
    Column("alarm", BODY),
    Column("exhausted_at", Instant),
    Column("partners", Text, nullable=False, server_default=text("''")),
    Column("requests", BODY, nullable=False, server_default=text("'[]'")),
    Column("awaits", String(32), nullable=False, server_default=text("''")),
    Column("self_fixed", Boolean, nullable=False, server_default=false()),
    Column("forced", BODY),
    Column("route_kept_at", Instant),
    Column("emergency", BODY),
    Index(
        "uq_cases_source_number",
        "source_number",
        unique=True,
        sqlite_where=text("source_number <> ''"),
        postgresql_where=text("source_number <> ''"),
    ),
    Index("ix_cases_open_area", "area", "state", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    Index("ix_cases_open", "id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    Index(
        "ix_cases_open_reported_at",
        "reported_at",
        "id",
        "area",
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    ),
    Index("ix_cases_open_due", "due_at", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    Index("ix_cases_provisional", "id", sqlite_where=IS_GUESS, postgresql_where=IS_GUESS),
    Index("ix_cases_awaits", "awaits", sqlite_where=AWAITED, postgresql_where=AWAITED),
    Index("ix_cases_assignee_state", "assignee", "state"),
    Index("ix_cases_agency_state", "agency", "state"),
    Index("ix_cases_reported_by_state", "reported_by", "state"),
    Index("ix_cases_reported_by_id", "reported_by", "id"),
    Index("ix_cases_reported_at", "reported_at"),
    Index("ix_cases_class_reported_at", "class_code", "reported_at"),
    Index(
        "ix_cases_component",
        "component",
        sqlite_where=NAMES_COMPONENT,
        postgresql_where=NAMES_COMPONENT,
    ),
    Index(
        "ix_cases_merged_into", "merged_into", sqlite_where=IS_MERGED, postgresql_where=IS_MERGED
    ),
    Index("ix_cases_checker", "checker", sqlite_where=IS_CHECKED, postgresql_where=IS_CHECKED),
    Index(
        "ix_cases_supervised", "area", sqlite_where=IS_SUPERVISED, postgresql_where=IS_SUPERVISED
    ),
    Index("ix_cases_exhausted", "area", sqlite_where=IS_EXHAUSTED, postgresql_where=IS_EXHAUSTED),
    Index("ix_cases_closed_at", "closed_at"),
    sqlite_autoincrement=True,
)

callers: Final = Table(
    "caller",
    SCHEMA,
    Column("case_id", KEY, ForeignKey("cases.id"), primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False),
    Column("phone", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("address", Words, nullable=False, server_default=text("''")),
    Column("phone_look", String(96), nullable=False, server_default=text("''")),
    Index("ix_caller_phone_look", "phone_look", sqlite_where=HAS_LOOK, postgresql_where=HAS_LOOK),
    Index("ix_caller_plain", "phone", sqlite_where=IS_PLAIN, postgresql_where=IS_PLAIN),
)
"""Every field is sealed on its own (storage.keyring); a number is found by its keyed hash.

What an older version has stored is plain, has no hash, and is sealed in the background.
"""

NOT_TAKEN_BACK: Final = text("NOT taken_back AND unique_id <> ''")
TO_FETCH: Final = text("state = 'pending' AND NOT taken_back")
IN_ALBUM: Final = text("album <> ''")

photos: Final = Table(
    "photo",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("case_id", KEY, ForeignKey("cases.id"), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("sent_by", KEY, ForeignKey("person.id"), nullable=False),
    Column("said_at", Instant, nullable=False),
    Column("ref", BODY),
    Column("unique_id", Text, nullable=False),
    Column("size", KEY, nullable=False),
    Column("mime", Text, nullable=False),
    Column("forwarded", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("stored", Text, nullable=False),
    Column("reused_from", KEY, ForeignKey("cases.id")),
    Column("problem", String(64), nullable=False),
    Column("taken_back", Boolean, nullable=False),
    Column("as_file", Boolean, nullable=False, server_default=false()),
    Column("received_at", Instant),
    Column("facts", BODY),
    Column("album", Text, nullable=False, server_default=text("''")),
    *lease_columns(),
    Index("ix_photo_album", "album", sqlite_where=IN_ALBUM, postgresql_where=IN_ALBUM),
    Index("ix_photo_case_id", "case_id"),
    Index("ix_photo_unique_id", "unique_id"),
    Index("ix_photo_sent_by_said_at", "sent_by", "said_at"),
    Index("ix_photo_sha256", "sha256"),
    Index(
        "uq_photo_case_id_unique_id",
        "case_id",
        "unique_id",
        unique=True,
        sqlite_where=NOT_TAKEN_BACK,
        postgresql_where=NOT_TAKEN_BACK,
    ),
    Index("ix_photo_to_fetch", "id", sqlite_where=TO_FETCH, postgresql_where=TO_FETCH),
)
