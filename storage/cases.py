"""Cases and their callers inside one transaction."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_rows import case_from, case_values
from storage.rows.cases import callers, cases
from workflows.cases.case import WITH_WORKER, Case, CaseId
from workflows.people import PersonId
from workflows.ports import Caller
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class StoredCases:
    """Implements `workflows.ports.Cases`."""

    connection: AsyncConnection

    async def get(self, case_id: CaseId) -> Case:
        """Hold the case until the transaction ends, so that two acts on it come one by one."""
        return case_from(await read_case(self.connection, case_id, hold=True))

    async def open(self, case: Case) -> Case:
        adding = insert(cases).values(case_values(case)).returning(cases.c.id)
        number = (await self.connection.execute(adding)).scalar_one()
        return replace(case, id=CaseId(number))

    async def write(self, before: Case, after: Case) -> None:
        written = await self.connection.execute(
            update(cases)
            .where(cases.c.id == before.id, cases.c.version == before.version)
            .values(case_values(after))
        )
        if written.rowcount == 0:
            raise Refused(Reason.CHANGED_MEANWHILE, case_id=before.id)

    async def with_worker(self, worker: PersonId) -> tuple[Case, ...]:
        rows = await self.connection.execute(
            select(cases)
            .where(cases.c.assignee == worker, cases.c.state.in_(WITH_WORKER))
            .order_by(cases.c.due_at.is_(None), cases.c.due_at, cases.c.id)
        )
        return tuple(case_from(row) for row in rows)

    async def by_source_number(self, number: str) -> CaseId | None:
        if not number:
            return None
        known = select(cases.c.id).where(
            cases.c.source_number == number, cases.c.source_number != ""
        )
        found = (await self.connection.execute(known)).scalar_one_or_none()
        return None if found is None else CaseId(found)

    async def caller(self, case_id: CaseId) -> Caller | None:
        return await read_caller(self.connection, case_id)

    async def keep_caller(self, case_id: CaseId, caller: Caller) -> None:
        """Keep who called; what was known before is replaced."""
        words = {"name": caller.name, "phone": caller.phone}
        known = await self.connection.execute(
            update(callers).where(callers.c.case_id == case_id).values(words)
        )
        if known.rowcount == 0:
            await self.connection.execute(insert(callers).values(case_id=case_id, **words))


async def read_case(
    connection: AsyncConnection, case_id: CaseId, *, hold: bool = False
) -> Row[Any]:
    """Raises Refused(NO_SUCH_CASE)."""
    found = select(cases).where(cases.c.id == case_id)
    if hold:
        found = found.with_for_update()
    row = (await connection.execute(found)).one_or_none()
    if row is None:
        raise Refused(Reason.NO_SUCH_CASE, case_id=case_id)
    return row


async def read_caller(connection: AsyncConnection, case_id: CaseId) -> Caller | None:
    found = select(callers.c.name, callers.c.phone).where(callers.c.case_id == case_id)
    row = (await connection.execute(found)).one_or_none()
    return None if row is None else Caller(row.name, row.phone)
