"""A note that was corrected in the chat before the work is handed in: the note follows."""

from dataclasses import dataclass

from workflows.cases.case import Action, CaseId
from workflows.cases.record import Record
from workflows.cases.show_work import note_step
from workflows.people import Actor
from workflows.ports import Begin
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
            if case.assignee != actor.id:
                continue
            if said := await self._said(case.id, actor, message):
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
            if not case.is_open or said not in case.note:
                return False
            before, _, after = case.note.rpartition(said)
            await self.record(work, case, note_step(actor, before + words + after, message, words))
        return True
