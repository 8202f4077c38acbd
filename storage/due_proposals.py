"""Proposals seen by the clock: lapsed, or approved and not carried out yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, select, update

from storage.claims import NOW, by, claim, giving_up, held, is_free, must_hold
from storage.database import Database
from storage.rows.approving import proposals
from workflows.approving.answer import Answer
from workflows.approving.kept import DueProposal
from workflows.approving.proposal import ProposalId, ProposalKind

IS_DUE: Final[ColumnElement[bool]] = and_(
    proposals.c.next_at.is_not(None), proposals.c.next_at <= NOW, is_free(proposals)
)
TAKE: Final = claim(
    proposals,
    IS_DUE,
    [proposals.c.next_at, proposals.c.id],
    attempts=proposals.c.attempts + 1,
)
SOME: Final = select(proposals.c.id).where(IS_DUE).limit(1)
RELEASE: Final = held(proposals)


@dataclass(frozen=True, slots=True)
class StoredDueProposals:
    """Implements `workflows.approving.kept.DueProposals`."""

    database: Database
    owner: str

    async def claim(self, limit: int, at: datetime) -> tuple[DueProposal, ...]:
        """Proposals are rare, so those who write are not held up to find that there is none."""
        async with self.database.reading() as connection:
            if (await connection.execute(SOME, {NOW.key: at})).first() is None:
                return ()
        async with self.database.begin() as connection:
            rows = (await connection.execute(TAKE, by(self.owner, at, limit))).all()
        due = sorted(rows, key=lambda row: (row.next_at, row.id))
        return tuple(
            DueProposal(
                ProposalId(row.id),
                row.fence,
                ProposalKind(row.kind),
                approved=row.answer == Answer.APPROVED,
            )
            for row in due
        )

    async def hold(self, due: DueProposal, until: datetime) -> None:
        still = and_(proposals.c.id == due.id, proposals.c.fence == due.fence)
        async with self.database.begin() as connection:
            longer = update(proposals).where(still).values(lease_until=until)
            must_hold(await connection.execute(longer), f"proposal {due.id}")

    async def release(self, due: DueProposal, not_before: datetime) -> None:
        """Raises LeaseLostError if another process has taken it over."""
        values = giving_up(due.id, due.fence, not_before=not_before)
        async with self.database.begin() as connection:
            must_hold(await connection.execute(RELEASE, values), f"proposal {due.id}")
