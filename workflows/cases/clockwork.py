"""What a move does to the clocks of a case, and which timers the clocks ask for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from typing import Final

from workflows.book import Book
from workflows.cases.case import Action, Case, Given, RunningClock
from workflows.cases.ticks import CLOCKS, RECHECKED, Ticks
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Pause, due
from workflows.escalation.ladder import RungTime, rung_times
from workflows.escalation.repeats import held_off, resumed, told_again
from workflows.joint.part import PART_TIMER
from workflows.ports import Timer
from workflows.requests.lifecycle import FROZEN, SETTLES, is_frozen, returned_by

AGAIN: Final = ".again"
"""Follows the clock's name in the timer of what is told again."""

ASSIGNS: Final = frozenset({Action.DISPATCH, Action.FORCE_ASSIGN})
"""Whoever gets what another agency has returned has the whole limit (domain.md 2.6)."""


def tick(case: Case, action: Action, at: datetime, given: Given, book: Book) -> Case:
    """End, rest and start the clocks that the law names; a rung told moves its clock on."""
    if action is Action.ESCALATE and given.clock is not None:
        return _climb(case, given, at, book)
    if action is Action.ACKNOWLEDGE:
        return _hold_off(case, book)
    if action is Action.RECKON:
        for clock in case.clocks:
            case = _anew(case, clock, at, book)
        return case
    if action is Action.EXTEND:
        return _extend(case, at, book)
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
    for kind in ticks.undoes:
        case = _undo(case, kind, book)
    return _freeze(case, book, thaws=action in SETTLES)


def timers_of(case: Case) -> tuple[Timer, ...]:
    """Every timer that must be armed: per running clock one for the next rung and one for what
    is told again, and one per response of another agency.
    """
    parts = _part_timers(case) if case.is_open else ()
    return (*_clock_timers(case), *_repeats(case), *parts)


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


def _repeats(case: Case) -> Iterator[Timer]:
    for clock in case.clocks:
        at = tells_again_at(case, clock)
        if clock.alert is not None and at is not None:
            kind = f"{clock.kind.value}{AGAIN}"
            yield Timer(case.id, kind, clock.alert.number, clock.round, at)


def tells_again_at(case: Case, clock: RunningClock) -> datetime | None:
    """When this clock tells the same level again; None for never, or while its ladder stands."""
    if clock.alert is None or not clock.runs or is_frozen(case, clock.kind):
        return None
    return clock.alert.again_at


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


def _anew(case: Case, clock: RunningClock, at: datetime, book: Book) -> Case:
    """Only a limit that was never certain moves when the calendar does."""
    return _afresh(case, clock, at, book) if clock.runs and clock.provisional else case


def _climb(case: Case, given: Given, at: datetime, book: Book) -> Case:
    assert given.clock is not None
    clock = case.clock(given.clock)
    assert clock is not None
    alert = told_again(case, clock, given, at, book)
    if given.again:
        return case.with_clock(replace(clock, alert=alert))
    clock = replace(clock, rungs_told=given.rungs_told, alert=alert)
    return case.with_clock(reckon(case, clock, book))


def _hold_off(case: Case, book: Book) -> Case:
    """Nothing that somebody knows of is told again while the acknowledgement holds."""
    for clock in case.clocks:
        if clock.runs and clock.alert is not None:
            case = case.with_clock(replace(clock, alert=held_off(case, clock, book)))
    return case


def _afresh(case: Case, clock: RunningClock, at: datetime, book: Book) -> Case:
    """Under a new deadline, rungs whose time lies ahead once more can be told once more.

    They get a round of their own, because no timer is ever fired twice.
    """
    times = rungs_of(case, clock, book)
    passed = sum(1 for _ in takewhile(lambda timed: timed.at <= at, times))
    if passed < clock.rungs_told:
        clock = replace(clock, round=clock.round + 1, rungs_told=passed, alert=None)
    elif clock.alert is not None:
        clock = replace(clock, alert=resumed(case, clock, at, book))
    clock, old = reckon(case, clock, book), case.clock(clock.kind)
    return replace(case, clocks=tuple(clock if each is old else each for each in case.clocks))


def _extend(case: Case, at: datetime, book: Book) -> Case:
    """One original limit more; used and rested time stay as they were (domain.md 2.4 [SC])."""
    clock = case.clock(ClockKind.DISPOSAL)
    assert clock is not None
    return _afresh(case, replace(clock, grants=clock.grants + 1), at, book)


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
        return _resume(_under_new_limit(case, clock, book), kind, at, book)
    if limit is None:
        return case
    following = clock.round + 1 if clock else 0
    fresh = RunningClock(kind, following, started_at=at, limit=limit, due_at=None)
    return case.with_clock(reckon(case, fresh, book))


def _under_new_limit(case: Case, clock: RunningClock, book: Book) -> Case:
    """Filed anew while disposal rested: what was used stays used, of the limit it has now.

    The limit hangs on the filing condition (domain.md 0.2), and a return is an occasion to work
    the due time out again (3.1).
    """
    filing = case.clock(ClockKind.FILING)
    rests_since = clock.pauses[-1].begin
    if filing is None or filing.ended_at is None or filing.ended_at < rests_since:
        return case
    limit = book.limit_of(case, clock.kind)
    return case.with_clock(replace(clock, limit=limit)) if limit else case


def _resume(case: Case, kind: ClockKind, at: datetime, book: Book) -> Case:
    clock = case.clock(kind)
    if clock is None or not clock.rests:
        return case
    return _afresh(case, _resumed(clock, at), at, book)


def _undo(case: Case, kind: ClockKind, book: Book) -> Case:
    """The clock as it would be had the work not been handed in: it ran on all the while."""
    clock = case.clock(kind)
    if clock is None or clock.runs:
        return case
    if clock.rests:
        return case.with_clock(reckon(case, replace(clock, pauses=clock.pauses[:-1]), book))
    if case.handed_in is None or kind not in case.handed_in.cut_short:
        return case
    return case.with_clock(reckon(case, replace(clock, ended_at=None), book))


def _resumed(clock: RunningClock, at: datetime) -> RunningClock:
    *closed, last = clock.pauses
    return replace(clock, pauses=(*closed, Pause(last.begin, max(at, last.begin))))
