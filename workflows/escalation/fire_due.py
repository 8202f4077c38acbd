"""The clock's verb: a timer is due, so whoever must hear of it is told, once and on record."""

from dataclasses import dataclass
from datetime import datetime

from workflows.cases.case import Action, Case, CaseId, Given, RunningClock, State
from workflows.cases.clockwork import rungs_of, timers_of
from workflows.cases.record import Record
from workflows.cases.step import Step
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.ladder import Rung, RungCondition, RungTime
from workflows.escalation.outdone import is_outdone
from workflows.joint.part import PART_TIMER
from workflows.people import SYSTEM
from workflows.ports import Begin, DueTimer, Timer, Work

DONE_WITH_WORK = frozenset({State.PENDING_CONFIRM, State.FEEDBACK_REVIEW, State.PENDING_CALLBACK})


@dataclass(frozen=True, slots=True)
class FireDue:
    """Climb the ladder of one clock on one case as far as it is due."""

    begin: Begin
    record: Record

    async def __call__(self, timer: DueTimer) -> Case | None:
        """Return the case if a rung was told or passed; None if the timer had lost its meaning.

        Of several rungs due at once only the latest is told; the others stand in the journal.
        Raises LeaseLostError if another process has taken the timer over.
        """
        async with self.begin() as work:
            now = self.record.now()
            case = await work.cases.get(CaseId(timer.case_id))
            if timer.kind == PART_TIMER:
                return await self._part(work, case, timer, now)
            clock = _clock_of(case, timer)
            times = rungs_of(case, clock, self.record.book) if clock else ()
            due = _due(times, clock, self) if clock else []
            if clock is None or not due:
                await work.fired(timer, now, "moot")
                await work.arm(*_later(timer, times[timer.step :]))
                return None
            await work.fired(timer, now, "fired")
            steps = self._steps(case, clock, due)
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

    def _steps(self, case: Case, clock: RunningClock, due: list[RungTime]) -> list[Step]:
        telling = [timed for timed in due if _still(timed.rung, case)]
        latest = telling[-1] if telling else None
        book, now = self.record.book, self.record.now()
        if latest and is_outdone(case, clock, latest, book=book, now=now, still=_still):
            latest = None
        if clock.kind is ClockKind.SUSPENSION and clock.due_at and due[-1].at >= clock.due_at:
            return [Step(Action.RESUME, SYSTEM, details={"rule": "the agreed date has come"})]
        return [
            Step(
                Action.ESCALATE,
                SYSTEM,
                Given(
                    rung=timed.rung.level,
                    clock=clock.kind,
                    rungs_told=clock.rungs_told + index + 1,
                ),
                details={
                    "told": timed is latest,
                    "due_at": timed.at.isoformat(),
                    "late_s": round((self.record.now() - timed.at).total_seconds(), 3),
                    "condition": timed.rung.condition,
                },
            )
            for index, timed in enumerate(due)
        ]


def _clock_of(case: Case, timer: DueTimer) -> RunningClock | None:
    """The clock this timer was armed for, if it still waits for this very rung."""
    clock = case.clock(ClockKind(timer.kind))
    if clock is None or not clock.runs or clock.next_rung_at is None:
        return None
    armed_for = (clock.round, clock.rungs_told) == (timer.loop, timer.step)
    return clock if armed_for else None


def _due(times: tuple[RungTime, ...], clock: RunningClock, verb: FireDue) -> list[RungTime]:
    now = verb.record.now()
    return [timed for timed in times[clock.rungs_told :] if timed.at <= now]


def _later(timer: DueTimer, ahead: tuple[RungTime, ...]) -> list[Timer]:
    """The same promise at the time that the calendar in force now gives its rung.

    A timer armed by yesterday's calendar may come too early; it must not be the last one.
    """
    return [
        Timer(timer.case_id, timer.kind, timer.step, timer.loop, timed.at) for timed in ahead[:1]
    ]


def _still(rung: Rung, case: Case) -> bool:
    """Whether what the rung complains of is still so."""
    match rung.condition:
        case RungCondition.UNSIGNED:
            return case.state is State.PENDING_SIGN
        case RungCondition.NOT_SUBMITTED:
            return case.state not in DONE_WITH_WORK
        case RungCondition.NOT_CLOSED:
            return case.is_open
        case RungCondition.UNDECIDED:
            return case.request is not None
        case RungCondition.SUSPENDED:
            return case.state is State.SUSPENDED
