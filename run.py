"""Wires everyone together: the only module that knows them all, and nobody knows it.

run.py serve | demo [--tour] | simulate | due | docs | invite | import | doctor | migrate
"""

import argparse
import asyncio
import itertools
import logging
import os
import random
import secrets
import signal
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

HERE = Path(__file__).resolve().parent
OWN_PYTHON = HERE / ".venv" / "bin" / "python"

try:
    import aiogram  # noqa: F401  only to know whether this Python has what we need
except ModuleNotFoundError:
    if not OWN_PYTHON.exists() or Path(sys.prefix) == OWN_PYTHON.parent.parent:
        sys.exit("Run `make setup` first: it puts what Paidan needs into .venv.")
    os.execv(OWN_PYTHON, [str(OWN_PYTHON), *sys.argv])

from aiogram import Bot, Dispatcher
from aiohttp import web

from bot.budgets import Budgets
from bot.chat import Courier
from bot.i18n import Speech
from bot.painter import Painter
from bot.sender import Sender
from bot.simulator.clock import SimClock
from bot.simulator.phones import Phone, Town
from bot.simulator.server import WORLD, build_simulator
from bot.simulator.server import start as start_simulator
from bot.simulator.world import World
from bot.telegram.client import build_bot
from bot.telegram.courier import TelegramCourier
from bot.telegram.hook import hang_hook, take_down_hook
from bot.telegram.redaction import SafeFormatter, TokenFilter
from handlers.chat.desk import Desk
from handlers.chat.room import Room
from handlers.clock.chores import Chore, Chores
from handlers.clock.fetch import Fetch
from handlers.clock.loop import Job, Loop
from handlers.clock.pump import Pump, Reader
from handlers.clock.send import Send
from handlers.clock.sweep import Sweep
from handlers.http.app import build_app
from handlers.http.intake import Intake
from handlers.telegram.polling import Poller, poll
from handlers.telegram.reading import Reader as TelegramReader
from handlers.telegram.routes import build_dispatcher
from handlers.terminal import demo, doctor, due, importing, inviting, tour
from handlers.terminal.doctor import Practice
from handlers.terminal.importing import Import
from handlers.terminal.settings import Settings, SettingsError
from handlers.terminal.stage import Plan
from storage.assembly import Storage, open_storage
from storage.failpoints import Reach, failpoint, nowhere
from storage.holidays import national_days
from storage.loading import Loading
from storage.vault import FileVault
from workflows import Outside, Workflows, assemble
from workflows.book import Book
from workflows.policy.load import load_policy
from workflows.policy.mistakes import PolicyMistakes
from workflows.ports import Clock

log = logging.getLogger("paidan")

SWEEP_EVERY = 5.0
STALE_AFTER = 60.0
DRAIN_WITHIN = 20.0

DEMO_TOKEN = "319900:a-bot-that-lives-on-this-machine-only"  # noqa: S105  opens nothing
LOOK_AGAIN = 0.02

T = TypeVar("T")


def wall_clock() -> datetime:
    return datetime.now(UTC)


def read_book(settings: Settings, now: Clock) -> Book:
    """Policy and calendar; raises PolicyMistakes listing every mistake at once."""
    policy = load_policy(settings.policy)
    year = now().year
    calendar = policy.calendar(national_days(year - 10, year + 2))
    return Book(policy, calendar, policy.profiles[settings.profile])


@dataclass(slots=True)
class City:
    """A running Paidan: its parts by name, for `serve`, the demo and the tests."""

    settings: Settings
    book: Book
    storage: Storage
    vault: FileVault
    flows: Workflows
    room: Room
    loop: Loop
    couriers: dict[str, Courier]
    now: Clock
    owner: str
    bot: Bot | None = None
    dispatcher: Dispatcher | None = None
    ticks: Callable[[], float] = time.monotonic
    send: Send | None = None

    async def close(self) -> None:
        """Let whoever starts next send at once, and not only when our lease has run out."""
        if self.send is not None:
            await self.send.give_up()

    async def drain(self) -> None:
        """Everything that waits, until nothing does: for tests and the tour, not for serving."""
        while sum([await job.run() for job in self.loop.jobs]):
            pass


