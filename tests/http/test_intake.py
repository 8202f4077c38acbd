"""The webhook door: who may knock, what is kept, and what is answered (durability.md 5)."""

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestClient, TestServer

from handlers.http.app import build_app
from handlers.http.intake import BODY_MOST, SECRET_HEADER, Intake
from tests.inbox import NOON, ListInbox

PATH = "/hook/0123456789abcdefghij"
SECRET, NEXT_SECRET = "s" * 32, "n" * 40
UPDATE = {"update_id": 7, "message": {"chat": {"id": 5}, "text": "井盖"}}
JSON = {"Content-Type": "application/json"}


@dataclass
class Door:
    client: Any
    inbox: ListInbox
    draining: asyncio.Event
    health: dict[str, bool]
    woken: list[int] = field(default_factory=list)

    async def knock(self, body: Any = UPDATE, secret: str | None = SECRET, **more: Any) -> Any:
        headers = JSON | ({SECRET_HEADER: secret} if secret is not None else {})
        data = body if isinstance(body, bytes | str | io.BytesIO) else json.dumps(body)
        given = {"data": data, "headers": headers} | more
        return await self.client.post(PATH, **given)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    inbox, draining, health = ListInbox(), asyncio.Event(), {"database": True, "clock": True}
    woken: list[int] = []
    intake = Intake(
        path=PATH,
        secrets=(SECRET, NEXT_SECRET),
        inbox=inbox,
        clock=lambda: NOON,
        wake=lambda: woken.append(len(inbox.rows)),
        body_seconds=0.3,
    )

    async def readiness() -> dict[str, bool]:
        return health

    app = build_app(readiness=readiness, draining=draining, intake=intake)
    async with TestClient(TestServer(app)) as client:
        yield Door(client, inbox, draining, health, woken)


async def test_an_update_is_kept_as_it_came_and_answered_with_nothing(door: Door) -> None:
    raw = '{"update_id": 7,  "message":{"chat":{"id":5},"text":"井盖"}}'
    answer = await door.knock(raw)
    assert (answer.status, await answer.read()) == (200, b"")
    (row,) = door.inbox.rows
    assert (row.raw_id, row.chat, row.raw) == ("7", "5", raw)
    assert door.woken == [1]


async def test_the_same_update_twice_is_kept_once_and_wakes_once(door: Door) -> None:
    assert [(await door.knock()).status for _ in range(2)] == [200, 200]
    assert len(door.inbox.rows) == 1
    assert door.woken == [1]


async def test_both_secrets_are_good_while_they_are_changed(door: Door) -> None:
    assert (await door.knock(secret=NEXT_SECRET)).status == 200


@pytest.mark.parametrize(
    "secret",
    [None, "", "x" * 32, SECRET[:-1], SECRET + "s", "密" * 32, "\udcff" * 32, "é"],
    ids=["none", "empty", "wrong", "short", "long", "Chinese", "no UTF-8", "accent"],
)
async def test_a_stranger_is_turned_away_whatever_the_secret(
    door: Door, secret: str | None
) -> None:
    assert (await door.knock(secret=secret)).status == 401
    assert door.inbox.rows == []


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
@pytest.mark.parametrize(
    "claimed",
    ["149.154.167.220", "127.0.0.1, 10.0.0.1", "2001:67c:4e8:f004::9", "[::1]:80", "é;;\x01, ?"],
    ids=["the messenger's", "ours", "version 6", "with a port", "garbage"],
)
async def test_whom_somebody_claims_to_speak_for_changes_nothing(
    door: Door, header: str, claimed: str
) -> None:
    """Neither does it let anybody in, nor does it keep the messenger itself out."""
    plain = claimed.replace("\x01", "")
    forged = JSON | {header: plain}
    assert (await door.knock(headers=forged)).status == 401
    assert door.inbox.rows == []
    honest = forged | {SECRET_HEADER: SECRET}
    assert (await door.knock(headers=honest)).status == 200


async def test_raw_bytes_as_a_secret_are_no_accident(door: Door) -> None:
    reader, writer = await asyncio.open_connection(door.client.host, door.client.port)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    secret = f"{SECRET_HEADER}: ".encode() + b"\xff\xfe\r\nContent-Length: 2\r\n\r\n{}"
    writer.write(head.encode() + secret)
    assert b" 401 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_another_path_or_method_is_nothing_here(door: Door) -> None:
    assert (await door.client.post("/hook/guess", data="{}")).status == 404
    assert (await door.client.get(PATH)).status == 405


