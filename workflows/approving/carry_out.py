"""The clock's verb: let a proposal lapse, carry out what was approved, exactly and once."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflows.approving.answer import Answer
from workflows.approving.kept import DueProposal
from workflows.approving.proposal import (
    Proposal,
    ProposalAct,
    ProposalKind,
    answered,
    ended,
    is_what_was_asked,
)
from workflows.approving.telling import entry, tell
from workflows.people import SYSTEM, PersonId, Role
from workflows.ports import Begin, Clock, Work

log = logging.getLogger(__name__)

CHANGED: Final = "changed"
"""Why nothing came of it: what is stored is no longer what was approved."""

Carrier = Callable[[Work, Proposal], Awaitable[str]]
"""Carries one kind out inside the transaction; why nothing came of it, or nothing."""


@dataclass(frozen=True, slots=True)
class CarryOut:
    """In one transaction with its mark as done, so that it happens once or not at all."""

    begin: Begin
    now: Clock
    carriers: Mapping[ProposalKind, Carrier]

    async def __call__(self, due: DueProposal) -> None:
        """Raises LeaseLostError if another process has taken it over."""
        async with self.begin() as work:
            proposal, now = await work.proposals.get(due.id), self.now()
            if proposal.is_to_be_done:
                await self._carry(work, proposal, now)
            elif proposal.answer is None and proposal.lapses_at <= now:
                await _lapse(work, proposal, now)
            await work.proposals.finish(due)

    async def _carry(self, work: Work, proposal: Proposal, now: datetime) -> None:
        if not is_what_was_asked(proposal):
            log.error("proposal %s is no longer what was approved", proposal.id)
            await end(work, proposal, now, CHANGED)
            return
        await end(work, proposal, now, await self.carriers[proposal.kind](work, proposal))


async def end(work: Work, proposal: Proposal, now: datetime, outcome: str = "") -> None:
    """Written, in the journal with both names, and shown to whoever asked and approved."""
    after = ended(proposal, now, outcome)
    await work.proposals.write(proposal, after)
    act = ProposalAct.GIVE_UP if outcome else ProposalAct.CARRY_OUT
    why = {"outcome": outcome} if outcome else {}
    both = {"approved_by": proposal.answered_by, **why}
    await work.journal(entry(act, SYSTEM, Role.SYSTEM, after, now, **both))
    await tell(work, after, *_heard(after, failed=bool(outcome)))


def _heard(proposal: Proposal, *, failed: bool) -> tuple[PersonId, ...]:
    """An export comes with a card of its own; of anything else both hear anew."""
    if proposal.kind is ProposalKind.EXPORT and not failed:
        return ()
    by = proposal.answered_by
    return (proposal.asked_by, *((by,) if by is not None else ()))


async def _lapse(work: Work, proposal: Proposal, now: datetime) -> None:
    at = min(proposal.lapses_at, now)
    after = answered(proposal, Answer.LAPSED, SYSTEM.id, at)
    await work.proposals.write(proposal, after)
    await work.journal(entry(ProposalAct.LAPSE, SYSTEM, Role.SYSTEM, after, at))
    await tell(work, after, after.asked_by)