@asynccontextmanager
async def open_city(
    settings: Settings,
    *,
    now: Clock = wall_clock,
    reach: Reach = nowhere,
    couriers: dict[str, Courier] | None = None,
    readers: Callable[[Desk], dict[str, Reader]] | None = None,
) -> AsyncIterator[City]:
    """Build everything from the settings; `couriers` and `readers` add transports."""
    book = read_book(settings, now)
    storage = await open_storage(settings.database, now, reach=reach)
    rules = book.policy.photos
    settings.photos.mkdir(parents=True, exist_ok=True)
    vault = FileVault(settings.photos, most_bytes=rules.max_bytes, most_pixels=rules.max_pixels)
    bot = build_bot(settings.token, server=settings.server) if settings.token else None
    try:
        city = await _assemble(settings, book, storage, vault, bot, now, reach, couriers, readers)
        try:
            yield city
        finally:
            await city.close()
    finally:
        if bot is not None:
            await bot.session.close()
        await vault.close()
        await storage.dispose()


async def _assemble(
    settings: Settings,
    book: Book,
    storage: Storage,
    vault: FileVault,
    bot: Bot | None,
    now: Clock,
    reach: Reach,
    more_couriers: dict[str, Courier] | None,
    more_readers: Callable[[Desk], dict[str, Reader]] | None,
) -> City:
    owner = f"{os.getpid()}-{secrets.token_hex(4)}"
    couriers: dict[str, Courier] = dict(more_couriers or {})
    if bot is not None:
        couriers["telegram"] = TelegramCourier(bot, vault.served)
    flows = assemble(book, Outside(storage.begin, now, storage.views, storage.slots, new_token))
    speech = Speech.load()
    room = Room(flows, storage.views, storage.doorbell, storage.tokens, speech, couriers)
    desk = Desk(room)
    readers: dict[str, Reader] = more_readers(desk) if more_readers else {}
    dispatcher = build_dispatcher(desk) if bot is not None else None
    if bot is not None and dispatcher is not None:
        readers["telegram"] = TelegramReader(dispatcher, bot).digest
    city = City(
        settings=settings,
        book=book,
        storage=storage,
        vault=vault,
        flows=flows,
        room=room,
        loop=Loop((), time.monotonic, patience=DRAIN_WITHIN / 2),
        couriers=couriers,
        now=now,
        owner=owner,
        bot=bot,
        dispatcher=dispatcher,
    )
    painter = Painter(storage.views, book, speech, await _link_builder(bot))
    city.loop.jobs = _jobs(city, painter, readers, reach)
    return city


def _jobs(
    city: City, painter: Painter, readers: dict[str, Reader], reach: Reach
) -> tuple[Job, ...]:
    storage, flows, now, wake = city.storage, city.flows, city.now, city.loop.wake
    sender = Sender(
        outbox=storage.outbox,
        tokens=storage.tokens,
        painter=painter,
        couriers=city.couriers,
        budgets=Budgets(lambda: int(city.ticks() * 1000)),
        now=now,
        spread=lambda most: random.uniform(0, most),  # noqa: S311  jitter, not a secret
        reach=reach,
    )
    send = Send(storage.outbox, storage.leases, sender.round, city.owner, now)
    city.send = send
    fetch = Fetch(
        fetching=storage.fetching,
        vault=city.vault,
        couriers=city.couriers,
        photo_fetched=flows.photo_fetched,
        most_bytes=city.book.policy.photos.max_bytes,
        now=now,
        reach=reach,
        after=lambda: wake("send"),
    )
    pump = Pump(storage.inbox, readers, now, lambda: wake("send", "fetch", "sweep"))
    sweep = Sweep(storage.timers, flows.fire_due, now, reach, lambda: wake("send"))
    summaries = (
        Chore("morning summary", "0 8 * * *", flows.summarise),
        Chore("evening summary", "0 18 * * *", flows.summarise),
    )
    chores = Chores(summaries, city.book.calendar.zone, now)
    return (
        Job("pump", pump.round, every=1.0),
        Job("sweep", sweep.round, every=SWEEP_EVERY),
        Job("send", send.round, every=0.5, at_end=send.give_up),
        Job("fetch", fetch.round, every=5.0, timeout=300.0),
        Job("chores", chores.round, every=20.0),
    )


