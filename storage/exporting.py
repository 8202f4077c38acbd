"""Cases for a file: whose they are is decided in the statement that reads them; made files."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, delete, exists, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.areas import inside
from storage.database import Database
from storage.encoding import place_from
from storage.keyring import Keyring, KeysError
from storage.reach import exportable
from storage.rows.approving import export_files
from storage.rows.cases import callers, cases
from storage.rows.journal import journal
from storage.rows.outgoing import outbox
from storage.rows.people import people
from storage.rows.places import agencies
from workflows.approving.proposal import ProposalId
from workflows.exporting.kept import Exported, MadeFile
from workflows.exporting.row import ExportRow
from workflows.exporting.wish import ExportWish
from workflows.people import AreaCode, Person
from workflows.ports import Clock
from workflows.privacy.access import Access

BATCH: Final = 500
UNDER_WAY: Final = ("waiting", "sending", "parked")
"""States of a message that may still need its file."""

COLUMNS: Final = (
    cases.c.id,
    cases.c.source_number,
    cases.c.state,
    cases.c.class_code,
    cases.c.urgency,
    cases.c.area,
    cases.c.place,
    cases.c.words,
    cases.c.source,
    cases.c.reported_at,
    agencies.c.name.label("agency"),
    agencies.c.name_en.label("agency_en"),
    people.c.name.label("worker"),
    cases.c.due_at,
    cases.c.closed_at,
    cases.c.timeliness,
    cases.c.rework_count,
    cases.c.note,
    cases.c.hotline_order,
    callers.c.name.label("caller"),
    callers.c.phone,
    callers.c.address,
)
JOINED: Final = (
    cases.outerjoin(callers, callers.c.case_id == cases.c.id)
    .outerjoin(agencies, agencies.c.code == cases.c.agency)
    .outerjoin(people, people.c.id == cases.c.assignee)
)


@dataclass(frozen=True, slots=True)
class StoredExports:
    """Implements `workflows.exporting.kept.Exports`."""

    connection: AsyncConnection
    keyring: Keyring
    now: Clock

    async def count(self, reader: Person, wish: ExportWish) -> int:
        return await _count(self.connection, reader, wish)

    async def keep(self, proposal: ProposalId, name: str, data: bytes) -> None:
        values = {
            "proposal_id": proposal,
            "name": name,
            "size": len(data),
            "sealed": self.keyring.seal_bytes(data),
            "made_at": self.now(),
        }
        await self.connection.execute(insert(export_files), values)

    async def forget(self, proposal: ProposalId) -> None:
        going = delete(export_files).where(export_files.c.proposal_id == proposal)
        await self.connection.execute(going)


@dataclass(frozen=True, slots=True)
class StoredExportViews:
    """Implements `workflows.exporting.kept.ExportViews`."""

    database: Database
    keyring: Keyring

    async def count(self, reader: Person, wish: ExportWish) -> int:
        async with self.database.reading() as connection:
            return await _count(connection, reader, wish)

    async def rows(self, reader: Person, wish: ExportWish) -> AsyncIterator[Sequence[ExportRow]]:
        question = _asked(select(*COLUMNS).select_from(JOINED), reader, wish)
        ordered, last = question.order_by(cases.c.id).limit(BATCH), 0
        async with self.database.reading() as connection:
            while rows := (await connection.execute(ordered.where(cases.c.id > last))).all():
                yield [_row(row, self.keyring) for row in rows]
                last = rows[-1].id

    async def file(self, proposal: ProposalId) -> MadeFile | None:
        question = select(export_files.c.name, export_files.c.size).where(
            export_files.c.proposal_id == proposal
        )
        async with self.database.reading() as connection:
            row = (await connection.execute(question)).one_or_none()
        return None if row is None else MadeFile(row.name, row.size)

    async def open(self, proposal: ProposalId) -> bytes:
        question = select(export_files.c.sealed).where(export_files.c.proposal_id == proposal)
        async with self.database.reading() as connection:
            sealed: bytes | None = (await connection.execute(question)).scalar_one_or_none()
        if sealed is None:
            raise LookupError(f"the file of proposal {proposal} is gone")
        try:
            return self.keyring.open_bytes(sealed)
        except KeysError as no:
            raise LookupError(str(no)) from no

    async def forget_old(self, before: datetime, carried: int) -> int:
        async with self.database.reading() as connection:
            if (await connection.execute(select(export_files.c.name).limit(1))).first() is None:
                return 0
        waits = outbox.c.state.in_(UNDER_WAY)
        key = "export:" + func.cast(export_files.c.proposal_id, outbox.c.key.type)
        of_file = outbox.c.key == key
        could_go = export_files.c.size <= carried
        handed = and_(could_go, exists().where(of_file), ~exists().where(of_file, waits))
        async with self.database.begin() as connection:
            going = delete(export_files).where(or_(handed, export_files.c.made_at < before))
            return (await connection.execute(going)).rowcount

    async def whose(self, token: str) -> Exported | None:
        named = journal.c.details.contains(f'"token":{json.dumps(token)}', autoescape=True)
        question = (
            select(journal.c.seq, journal.c.at, journal.c.details, people.c.name)
            .select_from(journal.join(people, people.c.id == journal.c.person_id))
            .where(journal.c.action == Access.EXPORTED.value, named)
        )
        async with self.database.reading() as connection:
            row = (await connection.execute(question.limit(1))).one_or_none()
        return (
            None if row is None else Exported(row.seq, row.name, row.at, json.loads(row.details))
        )


async def _count(connection: AsyncConnection, reader: Person, wish: ExportWish) -> int:
    counting = _asked(select(func.count()).select_from(cases), reader, wish)
    number: int = (await connection.execute(counting)).scalar_one()
    return number


def _asked(question: Select[Any], reader: Person, wish: ExportWish) -> Select[Any]:
    since, until = wish.period
    wanted: list[ColumnElement[bool]] = [
        exportable(reader, callers=wish.callers),
        cases.c.reported_at >= since,
        cases.c.reported_at < until,
    ]
    if wish.area:
        wanted.append(inside(cases.c.area, AreaCode(wish.area)))
    if wish.states:
        wanted.append(cases.c.state.in_(sorted(wish.states)))
    return question.where(*wanted)


def _row(row: Row[Any], keyring: Keyring) -> ExportRow:
    place = place_from(row.place)
    order: Mapping[str, Any] = row.hotline_order or {}
    return ExportRow(
        number=row.id,
        source_number=row.source_number,
        state=row.state,
        class_code=row.class_code,
        urgency=row.urgency,
        area=row.area or "",
        area_name=place.area_name,
        place=place.words,
        words=row.words,
        source=row.source,
        reported_at=row.reported_at,
        agency=row.agency or "",
        agency_en=row.agency_en or "",
        worker=row.worker or "",
        due_at=row.due_at,
        closed_at=row.closed_at,
        timeliness=row.timeliness or "",
        reworks=row.rework_count,
        note=row.note,
        reply=str(order.get("reply") or ""),
        shielded=bool(order.get("hidden")),
        caller=keyring.open(row.caller or ""),
        phone=keyring.open(row.phone or ""),
        address=keyring.open(row.address or ""),
    )
