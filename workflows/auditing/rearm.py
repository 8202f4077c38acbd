"""What stands still is set going again: an open case gets the timers that its clocks ask for."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.cases.case import Action, CaseId
from workflows.cases.clockwork import timers_of
from workflows.cases.record import Record
from workflows.cases.step import Step
from workflows.people import SYSTEM
from workflows.ports import Begin


class Rearmed(StrEnum):
    """What became of one case."""

    ARMED = "armed"
    WELL = "well"
    BY_HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Rearm:
    """Arm what is missing and work the limits out again, on record with who asked."""

    begin: Begin
    record: Record

    async def __call__(self, case_id: CaseId, operator: str) -> Rearmed:
        """One transaction. A case without a running clock asks for no timer: somebody must act.

        What two operators do at once is done once: whoever comes second finds all well.
        Raises Refused(NO_SUCH_CASE).
        """
        async with self.begin() as work:
            case = await work.cases.get(case_id)
            if not case.is_open:
                return Rearmed.WELL
            wanted = timers_of(case)
            if not wanted:
                return Rearmed.BY_HAND
            if not await work.rearm(*wanted):
                return Rearmed.WELL
            details = {"continued_by": operator, "calendar": self.record.book.calendar.version}
            await self.record(work, case, Step(Action.RECKON, SYSTEM, details=details))
        return Rearmed.ARMED


def operator_named(user: str, host: str, name: str) -> str:
    """Who sat at the terminal, as the journal keeps it: the name they gave, and their account."""
    account = f"{user}@{host}"
    return f"{name} ({account})" if name else account
