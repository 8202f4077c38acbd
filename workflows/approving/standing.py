"""Whether a proposal still waits; else who was first, and when."""

from datetime import datetime
from typing import Final

from workflows.approving.answer import Answer
from workflows.approving.proposal import Proposal
from workflows.people import PersonId
from workflows.ports import Work
from workflows.refusals import Reason, Refused

SAID: Final = {
    Answer.APPROVED: Reason.PROPOSAL_APPROVED,
    Answer.REFUSED: Reason.PROPOSAL_REFUSED,
    Answer.WITHDRAWN: Reason.PROPOSAL_WITHDRAWN,
    Answer.LAPSED: Reason.PROPOSAL_LAPSED,
}


async def must_wait(work: Work, proposal: Proposal, now: datetime) -> None:
    """Raises Refused: PROPOSAL_APPROVED and the like, by whom and when."""
    if proposal.waits(now):
        return
    if proposal.answer is None or proposal.answered_at is None:
        raise Refused(Reason.PROPOSAL_LAPSED, at=proposal.lapses_at.isoformat())
    who = await name_of(work, proposal.answered_by)
    raise Refused(SAID[proposal.answer], who=who, at=proposal.answered_at.isoformat())


async def name_of(work: Work, by: PersonId | None) -> str:
    """Who it was; nothing where it was nobody of ours."""
    return "" if by is None else (await work.people.names([by])).get(by, "")
