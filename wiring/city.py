"""One city from its settings: every part by name, and the jobs that keep it alive."""

import bot.telegram  # noqa: F401  first of all: how aiogram is loaded

# isort: split
import os
import random
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import Final

from aiogram import Bot, Dispatcher

from bot.budgets import Budgets
from bot.chat import Courier
from bot.exporting.writer import Writers
from bot.hearing.ear import CatalogueEar
from bot.hearing.likeness import TextLikeness
from bot.i18n import Speech
from bot.linking import Pages
from bot.painter import Painter
from bot.sender import Sender
from bot.telegram.client import build_bot
from bot.telegram.courier import TelegramCourier
from bot.telegram.hook import backlog
from handlers.chat.desk import Desk
from handlers.chat.room import Room
from handlers.clock.calls import Calls
from handlers.clock.chores import Chores
from handlers.clock.counting import counted
from handlers.clock.emergencies import Emergencies
from handlers.clock.fetch import Fetch
from handlers.clock.loop import Job, Loop
from handlers.clock.pump import Pump, Reader
from handlers.clock.send import Send
from handlers.clock.settle import Gate, Held
from handlers.clock.sweep import Sweep
from handlers.clock.watch import Steady, Watch
from handlers.http.metrics import PrometheusFigures
from handlers.http.pages import PageDoor
from handlers.telegram.reading import Reader as TelegramReader
from handlers.telegram.routes import build_dispatcher
from handlers.terminal.settings import METRICS_OFF, Settings, SettingsError
from storage.assembly import Storage, open_storage
from storage.failpoints import Reach, nowhere
from storage.keyring import KeysError
from storage.side_by_side import SideBySide
from storage.stamping.copies import StampedCopies
from storage.vault import FileVault
from wiring.approving import approving
from wiring.carriage import loads_of, page_door
from wiring.chores import chores_of
from wiring.keeping import publishing, retaining
from wiring.keys import open_keyring
from wiring.links import link_builder, new_token
from wiring.now import following, since_boot, wall_clock
from wiring.photos import vault_of
from wiring.policy import Found, go_by, read_found
from workflows import Outside, Workflows, assemble
from workflows.approving.proposal import ProposalId
from workflows.book import Book
from workflows.figures import SILENCE, Figures
from workflows.ports import Clock

SWEEP_EVERY: Final = 5.0
SENDERS: Final = 3
"""Batches on their way at once, so that one slow chat does not hold up an alert to another."""
DRAIN_WITHIN: Final = 20.0
NO_LINE, STARTING, HOOKED = "none", "starting", "webhook"
"""How updates reach us, beside the words of `handlers.telegram.polling.Line`."""


@dataclass(slots=True, repr=False)
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
    writers: Writers
    found: Found
    bot: Bot | None = None
    dispatcher: Dispatcher | None = None
    ticks: Callable[[], float] = time.monotonic
    steady: Steady = field(default_factory=lambda: Steady(time.monotonic, since_boot))
    send: Send | None = None
    figures: Figures = SILENCE
    line: str = NO_LINE
    pages: PageDoor | None = None

    async def close(self) -> None:
        """Let whoever starts next send at once, and not only when our lease has run out."""
        if self.send is not None:
            await self.send.give_up()

    async def drain(self) -> None:
        """Everything that waits, until nothing does: for tests and the tour, not for serving."""
        idle = 0
        for job in cycle(self.loop.jobs):
            idle = 0 if await job.run() else idle + 1
            if idle == len(self.loop.jobs):
                return


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
    found = read_found(settings, now)
    figures = SILENCE if settings.metrics == METRICS_OFF else PrometheusFigures()
    keyring = open_keyring(settings)
    try:
        storage = await open_storage(settings.database, now, keyring, reach=reach, figures=figures)
    except ValueError as no:
        raise SettingsError(f"PAIDAN_DATABASE: {no}") from no
    except KeysError as no:
        raise SettingsError(f"PAIDAN_KEYS_FILE: {no}") from no
    found = await go_by(found, settings, storage, now)
    vault = vault_of(settings, found.book.policy.photos)
    bot = build_bot(settings.token, server=settings.server) if settings.token else None
    try:
        city = await _assemble(
            settings, found, storage, vault, bot, now, reach, couriers, readers, figures
        )
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
    found: Found,
    storage: Storage,
    vault: FileVault,
    bot: Bot | None,
    now: Clock,
    reach: Reach,
    more_couriers: dict[str, Courier] | None,
    more_readers: Callable[[Desk], dict[str, Reader]] | None,
    figures: Figures,
) -> City:
    book = found.book
    owner = f"{os.getpid()}-{secrets.token_hex(4)}"
    couriers: dict[str, Courier] = dict(more_couriers or {})
    side_by_side = SideBySide(vault.served)
    copies = StampedCopies(side_by_side.served)
    if bot is not None:
        couriers["telegram"] = TelegramCourier(
            bot, copies, lambda ref: storage.views.exports.open(ProposalId(int(ref)))
        )
    ear, likeness = CatalogueEar(book.policy), TextLikeness()
    speech = Speech.load()
    loads = loads_of(settings, book, couriers)
    writers = Writers(book, speech, settings.photos.with_name("exports"))
    outside = Outside(
        storage.begin, now, storage.views, storage.slots, ear, likeness, new_token, writers
    )
    flows = assemble(book, outside)
    room = Room(
        flows, storage.views, storage.doorbell, storage.tokens, speech, couriers, loads, figures
    )
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
        figures=figures,
        writers=writers,
        found=found,
        line=NO_LINE if bot is None else STARTING,
    )
    if now is not wall_clock:  # a clock that is moved by hand has nothing to be checked by
        city.steady = Steady(following(now), following(now))
    link = await link_builder(bot)
    painter = Painter(storage.views, book, speech, link, loads, side_by_side)
    city.pages = page_door(settings, storage, flows, painter, copies)
    ticks = city.loop.monotonic
    city.loop.jobs = [counted(job, figures, ticks) for job in _jobs(city, painter, readers, reach)]
    return city


