"""An update is done in the very transaction that acts on it."""

from datetime import datetime
from typing import Final

from sqlalchemy import and_, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.rows.rails import inbox
from storage.rows.schema import fixed
from workflows.ports import LeaseLostError

NAMED: Final = and_(
    inbox.c.transport == bindparam("named_transport"), inbox.c.raw_id == bindparam("named_id")
)
SETTLE: Final = update(inbox).where(
    NAMED,
    inbox.c.state == fixed("waiting"),
    or_(inbox.c.owner == bindparam("holder"), inbox.c.owner.is_(None)),
)
ASIDE: Final = (
    update(inbox)
    .where(NAMED, inbox.c.state == fixed("waiting"), inbox.c.owner == bindparam("holder"))
    .values(aside=True, owner=None, lease_until=None, not_before=bindparam("until"))
)
HOLDER: Final = select(inbox.c.owner).where(NAMED)


async def settle(connection: AsyncConnection, cause: str | None, owner: str, at: datetime) -> None:
    """Mark the update done that `cause` names as `transport:raw_id`; any other cause is nobody's.

    One update may carry several acts of one process. Raises LeaseLostError if another process
    has taken the update over, so that its effects happen once.
    """
    transport, _, raw_id = (cause or "").partition(":")
    if not raw_id:
        return
    named = {"named_transport": transport, "named_id": raw_id}
    done = {"state": "done", "done_at": at, "owner": owner, "lease_until": None}
    settled = await connection.execute(SETTLE, {**named, "holder": owner, **done})
    if settled.rowcount:
        return
    row = (await connection.execute(HOLDER, named)).one_or_none()
    if row is not None and row.owner != owner:
        raise LeaseLostError(f"update {cause}")


async def put_aside(
    connection: AsyncConnection, cause: str | None, owner: str, until: datetime
) -> None:
    """Hand back the update that `cause` names, to be read again at `until` and after its chat.

    Raises LeaseLostError if another process has taken the update over.
    """
    transport, _, raw_id = (cause or "").partition(":")
    named = {"named_transport": transport, "named_id": raw_id}
    put = await connection.execute(ASIDE, {**named, "holder": owner, "until": until})
    if put.rowcount == 0:
        raise LeaseLostError(f"update {cause}")
