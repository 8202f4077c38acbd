"""A district with sixteen workers, on either database, before a simulator in its own process."""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from bot.simulator.phones import Phone, Town
from handlers.terminal.demo_town import GRIDS, load_town
from handlers.terminal.settings import Settings
from storage.assembly import Storage
from storage.keyring import PRACTICE_KEYS
from tests.benchmarks.measuring import ROOT
from wiring.city import City, open_city
from workflows import Workflows
from workflows.cases.case import Case, Place, Point, Source
from workflows.cases.report_case import Report
from workflows.importing.setup_lists import CatalogueRow
from workflows.people import SYSTEM, Agency, AgencyCode, Post, Role

WORKERS = 16
TOKEN = "319900:a-bot-that-is-only-measured-here-abcdef"
SECRET = "only-measured-and-never-a-real-secret-0123"
CLASS = "06012"
AGENCY = AgencyCode("BENCH-SAN")


@dataclass
class MovedClock:
    """The real time, moved on by as much as somebody wants."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


async def settle_in(storage: Storage, flows: Workflows) -> list[str]:
    """The demo's map with sixteen workers of one agency; their invitations."""
    await load_town(storage.loading, flows.now())
    grid = GRIDS[0].grid.code
    await storage.loading.add_agencies([Agency(AGENCY, "SAN", "Bench", "Bench", grid)])
    row = CatalogueRow(CLASS, grid, AGENCY)
    await storage.loading.replace_catalogue([row], flows.now() - timedelta(days=1))
    posts = (Post(Role.WORKER, grid, AGENCY),)
    return [
        await flows.invite(SYSTEM, f"Worker {number}", posts, "en") for number in range(WORKERS)
    ]


def report(number: int) -> Report:
    """A complaint with words, a point and no caller, in the grid of the sixteen."""
    shape = GRIDS[0]
    middle = Point((shape.south + shape.north) / 2, (shape.west + shape.east) / 2)
    words = f"Rubbish lies on the pavement before number {number}"
    return Report(CLASS, Place("Main Street", middle), words, Source.IMPORT)


async def open_cases(flows: Workflows, count: int, at_once: int, *, quiet: bool) -> list[Case]:
    """Report them, so many at a time, each in a transaction of its own."""

    async def some(first: int) -> list[Case]:
        numbers = range(first, count, at_once)
        return [await flows.report_case(SYSTEM, report(n), quiet=quiet) for n in numbers]

    lists = await asyncio.gather(*(some(first) for first in range(at_once)))
    return [case for cases in lists for case in cases]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@asynccontextmanager
async def simulator() -> AsyncIterator[str]:
    """Its address; it lives in another process, as Telegram does."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    words = (sys.executable, "run.py", "simulate", "--port", str(port))
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*words, cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        await answers(f"{base}/sim/users")
        yield base
    finally:
        process.terminate()
        await process.wait()


async def answers(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(url):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)


def settings_in(folder: Path, database: str, server: str = "", port: int = 0) -> Settings:
    return Settings(
        database=database,
        photos=folder / "photos",
        token=TOKEN if server else "",
        server=server,
        port=port,
        keys=PRACTICE_KEYS,
        webhook_url=f"http://127.0.0.1:{port}/telegram/only-measured-here" if port else "",
        webhook_secrets=(SECRET,) if port else (),
    )


@asynccontextmanager
async def quiet_city(folder: Path, database: str) -> AsyncIterator[tuple[City, MovedClock]]:
    """A city with workers but without a messenger."""
    clock = MovedClock()
    async with open_city(settings_in(folder, database), now=clock) as city:
        await settle_in(city.storage, city.flows)
        yield city, clock


async def bind(town: Town, invitations: list[str]) -> list[Phone]:
    """Each worker presses Start; through the webhook, like everything they do."""
    phones = [await town.person(f"W{n}", language="en") for n in range(len(invitations))]
    for phone, token in zip(phones, invitations, strict=True):
        await phone.starts(token)
    return phones
