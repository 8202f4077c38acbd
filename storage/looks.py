"""Looks at callers' numbers, read from the journal, which nobody can change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows.journal import IS_LOOK, journal
from workflows.cases.case import CaseId
from workflows.hotline.looks import Look
from workflows.people import PersonId

SINCE: Final = (
    select(journal.c.at, journal.c.case_id)
    .where(
        IS_LOOK,
        journal.c.person_id == bindparam("person"),
        journal.c.at >= bindparam("since", type_=journal.c.at.type),
    )
    .order_by(journal.c.at)
)


@dataclass(frozen=True, slots=True)
class StoredLooks:
    """Implements `workflows.hotline.looks.Looks`."""

    connection: AsyncConnection

    async def since(self, person: PersonId, at: datetime) -> tuple[Look, ...]:
        rows = await self.connection.execute(SINCE, {"person": person, "since": at})
        return tuple(
            Look(row.at, None if row.case_id is None else CaseId(row.case_id)) for row in rows
        )
