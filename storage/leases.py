"""Who may do what only one process may do: leases that run out, and slots taken once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select

from storage.database import Database
from storage.rows.rails import job_slots, leases
from storage.upsert import inserting


@dataclass(frozen=True, slots=True)
class StoredLeases:
    """Implements `workflows.rails.Leases`."""

    database: Database

    async def take(self, name: str, owner: str, at: datetime, seconds: int) -> bool:
        async with self.database.begin() as connection:
            adding = inserting(connection, leases).values(
                name=name, owner=owner, until=at + timedelta(seconds=seconds)
            )
            new = adding.excluded
            taken = await connection.execute(
                adding.on_conflict_do_update(
                    index_elements=[leases.c.name],
                    set_={"owner": new.owner, "until": new.until},
                    where=or_(leases.c.owner == new.owner, leases.c.until <= at),
                ).returning(leases.c.name)
            )
            return taken.one_or_none() is not None

    async def give_up(self, name: str, owner: str) -> None:
        ours = (leases.c.name == name, leases.c.owner == owner)
        async with self.database.begin() as connection:
            await connection.execute(delete(leases).where(*ours))


@dataclass(frozen=True, slots=True)
class StoredSlots:
    """Implements `workflows.rails.Slots`."""

    database: Database

    async def take(self, name: str, slot: str, at: datetime) -> bool:
        async with self.database.begin() as connection:
            adding = inserting(connection, job_slots).values(name=name, slot=slot, taken_at=at)
            taken = adding.on_conflict_do_nothing().returning(job_slots.c.name)
            return (await connection.execute(taken)).one_or_none() is not None

    async def last(self, name: str) -> datetime | None:
        question = select(func.max(job_slots.c.taken_at)).where(job_slots.c.name == name)
        async with self.database.reading() as connection:
            found: datetime | None = (await connection.execute(question)).scalar_one()
        return found
