"""One-time links: used up by one conditional update, so that of two browsers one gets it."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import ColumnElement, insert, select, update

from storage.database import Database
from storage.keyring import Keyring
from storage.next_message import owed_from
from storage.rows.outgoing import outbox
from storage.rows.pages import page_links
from workflows.people import PersonId
from workflows.privacy.pages import Opened

RANDOM_BYTES: Final = 24
"""192 bits make 32 characters."""


@dataclass(frozen=True, slots=True)
class StoredPageLinks:
    """Implements `workflows.privacy.pages.PageLinks`."""

    database: Database
    keyring: Keyring

    async def issue(self, message: int, person: PersonId, until: datetime) -> str:
        token = secrets.token_urlsafe(RANDOM_BYTES)
        row = {
            "token_hash": _hash(token),
            "person_id": person,
            "message_id": message,
            "expires_at": until,
        }
        async with self.database.begin() as connection:
            await connection.execute(insert(page_links), row)
        return token

    async def waits(self, token: str, at: datetime) -> bool:
        asked = select(page_links.c.expires_at).where(*_unused(token, at))
        async with self.database.reading() as connection:
            return (await connection.execute(asked)).first() is not None

    async def open(self, token: str, visitor: str, at: datetime, until: datetime) -> bool:
        using = (
            update(page_links)
            .where(*_unused(token, at))
            .values(opened_at=at, visitor_hash=_hash(visitor), shown_until=until)
        )
        again = select(page_links.c.opened_at).where(*_theirs(token, visitor, at))
        async with self.database.begin() as connection:
            used = (await connection.execute(using)).rowcount == 1
            return used or (await connection.execute(again)).first() is not None

    async def shown(self, token: str, visitor: str, at: datetime) -> Opened | None:
        columns = page_links.c
        named = select(columns.message_id, columns.person_id, columns.shown_until).where(
            *_theirs(token, visitor, at)
        )
        async with self.database.reading() as connection:
            link = (await connection.execute(named)).one_or_none()
            if link is None:
                return None
            asked = select(outbox).where(
                outbox.c.id == link.message_id, outbox.c.person_id == link.person_id
            )
            rows = (await connection.execute(asked)).all()
            found = await owed_from(connection, rows, self.keyring)
        return Opened(found[0], link.shown_until) if found else None


def _unused(token: str, at: datetime) -> tuple[ColumnElement[bool], ...]:
    columns = page_links.c
    return (
        columns.token_hash == _hash(token),
        columns.opened_at.is_(None),
        columns.expires_at > at,
    )


def _theirs(token: str, visitor: str, at: datetime) -> tuple[ColumnElement[bool], ...]:
    columns = page_links.c
    return (
        columns.token_hash == _hash(token),
        columns.visitor_hash == _hash(visitor),
        columns.shown_until > at,
    )


def _hash(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
