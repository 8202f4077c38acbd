"""What a button was made for, behind a random token that says nothing by itself."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import insert, select

from storage.database import Database
from storage.rows.rails import tokens
from workflows.people import PersonId
from workflows.rails import Offer, Token

RANDOM_BYTES: Final = 16
"""128 bits make 22 characters; durability.md 5 asks for 96 bits at least."""

VALID: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """Implements `workflows.rails.Tokens`."""

    database: Database

    async def issue(
        self, person: PersonId, subject: str, offers: Sequence[Offer], at: datetime
    ) -> str:
        token = secrets.token_urlsafe(RANDOM_BYTES)
        stored = [{"action": str(offer.action), "args": dict(offer.args)} for offer in offers]
        async with self.database.begin() as connection:
            await connection.execute(
                insert(tokens),
                {
                    "token": token,
                    "person_id": person,
                    "subject": subject,
                    "offers": stored,
                    "expires_at": at + VALID,
                },
            )
        return token

    async def redeem(self, token: str) -> Token | None:
        """Whoever presses, and however late: the caller judges both."""
        question = select(tokens).where(tokens.c.token == token)
        async with self.database.reading() as connection:
            row = (await connection.execute(question)).one_or_none()
        if row is None:
            return None
        offers = tuple(Offer(offer["action"], offer["args"]) for offer in row.offers)
        return Token(PersonId(row.person_id), row.subject, offers, row.expires_at)
