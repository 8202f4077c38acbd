"""Shifts, swaps and absences inside one transaction, and their rows as values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.person_rows import people_from, with_posts
from storage.roster_rows import absence_from, shift_from, shift_values, swap_from
from storage.rows.people import people, posts, roster_shifts
from storage.rows.rosters import absences, swaps
from storage.rows.schema import fixed
from workflows.duty.shift import (
    Absence,
    AbsenceId,
    Given,
    Shift,
    ShiftId,
    Swap,
    SwapId,
    SwapState,
    Turn,
)
from workflows.people import SYSTEM, Person, PersonId, Role
from workflows.refusals import Reason, Refused

IDS: Final[BindParameter[Any]] = bindparam("ids", expanding=True)
SHIFT: Final = select(roster_shifts).where(roster_shifts.c.id == bindparam("id"))
TO_COME: Final = (
    select(roster_shifts)
    .where(
        roster_shifts.c.person_id == bindparam("person"), roster_shifts.c.ends_at > bindparam("at")
    )
    .order_by(roster_shifts.c.starts_at, roster_shifts.c.id)
)
OF_SOURCE: Final = (
    select(roster_shifts)
    .where(
        roster_shifts.c.source == bindparam("source"), roster_shifts.c.ends_at > bindparam("at")
    )
    .order_by(roster_shifts.c.starts_at, roster_shifts.c.id)
)
SWAP: Final = select(swaps).where(swaps.c.id == bindparam("id"))
STILL_ASKED: Final = swaps.c.state == fixed(SwapState.ASKED.value)
LAPSING: Final = (
    select(swaps.c.id)
    .where(STILL_ASKED, swaps.c.lapses_at <= bindparam("at"))
    .order_by(swaps.c.lapses_at)
)
SWAPS_OF: Final = (
    select(swaps)
    .where(STILL_ASKED, or_(swaps.c.shift_id.in_(IDS), swaps.c.back_id.in_(IDS)))
    .order_by(swaps.c.id)
)
ABSENCE: Final = select(absences).where(absences.c.id == bindparam("id"))
AWAY: Final = (
    select(absences)
    .where(
        absences.c.person_id.in_(IDS),
        absences.c.ends_at > bindparam("begin"),
        absences.c.starts_at < bindparam("end"),
        absences.c.ends_at > absences.c.starts_at,
    )
    .order_by(absences.c.starts_at, absences.c.id)
)
NAMED: Final = with_posts().where(
    people.c.active,
    people.c.id != SYSTEM.id,
    or_(people.c.name.in_(bindparam("names", expanding=True)), people.c.id.in_(IDS)),
)


@dataclass(frozen=True, slots=True)
class StoredRosters:
    """Implements `workflows.duty.kept.Rosters`."""

    connection: AsyncConnection

    async def named(self, names: Collection[str]) -> Mapping[str, tuple[Person, ...]]:
        numbers = {
            n: int(n.lstrip("#")) for n in names if n.lstrip("#").isdecimal() and len(n) < 12
        }
        asked = {"names": list(names), "ids": list(numbers.values())}
        found = people_from(await self.connection.execute(NAMED, asked))
        return {
            name: tuple(p for p in found if p.name == name or p.id == numbers.get(name))
            for name in names
        }

    async def colleagues(self, person: Person) -> tuple[Person, ...]:
        return await colleagues_of(self.connection, person)

    async def leads_of(self, person: Person) -> tuple[PersonId, ...]:
        leads: set[PersonId] = set()
        holders = await _holders(self.connection, (Role.AGENCY_LEAD, Role.DUTY_CHIEF))
        for post in person.posts:
            role = Role.AGENCY_LEAD if post.agency else Role.DUTY_CHIEF
            if post.role is Role.AGENCY_LEAD:
                role = Role.DUTY_CHIEF
            leads |= {
                one.id
                for one in holders
                for held in one.posts_as(role)
                if held.covers(post.area) and held.agency in {None, post.agency}
            }
        return tuple(sorted(leads - {person.id}))

    async def shift(self, shift_id: ShiftId) -> Shift:
        return await read_shift(self.connection, shift_id, hold=True)

    async def to_come(self, person: PersonId, at: datetime) -> tuple[Shift, ...]:
        rows = await self.connection.execute(TO_COME, {"person": person, "at": at})
        return tuple(shift_from(row) for row in rows)

    async def of_source(self, source: str, at: datetime) -> tuple[Shift, ...]:
        held = OF_SOURCE.with_for_update()
        rows = await self.connection.execute(held, {"source": source, "at": at})
        return tuple(shift_from(row) for row in rows)

    async def add(self, shifts: Sequence[Shift]) -> None:
        if shifts:
            await self.connection.execute(insert(roster_shifts), [shift_values(s) for s in shifts])

    async def take_away(self, shifts: Collection[ShiftId]) -> None:
        if shifts:
            gone = delete(roster_shifts).where(roster_shifts.c.id.in_(IDS))
            await self.connection.execute(gone, {"ids": list(shifts)})

    async def hand_over(self, shift: Shift, to: PersonId, by: PersonId, at: datetime) -> None:
        giving = (
            update(roster_shifts)
            .where(roster_shifts.c.id == shift.id, roster_shifts.c.person_id == shift.person)
            .values(person_id=to, changed_by=by, changed_at=at)
        )
        if (await self.connection.execute(giving)).rowcount == 0:
            raise Refused(Reason.SHIFT_CHANGED, who="", at="")

    async def open_swap(
        self, by: PersonId, to: PersonId, given: Given, back: Given | None, at: datetime
    ) -> Swap:
        lapses_at = min(one.turn.starts_at for one in (given, back) if one is not None)
        adding = insert(swaps).values(
            asked_by=by,
            asked_to=to,
            asked_at=at,
            shift_id=given.id,
            starts_at=given.turn.starts_at,
            ends_at=given.turn.ends_at,
            back_id=back.id if back else None,
            back_starts_at=back.turn.starts_at if back else None,
            back_ends_at=back.turn.ends_at if back else None,
            lapses_at=lapses_at,
            state=SwapState.ASKED.value,
            at_once=False,
            version=0,
        )
        return swap_from((await self.connection.execute(adding.returning(swaps))).one())

    async def swap(self, swap_id: SwapId) -> Swap:
        return await read_swap(self.connection, swap_id, hold=True)

    async def swaps_of(self, shifts: Collection[ShiftId]) -> tuple[Swap, ...]:
        if not shifts:
            return ()
        rows = await self.connection.execute(SWAPS_OF, {"ids": list(shifts)})
        return tuple(swap_from(row) for row in rows)

    async def lapsing(self, at: datetime) -> tuple[SwapId, ...]:
        rows = await self.connection.execute(LAPSING, {"at": at})
        return tuple(SwapId(number) for number in rows.scalars())

    async def write_swap(self, before: Swap, after: Swap) -> None:
        writing = (
            update(swaps)
            .where(swaps.c.id == before.id, swaps.c.version == before.version)
            .values(
                state=after.state.value,
                at_once=after.at_once,
                ended_by=after.ended_by,
                ended_at=after.ended_at,
                version=after.version,
            )
        )
        if (await self.connection.execute(writing)).rowcount == 0:
            raise Refused(Reason.CHANGED_MEANWHILE)

    async def be_away(
        self,
        person: PersonId,
        replacement: PersonId | None,
        turn: Turn,
        *,
        note: str,
        by: PersonId,
        at: datetime,
    ) -> Absence:
        adding = insert(absences).values(
            person_id=person,
            replacement_id=replacement,
            starts_at=turn.starts_at,
            ends_at=turn.ends_at,
            note=note,
            made_by=by,
            made_at=at,
            version=0,
        )
        return absence_from((await self.connection.execute(adding.returning(absences))).one())

    async def absence(self, absence_id: AbsenceId) -> Absence:
        return await read_absence(self.connection, absence_id, hold=True)

    async def away(self, people: Collection[PersonId], turn: Turn) -> tuple[Absence, ...]:
        return await away_among(self.connection, people, turn)

    async def write_absence(self, before: Absence, after: Absence) -> None:
        writing = (
            update(absences)
            .where(absences.c.id == before.id, absences.c.version == before.version)
            .values(
                replacement_id=after.replacement,
                ends_at=after.ends_at,
                declined_by=after.declined_by,
                declined_at=after.declined_at,
                ended_by=after.ended_by,
                version=after.version,
            )
        )
        if (await self.connection.execute(writing)).rowcount == 0:
            raise Refused(Reason.CHANGED_MEANWHILE)


async def read_shift(
    connection: AsyncConnection, shift_id: ShiftId, *, hold: bool = False
) -> Shift:
    """Raises Refused(NO_SUCH_SHIFT)."""
    asked = SHIFT.with_for_update() if hold else SHIFT
    row = (await connection.execute(asked, {"id": shift_id})).one_or_none()
    if row is None:
        raise Refused(Reason.NO_SUCH_SHIFT)
    return shift_from(row)


async def read_swap(connection: AsyncConnection, swap_id: SwapId, *, hold: bool = False) -> Swap:
    """Raises Refused(NO_SUCH_SWAP)."""
    asked = SWAP.with_for_update() if hold else SWAP
    row = (await connection.execute(asked, {"id": swap_id})).one_or_none()
    if row is None:
        raise Refused(Reason.NO_SUCH_SWAP)
    return swap_from(row)


async def read_absence(
    connection: AsyncConnection, absence_id: AbsenceId, *, hold: bool = False
) -> Absence:
    """Raises Refused(NO_SUCH_ABSENCE)."""
    asked = ABSENCE.with_for_update() if hold else ABSENCE
    row = (await connection.execute(asked, {"id": absence_id})).one_or_none()
    if row is None:
        raise Refused(Reason.NO_SUCH_ABSENCE)
    return absence_from(row)


async def away_among(
    connection: AsyncConnection, people: Collection[PersonId], turn: Turn
) -> tuple[Absence, ...]:
    asked = {"ids": list(people), "begin": turn.starts_at, "end": turn.ends_at}
    return tuple(absence_from(row) for row in await connection.execute(AWAY, asked))


async def colleagues_of(connection: AsyncConnection, person: Person) -> tuple[Person, ...]:
    roles = tuple(sorted(person.roles))
    found = await _holders(connection, roles) if roles else ()
    return tuple(one for one in found if one.id != person.id)


async def _holders(connection: AsyncConnection, roles: Sequence[Role]) -> tuple[Person, ...]:
    held = posts.alias("held")
    holds = select(held.c.person_id).where(held.c.role.in_([role.value for role in roles]))
    question = with_posts().where(people.c.active, people.c.id.in_(holds))
    return people_from(await connection.execute(question))
