"""An update is done in the very transaction that acts on it."""

from datetime import datetime

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows.rails import inbox
from storage.rows.schema import fixed
from workflows.ports import LeaseLostError


async def settle(connection: AsyncConnection, cause: str | None, owner: str, at: datetime) -> None:
    """Mark the update done that `cause` names as `transport:raw_id`; any other cause is nobody's.

    One update may carry several acts of one process. Raises LeaseLostError if another process
    has taken the update over, so that its effects happen once.
    """
    transport, _, raw_id = (cause or "").partition(":")
    if not raw_id:
        return
    named = and_(inbox.c.transport == transport, inbox.c.raw_id == raw_id)
    ours = or_(inbox.c.owner == owner, inbox.c.owner.is_(None))
    settled = await connection.execute(
        update(inbox)
        .where(named, inbox.c.state == fixed("waiting"), ours)
        .values(state="done", done_at=at, owner=owner, lease_until=None)
    )
    if settled.rowcount:
        return
    row = (await connection.execute(select(inbox.c.owner).where(named))).one_or_none()
    if row is not None and row.owner != owner:
        raise LeaseLostError(f"update {cause}")
