"""Reading about emergencies for people's eyes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, not_, or_, select, true

from storage.areas import containing
from storage.database import Database
from storage.duty import on_duty_around
from storage.emergencies import emergency_from, read_emergency
from storage.people import StoredPeople
from storage.person_rows import people_from
from storage.rows.emergency import emergencies
from workflows.emergency.emergency import Emergency
from workflows.emergency.kept import EmergencyPage, EmergencyView
from workflows.emergency.under import EmergencyId
from workflows.people import AreaCode, Person, PersonId, Role

E = emergencies.c


@dataclass(frozen=True, slots=True)
class StoredEmergencyViews:
    """Implements `workflows.emergency.kept.EmergencyViews`."""

    database: Database

    async def one(self, emergency_id: EmergencyId) -> EmergencyView:
        async with self.database.reading() as connection:
            found = await read_emergency(connection, emergency_id)
            people = StoredPeople(connection)
            names = await people.names([*_people([found]), *found.asked])
            return EmergencyView(found, names, await people.get(found.asked_by))

    async def page(
        self, areas: Sequence[AreaCode], at: datetime, most: int, skip: int
    ) -> EmergencyPage:
        there = or_(*(_touching(area) for area in areas))
        is_now = and_(
            or_(
                and_(E.answer.is_(None), E.lapses_at > at),
                and_(E.began_at <= at, E.until > at),
            ),
            there,
        )
        now_ones = select(emergencies).where(is_now).order_by(E.id)
        over = and_(there, not_(func.coalesce(is_now, False)))
        number = select(func.count()).select_from(emergencies).where(over)
        page = select(emergencies).where(over).order_by(E.id.desc()).limit(most).offset(skip)
        async with self.database.reading() as connection:
            now = tuple(map(emergency_from, await connection.execute(now_ones)))
            past = tuple(map(emergency_from, await connection.execute(page)))
            total: int = (await connection.execute(number)).scalar_one()
            names = await StoredPeople(connection).names(_people((*now, *past)))
        return EmergencyPage(now, past, total, names)

    async def on_duty_around(
        self, roles: Sequence[Role], area: AreaCode, at: datetime
    ) -> tuple[Person, ...]:
        async with self.database.reading() as connection:
            return people_from(await connection.execute(*on_duty_around(roles, area, at)))

    async def holding(self, area: AreaCode, at: datetime) -> tuple[Emergency, ...]:
        holds = and_(E.began_at <= at, E.until > at, _touching(area))
        question = select(emergencies).where(holds).order_by(func.length(E.area), E.id)
        async with self.database.reading() as connection:
            return tuple(map(emergency_from, await connection.execute(question)))


def _touching(area: AreaCode) -> ColumnElement[bool]:
    """Inside this area or over it."""
    if not area:
        return true()
    after = area[:-1] + chr(ord(area[-1]) + 1)
    return or_(and_(E.area >= area, E.area < after), E.area.in_(containing(area)))


def _people(found: Iterable[Emergency]) -> list[PersonId]:
    named = ((each.asked_by, each.answered_by, each.ended_by) for each in found)
    return sorted({one for each in named for one in each if one is not None})
