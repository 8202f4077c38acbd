"""Of several clocks of one case that have run over at once, only the latest rung is told."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from workflows.book import Book
from workflows.cases.case import Case, RunningClock
from workflows.cases.clockwork import rungs_of, running
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.ladder import Rung, RungTime

A_MOMENT: Final = timedelta(minutes=1)


def is_outdone(
    case: Case,
    clock: RunningClock,
    latest: RungTime,
    *,
    book: Book,
    now: datetime,
    still: Callable[[Rung, Case], bool],
) -> bool:
    """Whether another clock has a later rung that is due as well (durability.md 2.2).

    Its own timer fires in this sweep or the next, or has done so a moment ago.
    """
    just_told = now - case.changed_at < A_MOMENT
    return any(
        (timed.at, other.kind) > (latest.at, clock.kind) and still(timed.rung, case)
        for other in running(case)
        if other.kind not in {clock.kind, ClockKind.SUSPENSION}
        if other.next_rung_at or just_told
        for timed in rungs_of(case, other, book)[0 if just_told else other.rungs_told :]
        if timed.at <= now
    )
