"""Fetching a picture from a file server that misbehaves: nothing wrong gets in, no token out."""

import logging
import traceback
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
import stamina
from aiogram import Bot
from aiohttp import web

from bot.faults import FetchError
from bot.simulator.server import start
from bot.telegram.client import build_bot
from bot.telegram.downloads import download
from tests.stage import TOKEN
from workflows.cases.case import PhotoRef

pytestmark = pytest.mark.asyncio(loop_scope="session")
SECRET = TOKEN.partition(":")[2]
REF = PhotoRef("telegram", {"file_id": "f", "kind": "photo"})


class FileServer:
    """Answers getFile with what it is told to, and hands out `data` in its own way."""

    bot: Bot

    def __init__(self) -> None:
        self.behaves()

    def behaves(self) -> None:
        self.answers = [has_path("photos/file_1.jpg")]
        self.asked = 0
        self.paths: list[str] = []
        self.status, self.data, self.says_length = 200, b"x" * 1000, 1000

    async def get_file(self, _: web.Request) -> web.Response:
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if "html" in answer:
            return web.Response(status=502, text="<html>", content_type="text/html")
        return web.json_response(answer, status=answer.get("error_code", 200))

    async def send(self, request: web.Request) -> web.StreamResponse:
        self.paths.append(request.path)
        if self.status in {301, 302}:
            return web.Response(status=self.status, headers={"Location": "/elsewhere"})
        response = web.StreamResponse(status=self.status)
        response.content_length = self.says_length
        await response.prepare(request)
        await response.write(self.data)
        if len(self.data) < self.says_length and request.transport:
            request.transport.abort()
        return response


def has_path(path: str | None, size: int | None = 1000) -> dict[str, Any]:
    file = {"file_id": "f", "file_unique_id": "u", "file_path": path, "file_size": size}
    return {"ok": True, "result": {name: each for name, each in file.items() if each is not None}}


def refuses(status: int, words: str) -> dict[str, Any]:
    return {"ok": False, "error_code": status, "description": words}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shared_files() -> AsyncIterator[FileServer]:
    """One for all: closing a client takes a quarter of a second."""
    server = FileServer()
    app = web.Application()
    app.router.add_post("/bot{token}/getFile", server.get_file)
    app.router.add_get("/{rest:.*}", server.send)
    runner, base = await start(app, "127.0.0.1", 0)
    server.bot = build_bot(TOKEN, server=base)
    yield server
    await server.bot.session.close()
    await runner.cleanup()


@pytest.fixture
def files(shared_files: FileServer) -> Iterator[FileServer]:
    shared_files.behaves()
    with stamina.set_testing(True, attempts=3, cap=True):
        yield shared_files


async def fetched(files: FileServer, most: int = 5000) -> bytes:
    stream = download(files.bot, REF, most=most)
    return b"".join([chunk async for chunk in stream])


async def test_the_bytes_come_from_below_our_own_address(files: FileServer) -> None:
    assert await fetched(files) == files.data
    assert files.paths == [f"/file/bot{TOKEN}/photos/file_1.jpg"]


@pytest.mark.parametrize(
    "path",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "http://evil/x",
        "a//b",
        "a/..%2f",
        "a b",
        "a?b",
        "a/../b",
    ],
)
async def test_a_path_that_leads_elsewhere_is_refused(files: FileServer, path: str) -> None:
    files.answers = [has_path(path)]
    with pytest.raises(FetchError) as caught:
        await fetched(files)
    assert caught.value.lasting
    assert files.paths == []


@pytest.mark.parametrize(
    ("answer", "lasting"),
    [
        (refuses(400, "Bad Request: file is too big"), True),
        (refuses(400, "Bad Request: invalid file_id"), True),
        (
            refuses(400, "Bad Request: wrong file_id or the file is temporarily unavailable"),
            False,
        ),
        (refuses(401, "Unauthorized"), False),
        (refuses(404, "Not Found"), False),
        (refuses(429, "Too Many Requests: retry after 3"), False),
        ({"ok": False, "error_code": 500}, False),
        (has_path(None), False),
        (has_path("a.jpg", size=6000), True),
        ({"html": 1}, False),
    ],
    ids=["big", "bad id", "away", "401", "404", "429", "500", "no path", "over our cap", "HTML"],
)
async def test_a_refusal_says_whether_to_try_again(
    files: FileServer, answer: dict[str, Any], lasting: bool
) -> None:
    files.answers = [answer]
    with pytest.raises(FetchError) as caught:
        await fetched(files)
    assert caught.value.lasting is lasting


async def test_a_question_is_repeated_when_the_server_stumbles(files: FileServer) -> None:
    restarting = refuses(500, "Internal Server Error: restart")
    files.answers = [restarting, {"html": 1}, has_path("a.jpg")]
    assert await fetched(files) == files.data
    assert files.asked == 3


async def test_a_clear_no_is_not_asked_again(files: FileServer) -> None:
    files.answers = [refuses(400, "Bad Request: invalid file_id")]
    with pytest.raises(FetchError):
        await fetched(files)
    assert files.asked == 1


async def test_more_bytes_than_announced_are_cut_off(files: FileServer) -> None:
    files.data, files.says_length = b"x" * 500_000, 500_000
    with pytest.raises(FetchError) as caught:
        await fetched(files, most=2000)
    assert caught.value.lasting


@pytest.mark.parametrize("sent", [0, 400], ids=["nothing", "a part"])
async def test_a_file_that_breaks_off_is_no_file(files: FileServer, sent: int) -> None:
    files.data = b"x" * sent
    with pytest.raises(FetchError) as caught:
        await fetched(files)
    assert not caught.value.lasting


async def test_fewer_bytes_than_announced_are_no_file(files: FileServer) -> None:
    files.answers = [has_path("a.jpg", size=1001)]
    with pytest.raises(FetchError) as caught:
        await fetched(files)
    assert not caught.value.lasting


@pytest.mark.parametrize("status", [301, 403, 404, 500])
async def test_a_bad_answer_is_followed_nowhere_and_names_no_token(
    files: FileServer, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    files.status = status
    with caplog.at_level(logging.DEBUG), pytest.raises(FetchError) as caught:
        await fetched(files)
    assert len(files.paths) == 1
    assert str(status) in str(caught.value)
    assert SECRET not in str(caught.value)
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert SECRET not in caplog.text
