"""The end of all ladders of a case: nothing is left to come, and that is never silence.

Such a case is exhausted: the administrator on duty hears of it once, and it stands on every
summary until a person does anything to it. From then on somebody has it in hand, for so long as
the policy says; after that the last level is told again (durability.md 1.7 and 2.2).
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from workflows.book import Book
from workflows.cases.case import Action, Case, RunningClock
from workflows.cases.clockwork import timers_of
from workflows.cases.machine import Moved
from workflows.cases.reaching import Found, Reaching
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import due
from workflows.escalation.alert import Alert
from workflows.notices import Holders
from workflows.people import SYSTEM, Role
from workflows.ports import Work
from workflows.requests.conditions import somebody_must_move
from workflows.requests.lifecycle import is_frozen

TAKES_NOTHING_IN_HAND: Final = frozenset({Action.REVEAL_CALLER, Action.CALL_AGAIN})
"""A look at a number and one more call change nothing for a case that nobody moves."""


async def come_to_an_end(
    work: Work, moves: Sequence[Moved], book: Book, now: datetime
) -> tuple[Case, list[Moved]]:
    """The case after these moves, and the moves, with the end of its ladders written down."""
    *earlier, last = moves
    case = last.case
    acted = any(_takes_in_hand(moved) for moved in moves)
    if not somebody_must_move(case, SYSTEM):
        return _with(earlier, last, replace(case, alarm=replace(case.alarm, exhausted_at=None)))
    if acted and case.alarm.exhausted_at is not None:
        case = replace(case, alarm=replace(case.alarm, exhausted_at=None))
    climbed = None if timers_of(case) else _climbed(case, book)
    if climbed is None or case.alarm.exhausted_at is not None:
        return _with(earlier, last, case)
    if acted:
        return _with(earlier, last, case.with_clock(_in_hand(climbed, book, last, now)))
    found = await administrators(work, case, now)
    stand_ins = tuple(dict.fromkeys((*case.alarm.stand_ins, *found.stand_ins)))
    alarm = replace(case.alarm, exhausted_at=now, stand_ins=stand_ins)
    details = {**last.details, "exhausted": list(found.people)}
    return _with(earlier, replace(last, details=details), replace(case, alarm=alarm))


async def administrators(work: Work, case: Case, now: datetime) -> Found:
    """On duty and in reach; where there is none all of them, beside the chief who is."""
    reached = await Reaching(work, case, now)(Holders(Role.ADMIN, case.place.area))
    if reached.stand_ins:
        return reached
    everybody = tuple(person.id for person in await work.people.holders(Role.ADMIN))
    return reached + Found(everybody, everybody)


def _with(earlier: Sequence[Moved], last: Moved, case: Case) -> tuple[Case, list[Moved]]:
    return case, [*earlier, replace(last, case=case)]


def _takes_in_hand(moved: Moved) -> bool:
    return not moved.actor.is_system and moved.move.action not in TAKES_NOTHING_IN_HAND


def _climbed(case: Case, book: Book) -> RunningClock | None:
    """The running clock whose ladder has come to its end; disposal before the others."""
    ended = [
        clock
        for clock in case.clocks
        if clock.runs
        and clock.rungs_told
        and not is_frozen(case, clock.kind)
        and any(rung.active for rung in book.ladder_of(case, clock).rungs)
    ]
    ended.sort(key=lambda clock: clock.kind is not ClockKind.DISPOSAL)
    return ended[0] if ended else None


def _in_hand(clock: RunningClock, book: Book, moved: Moved, now: datetime) -> RunningClock:
    """The last level is told once more, unless somebody has moved the case on by then."""
    ladder = book.ladder_of(moved.case, clock)
    top = [rung for rung in ladder.rungs if rung.active][-1]
    again_at = due(now, book.policy.ladders.in_hand, book.calendar).due_at
    alert = clock.alert or Alert(top.level, now, (), number=0)
    return replace(clock, alert=replace(alert, number=alert.number + 1, again_at=again_at))
