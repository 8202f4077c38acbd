"""Timers seen by the clock: which are due, and when the next one is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, func, select

from storage.claims import NOW, by, claim, giving_up, held, is_free, must_hold
from storage.columns import storable
from storage.database import Database
from storage.failpoints import Reach
from storage.rows.rails import timers
from storage.rows.schema import fixed
from workflows.cases.case import CaseId
from workflows.ports import DueTimer

TAKE: Final = claim(
    timers,
    and_(timers.c.state == fixed("armed"), timers.c.due_at <= NOW, is_free(timers)),
    [timers.c.due_at, timers.c.id],
    attempts=timers.c.attempts + 1,
)
RELEASE: Final = held(timers)
NEXT: Final = select(func.min(timers.c.due_at)).where(timers.c.state == fixed("armed"))


@dataclass(frozen=True, slots=True)
class StoredTimers:
    """Implements `workflows.rails.Timers`."""

    database: Database
    owner: str
    reach: Reach

    async def claim(self, limit: int, at: datetime) -> tuple[DueTimer, ...]:
        async with self.database.begin() as connection:
            rows = (await connection.execute(TAKE, by(self.owner, at, limit))).all()
        if rows:
            self.reach("timer.after_claim")
        return tuple(_due_from(row) for row in sorted(rows, key=lambda r: (r.due_at, r.id)))

    async def next_due(self) -> datetime | None:
        """When the next armed timer is due, held or not."""
        async with self.database.reading() as connection:
            found: datetime | None = (await connection.execute(NEXT)).scalar_one()
        return found

    async def release(self, timer: DueTimer, why: str, not_before: datetime) -> None:
        """Raises LeaseLostError if another process has taken it over."""
        values = giving_up(timer.id, timer.fence, not_before=not_before, outcome=storable(why))
        async with self.database.begin() as connection:
            released = await connection.execute(RELEASE, values)
            must_hold(released, f"timer {timer.id}")


def _due_from(row: Row[Any]) -> DueTimer:
    return DueTimer(
        case_id=CaseId(row.case_id),
        kind=row.kind,
        step=row.step,
        loop=row.loop,
        due_at=row.due_at,
        id=row.id,
        fence=row.fence,
    )
