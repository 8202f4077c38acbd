"""A process that does a little of everything on a database, until it is killed where told."""

import asyncio
from dataclasses import replace

from storage.assembly import open_storage
from storage.failpoints import Failpoint
from storage.keyring import practice_keyring
from tests.storage.city import City, HandClock
from workflows.people import SYSTEM, Role
from workflows.ports import Entry
from workflows.rails import Incoming


def live(url: str, place: str) -> None:
    """Its second transaction of work moves a case and writes the journal."""
    asyncio.run(_live(url, Failpoint(place, turn=2 if place.startswith("work.") else 1)))


async def _live(url: str, reach: Failpoint) -> None:
    clock = HandClock()
    storage = await open_storage(url, clock, practice_keyring(), reach=reach)
    await storage.timers.claim(1, clock())
    for owed in await storage.outbox.claim(1, clock()):
        await storage.outbox.sent(owed, {}, [], clock())
    await storage.inbox.store("telegram", [Incoming("1", "7", "{}")], clock())
    case = await City(storage, clock).case(source_number="victim")
    async with storage.begin() as work:
        await work.cases.write(case, replace(case, version=1))
        await work.journal(Entry("report", SYSTEM.id, Role.SYSTEM, clock(), case.id, 1))
    await storage.dispose()