async def test_only_json_is_read(door: Door) -> None:
    given = {SECRET_HEADER: SECRET, "Content-Type": "text/plain"}
    assert (await door.knock(headers=given)).status == 415


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"nonsense",
        b"\xff\xfe{}",
        b"[]",
        b"3",
        b"{}",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 1.5}',
        b'{"update_id": 1' + b"0" * 30 + b"}",
        b'{"update_id": 1' + b"0" * 5000 + b"}",
        b'{"update_id": 1, "message": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    ],
    ids=range(14),
)
async def test_what_is_no_update_is_the_senders_fault(door: Door, body: bytes) -> None:
    assert (await door.knock(body)).status == 400
    assert door.inbox.rows == []


@pytest.mark.parametrize(
    ("payload", "chat"),
    [
        ({"callback_query": {"message": {"chat": {"id": -100}}, "from": {"id": 5}}}, "-100"),
        ({"callback_query": {"from": {"id": 5}}}, "5"),
        ({"my_chat_member": {"chat": {"id": 5}, "from": {"id": 5}}}, "5"),
        ({"telepathy": {"thought": 1}}, ""),
        ({"message": {"chat": "here", "from": {"id": "x"}}}, ""),
        ({"message": []}, ""),
        ({}, ""),
    ],
    ids=["press", "inline press", "member", "unknown", "odd", "no object", "bare"],
)
async def test_whatever_has_an_id_is_kept_in_its_chats_order(
    door: Door, payload: dict[str, Any], chat: str
) -> None:
    assert (await door.knock({"update_id": 8, **payload})).status == 200
    assert door.inbox.rows[0].chat == chat


async def test_a_body_may_be_a_mebibyte_and_not_a_byte_more(door: Door) -> None:
    def padded(size: int) -> io.BytesIO:
        return io.BytesIO(json.dumps(UPDATE).ljust(size).encode())

    assert (await door.knock(padded(BODY_MOST))).status == 200
    assert (await door.knock(padded(BODY_MOST + 1))).status == 413


async def test_a_body_that_hides_its_length_is_cut_off(door: Door) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b" " * (1 << 16)

    headers = JSON | {SECRET_HEADER: SECRET}
    with suppress(aiohttp.ClientOSError):  # the line may be closed while we still talk
        answer = await door.client.post(PATH, data=endless(), headers=headers)
        assert answer.status == 413
    assert door.inbox.rows == []


async def test_a_body_that_never_ends_is_not_waited_for(door: Door) -> None:
    reader, writer = await asyncio.open_connection(door.client.host, door.client.port)
    head = f"POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    writer.write(f"{head}{SECRET_HEADER}: {SECRET}\r\nContent-Length: 99\r\n\r\n{{".encode())
    async with asyncio.timeout(5):
        assert b" 408 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_a_packed_body_counts_unpacked(door: Door) -> None:
    packed = gzip.compress(json.dumps(UPDATE).ljust(BODY_MOST + 1).encode())
    headers = JSON | {SECRET_HEADER: SECRET, "Content-Encoding": "gzip"}
    assert (await door.knock(packed, headers=headers)).status == 413


async def test_when_storage_fails_telegram_is_asked_to_come_again(door: Door) -> None:
    door.inbox.broken = True
    answer = await door.knock()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert door.woken == []


async def test_while_draining_everybody_comes_again_later(door: Door) -> None:
    door.draining.set()
    answer = await door.knock()
    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert door.inbox.rows == []
    assert (await door.client.get("/readyz")).status == 503
    assert (await door.client.get("/healthz")).status == 200


async def test_readiness_names_what_is_not_well(door: Door) -> None:
    assert (await door.client.get("/readyz")).status == 200
    door.health["clock"] = False
    answer = await door.client.get("/readyz")
    assert (answer.status, await answer.json()) == (503, {"database": True, "clock": False})


@pytest.mark.parametrize(
    ("path", "secrets"),
    [
        (PATH, ()),
        (PATH, ("",)),
        (PATH, ("s" * 31,)),
        (PATH, ("s" * 31 + "!",)),
        (PATH, ("密" * 32,)),
        (PATH, (SECRET, "")),
        (PATH, (SECRET, SECRET, SECRET)),
        ("/hook", (SECRET,)),
        ("", (SECRET,)),
    ],
)
def test_a_door_that_could_be_forced_is_not_built(path: str, secrets: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="webhook"):
        Intake(path, secrets, ListInbox(), lambda: NOON, lambda: None)
