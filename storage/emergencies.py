"""Emergencies inside one transaction, and their rows as values."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.areas import inside
from storage.claims import giving_up, held, must_hold
from storage.duty import on_duty_around
from storage.person_rows import people_from
from storage.rows.emergency import emergencies
from storage.rows.places import grids
from storage.upsert import inserting_on
from workflows.approving.answer import Answer
from workflows.emergency.emergency import Emergency, areas_over
from workflows.emergency.kept import DueEmergency
from workflows.emergency.under import EmergencyId, ModeKey
from workflows.joint.kept import Area
from workflows.people import DISTRICT_CODE_LENGTH, AreaCode, Person, PersonId, Role
from workflows.refusals import Reason, Refused

E: Final = emergencies.c
READ: Final = select(emergencies).where(E.id == bindparam("emergency"))
HOLD: Final = READ.with_for_update()
IN_FORCE: Final = (
    select(emergencies)
    .where(
        E.area.in_((bindparam("street"), bindparam("district"))),
        E.began_at <= bindparam("at"),
        E.until > bindparam("at"),
    )
    .order_by(func.length(E.area).desc(), E.id.desc())
    .limit(1)
)
"""The same as `workflows.emergency.emergency.in_force`, by the index on area and end."""

ALIVE: Final = (
    select(emergencies)
    .where(E.area == bindparam("area"), E.extends.is_(None), E.next_at.is_not(None))
    .with_for_update()
)
LONGER: Final = (
    select(emergencies)
    .where(E.extends == bindparam("extends"), E.next_at.is_not(None))
    .with_for_update()
)
OPENING: Final = {
    dialect: inserting_on(dialect, emergencies).on_conflict_do_nothing().returning(E.id)
    for dialect in ("sqlite", "postgresql")
}
FINISH: Final = held(emergencies)


@dataclass(frozen=True, slots=True)
class StoredEmergencies:
    """Implements `workflows.emergency.kept.Emergencies`."""

    connection: AsyncConnection
    _known: dict[tuple[AreaCode, datetime], Emergency | None] = field(default_factory=dict)
    """A case asks twice in one transaction: when it comes in and when it is filed."""

    async def in_force(self, area: AreaCode, at: datetime) -> Emergency | None:
        asked = area, at
        if asked not in self._known:
            street, district = areas_over(area)
            there = {"street": street, "district": district, "at": at}
            row = (await self.connection.execute(IN_FORCE, there)).one_or_none()
            self._known[asked] = None if row is None else emergency_from(row)
        return self._known[asked]

    async def alive(self, area: AreaCode, extends: EmergencyId | None = None) -> Emergency | None:
        asking, asked = (
            (ALIVE, {"area": area}) if extends is None else (LONGER, {"extends": extends})
        )
        row = (await self.connection.execute(asking, asked)).one_or_none()
        return None if row is None else emergency_from(row)

    async def open(self, emergency: Emergency) -> Emergency:
        opening = OPENING[self.connection.dialect.name]
        found = await self.connection.execute(opening, emergency_values(emergency))
        number = found.scalar_one_or_none()
        if number is None:
            raise Refused(Reason.CHANGED_MEANWHILE)
        return replace(emergency, id=EmergencyId(number))

    async def get(self, emergency_id: EmergencyId) -> Emergency:
        return await read_emergency(self.connection, emergency_id, hold=True)

    async def write(self, before: Emergency, after: Emergency) -> None:
        self._known.clear()
        written = await self.connection.execute(
            update(emergencies)
            .where(E.id == before.id, E.version == before.version)
            .values(**emergency_values(after))
        )
        if written.rowcount == 0:
            raise Refused(Reason.CHANGED_MEANWHILE)

    async def area_named(self, code: AreaCode) -> Area | None:
        """A street's name is that of its grids; a district is known by its code alone."""
        is_district = len(code) == DISTRICT_CODE_LENGTH
        if "-" in code or len(code) < DISTRICT_CODE_LENGTH:
            return None
        within = AreaCode(code if is_district else f"{code}-")
        question = select(grids.c.street).where(inside(grids.c.code, within)).limit(1)
        street = (await self.connection.execute(question)).scalar_one_or_none()
        if street is None:
            return None
        return Area(code, "" if is_district else street)

    async def on_duty_around(
        self, roles: Sequence[Role], area: AreaCode, at: datetime
    ) -> tuple[Person, ...]:
        return people_from(await self.connection.execute(*on_duty_around(roles, area, at)))

    async def finish(self, due: DueEmergency) -> None:
        ending = giving_up(due.id, due.fence, not_before=None)
        must_hold(await self.connection.execute(FINISH, ending), f"emergency {due.id}")


async def read_emergency(
    connection: AsyncConnection, emergency_id: EmergencyId, *, hold: bool = False
) -> Emergency:
    """Raises Refused(NO_SUCH_EMERGENCY)."""
    asked = {"emergency": emergency_id}
    row = (await connection.execute(HOLD if hold else READ, asked)).one_or_none()
    if row is None:
        raise Refused(Reason.NO_SUCH_EMERGENCY)
    return emergency_from(row)


def emergency_values(emergency: Emergency) -> dict[str, Any]:
    """Every column except the number."""
    return {
        "mode": emergency.mode,
        "area": emergency.area,
        "area_name": emergency.area_name,
        "hours": emergency.hours,
        "reason": emergency.reason,
        "asked_by": emergency.asked_by,
        "asked_at": emergency.asked_at,
        "asked": list(emergency.asked),
        "lapses_at": emergency.lapses_at,
        "extends": emergency.extends,
        "answer": None if emergency.answer is None else emergency.answer.value,
        "answered_by": emergency.answered_by,
        "answered_at": emergency.answered_at,
        "began_at": emergency.began_at,
        "until": emergency.until,
        "ended_by": emergency.ended_by,
        "next_at": emergency.next_at,
        "version": emergency.version,
    }


def emergency_from(row: Row[Any]) -> Emergency:
    return Emergency(
        id=EmergencyId(row.id),
        mode=ModeKey(row.mode),
        area=AreaCode(row.area),
        area_name=row.area_name,
        hours=row.hours,
        reason=row.reason,
        asked_by=PersonId(row.asked_by),
        asked_at=row.asked_at,
        asked=tuple(PersonId(number) for number in row.asked),
        lapses_at=row.lapses_at,
        extends=None if row.extends is None else EmergencyId(row.extends),
        answer=None if row.answer is None else Answer(row.answer),
        answered_by=None if row.answered_by is None else PersonId(row.answered_by),
        answered_at=row.answered_at,
        began_at=row.began_at,
        until=row.until,
        ended_by=None if row.ended_by is None else PersonId(row.ended_by),
        next_at=row.next_at,
        version=row.version,
    )
