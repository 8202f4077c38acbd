"""Climbs what is due on a case: finds the people, passes rungs that reach nobody, opens orders."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from workflows.book import Book
from workflows.cases.addressees import holders_for
from workflows.cases.case import Action, Case, Given, RunningClock
from workflows.cases.reaching import NO_ONE, Found, Reaching
from workflows.cases.step import Step
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.due_now import DueClock
from workflows.escalation.ladder import Opens, Rung, RungTime
from workflows.escalation.still import still_so
from workflows.people import SYSTEM, Role
from workflows.ports import Work
from workflows.requests.lifecycle import awaited
from workflows.supervision.by_clock import order_by_clock

BY_RUNG: Final = {Opens.ORDER: Action.SUPERVISE, Opens.LIST: Action.LIST_SUPERVISE}

CATCHING_UP: Final = timedelta(seconds=60)
"""A rung that is told later than this after it was reached is told late."""


class Untold(StrEnum):
    """Why a rung was passed and nobody heard of it; `why` in the journal."""

    LATER_RUNG = "later_rung"
    SETTLED = "settled"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Passed:
    """A rung that this climb has come past: told to somebody, or not for a reason."""

    timed: RungTime
    found: Found = NO_ONE
    why: Untold | None = None
    early: bool = False


@dataclass(frozen=True, slots=True)
class Climb:
    """The steps of one case for everything that is due on it at one instant."""

    work: Work
    case: Case
    book: Book
    now: datetime

    async def __call__(self, due: tuple[DueClock, ...]) -> list[Step]:
        """Of several rungs due on a clock only the latest is told; the journal has them all.

        Where they come late, after an outage or a jump of the clock, it is the latest over all
        clocks (durability.md 2.2). An order is opened once, the list before an order.
        """
        if self._rest_is_over(due):
            return [Step(Action.RESUME, SYSTEM, details={"rule": "the agreed date has come"})]
        steps: list[Step] = []
        opens: set[Opens] = set()
        passed_each = [await self._passed(each) if each.rungs else [] for each in due]
        if any(timed.at < self.now - CATCHING_UP for each in due for timed in each.rungs):
            passed_each = _latest_only(passed_each)
        for each, passed in zip(due, passed_each, strict=True):
            steps += self._rungs(each.clock, passed)
            opens |= {
                one.timed.rung.opens
                for one in passed
                if one.timed.rung.opens and still_so(one.timed.rung.condition, self.case)
            }
            if each.again and not any(one.found.people for one in passed):
                steps.append(await self._again(each.clock, each.again))
        action = BY_RUNG[max(opens, key=[*BY_RUNG].index)] if opens else None
        ordered = order_by_clock(self.case, self.book, action) if action else None
        return [*steps, *([ordered] if ordered else [])]

    def _rest_is_over(self, due: tuple[DueClock, ...]) -> bool:
        ends = (each for each in due if each.clock.kind is ClockKind.SUSPENSION and each.rungs)
        return any(e.clock.due_at and e.rungs[-1].at >= e.clock.due_at for e in ends)

    async def _passed(self, due: DueClock) -> list[Passed]:
        """A rung that reaches nobody moves on at once, to rungs whose time has not come."""
        holding = [timed for timed in due.rungs if still_so(timed.rung.condition, self.case)]
        latest = holding[-1] if holding else None
        passed = [
            Passed(timed, why=Untold.LATER_RUNG if timed in holding else Untold.SETTLED)
            for timed in due.rungs
            if timed is not latest
        ]
        if latest is None:
            return passed
        begin = due.times.index(latest)
        ahead = [t for t in due.times[begin + 1 :] if t.at > self.now]
        told: list[Passed] = []
        for timed in (latest, *ahead):
            early = timed is not latest
            if early and not still_so(timed.rung.condition, self.case):
                told.append(Passed(timed, why=Untold.SETTLED, early=True))
                continue
            found = await self._hearers(due.clock.kind, timed.rung)
            told.append(Passed(timed, found, None if found.people else Untold.NOBODY, early))
            if found.people:
                break
        return sorted((*passed, *told), key=lambda one: due.times.index(one.timed))

    async def _hearers(self, kind: ClockKind, rung: Rung) -> Found:
        """Whoever holds the rung's roles now; for each that nobody holds whoever stands in."""
        reaching = Reaching(self.work, self.case, self.now)
        found = NO_ONE
        for role in self._meant(kind, rung):
            found += await reaching.at_once(holders_for(role, self.case), Role.AGENCY_LEAD)
        return found

    def _meant(self, kind: ClockKind, rung: Rung) -> list[Role]:
        """Of a request's ladder only those who must answer it, and the duty chief at its end."""
        if kind is not ClockKind.DECISION:
            return list(rung.tell)
        wanted = {*awaited(self.case)[:1], Role.DUTY_CHIEF}
        return [role for role in rung.tell if role in wanted]

    def _rungs(self, clock: RunningClock, passed: list[Passed]) -> Iterator[Step]:
        for index, one in enumerate(passed):
            rung, found = one.timed.rung, one.found
            details = {
                "told": bool(found.people),
                "due_at": one.timed.at.isoformat(),
                "late_s": round(max((self.now - one.timed.at).total_seconds(), 0.0), 3),
                "condition": rung.condition,
                **_said(one),
            }
            given = Given(rung=rung.level, rungs_told=clock.rungs_told + index + 1)
            yield self._step(clock, given, found, details)

    async def _again(self, clock: RunningClock, rung: Rung) -> Step:
        """The same level once more, or the note that there is nothing to tell any more."""
        alert = clock.alert
        assert alert is not None
        assert alert.again_at is not None
        holds = still_so(rung.condition, self.case)
        found = await self._hearers(clock.kind, rung) if holds else NO_ONE
        details: dict[str, Any] = {
            "told": bool(found.people),
            "due_at": alert.again_at.isoformat(),
            "late_s": round((self.now - alert.again_at).total_seconds(), 3),
            "repeat": alert.repeats + 1,
        }
        if not found.people:
            details["why"] = Untold.NOBODY if holds else Untold.SETTLED
        if alert.known_at is not None:
            details |= {"known_by": alert.known_by, "known_at": alert.known_at.isoformat()}
        return self._step(clock, Given(rung=alert.level, again=True), found, details)

    def _step(
        self, clock: RunningClock, given: Given, found: Found, details: dict[str, Any]
    ) -> Step:
        given = replace(given, clock=clock.kind, told_to=found.people, stand_ins=found.stand_ins)
        people = {"people": list(found.people)} if found.people else {}
        return Step(Action.ESCALATE, SYSTEM, given, {**details, "round": clock.round, **people})


def _latest_only(passed_each: list[list[Passed]]) -> list[list[Passed]]:
    """The same with only that told which was reached last: at one instant, on one card."""
    told = [one.timed.at for passed in passed_each for one in passed if one.found.people]
    latest = max(told, default=None)
    return [
        [
            replace(one, found=NO_ONE, why=Untold.LATER_RUNG)
            if one.found.people and one.timed.at != latest
            else one
            for one in passed
        ]
        for passed in passed_each
    ]


def _said(one: Passed) -> dict[str, Any]:
    """Why it was not told, and that it came before its time."""
    why = {"why": one.why} if one.why else {}
    return {**why, "early": True} if one.early else why
