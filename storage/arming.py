"""Timers inside one transaction: armed, moved, cancelled, fired; never deleted."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import and_, not_, or_, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.claims import held, must_hold
from storage.rows.rails import timers
from storage.rows.schema import fixed
from storage.upsert import inserting_on
from workflows.cases.case import CaseId
from workflows.ports import DueTimer, Timer

IDENTITY = (timers.c.kind, timers.c.step, timers.c.loop)


async def arm(connection: AsyncConnection, wanted: Sequence[Timer]) -> None:
    """Arm, or move; a cancelled timer comes back, a fired one stays fired for ever.

    Moving takes a timer away from whoever had claimed it for the old time.
    """
    if not wanted:
        return
    rows = [
        {
            "case_id": timer.case_id,
            "kind": timer.kind,
            "step": timer.step,
            "loop": timer.loop,
            "due_at": timer.due_at,
            "state": "armed",
        }
        for timer in wanted
    ]
    await connection.execute(_arming(connection.dialect.name), rows)


@cache
def _arming(dialect: str) -> Any:
    adding = inserting_on(dialect, timers)
    columns, new = timers.c, adding.excluded
    moved = and_(columns.state == fixed("armed"), columns.due_at != new.due_at)
    return adding.on_conflict_do_update(
        index_elements=[columns.case_id, *IDENTITY],
        set_={
            "due_at": new.due_at,
            "state": "armed",
            "fence": columns.fence + 1,
            "owner": None,
            "lease_until": None,
            "not_before": None,
            "ended_at": None,
            "outcome": None,
        },
        where=or_(columns.state == fixed("cancelled"), moved),
    )


async def disarm(
    connection: AsyncConnection, case_id: CaseId, keep: Sequence[Timer], why: str, at: datetime
) -> None:
    kept = [(timer.kind, timer.step, timer.loop) for timer in keep]
    armed = and_(timers.c.case_id == case_id, timers.c.state == fixed("armed"))
    await connection.execute(
        update(timers)
        .where(armed, not_(tuple_(*IDENTITY).in_(kept)))
        .values(state="cancelled", ended_at=at, outcome=str(why))
    )


async def fired(connection: AsyncConnection, timer: DueTimer, at: datetime, outcome: str) -> None:
    """Raises LeaseLostError if another process has taken the timer over, or it was moved."""
    ending = held(timers, timer.id, timer.fence).values(
        state="fired" if outcome == "fired" else "cancelled", ended_at=at, outcome=outcome
    )
    must_hold(await connection.execute(ending), f"timer {timer.id}")
