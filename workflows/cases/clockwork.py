"""What a move does to the clocks of a case, and which timers the clocks ask for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from workflows.book import Book
from workflows.cases.case import Action, Case, Given, RunningClock
from workflows.cases.lifecycle import CLOCKS, RECHECKED, Ticks
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Pause, due
from workflows.escalation.ladder import RungTime, rung_times
from workflows.joint.part import PART_TIMER
from workflows.ports import Timer
from workflows.requests.lifecycle import FROZEN, SETTLES, is_frozen, returned_by

ASSIGNS: Final = frozenset({Action.DISPATCH, Action.FORCE_ASSIGN})
"""Whoever gets what another agency has returned has the whole limit (domain.md 2.6)."""


def tick(case: Case, action: Action, at: datetime, given: Given, book: Book) -> Case:
    """End, rest and start the clocks that the law names; a rung told moves its clock on."""
    if action is Action.ESCALATE and given.clock is not None:
        return _climb(case, given.clock, given.rungs_told, book)
    if action is Action.RECKON:
        return replace(case, clocks=tuple(_anew(case, clock, book) for clock in case.clocks))
    if action is Action.EXTEND:
        return _extend(case, book)
    ticks = CLOCKS.get(action, Ticks())
    ends = ticks.ends
    if action in ASSIGNS and returned_by(case) not in {None, case.agency}:
        ends = (*ends, ClockKind.DISPOSAL)
    for kind in ends:
        case = _end(case, kind, at)
    for kind in ticks.rests:
        case = _rest(case, kind, at)
    for kind in ticks.starts:
        again = action in RECHECKED and kind is ClockKind.DISPOSAL
        limit = book.policy.hotline.recheck if again else book.limit_of(case, kind)
        case = _start(case, kind, at, limit, book)
    for kind in ticks.resumes:
        case = _resume(case, kind, at, book)
    return _freeze(case, book, thaws=action in SETTLES)


def timers_of(case: Case) -> tuple[Timer, ...]:
    """Every timer that must be armed: one per running clock with rungs left, and per response."""
    return (*_clock_timers(case), *(_part_timers(case) if case.is_open else ()))


def _part_timers(case: Case) -> Iterator[Timer]:
    """Until somebody has heard of it, once: what is late after that is the case's own limit."""
    for place, part in enumerate(case.parts):
        if part.awaits_response and not part.late_told:
            yield Timer(case.id, PART_TIMER, 0, place, part.due_at)


def _clock_timers(case: Case) -> Iterator[Timer]:
    return (
        Timer(case.id, clock.kind.value, clock.rungs_told, clock.round, clock.next_rung_at)
        for clock in case.clocks
        if clock.runs and clock.next_rung_at is not None
    )


def reckon(case: Case, clock: RunningClock, book: Book) -> RunningClock:
    """The clock with its due time and next rung worked out from start, limit and pauses."""
    deadline = due(clock.started_at, clock.whole, book.calendar, clock.pauses)
    times = rungs_of(case, clock, book)
    waits = clock.rungs_told < len(times) and not is_frozen(case, clock.kind)
    following = times[clock.rungs_told].at if waits else None
    return replace(
        clock,
        due_at=deadline.due_at,
        provisional=deadline.provisional,
        next_rung_at=following,
    )


def rungs_of(case: Case, clock: RunningClock, book: Book) -> tuple[RungTime, ...]:
    """The active rungs of this clock's ladder and when each is reached."""
    ladder = book.ladder_of(case, clock)
    return rung_times(ladder, clock.started_at, clock.whole, book.calendar, clock.pauses)


def running(case: Case) -> Iterator[RunningClock]:
    return (clock for clock in case.clocks if clock.runs)


def _anew(case: Case, clock: RunningClock, book: Book) -> RunningClock:
    """Only a limit that was never certain moves when the calendar does."""
    return reckon(case, clock, book) if clock.runs and clock.provisional else clock


def _climb(case: Case, kind: ClockKind, rungs_told: int, book: Book) -> Case:
    clock = case.clock(kind)
    assert clock is not None
    return case.with_clock(reckon(case, replace(clock, rungs_told=rungs_told), book))


def _extend(case: Case, book: Book) -> Case:
    """One original limit more; used and rested time stay as they were (domain.md 2.4 [SC])."""
    clock = case.clock(ClockKind.DISPOSAL)
    assert clock is not None
    return case.with_clock(reckon(case, replace(clock, grants=clock.grants + 1), book))


def _freeze(case: Case, book: Book, *, thaws: bool) -> Case:
    """Stop the ladders that a waiting request stops; what it held back is due at its end."""
    for kind in sorted(FROZEN):
        clock = case.clock(kind)
        if clock is None or not clock.runs:
            continue
        if is_frozen(case, kind):
            case = case.with_clock(replace(clock, next_rung_at=None))
        elif thaws:
            case = case.with_clock(reckon(case, clock, book))
    return case


def _end(case: Case, kind: ClockKind, at: datetime) -> Case:
    clock = case.clock(kind)
    if clock is None or clock.ended_at is not None:
        return case
    ended = max(at, clock.started_at)
    return case.with_clock(replace(clock, ended_at=ended, next_rung_at=None))


def _rest(case: Case, kind: ClockKind, at: datetime) -> Case:
    """A clock at rest keeps the due time it had; it is worked out anew when it goes on."""
    clock = case.clock(kind)
    if clock is None or not clock.runs:
        return case
    pause = Pause(max(at, clock.started_at), None)
    return case.with_clock(replace(clock, pauses=(*clock.pauses, pause), next_rung_at=None))


def _start(case: Case, kind: ClockKind, at: datetime, limit: Limit | None, book: Book) -> Case:
    clock = case.clock(kind)
    if clock is not None and clock.rests:
        return _resume(case, kind, at, book)
    if limit is None:
        return case
    following = clock.round + 1 if clock else 0
    fresh = RunningClock(kind, following, started_at=at, limit=limit, due_at=None)
    return case.with_clock(reckon(case, fresh, book))


def _resume(case: Case, kind: ClockKind, at: datetime, book: Book) -> Case:
    clock = case.clock(kind)
    if clock is None or not clock.rests:
        return case
    return case.with_clock(reckon(case, _resumed(clock, at), book))


def _resumed(clock: RunningClock, at: datetime) -> RunningClock:
    *closed, last = clock.pauses
    return replace(clock, pauses=(*closed, Pause(last.begin, max(at, last.begin))))
