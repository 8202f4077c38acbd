"""Somebody cannot be reached in the chat: whoever is on duty hears of it before the clock does."""

from dataclasses import dataclass
from typing import Final

from workflows.cases.case import Action, CaseId, Given
from workflows.cases.record import Record
from workflows.cases.step import Step
from workflows.people import SYSTEM, PersonId
from workflows.ports import Begin

UNREACHABLE: Final = "unreachable"


@dataclass(frozen=True, slots=True)
class LostContact:
    """Hand a case whose worker has blocked us to the duty chief, once per worker."""

    begin: Begin
    record: Record

    async def __call__(self, case_id: CaseId, person: PersonId) -> None:
        """Do nothing if the case has ended, moved on to somebody else, or is known to be stuck."""
        async with self.begin() as work:
            case = await work.cases.get(case_id)
            if not case.is_open or case.assignee != person or case.stuck == UNREACHABLE:
                return
            given = Given(reason=UNREACHABLE)
            details = {"stuck": UNREACHABLE, "person": person}
            await self.record(work, case, Step(Action.ESCALATE, SYSTEM, given, details))
