"""Read a caller's number: one case, one person, one line in the journal for every look."""

from dataclasses import dataclass

from workflows.cases.case import Action, CaseId
from workflows.cases.move_case import MoveCase
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import Actor
from workflows.ports import Begin


@dataclass(frozen=True, slots=True)
class RevealCaller:
    """Owe the number to whoever may know it; it is fetched only when that message is sent."""

    begin: Begin
    move_case: MoveCase

    async def __call__(self, actor: Actor, case_id: CaseId) -> None:
        """Raises Refused: NOT_YOURS, or NOT_NOW when no number was left."""
        async with self.begin() as work:
            case = await self.move_case.inside(work, actor, case_id, Action.REVEAL_CALLER)
            await work.owe(
                Notice(
                    to=actor.id,
                    kind=NoticeKind.CALLER,
                    key=f"caller:{case.id}:{case.version}:{actor.id}",
                    case_id=case.id,
                    lane=Lane.ANSWER,
                )
            )
