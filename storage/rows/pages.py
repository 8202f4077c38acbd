"""Table of one-time links: who may open which message as a page, and until when."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, String, Table

from storage.columns import KEY, Instant
from storage.rows.schema import SCHEMA

page_links: Final = Table(
    "page_link",
    SCHEMA,
    Column("token_hash", String(64), primary_key=True),
    Column("person_id", KEY, ForeignKey("person.id"), nullable=False),
    Column("message_id", KEY, ForeignKey("outbox.id"), nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("visitor_hash", String(64)),
    Column("shown_until", Instant),
    Index("ix_page_link_expires_at", "expires_at"),
)
"""SHA-256 of the token and of the visitor's cookie: who reads this table can open nothing."""
