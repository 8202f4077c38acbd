"""Call-outs seen by the clock: whose next moment has come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_

from storage.claims import NOW, by, claim, giving_up, held, is_free, must_hold
from storage.database import Database
from storage.rows.joint import call_outs
from workflows.joint.call_out import CallId
from workflows.joint.kept import DueCall

IS_DUE: Final[ColumnElement[bool]] = and_(
    call_outs.c.closed_at.is_(None), call_outs.c.next_at <= NOW, is_free(call_outs)
)
TAKE: Final = claim(
    call_outs,
    IS_DUE,
    [call_outs.c.next_at, call_outs.c.id],
    attempts=call_outs.c.attempts + 1,
)
RELEASE: Final = held(call_outs)


@dataclass(frozen=True, slots=True)
class StoredDueCalls:
    """Implements `workflows.joint.kept.DueCalls`."""

    database: Database
    owner: str

    async def claim(self, limit: int, at: datetime) -> tuple[DueCall, ...]:
        async with self.database.begin() as connection:
            rows = (await connection.execute(TAKE, by(self.owner, at, limit))).all()
        due = sorted(rows, key=lambda row: (row.next_at, row.id))
        return tuple(DueCall(CallId(row.id), row.fence) for row in due)

    async def release(self, due: DueCall, not_before: datetime) -> None:
        """Raises LeaseLostError if another process has taken it over."""
        values = giving_up(due.id, due.fence, not_before=not_before)
        async with self.database.begin() as connection:
            must_hold(await connection.execute(RELEASE, values), f"call-out {due.id}")
