"""When the days off of a year are announced: work out anew what was computed without them."""

from dataclasses import dataclass

from workflows.cases.case import Action, CaseId
from workflows.cases.clockwork import tick
from workflows.cases.record import Record
from workflows.cases.step import Step
from workflows.people import SYSTEM
from workflows.ports import Begin
from workflows.views import Views


@dataclass(frozen=True, slots=True)
class ReckonAgain:
    """Recompute every provisional due time with the calendar as it is known now."""

    begin: Begin
    record: Record
    views: Views

    async def __call__(self) -> int:
        """Return how many cases have new due times; their timers move with them."""
        changed = 0
        for case_id in await self.views.provisional():
            changed += await self._reckon(case_id)
        return changed

    async def _reckon(self, case_id: CaseId) -> bool:
        book, now = self.record.book, self.record.now()
        async with self.begin() as work:
            case = await work.cases.get(case_id)
            step = Step(Action.RECKON, SYSTEM, details={"calendar": book.calendar.version})
            if tick(case, Action.RECKON, now, step.given, book).clocks == case.clocks:
                return False
            await self.record(work, case, step)
        return True
