"""The second person says yes or no; whoever asked may take it back. The first answer counts."""

from dataclasses import dataclass
from typing import Final

from workflows.approving.answer import Answer
from workflows.approving.proposal import (
    Proposal,
    ProposalAct,
    ProposalId,
    answered,
    check_approver,
    vouched,
)
from workflows.approving.standing import must_wait
from workflows.approving.telling import entry, tell
from workflows.people import Actor, Role
from workflows.ports import Begin, Clock, Work
from workflows.refusals import Reason, Refused

ACTS: Final = {
    Answer.APPROVED: ProposalAct.APPROVE,
    Answer.REFUSED: ProposalAct.REFUSE,
    Answer.WITHDRAWN: ProposalAct.WITHDRAW,
}


@dataclass(frozen=True, slots=True)
class DecideProposal:
    """One tap. What was approved is carried out by a job of its own, soon after."""

    begin: Begin
    now: Clock

    async def approve(self, actor: Actor, proposal_id: ProposalId) -> Proposal:
        """The first yes to what nobody of ours has asked makes them the one who asks.

        Raises Refused: NO_SUCH_PROPOSAL, PROPOSAL_OWN, PROPOSAL_NOT_YOURS, PROPOSAL_APPROVED, ...
        """
        async with self.begin() as work:
            before = await work.proposals.get(proposal_id)
            role = await self._checked(work, actor, before)
            if before.has_asker:
                return await self._answer(work, actor, role, before, Answer.APPROVED)
            return await self._vouch(work, actor, role, before)

    async def refuse(self, actor: Actor, proposal_id: ProposalId) -> Proposal:
        """Raises the same."""
        async with self.begin() as work:
            before = await work.proposals.get(proposal_id)
            role = await self._checked(work, actor, before)
            return await self._answer(work, actor, role, before, Answer.REFUSED)

    async def withdraw(self, actor: Actor, proposal_id: ProposalId) -> Proposal:
        """Only whoever asked. Raises Refused: PROPOSAL_NOT_YOURS, PROPOSAL_APPROVED, ..."""
        async with self.begin() as work:
            before = await work.proposals.get(proposal_id)
            if before.asked_by != actor.id:
                raise Refused(Reason.PROPOSAL_NOT_YOURS)
            await must_wait(work, before, self.now())
            role = actor.person.posts[0].role if actor.person.posts else Role.SYSTEM
            return await self._answer(work, actor, role, before, Answer.WITHDRAWN)

    async def _checked(self, work: Work, actor: Actor, before: Proposal) -> Role:
        asker = await work.people.get(before.asked_by)
        role = check_approver(actor, asker, before)
        await must_wait(work, before, self.now())
        return role

    async def _answer(
        self, work: Work, actor: Actor, role: Role, before: Proposal, answer: Answer
    ) -> Proposal:
        now = self.now()
        after = answered(before, answer, actor.id, now)
        await work.proposals.write(before, after)
        await work.journal(entry(ACTS[answer], actor, role, after, now))
        await tell(work, after, *({after.asked_by} - {actor.id}))
        await work.settle(actor.cause)
        return after

    async def _vouch(self, work: Work, actor: Actor, role: Role, before: Proposal) -> Proposal:
        after = vouched(before, actor.id)
        await work.proposals.write(before, after)
        await work.journal(entry(ProposalAct.VOUCH, actor, role, after, self.now()))
        await tell(work, after)
        await work.settle(actor.cause)
        return after