def _jobs(
    city: City, painter: Painter, readers: dict[str, Reader], reach: Reach
) -> tuple[Job, ...]:
    storage, flows, now, wake = city.storage, city.flows, city.now, city.loop.wake
    sender = Sender(
        outbox=storage.outbox,
        tokens=storage.tokens,
        painter=painter,
        pages=Pages(storage.page_links, city.settings.pages_url, city.book, painter.speech),
        couriers=city.couriers,
        budgets=Budgets(lambda: int(city.ticks() * 1000), city.figures),
        now=now,
        spread=lambda most: random.uniform(0, most),  # noqa: S311  jitter, not a secret
        lost_contact=flows.lost_contact,
        reach=reach,
        figures=city.figures,
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
        figures=city.figures,
    )
    pump = Pump(storage.inbox, readers, now, lambda: wake("send", "fetch", "sweep"), city.figures)

    def awake() -> float:
        return city.steady.awake()

    def boot() -> float:
        return city.steady.boot()

    gate = Gate(
        backlog=lambda: backlog(city.bot),
        unread=storage.inbox.waiting,
        awake=awake,
        most=city.book.policy.outages.settle_most,
    )
    watch = Watch(
        gate=gate,
        keep_alive=flows.keep_alive,
        clock_jumped=flows.clock_jumped,
        live_again=flows.live_again,
        now=now,
        steady=Steady(awake, boot),
        rules=city.book.policy.outages,
    )
    sweep = Sweep(storage.timers, flows.fire_due, now, reach, lambda: wake("send"))
    calls = Calls(storage.due_calls, flows.watch_call, now, lambda: wake("send"))
    emergencies = Emergencies(
        storage.due_emergencies, flows.watch_emergency, now, lambda: wake("send")
    )
    retain = retaining(storage, city.vault, city.book, now)
    chores = Chores(chores_of(flows, retain), city.book.calendar.zone, now)
    return (
        Job("pump", pump.round, every=1.0),
        Job("watch", watch.look, every=SWEEP_EVERY),
        Job("sweep", Held(gate, watch.look, sweep.round).round, every=SWEEP_EVERY),
        Job("sweep calls", Held(gate, watch.look, calls.round).round, every=SWEEP_EVERY),
        Job("sweep emergencies", emergencies.round, every=SWEEP_EVERY),
        *approving(city),
        Job("lapse swaps", flows.swap_shifts.lapse, every=30.0),
        Job("cards", Held(gate, watch.look, watch.show_cards).round, every=SWEEP_EVERY),
        Job("send", send.round, every=0.5),
        *(Job(f"send {n}", send.round, every=5.0) for n in range(2, SENDERS + 1)),
        Job("fetch", fetch.round, every=5.0, timeout=300.0),
        Job("chores", chores.round, every=20.0),
        *publishing(city.settings, city.storage, now),
        Job("reseal", storage.resealing.round, every=30.0, timeout=3600.0),
    )
