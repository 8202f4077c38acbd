"""The journal is only added to, and whoever changes it all the same is found out."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import text

from storage.assembly import Storage
from storage.journal import first_broken
from tests.storage.city import City, HandClock
from workflows.cases.case import CaseId
from workflows.people import SYSTEM, Role
from workflows.ports import Entry

LIFT_GUARD = {
    "sqlite": [
        "DROP TRIGGER journal_is_only_added_to_UPDATE",
        "DROP TRIGGER journal_is_only_added_to_DELETE",
    ],
    "postgresql": ["ALTER TABLE journal DISABLE TRIGGER ALL"],
}


def entry(case_id: CaseId | None = None, action: str = "report", **more: Any) -> Entry:
    when = datetime(2026, 9, 1, 7, 59, 59, 123456, tzinfo=UTC)
    return Entry(action, SYSTEM.id, Role.SYSTEM, when, case_id, **more)


async def write(storage: Storage, *entries: Entry) -> None:
    async with storage.begin() as work:
        await work.journal(*entries)


async def broken(storage: Storage) -> int | None:
    async with storage.database.reading() as connection:
        return await first_broken(connection)


async def tamper(storage: Storage, *statements: str) -> None:
    async with storage.database.begin() as connection:
        for statement in (*LIFT_GUARD[connection.dialect.name], *statements):
            await connection.execute(text(statement))


async def test_an_entry_comes_back_with_who_and_when(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    worker = await city.person()
    details = {"规则": "派遣目录", "share": 0.5, "list": [1, None, True], "odd": "\ud83d\0"}
    told = Entry(
        "dispatch", worker.id, Role.WORKER, clock(), case.id, 3, "a", "b", "telegram:7", details
    )
    await write(storage, told)
    [written] = (await storage.views.case(case.id)).journal
    assert (written.seq, written.person_name, written.written_at) == (1, "林", clock())
    assert (written.details["规则"], written.details["share"]) == ("派遣目录", 0.5)
    assert (written.cause, written.version, written.at) == ("telegram:7", 3, clock())
    assert await broken(storage) is None


async def test_who_did_it_last_and_else_who_moved_the_case_last(
    storage: Storage, city: City
) -> None:
    case, other = await city.case(), await city.case()
    await write(storage, entry(case.id, "accept", from_state="reported", to_state="filing"))
    await write(storage, entry(case.id, "note", from_state="filing", to_state="filing"))
    await write(storage, entry(case.id, "note", from_state="filing", to_state="filing"))
    await write(storage, entry(other.id, "note"))
    async with storage.begin() as work:
        assert (await work.who_did(case.id, "note")).seq == 3
        assert (await work.who_did(case.id, "submit")).action == "accept"
        assert await work.who_did(other.id, "submit") is None


async def test_writers_at_once_make_one_chain(storage: Storage, neighbour: Storage) -> None:
    await asyncio.gather(*(write(door, entry(), entry()) for door in (storage, neighbour) * 10))
    assert await broken(storage) is None
    async with storage.database.reading() as connection:
        count = (await connection.execute(text("SELECT count(*), max(seq) FROM journal"))).one()
    assert tuple(count) == (40, 40)


@pytest.mark.parametrize(
    "statement", ["UPDATE journal SET action = 'x'", "DELETE FROM journal"], ids=["change", "cut"]
)
async def test_a_line_cannot_be_changed_or_removed(storage: Storage, statement: str) -> None:
    await write(storage, entry())
    with pytest.raises(Exception, match="only added to"):
        async with storage.database.begin() as connection:
            await connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE journal SET action = 'void' WHERE seq = 2", 2),
        ("UPDATE journal SET details = '{}' WHERE seq = 3", 3),
        ("UPDATE journal SET person_id = 1 WHERE seq = 1", 1),
        ("DELETE FROM journal WHERE seq = 2", 2),
        ("DELETE FROM journal WHERE seq = 4", 4),
    ],
    ids=["other act", "other grounds", "other person", "one line gone", "last line gone"],
)
async def test_a_tampered_line_is_found(
    storage: Storage, city: City, clock: HandClock, statement: str, line: int
) -> None:
    await city.person()
    await write(storage, *(entry(details={"n": number}) for number in range(4)))
    assert await broken(storage) is None
    await tamper(storage, statement)
    assert await broken(storage) == line
    assert [finding.rule for finding in await storage.doctor.examine(clock())] == ["chain_broken"]


async def test_a_chain_is_read_in_more_than_one_batch(storage: Storage) -> None:
    await write(storage, *(entry() for _ in range(1001)))
    assert await broken(storage) is None
    await tamper(storage, "UPDATE journal SET action = 'x' WHERE seq = 1001")
    assert await broken(storage) == 1001