def new_token() -> str:
    """128 random bits, 22 characters."""
    return secrets.token_urlsafe(16)


async def _link_builder(bot: Bot | None) -> Callable[[str], str]:
    if bot is None:
        return lambda payload: payload
    me = await bot.me()
    return lambda payload: f"https://t.me/{me.username}?start={payload}"


async def serve(city: City, stop: asyncio.Event) -> None:
    """Answer until told to stop, then drain: nothing new is begun, what is begun is finished."""
    await city.vault.sweep()
    intake = _webhook(city)
    app = build_app(readiness=lambda: _readiness(city), draining=stop, intake=intake)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    await web.TCPSite(runner, city.settings.host, city.settings.port).start()
    services = [] if city.bot is None or intake is not None else [_polling(city)]
    if city.bot is not None:
        await _announce_ourselves(city, intake)
    await city.flows.reckon_again()
    city.loop.stop = stop
    try:
        await city.loop.run(*services)
    finally:
        await runner.cleanup()


def _readiness(city: City) -> dict[str, bool]:
    return {"loop": city.loop.oldest_run() < STALE_AFTER}


def _webhook(city: City) -> Intake | None:
    if not city.settings.webhook_url:
        return None
    return Intake(
        path=urlsplit(city.settings.webhook_url).path,
        secrets=city.settings.webhook_secrets,
        inbox=city.storage.inbox,
        clock=city.now,
        wake=lambda: city.loop.wake("pump"),
    )


async def _announce_ourselves(city: City, intake: Intake | None) -> None:
    assert city.bot is not None
    assert city.dispatcher is not None
    if intake is None:
        await take_down_hook(city.bot)
        return
    allowed = city.dispatcher.resolve_used_update_types()
    await hang_hook(city.bot, city.settings.webhook_url, intake.secrets[0], allowed)


def _polling(city: City) -> Callable[[asyncio.Event], Coroutine[Any, Any, None]]:
    assert city.bot is not None
    assert city.dispatcher is not None
    poller = Poller(
        bot=city.bot,
        inbox=city.storage.inbox,
        leases=city.storage.leases,
        clock=city.now,
        owner=city.owner,
        allowed=city.dispatcher.resolve_used_update_types(),
        wake=lambda: city.loop.wake("pump"),
        seconds=city.settings.poll_seconds,
    )

    async def polling(stop: asyncio.Event) -> None:
        await poll(poller, stop)

    return polling


async def serve_command(
    settings: Settings, now: Clock, reach: Reach, ticks: Callable[[], float]
) -> int:
    """Serve until SIGTERM or Ctrl-C, then finish what is begun."""
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with open_city(settings, now=now, reach=reach) as city:
        city.ticks = ticks
        log.info("serving on %s:%s", settings.host, settings.port)
        await serve(city, stop)
    return 0


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
        return self.plan.clock()

    async def phone(self, name: str, language: str) -> Phone:
        return await self.town.person(name, language=language)

    async def serve(self, stop: asyncio.Event) -> None:
        await serve(self.city, stop)

    async def warnings(self) -> Sequence[str]:
        return await self.town.warnings()

    async def open(self) -> None:
        self.city = await self._life.enter_async_context(
            open_city(self.settings, now=self.plan.clock)
        )
        self.city.ticks = lambda: self.plan.clock().timestamp()
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
        group.create_task(_polling(self.city)(stop))

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
        self.plan.clock.advance(by)
        self.world.advance(by.total_seconds())


