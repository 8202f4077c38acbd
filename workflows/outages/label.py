"""Says in the journal of a breach that it is ours: the service was away when the limit ran out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from workflows.cases.case import Action, Timeliness
from workflows.cases.machine import Moved
from workflows.deadlines.clocks import ClockKind
from workflows.outages.outage import BACK_THEN, Outage, only_ours, told_in
from workflows.ports import Work

DURING_OUTAGE: Final = "during_outage"
"""The fact beside a breach; `timeliness` itself is never changed by it (durability.md 2.2)."""


async def labelled(work: Work, moves: Sequence[Moved], joined: timedelta) -> list[Moved]:
    """The moves, each breach that only an outage caused with that outage in its details.

    `joined` is how far apart outages may be to count as one (`outages.toml`).
    """
    return [await _labelled(work, moved, joined) for moved in moves]


async def _labelled(work: Work, moved: Moved, joined: timedelta) -> Moved:
    outage = None
    if moved.move.action is Action.ESCALATE and "due_at" in moved.details:
        rung_at = datetime.fromisoformat(moved.details["due_at"])
        outage = await _of_rung(work, moved, rung_at, joined)
    elif moved.case.timeliness is Timeliness.OVERDUE and moved.before.timeliness is None:
        outage = await _of_closing(work, moved, joined)
    if outage is None:
        return moved
    return replace(moved, details={**moved.details, DURING_OUTAGE: outage.as_json()})


async def _of_rung(
    work: Work, moved: Moved, rung_at: datetime, joined: timedelta
) -> Outage | None:
    kind = moved.given.clock
    clock = moved.before.clock(kind) if kind else None
    if clock is None or clock.due_at is None or rung_at < clock.due_at:
        return None
    outages = await work.outages.between(clock.due_at - BACK_THEN, rung_at + BACK_THEN)
    return told_in(clock.due_at, rung_at, outages, joined)


async def _of_closing(work: Work, moved: Moved, joined: timedelta) -> Outage | None:
    """By when the work was handed in, which is when disposal came to rest."""
    clock = moved.before.clock(ClockKind.DISPOSAL)
    if clock is None or clock.due_at is None:
        return None
    rested = (pause.begin for pause in clock.pauses if pause.end is None)
    done_at = clock.ended_at or next(rested, moved.at)
    outages = await work.outages.between(clock.due_at - BACK_THEN, done_at)
    return only_ours(clock.due_at, done_at, outages, joined)


def outage_of(details: Mapping[str, Any]) -> Outage | None:
    """The outage that a line of the journal names."""
    stored = details.get(DURING_OUTAGE)
    return None if stored is None else Outage.from_json(stored)
