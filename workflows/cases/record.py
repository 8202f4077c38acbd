"""The one writer: every change of a case goes through here, whole or not at all.

It checks each step against the law, moves the clocks, writes the case with compare-and-set,
appends the journal, arms the timers and owes the messages, in the caller's transaction. Where
the profile lets the system take the next step, it is taken here too, by the same law.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from workflows.book import Book
from workflows.cases.addressees import holders_for
from workflows.cases.announce import Announcement, announce
from workflows.cases.case import Action, Case, Given, Order, State
from workflows.cases.clockwork import tick, timers_of
from workflows.cases.discreet import discreetly
from workflows.cases.follow_through import follow
from workflows.cases.machine import Moved, decide
from workflows.cases.reaching import Reaching
from workflows.cases.step import Step
from workflows.escalation.ending import come_to_an_end
from workflows.outages.label import labelled
from workflows.people import SYSTEM, Actor, Role
from workflows.ports import Clock, Entry, Work
from workflows.requests.charging import charged_to
from workflows.supervision.effects import cut_short

MOST_STEPS: Final = 12
"""More follow-up steps than the law has states would be a circle in a profile."""


def along(part: Case, master: Case, calls_most: int, at: datetime) -> Step:
    """The step of a duplicate: answered as its master was, or on its own feet again.

    Whoever left a number is called back with that answer, and may contest it.
    """
    actor, origin = replace(SYSTEM, said_at=at), {"master": master.id}
    if master.state is not State.CLOSED:
        given = Given(reason=master.latest_reason or master.state)
        return Step(Action.SPLIT, actor, given, origin)
    answer = master.order or Order()
    given = Given(reply=answer.reply or master.note)
    has_number = part.order is not None and part.order.phone_hint != ""
    if not has_number or master.assignee is None or master.filing is None:
        return Step(Action.CLOSE_ALONG, actor, given, origin)
    given = replace(
        given,
        agency=master.agency,
        worker=master.assignee,
        filing=master.filing,
        fact=answer.fact,
        demand=answer.demand,
        outcome=answer.outcome,
        calls_most=calls_most,
    )
    return Step(Action.ANSWER_ALONG, actor, given, origin)


@dataclass(frozen=True, slots=True)
class Record:
    """Carry out steps on a case inside an open transaction."""

    book: Book
    now: Clock

    async def __call__(self, work: Work, case: Case, *steps: Step, quiet: bool = False) -> Case:
        """Carry out the steps in order and return the case as it then stands.

        `quiet` wakes nobody: for cases taken over from another system. Raises Refused.
        """
        moves: list[Moved] = []
        after = case
        waiting = list(steps)
        while waiting:
            step = waiting.pop(0)
            step = await discreetly(work, after, await self._addressed(work, after, step))
            moved = self._take(after, step)
            moves.append(moved)
            after = moved.case
            if (
                not waiting
                and len(moves) < MOST_STEPS
                and (following := await follow(work, after, self.book, moved, self.now()))
            ):
                waiting.append(following)
        after, moves = await come_to_an_end(work, moves, self.book, self.now())
        moves = await labelled(work, moves, self.book.policy.outages.joined)
        await self._write(work, case, after, moves)
        if not quiet:
            await announce(work, Announcement(case, after, tuple(moves), self.book, self.now()))
        await self._carry_along(work, case, after)
        await work.settle(steps[0].actor.cause)
        return after

    async def _carry_along(self, work: Work, before: Case, after: Case) -> None:
        """What becomes of a case becomes of its duplicates: each caller is answered (2.4)."""
        if after.is_open or not before.is_open or after.state is State.MERGED:
            return
        for part in await work.cases.merged_into(after.id):
            calls_most = self.book.policy.hotline.calls_most
            await self(work, part, along(part, after, calls_most, self.now()))

    async def _addressed(self, work: Work, case: Case, step: Step) -> Step:
        """A dead end is told to whoever is on duty, found before the case is written."""
        if step.action is not Action.ESCALATE or not step.given.reason:
            return step
        chief = holders_for(Role.DUTY_CHIEF, case)
        found = await Reaching(work, case, self.now())(chief)
        given = replace(step.given, told_to=found.people, stand_ins=found.stand_ins)
        return replace(step, given=given)

    def _take(self, case: Case, step: Step) -> Moved:
        moved = decide(case, step.action, step.actor, self.event_time(step.actor), step.given)
        ticked = tick(moved.case, step.action, moved.at, step.given, self.book)
        charged = charged_to(ticked, self.book) if step.action is Action.RETURN else {}
        details = {**step.details, **charged, **cut_short(case, ticked)}
        return replace(moved, case=ticked, details=details)

    def event_time(self, actor: Actor) -> datetime:
        """When it was said, but never later than now: a phone's clock may be wrong."""
        now = self.now()
        return min(actor.said_at or now, now)

    async def _write(self, work: Work, before: Case, after: Case, moves: Sequence[Moved]) -> None:
        await work.cases.write(before, after)
        await work.journal(*(_entry(moved) for moved in moves))
        wanted, had = timers_of(after), timers_of(before)
        if any(timer not in wanted for timer in had):
            await work.disarm(after.id, keep=wanted, why=moves[-1].move.action)
        if fresh := [timer for timer in wanted if timer not in had]:
            await work.arm(*fresh)


def _entry(moved: Moved) -> Entry:
    return Entry(
        action=moved.move.action,
        person=moved.actor.id,
        role=moved.role,
        at=moved.at,
        case_id=moved.case.id,
        version=moved.case.version,
        from_state=moved.move.when,
        to_state=moved.move.becomes,
        cause=moved.actor.cause,
        details={**_told(moved.given), **moved.details},
    )


def _told(given: Given) -> Mapping[str, Any]:
    """What came with the act, as far as the journal may hold it."""
    told: dict[str, Any] = {
        "reason": given.reason,
        "note": given.note,
        "agency": given.agency,
        "worker": given.worker,
        "contact": given.contact,
        "closing_condition": given.closing_condition,
        "reply": given.reply,
        "fact": given.fact,
        "demand": given.demand,
        "outcome": given.outcome,
        "satisfaction": given.satisfaction,
        "citizens_words": given.citizens_words,
        "ground": given.ground,
        "told": given.told,
        "checker": given.checker,
        "found": given.found,
        "master": given.master,
        "rung": given.rung,
        "clock": given.clock,
        "whistle": given.whistle,
        "within": str(given.within) if given.within else "",
        "partners": list(given.partners),
        "condition": given.filing.condition_id if given.filing else "",
        "policy": given.filing.policy_version if given.filing else "",
        "emergency": given.emergency.id if given.emergency else "",
        "stage": given.stage if given.photos else "",
        "unshown": given.unshown,
        "code": given.code,
        "proof": given.proof,
        "proposed": given.proposed,
        "until": given.until.isoformat() if given.until else "",
        "document": given.document,
    }
    kept = {key: value for key, value in told.items() if value}
    return kept if given.resolved is None else {**kept, "resolved": given.resolved}
