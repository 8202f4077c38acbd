"""Reading about joint work for people's eyes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select

from storage.areas import inside
from storage.call_outs import read_call
from storage.database import Database
from storage.duty import on_duty_around
from storage.people import StoredPeople
from storage.person_rows import people_from
from storage.rows.joint import call_outs, called
from storage.rows.people import people
from storage.rows.places import grids
from workflows.joint.call_out import CallId, CallOut
from workflows.joint.kept import Area, CallView
from workflows.people import AreaCode, PersonId, Role
from workflows.ports import Clock

WAITING: Final = (
    select(call_outs.c.id)
    .join(called, called.c.call_out_id == call_outs.c.id)
    .where(called.c.person_id == bindparam("person"), call_outs.c.closed_at.is_(None))
    .order_by(call_outs.c.id.desc())
    .limit(1)
)
RECENT: Final = (
    select(func.count())
    .select_from(call_outs)
    .where(
        call_outs.c.called_by == bindparam("caller"),
        call_outs.c.called_at >= bindparam("since"),
        call_outs.c.id <= bindparam("call"),
    )
)


@dataclass(frozen=True, slots=True)
class StoredJointViews:
    """Implements `workflows.joint.kept.JointViews`."""

    database: Database
    now: Clock

    async def call(self, call_id: CallId, since: datetime) -> CallView:
        async with self.database.reading() as connection:
            found = await read_call(connection, call_id)
            asked = {"caller": found.by, "since": since, "call": call_id}
            recent: int = (await connection.execute(RECENT, asked)).scalar_one()
            everybody = [found.by, *(one.person for one in found.called)]
            if found.closed_by is not None:
                everybody.append(found.closed_by)
            names = await StoredPeople(connection).names(everybody)
        return CallView(found, names, recent)

    async def waiting_for(self, person: PersonId) -> CallOut | None:
        async with self.database.reading() as connection:
            asked = await connection.execute(WAITING, {"person": person})
            number = asked.scalar_one_or_none()
            return None if number is None else await read_call(connection, CallId(number))

    async def counts(self, area: AreaCode, since: datetime) -> Mapping[str, int]:
        number = func.count(call_outs.c.id)
        question = (
            select(people.c.id, people.c.name, number.label("number"))
            .join(call_outs, call_outs.c.called_by == people.c.id)
            .where(call_outs.c.called_at >= since, inside(call_outs.c.area, area))
            .group_by(people.c.id, people.c.name)
            .order_by(number.desc(), people.c.id)
        )
        async with self.database.reading() as connection:
            return {row.name: row.number for row in await connection.execute(question)}

    async def count(self, roles: Sequence[Role], area: AreaCode, but: PersonId) -> int:
        async with self.database.reading() as connection:
            there = people_from(await connection.execute(*on_duty_around(roles, area, self.now())))
        return sum(person.id != but for person in there)

    async def streets(self, within: AreaCode) -> tuple[Area, ...]:
        """A street is what its grids' codes begin with, up to the hyphen."""
        found: dict[str, str] = {}
        for code, _, street in await self._grids(within):
            found.setdefault(code.partition("-")[0], street)
        return tuple(Area(AreaCode(code), name) for code, name in found.items())

    async def grids(self, within: AreaCode) -> tuple[Area, ...]:
        return tuple(Area(AreaCode(code), name) for code, name, _ in await self._grids(within))

    async def _grids(self, within: AreaCode) -> list[tuple[str, str, str]]:
        question = select(grids.c.code, grids.c.name, grids.c.street)
        question = question.where(inside(grids.c.code, within)).order_by(grids.c.code)
        async with self.database.reading() as connection:
            rows = await connection.execute(question)
            return [(row.code, row.name, row.street) for row in rows]
