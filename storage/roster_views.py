"""Reading rosters for people's eyes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.areas import inside
from storage.case_rows import case_from
from storage.columns import Instant
from storage.database import Database
from storage.duty import HAS_LEFT
from storage.people import StoredPeople
from storage.person_rows import people_from, with_posts
from storage.places import agency_from
from storage.roster_rows import shift_from, swap_from
from storage.rosters import (
    IDS,
    STILL_ASKED,
    away_among,
    colleagues_of,
    read_absence,
    read_shift,
    read_swap,
)
from storage.rows.cases import IS_OPEN, cases
from storage.rows.people import people, posts, roster_shifts
from storage.rows.places import agencies, grids
from storage.rows.rosters import swaps
from workflows.cases.case import WITH_WORKER
from workflows.duty.kept import AbsenceView, Board, LastShifts, Staff, SwapView
from workflows.duty.shift import AbsenceId, Shift, ShiftId, Swap, SwapId, Turn, can_stand_in
from workflows.people import AgencyCode, AreaCode, Person, PersonId, Role
from workflows.privacy.scopes import Reach, Thing, cell

MEETING: Final = (
    select(roster_shifts)
    .where(
        roster_shifts.c.person_id.in_(IDS),
        roster_shifts.c.ends_at > bindparam("begin"),
        roster_shifts.c.starts_at < bindparam("end"),
    )
    .order_by(roster_shifts.c.starts_at, roster_shifts.c.id)
)
ROSTERED: Final = (
    select(roster_shifts.c.planned_for).where(roster_shifts.c.planned_for.in_(IDS)).distinct()
)
LAST: Final = (
    select(
        roster_shifts.c.person_id,
        roster_shifts.c.role,
        func.max(roster_shifts.c.ends_at, type_=Instant).label("ends_at"),
    )
    .where(roster_shifts.c.person_id.in_(IDS))
    .group_by(roster_shifts.c.person_id, roster_shifts.c.role)
)
ASKED: Final = (
    select(swaps).where(STILL_ASKED, swaps.c.asked_to == bindparam("person")).order_by(swaps.c.id)
)
TASKS: Final = (
    select(cases)
    .where(
        IS_OPEN,
        cases.c.assignee == bindparam("person"),
        cases.c.state.in_([state.value for state in WITH_WORKER]),
    )
    .order_by(cases.c.due_at.is_(None), cases.c.due_at, cases.c.id)
    .limit(20)
)
WATCHED_ROLES: Final = tuple(role for role in Role if role not in {Role.SYSTEM, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class StoredRosterViews:
    """Implements `workflows.duty.kept.RosterViews`."""

    database: Database

    async def board(self, reader: Person, turn: Turn) -> Board:
        async with self.database.reading() as connection:
            seen = people_from(await connection.execute(_seen_by(reader)))
            staff = await read_staff(connection, seen, turn)
            named = agencies.c.code.in_({p.agency for one in seen for p in one.posts if p.agency})
            rows = await connection.execute(select(agencies).where(named))
            places = await connection.execute(select(grids.c.code, grids.c.name, grids.c.street))
            areas: dict[AreaCode, str] = {}
            for code, name, street in places:
                areas[AreaCode(code)] = name
                areas.setdefault(AreaCode(code.partition("-")[0]), street)
        return Board(staff, {AgencyCode(row.code): agency_from(row) for row in rows}, areas)

    async def shift(self, shift_id: ShiftId) -> Shift:
        async with self.database.reading() as connection:
            return await read_shift(connection, shift_id)

    async def to_come(self, people: Collection[PersonId], turn: Turn) -> tuple[Shift, ...]:
        async with self.database.reading() as connection:
            return await _meeting(connection, people, turn)

    async def last_shifts(self, people: Collection[PersonId]) -> LastShifts:
        async with self.database.reading() as connection:
            rows = await connection.execute(LAST, {"ids": list(people)})
            return {
                (PersonId(row.person_id), Role(row.role) if row.role else None): row.ends_at
                for row in rows
            }

    async def swap(self, swap_id: SwapId) -> SwapView:
        async with self.database.reading() as connection:
            swap = await read_swap(connection, swap_id)
            given = {swap.shift.id, *([swap.back.id] if swap.back else [])}
            there = await _meeting(connection, [swap.asked_to], swap.shift.turn)
            who = [swap.asked_by, swap.asked_to, *([swap.ended_by] if swap.ended_by else [])]
            names = await StoredPeople(connection).names(who)
        return SwapView(swap, names, tuple(s for s in there if s.id not in given))

    async def asked(self, person: PersonId) -> tuple[Swap, ...]:
        async with self.database.reading() as connection:
            rows = await connection.execute(ASKED, {"person": person})
            return tuple(swap_from(row) for row in rows)

    async def absence(self, absence_id: AbsenceId) -> AbsenceView:
        async with self.database.reading() as connection:
            absence = await read_absence(connection, absence_id)
            rows = await connection.execute(TASKS, {"person": absence.person})
            who = {absence.person, absence.made_by, absence.replacement, absence.declined_by}
            known = [one for one in (*who, absence.ended_by) if one is not None]
            names = await StoredPeople(connection).names(known)
            return AbsenceView(absence, names, tuple(case_from(row) for row in rows))

    async def colleagues(self, person: Person, role: Role | None) -> tuple[Person, ...]:
        async with self.database.reading() as connection:
            found = await colleagues_of(connection, person)
        return tuple(one for one in found if can_stand_in(one, person, role))

    async def person(self, person: PersonId) -> Person:
        async with self.database.reading() as connection:
            return await StoredPeople(connection).get(person)


async def read_staff(connection: AsyncConnection, seen: Sequence[Person], turn: Turn) -> Staff:
    """Who of these people is there when; replacements are among them, since they hold the post."""
    numbers = [person.id for person in seen]
    rostered = await connection.execute(ROSTERED, {"ids": numbers})
    return Staff(
        people=tuple(seen),
        shifts=await _meeting(connection, numbers, turn),
        absences=await away_among(connection, numbers, turn),
        rostered=frozenset(PersonId(number) for number in rostered.scalars()),
    )


async def _meeting(
    connection: AsyncConnection, people: Collection[PersonId], turn: Turn
) -> tuple[Shift, ...]:
    asked = {"ids": list(people), "begin": turn.starts_at, "end": turn.ends_at}
    return tuple(shift_from(row) for row in await connection.execute(MEETING, asked))


def _seen_by(reader: Person) -> Select[Any]:
    """Whoever holds a post that the reader holds too, leads or watches; nobody who has left."""
    held = posts.alias("held")
    wanted: list[ColumnElement[bool]] = [false()]
    for post in reader.posts:
        over = or_(inside(held.c.area, post.area), held.c.area.in_(_above(post.area)))
        reach = cell(Thing.ROSTER, post.role)
        if Reach.AREA in reach:
            wanted.append(and_(held.c.role.in_(WATCHED_ROLES), inside(held.c.area, post.area)))
        elif Reach.AGENCY in reach:
            wanted.append(and_(held.c.agency == post.agency, over))
        else:
            same = (
                held.c.role == post.role.value,
                held.c.agency.is_not_distinct_from(post.agency),
            )
            wanted.append(and_(*same, over))
    seen = select(held.c.person_id).where(or_(*wanted))
    return with_posts().where(people.c.active, people.c.id.in_(seen), ~HAS_LEFT)


def _above(area: AreaCode) -> list[str]:
    return [area[:length] for length in range(len(area) + 1)]
