"""The same caller, the same matter, nothing new: progress instead of another order."""

from dataclasses import dataclass, replace
from typing import Final

from workflows.cases.case import Action, Case, CaseId, Given, State
from workflows.cases.move_case import MoveCase
from workflows.hotline.draft import DraftState
from workflows.hotline.intake import intake_of
from workflows.hotline.take_down import TakeDown
from workflows.notices import DraftId
from workflows.people import Actor
from workflows.ports import Begin
from workflows.refusals import Reason, Refused

IN_PROGRESS: Final = "in_progress"
"""The ground on which no new order is made (domain.md 2.4 [BJ art. 11])."""


@dataclass(frozen=True, slots=True)
class CallAgain:
    """Record the call on the open case, so that whoever has it hears of it; no case is made."""

    begin: Begin
    take_down: TakeDown
    move_case: MoveCase

    async def __call__(self, actor: Actor, draft_id: DraftId) -> Case:
        """The open case. Raises Refused: NO_SUCH_DRAFT, NOT_NOW where it has ended meanwhile."""
        async with self.begin() as work:
            draft = await self.take_down.own(work, actor, draft_id)
            intake = intake_of(draft)
            if intake.known is None:
                raise Refused(Reason.NO_SUCH_DRAFT)
            known = await work.cases.get(CaseId(intake.known))
            while known.state is State.MERGED and known.merged_into is not None:
                known = await work.cases.get(known.merged_into)
            given = Given(ground=IN_PROGRESS)
            case = await self.move_case.inside(work, actor, known.id, Action.CALL_AGAIN, given)
            left = replace(intake.without_caller(), awaiting="", known=case.id, again=True)
            await self.take_down.write(work, actor, draft, left, DraftState.DONE)
        return case
