"""Cases and their callers inside one transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, bindparam, func, insert, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_rows import case_from, case_values
from storage.encoding import place_from
from storage.finding import by_caller, by_number, found, of_number
from storage.keyring import Keyring
from storage.reach import visible
from storage.rows.cases import IS_MERGED, IS_OPEN, callers, cases
from workflows.cases.case import WITH_WORKER, Case, CaseId
from workflows.hotline.duplicates import NEIGHBOURS, Candidate, Neighbour
from workflows.people import Person, PersonId
from workflows.ports import Caller
from workflows.privacy.scopes import Thing
from workflows.refusals import Reason, Refused

# Written once, because a case has thirty columns and building the statement costs more than
# SQLite needs to run it.
ADD: Final = insert(cases).returning(cases.c.id)
# The condition is spelt as in the index, or SQLite does not see that the index answers it.
KNOWN: Final = select(cases.c.source_number, cases.c.id).where(
    cases.c.source_number.in_(bindparam("numbers", expanding=True)), text("source_number <> ''")
)
WRITE: Final = update(cases).where(
    cases.c.id == bindparam("case_id"), cases.c.version == bindparam("version_before")
)
READ: Final = select(cases).where(cases.c.id == bindparam("case_id"))
HOLD: Final = READ.with_for_update()
CALLER: Final = select(callers).where(callers.c.case_id == bindparam("of_case"))
SAME_CALLER: Final = or_(
    callers.c.phone_look.in_(bindparam("looks", expanding=True)),
    and_(callers.c.phone_look == "", callers.c.phone != "", callers.c.phone == bindparam("phone")),
)
CANDIDATES: Final = (
    select(cases, SAME_CALLER.label("same_caller"))
    .select_from(cases.outerjoin(callers, callers.c.case_id == cases.c.id))
    .where(
        IS_OPEN,
        cases.c.reported_at >= bindparam("since", type_=cases.c.reported_at.type),
        or_(
            cases.c.class_code == bindparam("class_code"),
            and_(cases.c.component != "", cases.c.component == bindparam("component")),
        ),
    )
    .order_by(cases.c.reported_at.desc(), cases.c.id.desc())
    .limit(50)
)
RECENT: Final = (
    select(cases.c.id, cases.c.words, cases.c.place)
    .where(
        IS_OPEN,
        cases.c.reported_at >= bindparam("since", type_=cases.c.reported_at.type),
        or_(
            cases.c.area.is_(None),
            and_(cases.c.area >= bindparam("district"), cases.c.area < bindparam("beyond")),
        ),
    )
    .order_by(cases.c.reported_at.desc(), cases.c.id.desc())
    .limit(NEIGHBOURS)
)
OF_CALLER: Final = (
    select(func.coalesce(cases.c.merged_into, cases.c.id))
    .select_from(callers.join(cases, callers.c.case_id == cases.c.id))
    .where(
        callers.c.case_id.in_(
            of_number(bindparam("looks", expanding=True), bindparam("phones", expanding=True))
        ),
        cases.c.class_code == bindparam("class_code"),
        or_(IS_OPEN, IS_MERGED),
    )
    .order_by(cases.c.id.desc())
    .limit(1)
)
MERGED_INTO: Final = (
    select(cases)
    .where(IS_MERGED, cases.c.merged_into == bindparam("master"))
    .order_by(cases.c.id)
    .with_for_update()
)
IN_HANDS_NEAREST: Final = (
    select(cases)
    .where(
        or_(
            and_(cases.c.assignee == bindparam("person"), cases.c.state.in_(WITH_WORKER)),
            cases.c.checker == bindparam("person"),
        )
    )
    .order_by(cases.c.due_at.is_(None), cases.c.due_at, cases.c.id)
)


@dataclass(frozen=True, slots=True)
class StoredCases:
    """Implements `workflows.ports.Cases`."""

    connection: AsyncConnection
    keyring: Keyring

    async def get(self, case_id: CaseId) -> Case:
        """Hold the case until the transaction ends, so that two acts on it come one by one."""
        return case_from(await read_case(self.connection, case_id, hold=True))

    async def open(self, case: Case) -> Case:
        number = (await self.connection.execute(ADD, case_values(case))).scalar_one()
        return replace(case, id=CaseId(number))

    async def write(self, before: Case, after: Case) -> None:
        held = {"case_id": before.id, "version_before": before.version}
        written = await self.connection.execute(WRITE, {**case_values(after), **held})
        if written.rowcount == 0:
            raise Refused(Reason.CHANGED_MEANWHILE, case_id=before.id)

    async def in_hands_of(self, person: PersonId) -> tuple[Case, ...]:
        rows = await self.connection.execute(IN_HANDS_NEAREST, {"person": person})
        return tuple(case_from(row) for row in rows)

    async def candidates(self, case: Case, phone: str, since: datetime) -> tuple[Candidate, ...]:
        wanted = {
            "class_code": case.class_code,
            "component": case.component,
            "phone": phone,
            "looks": self.keyring.looks(phone),
            "since": since,
        }
        rows = await self.connection.execute(CANDIDATES, wanted)
        return tuple(Candidate(case_from(row), bool(row.same_caller)) for row in rows)

    async def recent(self, district: str, since: datetime) -> tuple[Neighbour, ...]:
        """An empty district stands for those outside every grid alone."""
        beyond = district[:-1] + chr(ord(district[-1]) + 1) if district else ""
        wanted = {"district": district, "beyond": beyond, "since": since}
        rows = await self.connection.execute(RECENT, wanted)
        return tuple(Neighbour(CaseId(n), words, place_from(where)) for n, words, where in rows)

    async def open_of_caller(self, phone: str, class_code: str) -> CaseId | None:
        looks = self.keyring.looks(phone)
        wanted = {"phones": [phone], "looks": looks, "class_code": class_code}
        number = (await self.connection.execute(OF_CALLER, wanted)).scalar_one_or_none()
        return None if number is None else CaseId(number)

    async def merged_into(self, master: CaseId) -> tuple[Case, ...]:
        rows = await self.connection.execute(MERGED_INTO, {"master": master})
        return tuple(case_from(row) for row in rows)

    async def by_source_numbers(self, numbers: Collection[str]) -> Mapping[str, CaseId]:
        found = await self.connection.execute(KNOWN, {"numbers": list(set(numbers))})
        return {row.source_number: CaseId(row.id) for row in found}

    async def named(self, reader: Person, words: str) -> tuple[CaseId, ...]:
        return await found(self.connection, by_number(reader, words))

    async def called_from(self, reader: Person, phones: Collection[str]) -> tuple[CaseId, ...]:
        looks = {look for phone in phones for look in self.keyring.looks(phone)}
        return await found(self.connection, by_caller(reader, looks, phones))

    async def caller(self, case_id: CaseId) -> Caller | None:
        return await read_caller(self.connection, case_id, self.keyring)

    async def keep_caller(self, case_id: CaseId, caller: Caller) -> None:
        """Keep who called; what was known before is replaced."""
        words = sealed_caller(caller, self.keyring)
        known = await self.connection.execute(
            update(callers).where(callers.c.case_id == case_id).values(words)
        )
        if known.rowcount == 0:
            await self.connection.execute(insert(callers).values(case_id=case_id, **words))


async def read_case(
    connection: AsyncConnection, case_id: CaseId, *, hold: bool = False
) -> Row[Any]:
    """Raises Refused(NO_SUCH_CASE)."""
    found = await connection.execute(HOLD if hold else READ, {"case_id": case_id})
    row = found.one_or_none()
    if row is None:
        raise Refused(Reason.NO_SUCH_CASE, case_id=case_id)
    return row


async def read_caller(
    connection: AsyncConnection, case_id: CaseId, keyring: Keyring, reader: Person | None = None
) -> Caller | None:
    """With a reader only where the scopes let them: who may is decided where it is read."""
    question = CALLER
    if reader is not None:
        theirs = select(cases.c.id).where(visible(reader, Thing.NUMBER))
        question = question.where(callers.c.case_id.in_(theirs))
    row = (await connection.execute(question, {"of_case": case_id})).one_or_none()
    if row is None:
        return None
    return opened_caller(row, keyring)


def opened_caller(row: Row[Any], keyring: Keyring) -> Caller:
    """Plain fields of an older version are read as they stand. Raises KeysError."""
    return Caller(
        name=keyring.open(row.name),
        phone=keyring.open(row.phone),
        words=keyring.open(row.words),
        address=keyring.open(row.address),
    )


def sealed_caller(caller: Caller, keyring: Keyring) -> dict[str, str]:
    """The columns of a row, with nothing in them that could be read without a key."""
    return {
        "name": keyring.seal(caller.name),
        "phone": keyring.seal(caller.phone),
        "words": keyring.seal(caller.words),
        "address": keyring.seal(caller.address),
        "phone_look": keyring.look(caller.phone),
    }
