"""Emergencies seen by the clock: whose next moment has come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_

from storage.claims import NOW, by, claim, giving_up, held, is_free, must_hold
from storage.database import Database
from storage.rows.emergency import emergencies
from workflows.emergency.kept import DueEmergency
from workflows.emergency.under import EmergencyId

IS_DUE: Final[ColumnElement[bool]] = and_(
    emergencies.c.next_at.is_not(None), emergencies.c.next_at <= NOW, is_free(emergencies)
)
TAKE: Final = claim(
    emergencies,
    IS_DUE,
    [emergencies.c.next_at, emergencies.c.id],
    attempts=emergencies.c.attempts + 1,
)
RELEASE: Final = held(emergencies)


@dataclass(frozen=True, slots=True)
class StoredDueEmergencies:
    """Implements `workflows.emergency.kept.DueEmergencies`."""

    database: Database
    owner: str

    async def claim(self, limit: int, at: datetime) -> tuple[DueEmergency, ...]:
        async with self.database.begin() as connection:
            rows = (await connection.execute(TAKE, by(self.owner, at, limit))).all()
        due = sorted(rows, key=lambda row: (row.next_at, row.id))
        return tuple(DueEmergency(EmergencyId(row.id), row.fence) for row in due)

    async def release(self, due: DueEmergency, not_before: datetime) -> None:
        """Raises LeaseLostError if another process has taken it over."""
        values = giving_up(due.id, due.fence, not_before=not_before)
        async with self.database.begin() as connection:
            must_hold(await connection.execute(RELEASE, values), f"emergency {due.id}")
