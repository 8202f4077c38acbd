"""Unfinished forms and open questions inside one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.keyring import Keyring
from storage.rows.people import drafts
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.notices import DraftId
from workflows.people import PersonId
from workflows.refusals import Reason, Refused

READ: Final = select(drafts).where(drafts.c.id == bindparam("draft_id"))
LATEST: Final = (
    select(drafts)
    .where(drafts.c.person_id == bindparam("person"), drafts.c.state == DraftState.OPEN.value)
    .order_by(drafts.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class StoredDrafts:
    """Implements `workflows.hotline.kept.Drafts`."""

    connection: AsyncConnection
    keyring: Keyring

    async def open(
        self, person: PersonId, kind: DraftKind, body: Mapping[str, Any], at: datetime
    ) -> Draft:
        adding = insert(drafts).values(
            person_id=person,
            kind=kind.value,
            state=DraftState.OPEN.value,
            version=0,
            opened_at=at,
            changed_at=at,
            body=self.keyring.seal_body(body),
        )
        row = (await self.connection.execute(adding.returning(drafts))).one()
        return draft_from(row, self.keyring)

    async def get(self, draft_id: DraftId) -> Draft:
        return await read_draft(self.connection, draft_id, self.keyring)

    async def latest(self, person: PersonId) -> Draft | None:
        return await latest_draft(self.connection, person, self.keyring)

    async def write(self, before: Draft, after: Draft) -> None:
        written = await self.connection.execute(
            update(drafts)
            .where(drafts.c.id == before.id, drafts.c.version == before.version)
            .values(
                state=after.state.value,
                version=after.version,
                changed_at=after.changed_at,
                body=self.keyring.seal_body(after.body),
            )
        )
        if written.rowcount == 0:
            raise Refused(Reason.CHANGED_MEANWHILE, draft_id=before.id)


async def read_draft(connection: AsyncConnection, draft_id: DraftId, keyring: Keyring) -> Draft:
    """Raises Refused(NO_SUCH_DRAFT)."""
    row = (await connection.execute(READ, {"draft_id": draft_id})).one_or_none()
    if row is None:
        raise Refused(Reason.NO_SUCH_DRAFT, draft_id=draft_id)
    return draft_from(row, keyring)


async def latest_draft(
    connection: AsyncConnection, person: PersonId, keyring: Keyring
) -> Draft | None:
    row = (await connection.execute(LATEST, {"person": person})).one_or_none()
    return None if row is None else draft_from(row, keyring)


def draft_from(row: Row[Any], keyring: Keyring) -> Draft:
    """A complaint on its way in is as private as one that has arrived: the body lies sealed."""
    return Draft(
        id=DraftId(row.id),
        person=PersonId(row.person_id),
        kind=DraftKind(row.kind),
        state=DraftState(row.state),
        version=row.version,
        opened_at=row.opened_at,
        changed_at=row.changed_at,
        body=keyring.open_body(row.body),
    )
