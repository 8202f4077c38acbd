"""Updates are committed before they are confirmed, by one process, through any weather."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.simulator.phones import Town
from bot.simulator.server import WORLD, build_simulator, start
from bot.telegram.client import build_bot
from handlers.telegram.polling import LEASE, GetRawUpdates, Line, Poller, poll, report
from tests.inbox import NOON, ListInbox, OneLease
from tests.stage import TOKEN, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass
class Watch:
    """A poller at work, and what it tells."""

    inbox: ListInbox
    leases: OneLease
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    lines: list[Line] = field(default_factory=list)
    whys: list[str] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    task: Any = None

    def tell(self, line: Line, why: str) -> None:
        self.lines.append(line)
        self.whys.append(why)
        self.news.set()

    async def until(self, true: Callable[[], bool], seconds: float = 5.0) -> None:
        async with asyncio.timeout(seconds):
            while not true():
                self.news.clear()
                await self.news.wait()


@asynccontextmanager
async def polling(
    base: str,
    inbox: ListInbox | None = None,
    leases: OneLease | None = None,
    owner: str = "one",
    **more: Any,
) -> AsyncIterator[Watch]:
    bot = build_bot(TOKEN, server=base)
    watch = Watch(inbox or ListInbox(), leases or OneLease())
    poller = Poller(
        bot=bot,
        inbox=watch.inbox,
        leases=watch.leases,
        clock=lambda: NOON,
        owner=owner,
        allowed=("message", "callback_query"),
        wake=watch.news.set,
        tell=watch.tell,
        **{"seconds": 3, "pause": 0.01, "standby": 0.02} | more,
    )
    async with asyncio.TaskGroup() as group:
        watch.task = group.create_task(poll(poller, watch.stop))
        yield watch
        watch.stop.set()
    await bot.session.close()


@pytest.fixture
async def town() -> AsyncIterator[tuple[str, Any]]:
    """A simulator of one's own: a stopped poll must not meet another test's."""
    app = build_simulator()
    runner, base = await start(app, "127.0.0.1", 0)
    app[WORLD].open_bot(4242, TOKEN)
    yield base, app
    await runner.cleanup()


Sim = tuple[str, Any]
OWN_LOOP = pytest.mark.asyncio(loop_scope="function")


async def said(base: str, *texts: str) -> None:
    async with Town(base) as people:
        phone = (await people.people() or [await people.person("林")])[0]
        for text in texts:
            await phone.says(text)


@OWN_LOOP
async def test_what_people_say_is_kept_and_somebody_is_woken(town: Sim) -> None:
    async with polling(town[0]) as watch:
        await said(town[0], "一", "二")
        await watch.until(lambda: len(watch.inbox.rows) == 2)
        first = watch.inbox.rows[0]
        assert '"text": "\\u4e00"' in first.raw
        assert int(first.chat) > 0
    assert watch.lines == [Line.POLLING]


@OWN_LOOP
async def test_stopping_takes_no_time_and_gives_up_the_lease(town: Sim) -> None:
    async with polling(town[0], seconds=50) as watch:
        await watch.until(lambda: Line.POLLING in watch.lines)
        assert LEASE in watch.leases.held
        async with asyncio.timeout(1):
            watch.stop.set()
            await watch.task
    assert watch.leases.held == {}


@OWN_LOOP
async def test_nothing_is_confirmed_before_it_is_stored(town: Sim) -> None:
    inbox = ListInbox()
    inbox.broken = True
    await said(town[0], "一")
    async with polling(town[0], inbox) as watch:
        await watch.until(lambda: Line.FAILING in watch.lines)
        assert len(town[1][WORLD].bot_of(TOKEN).queue) == 1
        inbox.broken = False
        await watch.until(lambda: len(inbox.rows) == 1)
    assert watch.lines == [Line.POLLING, Line.FAILING, Line.POLLING]


@OWN_LOOP
async def test_after_a_restart_it_goes_on_where_it_stopped(town: Sim) -> None:
    inbox = ListInbox()
    await said(town[0], "一")
    async with polling(town[0], inbox) as watch:
        await watch.until(lambda: len(inbox.rows) == 1)
    await said(town[0], "二")
    async with polling(town[0], inbox) as watch:
        await watch.until(lambda: len(inbox.rows) == 2)
    assert [row.raw_id for row in inbox.rows] == sorted({row.raw_id for row in inbox.rows})


@OWN_LOOP
async def test_one_unreadable_update_does_not_hide_its_neighbours(town: Sim) -> None:
    async with polling(town[0]) as watch:
        town[1][WORLD].faults.plan({"kind": "undecodable_update"})
        await said(town[0], "一", "二")
        await watch.until(lambda: len(watch.inbox.rows) == 2)


@OWN_LOOP
async def test_of_two_processes_one_polls_and_the_other_waits(town: Sim) -> None:
    leases, inbox = OneLease(), ListInbox()
    async with polling(town[0], inbox, leases, "one") as first:
        await first.until(lambda: Line.POLLING in first.lines)
        async with polling(town[0], inbox, leases, "two") as second:
            await second.until(lambda: Line.STANDBY in second.lines)
            assert Line.CONFLICT not in first.lines
            first.stop.set()
            await second.until(lambda: second.lines[-1] is Line.POLLING)
            await said(town[0], "一")
            await second.until(lambda: len(inbox.rows) == 1)


@OWN_LOOP
@pytest.mark.parametrize(
    ("status", "description", "line"),
    [
        (401, "Unauthorized", Line.STOPPED),
        (404, "Not Found", Line.STOPPED),
        (409, "Conflict: terminated by other getUpdates request", Line.CONFLICT),
        (502, "Bad Gateway", Line.FAILING),
        (429, "Too Many Requests: retry after 1", Line.FAILING),
    ],
    ids=["revoked", "wrong token", "a stranger polls", "the server is ill", "too fast"],
)
async def test_what_the_server_says_decides_how_to_go_on(
    town: Sim, status: int, description: str, line: Line
) -> None:
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if status == 429:
        body["parameters"] = {"retry_after": 1}
    rule = {"kind": "answer", "method": "getUpdates", "status": status, "body": body}
    town[1][WORLD].faults.plan(rule)
    await said(town[0], "一")
    async with polling(town[0]) as watch:
        if line is Line.STOPPED:
            await watch.task
            assert watch.leases.held == {}
        else:
            await watch.until(lambda: len(watch.inbox.rows) == 1)
    assert watch.lines[:2] == [Line.POLLING, line]
    assert TOKEN not in "".join(watch.whys)


@OWN_LOOP
async def test_html_and_broken_lines_are_outlived(town: Sim) -> None:
    for kind in ("502", "drop", "truncated"):
        town[1][WORLD].faults.plan({"kind": kind, "method": "getUpdates"})
    await said(town[0], "一")
    async with polling(town[0]) as watch:
        await watch.until(lambda: len(watch.inbox.rows) == 1)
    assert watch.lines == [Line.POLLING, Line.FAILING, Line.POLLING]


@OWN_LOOP
async def test_a_line_dead_for_long_is_opened_anew(unused_tcp_port: int) -> None:
    base = f"http://127.0.0.1:{unused_tcp_port}"
    async with polling(base, silence=0.05) as watch:
        await watch.until(lambda: "the line is opened anew" in watch.whys)
        await watch.until(lambda: watch.whys.count("the line is opened anew") == 2)
    assert watch.lines[1:] == [Line.FAILING] * 3
    assert TOKEN not in "".join(watch.whys)


async def test_the_usual_reporter_is_loud_only_when_something_is_wrong(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        report(Line.POLLING, "")
        report(Line.CONFLICT, "a stranger polls")
    assert [record.levelno for record in caplog.records] == [logging.INFO, logging.WARNING]


async def test_the_question_names_what_we_listen_to(stage: Stage) -> None:
    await stage.bot(GetRawUpdates(allowed_updates=["message"], timeout=0, limit=1))
    call = (await stage.town.calls("getUpdates"))[-1]
    assert "message" in str(call)
