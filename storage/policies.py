"""Bundles of policy files: which are known, which one is in force."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.rows.approving import policy_bundles
from storage.upsert import inserting
from workflows.policy.load import Bundle
from workflows.ports import Clock

B: Final = policy_bundles.c
IN_FORCE: Final = (
    select(B.files).where(B.in_force_at.is_not(None)).order_by(B.in_force_at.desc()).limit(1)
)


@dataclass(frozen=True, slots=True)
class StoredPolicies:
    """Implements `workflows.approving.offer_policy.Policies`."""

    connection: AsyncConnection
    now: Clock

    async def in_force(self) -> Bundle | None:
        return await _in_force(self.connection)

    async def get(self, digest: str) -> Bundle | None:
        found = await self.connection.execute(select(B.files).where(B.digest == digest))
        bundle: Bundle | None = found.scalar_one_or_none()
        return bundle

    async def keep(self, digest: str, bundle: Bundle) -> None:
        adding = inserting(self.connection, policy_bundles).values(
            digest=digest, files=dict(bundle), seen_at=self.now()
        )
        await self.connection.execute(adding.on_conflict_do_nothing(index_elements=[B.digest]))

    async def put_in_force(self, digest: str) -> None:
        changing = update(policy_bundles).where(B.digest == digest)
        await self.connection.execute(changing.values(in_force_at=self.now()))


async def policy_in_force(database: Database) -> Bundle | None:
    """For a start, before anything else is there."""
    async with database.reading() as connection:
        return await _in_force(connection)


async def _in_force(connection: AsyncConnection) -> Bundle | None:
    found: Bundle | None = (await connection.execute(IN_FORCE)).scalar_one_or_none()
    return found
