"""The clock's verb: a timer is due, so whoever must hear of it is told, once and on record."""

from dataclasses import dataclass
from datetime import datetime

from workflows.cases.case import Action, Case, CaseId, Given
from workflows.cases.clockwork import AGAIN, rungs_of, timers_of
from workflows.cases.record import Record
from workflows.cases.step import Step
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.climb import Climb
from workflows.escalation.due_now import DueClock, due_now
from workflows.joint.part import PART_TIMER
from workflows.people import SYSTEM
from workflows.ports import Begin, DueTimer, Timer, Work


@dataclass(frozen=True, slots=True)
class FireDue:
    """Climb the ladders of one case as far as they are due, all of its clocks in one go."""

    begin: Begin
    record: Record

    async def __call__(self, timer: DueTimer) -> Case | None:
        """Return the case if a rung was told or passed; None if the timer had lost its meaning.

        Of several rungs due at once only the latest is told; the others stand in the journal.
        What other clocks of the case owe by now is told in the same message, so their timers
        have lost their meaning afterwards. Raises LeaseLostError if another process has taken
        the timer over.
        """
        async with self.begin() as work:
            now = self.record.now()
            case = await work.cases.get(CaseId(timer.case_id))
            if timer.kind == PART_TIMER:
                return await self._part(work, case, timer, now)
            wanted = next((armed for armed in timers_of(case) if _same(armed, timer)), None)
            due = due_now(case, self.record.book, now) if wanted else ()
            if wanted is None or not any(_owes(each, timer) for each in due):
                await work.fired(timer, now, "moot")
                if wanted is not None:
                    await work.arm(self._later(case, wanted))
                return None
            await work.fired(timer, now, "fired")
            steps = await Climb(work, case, self.record.book, now)(due)
            return await self.record(work, case, *steps)

    async def _part(self, work: Work, case: Case, timer: DueTimer, now: datetime) -> Case | None:
        """Another agency was whistled for and has not responded in time."""
        wanted = any(
            (armed.kind, armed.loop) == (timer.kind, timer.loop) and armed.due_at <= now
            for armed in timers_of(case)
        )
        await work.fired(timer, now, "fired" if wanted else "moot")
        if not wanted:
            return None
        part = case.parts[timer.loop]
        late = round((now - part.due_at).total_seconds(), 3)
        details = {"told": True, "agency": part.agency, "late_s": late}
        step = Step(Action.ESCALATE, SYSTEM, Given(part=timer.loop), details)
        return await self.record(work, case, step)

    def _later(self, case: Case, armed: Timer) -> Timer:
        """The same promise at the time that the calendar in force now gives its rung.

        A timer armed by yesterday's calendar may come too early; it must not be the last one.
        """
        clock = case.clock(ClockKind(armed.kind)) if armed.kind in set(ClockKind) else None
        if clock is None:
            return armed
        times = rungs_of(case, clock, self.record.book)[armed.step :]
        at = times[0].at if times else armed.due_at
        return Timer(armed.case_id, armed.kind, armed.step, armed.loop, at)


def _same(armed: Timer, timer: Timer) -> bool:
    return (armed.kind, armed.step, armed.loop) == (timer.kind, timer.step, timer.loop)


def _owes(due: DueClock, timer: Timer) -> bool:
    """This clock owes what the timer was armed for."""
    kind = due.clock.kind.value
    if timer.kind == kind:
        return bool(due.rungs)
    return timer.kind == f"{kind}{AGAIN}" and due.again is not None
