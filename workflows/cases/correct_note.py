"""A note that was corrected in the chat before the work is handed in: the note follows."""

from dataclasses import dataclass

from workflows.cases.case import Action, Case, CaseId, Given
from workflows.cases.record import Record
from workflows.cases.show_work import LONGEST_NOTE
from workflows.cases.step import Step
from workflows.people import Actor
from workflows.ports import Begin
from workflows.refusals import Reason, Refused
from workflows.views import Views


@dataclass(frozen=True, slots=True)
class CorrectNote:
    """Put the new words where the old ones stand; the journal keeps both (messaging.md 6.45).

    What was handed in, or said of anything but one's own open work, stays as it was said.
    """

    begin: Begin
    record: Record
    views: Views

    async def __call__(self, actor: Actor, message: str, words: str) -> bool:
        """False if this message is no note that can still change. Raises Refused."""
        words = words.strip()
        if not words:
            return False
        for case in await self.views.tasks(actor.person):
            said = await self._said(case.id, actor, message)
            if case.assignee == actor.id and said:
                return await self._replace(actor, case.id, message, said, words)
        return False

    async def _said(self, case_id: CaseId, actor: Actor, message: str) -> str:
        """What the note says of this message now; empty if it came from another."""
        view = await self.views.case(case_id)
        for line in reversed(view.journal):
            ours = line.action == Action.ADD_NOTE and line.person == actor.id
            if ours and line.details.get("message") == message:
                return str(line.details["said"])
        return ""

    async def _replace(
        self, actor: Actor, case_id: CaseId, message: str, said: str, words: str
    ) -> bool:
        async with self.begin() as work:
            case = await work.cases.get(case_id)
            if not _may_change(case, said):
                return False
            before, _, after = case.note.rpartition(said)
            note = before + words + after
            if len(note) > LONGEST_NOTE:
                raise Refused(Reason.TEXT_TOO_LONG, most=LONGEST_NOTE, length=len(note))
            details = {"message": message, "said": words}
            await self.record(work, case, Step(Action.ADD_NOTE, actor, Given(note=note), details))
        return True


def _may_change(case: Case, said: str) -> bool:
    return case.is_open and case.note != "" and said in case.note
