"""Which rungs of a clock are due at an instant, and which are told once more."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from workflows.book import Book
from workflows.cases.case import Case, RunningClock
from workflows.cases.clockwork import rungs_of, tells_again_at
from workflows.escalation.ladder import Rung, RungTime


@dataclass(frozen=True, slots=True)
class DueClock:
    """A running clock with the times of its whole ladder, as far as something of it is due.

    `rungs` are those reached and not dealt with; `again` is the rung that is told once more,
    which a later rung of the same clock makes needless.
    """

    clock: RunningClock
    times: tuple[RungTime, ...]
    rungs: tuple[RungTime, ...] = ()
    again: Rung | None = None


def due_now(case: Case, book: Book, now: datetime) -> tuple[DueClock, ...]:
    """Everything of this case that is due; a clock whose ladder is frozen owes nothing."""
    return tuple(_due_clocks(case, book, now))


def _due_clocks(case: Case, book: Book, now: datetime) -> Iterator[DueClock]:
    for clock in case.clocks:
        reached = clock.runs and clock.next_rung_at is not None and clock.next_rung_at <= now
        again_at = tells_again_at(case, clock)
        repeats = again_at is not None and again_at <= now
        if not reached and not repeats:
            continue
        times = rungs_of(case, clock, book)
        ahead = times[clock.rungs_told :] if reached else ()
        rungs = tuple(timed for timed in ahead if timed.at <= now)
        again = None
        if repeats and clock.alert:
            again = book.ladder_of(case, clock).rung(clock.alert.level)
        if rungs or again:
            yield DueClock(clock, times, rungs, again)
