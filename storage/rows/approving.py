"""Tables of the two-person rule: proposals, files that wait to be handed out, policy in force."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, text

from storage.columns import BODY, CODE, KEY, Instant, Words
from storage.rows.schema import SCHEMA, lease_columns

IS_ALIVE: Final = text("next_at IS NOT NULL")

proposals: Final = Table(
    "proposal",
    SCHEMA,
    Column("id", KEY, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("what", BODY, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("area", CODE, nullable=False),
    Column("purpose", Words, nullable=False),
    Column("operator", Words, nullable=False),
    Column("asked_by", KEY, ForeignKey("person.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("asked", BODY, nullable=False),
    Column("lapses_at", Instant, nullable=False),
    Column("answer", String(16)),
    Column("answered_by", KEY, ForeignKey("person.id")),
    Column("answered_at", Instant),
    Column("done_at", Instant),
    Column("outcome", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("next_at", Instant),
    *lease_columns(),
    Index("ix_proposal_due", "next_at", sqlite_where=IS_ALIVE, postgresql_where=IS_ALIVE),
    Index("ix_proposal_kind_id", "kind", "id"),
    sqlite_autoincrement=True,
)

export_files: Final = Table(
    "export_file",
    SCHEMA,
    Column("proposal_id", KEY, ForeignKey("proposal.id"), primary_key=True, autoincrement=False),
    Column("name", String(128), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
)
"""Sealed with the city's key, and gone once it has been handed out."""

policy_bundles: Final = Table(
    "policy_bundle",
    SCHEMA,
    Column("digest", String(64), primary_key=True),
    Column("files", BODY, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("in_force_at", Instant),
    Index("ix_policy_bundle_in_force_at", "in_force_at"),
)
"""Of those that ever came into force the latest one is in force."""
