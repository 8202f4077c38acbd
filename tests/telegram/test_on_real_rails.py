"""From a phone to the door over the real inbox: polled, committed, claimed, read, finished."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.chat import Said
from bot.faults import PoisonError
from handlers.telegram.polling import LEASE, Line, Poller, poll
from handlers.telegram.reading import Reader
from handlers.telegram.routes import build_dispatcher
from storage.assembly import open_storage
from storage.keyring import practice_keyring
from tests.stage import Listener, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")


def now() -> datetime:
    return datetime.now(UTC)


async def test_words_poison_and_words_each_end_in_their_place(
    stage: Stage, tmp_path: Path
) -> None:
    phone, home = await stage.person()
    storage = await open_storage(f"sqlite:///{tmp_path / 'city.db'}", now, practice_keyring())
    door, stop, woken = Listener(), asyncio.Event(), asyncio.Event()
    reader = Reader(build_dispatcher(door), stage.bot)
    await phone.says("一")
    await stage.town.faults("undecodable_update")
    await phone.says("二")
    await phone.says("三")
    lines: list[Line] = []
    poller = Poller(
        bot=stage.bot,
        inbox=storage.inbox,
        leases=storage.leases,
        clock=now,
        owner="test",
        allowed=("message",),
        wake=woken.set,
        tell=lambda line, _: lines.append(line),
        seconds=5,
    )
    async with asyncio.TaskGroup() as group:
        group.create_task(poll(poller, stop))
        async with asyncio.timeout(5):
            await woken.wait()
        stop.set()
    assert lines == [Line.POLLING]
    assert await storage.leases.take(LEASE, "next", now(), 30)
    poisoned = 0
    while rows := await storage.inbox.claim(10, now()):
        for row in rows:
            try:
                await reader.digest(row)
                await storage.inbox.done(row, now())
            except PoisonError as poison:
                poisoned += 1
                await storage.inbox.poison(row, str(poison), now())
    await storage.dispose()
    assert [each.text for each in door.heard if isinstance(each, Said)] == ["一", "三"]
    assert {each.address for each in door.heard} == {home}
    assert poisoned == 1
