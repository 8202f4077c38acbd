"""Timers inside one transaction: armed, moved, cancelled, fired; never deleted."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import and_, bindparam, not_, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.claims import giving_up, held, must_hold
from storage.rows.rails import timers
from storage.rows.schema import fixed
from storage.upsert import inserting_on
from workflows.cases.case import CaseId
from workflows.ports import DueTimer, Timer

IDENTITY: Final = (timers.c.kind, timers.c.step, timers.c.loop)
DISARM: Final = update(timers).where(
    timers.c.case_id == bindparam("of_case"),
    timers.c.state == fixed("armed"),
    not_(tuple_(*IDENTITY).in_(bindparam("kept", expanding=True))),
)
END: Final = held(timers)


async def arm(
    connection: AsyncConnection, wanted: Sequence[Timer], *, even_if_fired: bool = False
) -> None:
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
    await connection.execute(_arming(connection.dialect.name, even_if_fired), rows)


@cache
def _arming(dialect: str, even_if_fired: bool) -> Any:
    adding = inserting_on(dialect, timers)
    columns, new = timers.c, adding.excluded
    moved = and_(columns.state == fixed("armed"), columns.due_at != new.due_at)
    gone = columns.state != fixed("armed")
    back = gone if even_if_fired else columns.state == fixed("cancelled")
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
        where=or_(back, moved),
    )


ARMED: Final = select(timers.c.kind, timers.c.step, timers.c.loop).where(
    timers.c.state == fixed("armed"), timers.c.case_id == bindparam("of_case")
)


async def rearm(connection: AsyncConnection, wanted: Sequence[Timer]) -> int:
    """Arm those of one case that are not armed, whatever became of them; how many they were."""
    if not wanted:
        return 0
    found = await connection.execute(ARMED, {"of_case": wanted[0].case_id})
    armed = {(row.kind, row.step, row.loop) for row in found}
    missing = [each for each in wanted if (each.kind, each.step, each.loop) not in armed]
    await arm(connection, missing, even_if_fired=True)
    return len(missing)


async def disarm(
    connection: AsyncConnection, case_id: CaseId, keep: Sequence[Timer], why: str, at: datetime
) -> None:
    kept = [(timer.kind, timer.step, timer.loop) for timer in keep]
    ended = {"state": "cancelled", "ended_at": at, "outcome": str(why)}
    await connection.execute(DISARM, {"of_case": case_id, "kept": kept, **ended})


async def fired(connection: AsyncConnection, timer: DueTimer, at: datetime, outcome: str) -> None:
    """Raises LeaseLostError if another process has taken the timer over, or it was moved."""
    state = "fired" if outcome == "fired" else "cancelled"
    ending = giving_up(timer.id, timer.fence, state=state, ended_at=at, outcome=outcome)
    must_hold(await connection.execute(END, ending), f"timer {timer.id}")
