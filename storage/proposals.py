"""Proposals inside one transaction, and their rows as values."""

from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.claims import giving_up, held, must_hold
from storage.rows.approving import proposals
from workflows.approving.answer import Answer
from workflows.approving.kept import DueProposal
from workflows.approving.proposal import Proposal, ProposalId, ProposalKind
from workflows.people import AreaCode, PersonId
from workflows.refusals import Reason, Refused

P: Final = proposals.c
READ: Final = select(proposals).where(P.id == bindparam("proposal"))
HOLD: Final = READ.with_for_update()
RECENT: Final = 50
FINISH: Final = held(proposals)


@dataclass(frozen=True, slots=True)
class StoredProposals:
    """Implements `workflows.approving.kept.Proposals`."""

    connection: AsyncConnection

    async def open(self, proposal: Proposal) -> Proposal:
        adding = insert(proposals).returning(P.id)
        number = await self.connection.execute(adding, proposal_values(proposal))
        return replace(proposal, id=ProposalId(number.scalar_one()))

    async def get(self, proposal_id: ProposalId) -> Proposal:
        return await read_proposal(self.connection, proposal_id, hold=True)

    async def write(self, before: Proposal, after: Proposal) -> None:
        written = await self.connection.execute(
            update(proposals)
            .where(P.id == before.id, P.version == before.version)
            .values(**proposal_values(after))
        )
        if written.rowcount == 0:
            raise Refused(Reason.CHANGED_MEANWHILE)

    async def recent(self, kind: ProposalKind) -> tuple[Proposal, ...]:
        question = select(proposals).where(P.kind == kind.value).order_by(P.id.desc())
        rows = await self.connection.execute(question.limit(RECENT).with_for_update())
        return tuple(map(proposal_from, rows))

    async def finish(self, due: DueProposal) -> None:
        ending = giving_up(due.id, due.fence, not_before=None)
        must_hold(await self.connection.execute(FINISH, ending), f"proposal {due.id}")


async def read_proposal(
    connection: AsyncConnection, proposal_id: ProposalId, *, hold: bool = False
) -> Proposal:
    """Raises Refused(NO_SUCH_PROPOSAL)."""
    asked = {"proposal": proposal_id}
    row = (await connection.execute(HOLD if hold else READ, asked)).one_or_none()
    if row is None:
        raise Refused(Reason.NO_SUCH_PROPOSAL)
    return proposal_from(row)


def proposal_values(proposal: Proposal) -> dict[str, Any]:
    """Every column except the number."""
    return {
        "kind": proposal.kind.value,
        "what": dict(proposal.what),
        "digest": proposal.digest,
        "area": proposal.area,
        "purpose": proposal.purpose,
        "operator": proposal.operator,
        "asked_by": proposal.asked_by,
        "asked_at": proposal.asked_at,
        "asked": list(proposal.asked),
        "lapses_at": proposal.lapses_at,
        "answer": None if proposal.answer is None else proposal.answer.value,
        "answered_by": proposal.answered_by,
        "answered_at": proposal.answered_at,
        "done_at": proposal.done_at,
        "outcome": proposal.outcome,
        "version": proposal.version,
        "next_at": proposal.next_at,
    }


def proposal_from(row: Row[Any]) -> Proposal:
    return Proposal(
        id=ProposalId(row.id),
        kind=ProposalKind(row.kind),
        what=row.what,
        digest=row.digest,
        area=AreaCode(row.area),
        purpose=row.purpose,
        operator=row.operator,
        asked_by=PersonId(row.asked_by),
        asked_at=row.asked_at,
        asked=tuple(PersonId(number) for number in row.asked),
        lapses_at=row.lapses_at,
        answer=None if row.answer is None else Answer(row.answer),
        answered_by=None if row.answered_by is None else PersonId(row.answered_by),
        answered_at=row.answered_at,
        done_at=row.done_at,
        outcome=row.outcome,
        next_at=row.next_at,
        version=row.version,
    )