@asynccontextmanager
async def open_demo(plan: Plan) -> AsyncIterator[DemoStage]:
    """A simulator with a city in front of it; the clocks of both agree and run at one speed."""
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


async def demo_command(asked: argparse.Namespace) -> int:
    """The demo, or its tour."""
    if asked.tour:
        return await tour.tour_command(open_demo, sys.stdout)
    calendar = read_book(Settings(), wall_clock).calendar
    return await demo.demo_command(asked, calendar, wall_clock, open_demo, sys.stdout)


def listen_to_logs(level: int = logging.INFO) -> None:
    """One line an event on standard error, no token in any of them."""
    handler = logging.StreamHandler()
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    handler.addFilter(TokenFilter())
    logging.basicConfig(level=level, handlers=[handler])
    logging.getLogger("aiogram.event").setLevel(logging.WARNING)


def parser() -> argparse.ArgumentParser:
    """Every command and its options."""
    top = argparse.ArgumentParser(prog="run.py", description="Paidan: a dispatch bot for cities.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("serve", help="answer people, until told to stop")
    commands.add_parser("migrate", help="bring the database up to date and stop")
    playing = commands.add_parser("demo", help="a whole town on this machine: no account")
    demo.add_arguments(playing, os.environ)
    simulate = commands.add_parser("simulate", help="the Bot API simulator alone")
    simulate.add_argument("--port", type=int, default=8300)
    simulate.add_argument("--host", default="127.0.0.1")
    simulate.add_argument("--token", help="let only this bot in")
    simulate.add_argument("--rates", choices=["off", "documented", "strict"], default="off")
    due.add_arguments(commands.add_parser("due", help="when a limit is used up, and why"))
    inviting.add_arguments(commands.add_parser("invite", help="create a person and their link"))
    importing.add_arguments(commands.add_parser("import", help="cases, grids, people, catalogue"))
    doctor.add_arguments(commands.add_parser("doctor", help="check every invariant"))
    return top


def main(
    arguments: Sequence[str] | None = None,
    *,
    now: Clock = wall_clock,
    ticks: Callable[[], float] = time.monotonic,
    reach: Reach = nowhere,
) -> int:
    """Run one command; its exit code.

    A test may move time by `now`, the messenger's budgets by `ticks`, and kill us at `reach`.
    """
    asked = parser().parse_args(arguments)
    if asked.command == "due":
        return due.due_command(asked, read_book(Settings(), wall_clock).calendar, sys.stdout)
    try:
        return asyncio.run(_command(asked, now, ticks, reach))
    except (SettingsError, PolicyMistakes, demo.DemoError) as mistakes:
        print(mistakes, file=sys.stderr)
        return 2


async def _command(
    asked: argparse.Namespace, now: Clock, ticks: Callable[[], float], reach: Reach
) -> int:
    listen_to_logs(logging.INFO if asked.command in {"serve", "simulate"} else logging.WARNING)
    if alone := {"simulate": simulate_command, "demo": demo_command}.get(asked.command):
        return await alone(asked)
    settings = Settings.read(os.environ)
    if asked.command == "serve":
        return await serve_command(settings, now, reach, ticks)
    async with open_city(replace(settings, token=""), now=now) as city:
        if asked.command == "invite":
            return await inviting.invite_command(asked, city.flows, sys.stdout)
        if asked.command == "import":
            tools = Import(city.flows, city.storage.loading, sys.stdout)
            return await importing.import_command(asked, tools)
        if asked.command == "doctor":
            known = max(city.book.calendar.national.known, default=0)
            practice = Practice(city.storage.doctor, city.vault, known, city.now)
            return await doctor.doctor_command(asked, practice, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(reach=failpoint(os.environ.get("PAIDAN_FAILPOINT", ""))))
