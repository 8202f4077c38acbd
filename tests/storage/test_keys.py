"""Keys: what an older version stored in plain is sealed, keys change, wrong ones are refused."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text

from storage.assembly import Storage, assemble, open_storage
from storage.database import connect
from storage.failpoints import nowhere
from storage.keyring import (
    PRACTICE_KEYS,
    Keyring,
    KeysError,
    keys_from,
    new_keys,
    practice_keyring,
    retired,
    rotated,
)
from storage.resealing import prove_keys
from tests.storage.city import City, HandClock, caller_of, flows_of
from workflows.cases.case import Action, CaseId, ContactResult, Given, Order, State
from workflows.hotline.draft import DraftKind
from workflows.people import Actor, Role
from workflows.ports import Caller
from workflows.rails import Incoming

WANG = Caller("王小明", "13912340021", "井盖坏了，13912340021", "虹梅路100弄5号302室")
PLANTED = ("王小明", "13912340021", "13812345678", "302室")


@pytest.fixture
async def storage(url: str, clock: HandClock) -> AsyncIterator[Storage]:
    opened = await open_storage(url, clock, practice_keyring())
    yield opened
    await opened.dispose()


INBOX = (
    "INSERT INTO inbox (transport, raw_id, chat, raw, received_at, state, done_at) VALUES "
    "('telegram', '{0}', '7', '13812345678', '2026-11-23T01:00:00.000000+00:00', 'done', "
    "'2026-11-23T01:00:00.000000+00:00')"
)


CALLER = (
    "INSERT INTO caller (case_id, name, phone, words) VALUES "
    "({0}, '王小明', '13912340021', '井盖坏了，13912340021')"
)


async def everything(storage: Storage, *, most: int = 100) -> None:
    for _ in range(most):
        if await storage.resealing.round() == 0:
            return
    raise AssertionError("there is no end to it")


async def of_the_version_before(storage: Storage, city: City, many: int = 1) -> None:
    """Rows as they lay there before anything was sealed."""
    operator = await city.person(role=Role.OPERATOR)
    for _ in range(many):
        case = await city.case(note="请回电13812345678")
        rows = (
            CALLER.format(case.id),
            INBOX.format(case.id),
        )
        async with storage.begin() as work:
            draft = await work.drafts.open(operator.id, DraftKind.INTAKE, {"a": 1}, city.clock())
        body = '{"phone":"13812345678","caller_name":"王小明"}'
        async with storage.database.begin() as connection:
            for row in rows:
                await connection.execute(text(row.replace(":", "\\:")))
            await connection.execute(
                text("UPDATE draft SET body = CAST(:body AS json) WHERE id = :id")
                if not storage.database.is_sqlite
                else text("UPDATE draft SET body = :body WHERE id = :id"),
                {"body": body, "id": draft.id},
            )


async def rows_of(storage: Storage) -> str:
    """Every row of every table that may hold something of a caller."""
    found = []
    async with storage.database.reading() as connection:
        for table in ("caller", "draft", "inbox", "outbox", "cases", "journal", "action_token"):
            found += [str(row) for row in await connection.execute(text(f"SELECT * FROM {table}"))]
    return "\n".join(found)


def bytes_of(storage: Storage) -> str:
    """The file and its log, as somebody reads them who has stolen the disk."""
    path = Path(make_url(storage.database.writer.url).database or "")
    files = (path, path.with_name(f"{path.name}-wal"))
    return "".join(f.read_bytes().decode("utf-8", "ignore") for f in files if f.exists())


async def test_a_caller_lies_sealed_and_is_read_back(storage: Storage, city: City) -> None:
    case = await city.case()
    async with storage.begin() as work:
        await work.cases.keep_caller(case.id, WANG)
    assert await caller_of(storage, case.id) == WANG
    stored = await rows_of(storage)
    assert [each for each in PLANTED if each in stored] == []
    assert stored.count("sealed:practice:") == 4


async def test_what_came_in_lies_sealed(storage: Storage, clock: HandClock) -> None:
    raw = '{"text": "王小明 13912340021"}'
    await storage.inbox.store("telegram", [Incoming("1", "7", raw)], clock())
    stored = await rows_of(storage)
    assert [each for each in PLANTED if each in stored] == []
    [update] = await storage.inbox.claim(1, clock())
    assert update.raw == raw


async def test_rows_of_the_version_before_are_readable_at_once_and_sealed_step_by_step(
    storage: Storage, city: City
) -> None:
    await of_the_version_before(storage, city, many=3)
    operator = await city.person(role=Role.ACCEPTOR)
    for _ in range(2):
        known = await caller_of(storage, CaseId(2))
        assert known is not None
        assert (known.name, known.phone) == ("王小明", "13912340021")
        async with storage.begin() as work:
            found = await work.cases.called_from(operator, ["13912340021"])
        assert len(found) == 3
        await everything(storage)
    stored = await rows_of(storage)
    assert [each for each in PLANTED if each in stored] == []
    assert "138****5678" in stored
    assert set(await storage.resealing.left()) == {"practice"}


async def test_a_step_that_dies_is_taken_up_by_the_next_process(
    storage: Storage, neighbour: Storage, city: City
) -> None:
    await of_the_version_before(storage, city, many=3)
    await storage.resealing.round()
    await storage.dispose()
    await everything(neighbour)
    stored = await rows_of(neighbour)
    assert [each for each in PLANTED if each in stored] == []


async def test_nothing_plain_is_left_in_the_file_or_its_log(
    sqlite_url: str, clock: HandClock
) -> None:
    storage = await open_storage(sqlite_url, clock, practice_keyring())
    await of_the_version_before(storage, City(storage, clock), many=40)
    assert [each for each in PLANTED if each in bytes_of(storage)] != []
    await everything(storage)
    assert [each for each in PLANTED if each in bytes_of(storage)] == []
    await storage.dispose()
    assert [each for each in PLANTED if each in bytes_of(storage)] == []


async def test_keys_of_another_city_are_refused_before_anything_is_done(
    storage: Storage, url: str, clock: HandClock
) -> None:
    other = Keyring(lambda: keys_from(new_keys("elsewhere")))
    with pytest.raises(KeysError, match=r"not the keys of this city.*practice"):
        await open_storage(url, clock, other)
    imitation = PRACTICE_KEYS.replace("cHJhY3RpY2Utb25seS1uZXZlci1mb3It", "A" * 32)
    with pytest.raises(KeysError, match="another secret"):
        await open_storage(url, clock, Keyring(lambda: keys_from(imitation)))
    await prove_keys(storage.database, practice_keyring())


@pytest.mark.parametrize("look", [False, True])
async def test_keys_are_rotated_while_people_call_look_and_call_back(
    url: str, clock: HandClock, city: City, *, look: bool
) -> None:
    """A second process still has the old file when the first one begins to use the new key."""
    file = {"text": PRACTICE_KEYS}
    doors = [
        assemble(connect(url), url, clock, Keyring(lambda: keys_from(file["text"])), nowhere)
        for _ in range(2)
    ]
    first, second = doors
    acceptor = await city.person(role=Role.ACCEPTOR)
    waits = Order("王", "139****0000", calls_most=99)
    numbers = [f"1391234{n:04}" for n in range(60)]
    cases = [(await city.case(state=State.PENDING_CALLBACK, order=waits)).id for _ in numbers]

    async def calls(door: Storage, which: range) -> None:
        """Somebody calls, is looked up for a reason, and called back in vain."""
        verbs = flows_of(door, clock)
        for n in which:
            async with door.begin() as work:
                await work.cases.keep_caller(cases[n], Caller("王小明", numbers[n]))
            await door.inbox.store("telegram", [Incoming(f"u{n}", "7", raw_of(n))], clock())
            for act in (
                Given(reason="核对门牌"),
                Given(contact=ContactResult.NO_ANSWER, note=f"再打{numbers[n]}"),
            ):
                action = Action.CALLBACK_FAILED if act.contact else Action.REVEAL_CALLER
                await verbs.move_case(Actor(acceptor), cases[n], action, act)
            await everything_is_readable(door, range(which.start, n + 1))

    async def everything_is_readable(door: Storage, which: range) -> None:
        for n in which:
            told = await door.views.caller(acceptor, cases[n])
            assert told == Caller("王小明", numbers[n]), n

    async def rotation() -> None:
        file["text"] = rotated(PRACTICE_KEYS, "newer", look=look)
        for _ in range(100):
            await first.resealing.round()
            await everything_is_readable(first, range(3))

    await calls(first, range(20))
    await asyncio.gather(calls(first, range(20, 40)), calls(second, range(40, 60)), rotation())
    for door in doors:
        await everything_is_readable(door, range(60))
        for number, case_id in zip(numbers, cases, strict=True):
            async with door.begin() as work:
                assert await work.cases.called_from(acceptor, [number]) == (case_id,)
        came = await door.inbox.claim(30, clock())
        assert {update.raw for update in came} <= {raw_of(n) for n in range(60)}
        assert len(came) == 1, "one at a time of each chat"
        await door.inbox.done(came[0], clock())
    await everything(second)
    await everything(first)
    assert set(await first.resealing.left()) == {"newer"}
    file["text"] = retired(file["text"])
    assert [*keys_from(file["text"]).seals] == ["newer"]
    alone = await open_storage(url, clock, Keyring(lambda: keys_from(file["text"])))
    await everything_is_readable(alone, range(60))
    old = Keyring(lambda: keys_from(PRACTICE_KEYS))
    with pytest.raises(KeysError):
        await open_storage(url, clock, old)
    for door in (alone, *doors):
        await door.dispose()


def raw_of(n: int) -> str:
    return f'{{"text": "王小明 1391234{n:04}"}}'
