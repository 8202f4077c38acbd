"""Synonyms that corrections have taught, inside one transaction and for reading."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.people import StoredPeople
from storage.rows.people import synonyms
from workflows.cases.case import CaseId
from workflows.hotline.taught import SynonymId, Taught
from workflows.hotline.understand import Meaning
from workflows.people import PersonId
from workflows.refusals import Reason, Refused
from workflows.views import Lessons

IN_FORCE: Final = select(synonyms).where(synonyms.c.undone_at.is_(None)).order_by(synonyms.c.id)
READ: Final = select(synonyms).where(synonyms.c.id == bindparam("synonym"))
COUNT: Final = select(func.count()).select_from(synonyms)
NEWEST: Final = (
    select(synonyms)
    .order_by(synonyms.c.id.desc())
    .limit(bindparam("most"))
    .offset(bindparam("skip"))
)


@dataclass(frozen=True, slots=True)
class StoredSynonyms:
    """Implements `workflows.hotline.taught.Synonyms`."""

    connection: AsyncConnection

    async def teach(
        self, meaning: Meaning, case_id: CaseId, person: PersonId, at: datetime
    ) -> Taught:
        adding = insert(synonyms).values(
            class_code=meaning.class_code,
            words=list(meaning.words),
            case_id=case_id,
            taught_by=person,
            taught_at=at,
        )
        return _taught((await self.connection.execute(adding.returning(synonyms))).one())

    async def in_force(self) -> tuple[Taught, ...]:
        return tuple(_taught(row) for row in await self.connection.execute(IN_FORCE))

    async def get(self, synonym: SynonymId) -> Taught:
        row = (await self.connection.execute(READ, {"synonym": synonym})).one_or_none()
        if row is None:
            raise Refused(Reason.NO_SUCH_SYNONYM)
        return _taught(row)

    async def undo(self, taught: Taught, person: PersonId, at: datetime) -> None:
        written = await self.connection.execute(
            update(synonyms)
            .where(synonyms.c.id == taught.id, synonyms.c.undone_at.is_(None))
            .values(undone_by=person, undone_at=at)
        )
        if written.rowcount == 0:
            raise Refused(Reason.CHANGED_MEANWHILE)


async def read_lessons(connection: AsyncConnection, most: int, skip: int) -> Lessons:
    """One page of them, newest first, with the names of those who taught and undid them."""
    rows = await connection.execute(NEWEST, {"most": most, "skip": skip})
    taught = tuple(_taught(row) for row in rows)
    people = {each.taught_by for each in taught}
    people |= {each.undone_by for each in taught if each.undone_by is not None}
    names = await StoredPeople(connection).names(sorted(people))
    total = (await connection.execute(COUNT)).scalar_one()
    return Lessons(taught, names, total)


def _taught(row: Row[Any]) -> Taught:
    return Taught(
        class_code=row.class_code,
        words=tuple(row.words),
        id=SynonymId(row.id),
        case_id=CaseId(row.case_id),
        taught_by=PersonId(row.taught_by),
        taught_at=row.taught_at,
        undone_by=PersonId(row.undone_by) if row.undone_by is not None else None,
        undone_at=row.undone_at,
    )
