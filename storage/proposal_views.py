"""Reading about proposals for people's eyes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.people import StoredPeople
from storage.proposals import proposal_from, read_proposal
from storage.rows.approving import proposals
from workflows.approving.kept import ProposalView
from workflows.approving.proposal import Proposal, ProposalId
from workflows.people import SYSTEM

P = proposals.c
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class StoredProposalViews:
    """Implements `workflows.approving.kept.ProposalViews`."""

    database: Database

    async def one(self, proposal_id: ProposalId) -> ProposalView:
        async with self.database.reading() as connection:
            found = await read_proposal(connection, proposal_id)
            [view] = await _viewed(connection, [found])
        return view

    async def alive(self, at: datetime) -> tuple[ProposalView, ...]:
        still = or_(P.answer.is_not(None), P.lapses_at > at)
        question = select(proposals).where(P.next_at.is_not(None), still)
        return await self._all(question.order_by(P.id), MOST)

    async def over(self, most: int) -> tuple[ProposalView, ...]:
        needed = or_(P.answered_by.is_(None), P.answered_by != SYSTEM.id, P.answer != "approved")
        question = select(proposals).where(P.next_at.is_(None), needed)
        return await self._all(question.order_by(P.id.desc()), most)

    async def _all(self, question: Select[Any], most: int) -> tuple[ProposalView, ...]:
        async with self.database.reading() as connection:
            rows = await connection.execute(question.limit(most))
            return await _viewed(connection, [proposal_from(row) for row in rows])


async def _viewed(
    connection: AsyncConnection, found: Sequence[Proposal]
) -> tuple[ProposalView, ...]:
    people = StoredPeople(connection)
    named = {one for each in found for one in (each.asked_by, each.answered_by, *each.asked)}
    names = await people.names([one for one in named if one is not None])
    askers = {one: await people.get(one) for one in {each.asked_by for each in found}}
    return tuple(ProposalView(each, names, askers[each.asked_by]) for each in found)
