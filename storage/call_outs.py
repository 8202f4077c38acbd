"""Call-outs inside one transaction, and their rows as values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.claims import giving_up, held, must_hold
from storage.duty import on_duty_around
from storage.person_rows import people_from
from storage.rows.joint import call_outs, called
from workflows.cases.case import CaseId
from workflows.joint.call_out import Called, CallId, CallOut, Ground, Reply, Wanted
from workflows.joint.kept import DueCall
from workflows.people import AreaCode, Person, PersonId, Role
from workflows.refusals import Reason, Refused

READ: Final = select(call_outs).where(call_outs.c.id == bindparam("call"))
HOLD: Final = READ.with_for_update()
THEIRS: Final = (
    select(called).where(called.c.call_out_id == bindparam("call")).order_by(called.c.person_id)
)
FINISH: Final = held(call_outs)


@dataclass(frozen=True, slots=True)
class StoredCallOuts:
    """Implements `workflows.joint.kept.CallOuts`."""

    connection: AsyncConnection

    async def who_is_there(
        self, roles: Sequence[Role], area: AreaCode, at: datetime
    ) -> tuple[Person, ...]:
        return people_from(await self.connection.execute(*on_duty_around(roles, area, at)))

    async def open(
        self,
        by: PersonId,
        wanted: Wanted,
        called: Sequence[PersonId],
        at: datetime,
        next_at: datetime,
    ) -> CallOut:
        adding = insert(call_outs).values(
            called_by=by,
            called_at=at,
            area=wanted.area,
            area_name=wanted.area_name,
            role=None if wanted.role is None else wanted.role.value,
            ground=wanted.ground.value,
            ground_words=wanted.ground_words,
            sentence=wanted.sentence,
            place=wanted.place,
            case_id=wanted.case_id,
            version=0,
            reminded=0,
            next_at=next_at,
        )
        number = (await self.connection.execute(adding.returning(call_outs.c.id))).scalar_one()
        await self._add(number, called)
        return await read_call(self.connection, CallId(number))

    async def get(self, call_id: CallId) -> CallOut:
        return await read_call(self.connection, call_id, hold=True)

    async def write(self, before: CallOut, after: CallOut) -> None:
        written = await self.connection.execute(
            update(call_outs)
            .where(call_outs.c.id == before.id, call_outs.c.version == before.version)
            .values(
                version=after.version,
                reminded=after.reminded,
                next_at=after.next_at,
                closed_at=after.closed_at,
                closed_by=after.closed_by,
            )
        )
        if written.rowcount == 0:
            raise Refused(Reason.CHANGED_MEANWHILE)
        for was, now in zip(before.called, after.called, strict=True):
            if was != now:
                await self._say(after.id, now)

    async def finish(self, due: DueCall) -> None:
        ending = giving_up(due.id, due.fence, not_before=None)
        must_hold(await self.connection.execute(FINISH, ending), f"call-out {due.id}")

    async def _add(self, number: int, people: Sequence[PersonId]) -> None:
        rows = [{"call_out_id": number, "person_id": person, "words": ""} for person in people]
        await self.connection.execute(insert(called), rows)

    async def _say(self, call_id: CallId, one: Called) -> None:
        await self.connection.execute(
            update(called)
            .where(called.c.call_out_id == call_id, called.c.person_id == one.person)
            .values(
                reply=None if one.reply is None else one.reply.value,
                words=one.words,
                replied_at=one.replied_at,
            )
        )


async def read_call(
    connection: AsyncConnection, call_id: CallId, *, hold: bool = False
) -> CallOut:
    """Raises Refused(NO_SUCH_CALL)."""
    asked = {"call": call_id}
    row = (await connection.execute(HOLD if hold else READ, asked)).one_or_none()
    if row is None:
        raise Refused(Reason.NO_SUCH_CALL, call=call_id)
    return _call_from(row, await connection.execute(THEIRS, asked))


def _call_from(row: Row[Any], people: Iterable[Row[Any]]) -> CallOut:
    wanted = Wanted(
        area=AreaCode(row.area),
        area_name=row.area_name,
        ground=Ground(row.ground),
        sentence=row.sentence,
        role=None if row.role is None else Role(row.role),
        ground_words=row.ground_words,
        place=row.place,
        case_id=None if row.case_id is None else CaseId(row.case_id),
    )
    return CallOut(
        id=CallId(row.id),
        by=PersonId(row.called_by),
        at=row.called_at,
        wanted=wanted,
        called=tuple(_called_from(one) for one in people),
        version=row.version,
        reminded=row.reminded,
        next_at=row.next_at,
        closed_at=row.closed_at,
        closed_by=None if row.closed_by is None else PersonId(row.closed_by),
    )


def _called_from(row: Row[Any]) -> Called:
    reply = None if row.reply is None else Reply(row.reply)
    return Called(PersonId(row.person_id), reply, row.words, row.replied_at)
