"""A messenger on this machine: the simulator alone, or with a city in front of it."""

import argparse
import asyncio
import itertools
import signal
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar

from bot.simulator.clock import SimClock
from bot.simulator.phones import Phone, Town
from bot.simulator.server import WORLD, build_simulator
from bot.simulator.server import start as start_simulator
from bot.simulator.world import World
from handlers.clock.loop import Job
from handlers.terminal.settings import Settings
from handlers.terminal.stage import Plan
from storage.keyring import PRACTICE_KEYS
from storage.loading import Loading
from wiring.city import City, open_city
from wiring.serving import polling, serve
from workflows import Workflows

DEMO_TOKEN: Final = "319900:a-bot-that-lives-on-this-machine-only"  # noqa: S105  opens nothing
LOOK_AGAIN: Final = 0.02

T = TypeVar("T")


@dataclass(slots=True)
class DemoStage:
    """Phones in a simulator, the city they talk to, and one clock for both."""

    plan: Plan
    settings: Settings
    world: World
    town: Town
    address: str
    city: City = field(init=False)
    _life: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def flows(self) -> Workflows:
        return self.city.flows

    @property
    def loader(self) -> Loading:
        return self.city.storage.loading

    def now(self) -> datetime:
        """The phones' own time, to the millisecond: who moves it on the page moves the city's."""
        return datetime.fromtimestamp(round(self.world.clock.now(), 3), UTC)

    async def phone(self, name: str, language: str) -> Phone:
        return await self.town.person(name, language=language)

    async def serve(self, stop: asyncio.Event) -> None:
        await serve(self.city, stop)

    async def warnings(self) -> Sequence[str]:
        return await self.town.warnings()

    async def open(self) -> None:
        self.city = await self._life.enter_async_context(open_city(self.settings, now=self.now))
        self.city.ticks = self.world.clock.now
        if not self.plan.clock.speed:
            looks = itertools.count()
            self.city.ticks = lambda: 60.0 * next(looks)  # a minute gone whenever one looks
            await self._poll_beside()

    async def close(self) -> None:
        await self._life.aclose()

    async def restart(self) -> None:
        await self.close()
        await self.open()

    async def _poll_beside(self) -> None:
        """Fetch updates in the background, for `play`, which does everything else itself."""
        stop = asyncio.Event()
        group = await self._life.enter_async_context(asyncio.TaskGroup())
        self._life.callback(stop.set)
        group.create_task(polling(self.city)(stop))

    async def play(self, act: Coroutine[Any, Any, T]) -> T:
        """The act's own result; a press ends only when the city has answered it."""
        async with asyncio.TaskGroup() as group:
            acting = group.create_task(act)
            while not acting.done():
                await self._job("pump").run()
                await self.world.bell.wait(LOOK_AGAIN)
            await self._settled()
        return acting.result()

    async def move(self, by: timedelta) -> None:
        self._advance(by)
        await self._settled()

    async def _settled(self) -> None:
        """Until nothing waits that is due within a minute; time is moved, never waited for."""
        while True:
            while self.world.bot_of(DEMO_TOKEN).queue:
                await self.world.bell.wait(LOOK_AGAIN)
            await self.city.drain()
            if self.world.bot_of(DEMO_TOKEN).queue:
                continue
            now = self.now()
            due = await self.city.storage.outbox.next_due(now)
            if due is None or not now < due <= now + timedelta(minutes=1):
                return
            self._advance(due - now)

    def _job(self, name: str) -> Job:
        return next(job for job in self.city.loop.jobs if job.name == name)

    def _advance(self, by: timedelta) -> None:
        self.world.advance(by.total_seconds())


@asynccontextmanager
async def open_demo(plan: Plan) -> AsyncIterator[DemoStage]:
    """A simulator with a city in front of it, which goes by the simulator's clock."""
    clock = SimClock(wall=lambda: plan.clock().timestamp())
    clock.run_at(plan.clock.speed)
    app = build_simulator(token=DEMO_TOKEN, clock=clock)
    runner, address = await start_simulator(app, "127.0.0.1", plan.port)
    settings = Settings(
        database=f"sqlite+aiosqlite:///{plan.folder / 'paidan.db'}",
        token=DEMO_TOKEN,
        server=address,
        photos=plan.folder / "photos",
        port=0,
        keys=PRACTICE_KEYS,
    )
    try:
        async with Town(address) as town:
            stage = DemoStage(plan, settings, app[WORLD], town, address)
            await stage.open()
            try:
                yield stage
            finally:
                await stage.close()
    finally:
        await runner.cleanup()


async def simulate_command(asked: argparse.Namespace) -> int:
    """Serve the simulator alone, for any Bot API client, until told to stop."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    app = build_simulator(token=asked.token, rates=asked.rates)
    runner, address = await start_simulator(app, asked.host, asked.port)
    print(f"The Bot API is at {address}/bot<token>/METHOD, the phones at {address}/")
    try:
        await stop.wait()
    finally:
        await runner.cleanup()
    return 0
