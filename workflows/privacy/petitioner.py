"""A petitioner's right to a copy of what is kept about them (PIPL art. 45), by order number."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from workflows.cases.case import CaseId
from workflows.people import SYSTEM
from workflows.ports import Begin, Clock
from workflows.privacy.access import Access, note_access
from workflows.refusals import Reason, Refused
from workflows.views import CaseView, Views


@dataclass(frozen=True, slots=True)
class Copy:
    """What is kept. `contact` is empty where none was left or its period is over."""

    view: CaseView
    contact: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CopyForPetitioner:
    """Reads one case with its caller; that it was read, by whom and why stands in the chain.

    Whoever asks must have made sure that the petitioner is who they say.
    """

    begin: Begin
    views: Views
    now: Clock

    async def __call__(self, number: str, by: str, why: str) -> Copy:
        """`number` is that of the hotline's order or our own. Raises Refused(NO_SUCH_CASE).

        The line of the log is committed before anything is handed out.
        """
        async with self.begin() as work:
            known = await work.cases.by_source_numbers([number])
            own = CaseId(int(number)) if number.isdecimal() and len(number) < 16 else None
            case_id = known.get(number, own)
            if case_id is None:
                raise Refused(Reason.NO_SUCH_CASE, number=number)
            view = await self.views.case(case_id)
            caller = await work.cases.caller(case_id)
            await note_access(work, SYSTEM, Access.COPIED, self.now(), case_id, by=by, why=why)
        kept = {} if caller is None else asdict(caller)
        return Copy(view, {name: words for name, words in kept.items() if words})
