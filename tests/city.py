"""A whole city under test: phones in a simulator, the real product in front of it, one clock.

Time stands still until a story moves it; after every act of a person everything that follows
from it happens before the next line of the story is read.
"""

import asyncio
import io
import itertools
import json
import shutil
import sqlite3
from argparse import Namespace
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from aiohttp import web

from bot.chat import Courier
from bot.simulator.clock import SimClock
from bot.simulator.phones import Answer, NotSeen, Phone, Shown, Town
from bot.simulator.server import OBSERVERS, WORLD, build_simulator, start
from bot.simulator.world import World
from handlers.chat.desk import Desk
from handlers.clock.pump import Reader
from handlers.clock.watch import Steady
from handlers.telegram.polling import Poller, _State
from handlers.terminal.demo_town import PEOPLE, load_town
from handlers.terminal.doctor import Practice, doctor_command
from handlers.terminal.settings import Settings
from handlers.terminal.stage import DemoClock
from storage.keyring import PRACTICE_KEYS
from tests.oracles import check
from wiring.city import City, open_city
from workflows.cases.case import Case, CaseId
from workflows.cases.show_work import SET_CLOSES
from workflows.notices import Address
from workflows.people import SYSTEM, Person, Post
from workflows.views import CaseView

T = TypeVar("T")

TOKEN: Final = "319900:a-bot-for-stories-that-nobody-can-reach"
MONDAY_NINE: Final = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Nine in the morning of an ordinary Monday, in the district's zone."""

FIRST_ACCOUNT: Final = 5_100_000_001
SOON: Final = timedelta(minutes=1)
A_MOMENT: Final = 0.004

ZONE: Final = timedelta(hours=8)


@dataclass(repr=False)
class Resident:
    """Somebody with a phone; whatever they do is followed to its end before it returns."""

    city: "LiveCity"
    phone: Phone

    @property
    def name(self) -> str:
        return self.phone.name

    async def does(self, act: Coroutine[Any, Any, T]) -> T:
        return await self.city.play(act)

    async def starts(self, payload: str | None = None) -> None:
        await self.does(self.phone.starts(payload))

    async def says(self, text: str, reply_to: Shown | int | None = None) -> None:
        await self.does(self.phone.says(text, reply_to))

    async def forwards(self, text: str, origin: str) -> None:
        await self.does(self.phone.forwards(text, origin))

    async def shows(self, photo: bytes, caption: str | None = None, **more: Any) -> None:
        """Sends a photo the usual way."""
        await self.does(self.phone.sends_photo(photo, caption, **more))

    async def shows_album(self, photos: Sequence[bytes], **more: Any) -> None:
        await self.does(self.phone.sends_album(photos, **more))

    async def hands(self, data: bytes, name: str, mime: str, **more: Any) -> None:
        """Sends a file, untouched."""
        await self.does(self.phone.sends_file(data, name, mime, **more))

    async def points(self, latitude: float, longitude: float) -> None:
        """Sends a place on the map."""
        await self.does(self.phone.sends_place(latitude, longitude))

    async def presses(self, label: str, on: Shown | int | None = None, times: int = 1) -> Answer:
        return await self.does(self.phone.presses(label, on, times))

    async def forges(self, data: str, on: Shown | int) -> Answer:
        """Presses with data that no button need carry."""
        return await self.does(self.phone.presses_data(data, on))

    async def edits(self, words: str, text: str) -> None:
        """Changes a message of their own that holds the words."""
        mine = [shown for shown in await self.looks() if not shown.from_bot]
        message = next(shown for shown in reversed(mine) if words in shown.text)
        await self.does(self.phone.edits(message, text))

    async def blocks(self) -> None:
        await self.does(self.phone.blocks())

    async def unblocks(self) -> None:
        await self.does(self.phone.unblocks())

    async def looks(self) -> list[Shown]:
        """Everything on the phone, oldest first."""
        return await self.phone.messages()

    async def sees(self, *words: str) -> Shown:
        """The newest message that holds all of these words. Raises NotSeen with the phone."""
        messages = await self.phone.messages()
        for shown in reversed(messages):
            if shown.from_bot and all(word in shown.text for word in words):
                return shown
        raise NotSeen(f"{self.name} sees no {words}\n{await self.phone.drawn()}")

    async def sees_nothing_of(self, words: str) -> None:
        if any(words in shown.text for shown in await self.phone.messages() if shown.from_bot):
            raise NotSeen(f"{self.name} should not see {words}\n{await self.phone.drawn()}")

    async def newest(self) -> Shown:
        return (await self.phone.messages())[-1]

    async def count(self, words: str) -> int:
        """How many messages of ours hold the words."""
        messages = await self.phone.messages()
        return sum(shown.from_bot and words in shown.text for shown in messages)

    async def labels(self, words: str) -> list[str]:
        """The buttons under the newest message that holds the words."""
        return (await self.sees(words)).labels

    async def loud(self) -> int:
        """How many messages have made a sound on this phone."""
        return int((await self.phone.state())["loud"])

    @property
    def address(self) -> Address:
        return Address("telegram", str(self.phone.id))

    async def person(self) -> Person:
        found = await self.city.product.storage.doorbell.person_at(self.address)
        assert found is not None
        return found


@dataclass(repr=False)
class LiveCity:
    """The running product and its town."""

    settings: Settings
    clock: DemoClock
    world: World
    town: Town
    couriers: dict[str, Courier] | None = None
    readers: Callable[[Desk], dict[str, Reader]] | None = None
    product: City = field(init=False)
    people: dict[str, Resident] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    excused: set[str] = field(default_factory=set)
    _polling: _State = field(init=False)
    _life: AsyncExitStack = field(default_factory=AsyncExitStack)
    _awake: float = 0.0
    _slept: float = 0.0

    # Life

    async def open(self) -> None:
        self.product = await self._life.enter_async_context(
            open_city(self.settings, now=self.clock, couriers=self.couriers, readers=self.readers)
        )
        passing = itertools.count(0, 60)
        self.product.ticks = lambda: float(next(passing))  # budgets have tests of their own
        self.product.steady = Steady(lambda: self._awake, lambda: self._awake + self._slept)
        self._polling = _State(self._poller(), asyncio.Event())

    async def close(self) -> None:
        leases, owner = self.product.storage.leases, self.product.owner
        for lease in ("telegram.polling", "sender"):
            await leases.give_up(lease, owner)
        await self._life.aclose()

    async def restart(self, *, down: timedelta = timedelta()) -> None:
        """The product ends and begins again on the same database; the phones stay on."""
        await self.stops()
        self._advance(down)
        await self.begins()

    async def stops(self) -> None:
        """The product ends; until it `begins`, phones can be used by their own methods only."""
        await self.close()
        self._life = AsyncExitStack()

    async def begins(self) -> None:
        """The product begins again on the same database, and catches up."""
        await self.open()
        await self.settle()

    def _poller(self) -> Poller:
        product = self.product
        assert product.bot is not None
        assert product.dispatcher is not None
        return Poller(
            bot=product.bot,
            inbox=product.storage.inbox,
            leases=product.storage.leases,
            clock=product.now,
            owner=product.owner,
            allowed=product.dispatcher.resolve_used_update_types(),
            wake=lambda: None,
            seconds=0,
            figures=product.figures,
        )

    # Time

    def now(self) -> datetime:
        return self.clock()

    async def fast_forward(self, **by: float) -> None:
        """Move the time of city and phones, and let happen what has become due."""
        self._advance(timedelta(**by))
        await self.settle()

    def passes(self, **by: float) -> None:
        """Time passes for everybody, and the product gets no turn: it is down, or stands still."""
        self._advance(timedelta(**by))

    async def sleeps(self, **by: float) -> None:
        """The product's host is suspended, and wakes."""
        self._advance(timedelta(**by))
        self._awake -= timedelta(**by).total_seconds()
        self._slept += timedelta(**by).total_seconds()
        await self.settle()

    async def clock_jumps(self, **by: float) -> None:
        """Somebody sets the clock of the product's host; no time passes for anybody."""
        self.clock.advance(timedelta(**by))
        await self.settle()

    async def at(self, clock: str) -> None:
        """Move to the next time a local clock shows this, such as `07:30`."""
        hour, minute = (int(part) for part in clock.split(":"))
        local = self.now() + ZONE
        wanted = local.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if wanted <= local:
            wanted += timedelta(days=1)
        self._advance(wanted - local)
        await self.settle()

    async def play(self, act: Coroutine[Any, Any, T]) -> T:
        """Let somebody act, and everything that follows from it happen."""
        acting = asyncio.ensure_future(act)
        while not acting.done():
            if self._waits():
                await self._turn()
            await asyncio.wait({acting}, timeout=A_MOMENT)
        result = await acting
        await self.settle()
        return result

    async def together(self, *acts: Coroutine[Any, Any, Any]) -> list[Any]:
        """Several people act at the same moment."""

        async def all_of_them() -> list[Any]:
            return list(await asyncio.gather(*acts))

        return await self.play(all_of_them())

    async def settle(self) -> None:
        """Until nothing waits that is due within a minute; time is moved, never waited for."""
        while True:
            await self._turn()
            if self._waits():
                continue
            if self._set_is_open():
                self._advance(SET_CLOSES)
                continue
            now = self.now()
            due = await self.product.storage.outbox.next_due(now)
            if due is None or not now < due <= now + SOON:
                return
            self._advance(due - now)

    async def _turn(self) -> None:
        while self._waits():
            if self.settings.webhook_url:
                await self.world.bell.wait(A_MOMENT)
            else:
                await self._polling.turn()
        if not self.settings.webhook_url and self.world.bot_of(TOKEN).queue:
            await self._polling.turn()  # the next question confirms what the last one brought
        await self.product.drain()

    def _set_is_open(self) -> bool:
        """Whether the words of an album wait for the rest of it."""
        waiting = "SELECT count(*) FROM inbox WHERE aside AND state = 'waiting'"
        return bool(self.asks(waiting)[0][0])

    def _waits(self) -> bool:
        """Whether the messenger holds updates that the product has not fetched."""
        queue = self.world.bot_of(TOKEN).queue
        if self.settings.webhook_url:
            return bool(queue)
        return bool(queue) and queue[-1].id >= (self._polling._offset or 0)

    def _advance(self, by: timedelta) -> None:
        self.clock.advance(by)
        self.world.advance(by.total_seconds())
        self._awake += by.total_seconds()

    # People

    def __getitem__(self, name: str) -> Resident:
        return self.people[name]

    async def newcomer(self, name: str, language: str = "zh-hans") -> Resident:
        """Somebody with a phone whom the city does not know."""
        self.people[name] = Resident(self, await self.town.person(name, language=language))
        return self.people[name]

    async def joins(self, name: str, *posts: Post, language: str = "zh") -> Resident:
        """Somebody new with a phone, an invitation and a post."""
        newcomer = await self.newcomer(name, "zh-hans" if language == "zh" else language)
        token = await self.product.flows.invite(SYSTEM, name, posts, language)
        await newcomer.starts(token)
        return newcomer

    async def dismiss(self, name: str) -> None:
        person = await self[name].person()
        await self.product.flows.invite.dismiss(SYSTEM, person.id)
        await self.settle()

    # What the database says

    async def view(self, number: int) -> CaseView:
        return await self.product.storage.views.case(CaseId(number))

    async def case(self, number: int) -> Case:
        return (await self.view(number)).case

    async def deeds(self, number: int) -> list[str]:
        """What has been done to a case, oldest first."""
        return [line.action for line in (await self.view(number)).journal]

    async def cases(self) -> int:
        """How many cases there are."""
        return int(self.asks("SELECT count(*) FROM cases")[0][0])

    def asks(self, question: str) -> list[Any]:
        """Straight from the file, past everything of ours."""
        path = self.settings.database.partition("///")[2]
        with sqlite3.connect(path) as connection:
            return connection.execute(question).fetchall()

    async def counts_on_from(self, number: int) -> None:
        """The next case gets this number, as if there had been many before it."""
        path = self.settings.database.partition("///")[2]
        with sqlite3.connect(path) as connection:
            last = (number - 1, "cases")
            connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", last)

    # What must be true after every story

    async def check(self) -> None:
        product = self.product
        known = max(product.book.calendar.national.known, default=0)
        practice = Practice(product.storage.doctor, product.vault, known, product.now)
        out = io.StringIO()
        await doctor_command(Namespace(json=True, photos=True), practice, out)
        findings = json.loads(out.getvalue())
        wrong = [each for each in findings if each["rule"] not in self.excused]
        assert wrong == [], wrong
        warnings = await self.town.warnings()
        assert warnings == [], warnings
        assert self.problems == [], self.problems


@dataclass(frozen=True, repr=False)
class Model:
    """A city in which everybody of the cast has moved in; each story gets a copy of it."""

    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / "model.db"


@asynccontextmanager
async def simulated(clock: DemoClock) -> AsyncIterator[tuple[web.Application, str]]:
    sim_clock = SimClock(wall=lambda: clock().timestamp())
    sim_clock.run_at(0)
    app = build_simulator(token=TOKEN, clock=sim_clock)
    runner, address = await start(app, "127.0.0.1", 0)
    try:
        yield app, address
    finally:
        await runner.cleanup()


@asynccontextmanager
async def open_live_city(
    folder: Path,
    *,
    model: Model | None = None,
    begins: datetime = MONDAY_NINE,
    profile: str = "lean",
    couriers: dict[str, Courier] | None = None,
    readers: Callable[[Desk], dict[str, Reader]] | None = None,
    **more: Any,
) -> AsyncIterator[LiveCity]:
    """A city of its own in this folder; with a model everybody is at their post already."""
    clock = DemoClock(begins, 0, lambda: 0.0)
    database = folder / "paidan.db"
    if model is not None:
        shutil.copyfile(model.database, database)
    async with simulated(clock) as (app, address), Town(address) as town:
        settings = Settings(
            database=f"sqlite+aiosqlite:///{database}",
            token=TOKEN,
            server=address,
            photos=folder / "photos",
            profile=profile,
            **{"port": 0, "keys": PRACTICE_KEYS, **more},
        )
        city = LiveCity(settings, clock, app[WORLD], town, couriers, readers)
        app[OBSERVERS].append(_judge(city.problems))
        await city.open()
        try:
            if model is not None:
                await _switch_on_phones(city)
            await city.settle()
            yield city
        finally:
            await city.close()


def _judge(problems: list[str]) -> Callable[[str, str, Any], None]:
    def judge(kind: str, name: str, payload: Any) -> None:
        problems.extend(check(kind, name, payload))

    return judge


async def _switch_on_phones(city: LiveCity) -> None:
    """The accounts that the model knows; that they once pressed Start is old news."""
    for place, townsman in enumerate(PEOPLE):
        phone = await _account(city.town, place, townsman.name, townsman.phone_language)
        city.people[townsman.name] = Resident(city, phone)
        await phone.starts()
    city.world.bot_of(TOKEN).queue.clear()


async def _account(town: Town, place: int, name: str, language: str) -> Phone:
    """A phone whose account has the same number in every simulator."""
    number = FIRST_ACCOUNT + place
    await town._asks("POST", "/sim/users", id=number, first_name=name, language_code=language)
    return Phone(town._on_line(), number, name)


async def build_model(folder: Path) -> Model:
    """Map, agencies and catalogue are loaded, and everybody comes in by an invitation."""
    begins = MONDAY_NINE - timedelta(days=3)
    async with open_live_city(folder, begins=begins) as city:
        await load_town(city.product.storage.loading, city.now())
        for place, townsman in enumerate(PEOPLE):
            phone = await _account(city.town, place, townsman.name, townsman.phone_language)
            flows = city.product.flows
            token = await flows.invite(SYSTEM, townsman.name, townsman.posts, townsman.language)
            await Resident(city, phone).starts(token)
        await city.check()
    model = Model(folder)
    with sqlite3.connect(folder / "paidan.db") as source, sqlite3.connect(model.database) as copy:
        source.backup(copy)
        copy.execute("DELETE FROM inbox")
        copy.execute("DELETE FROM setting WHERE name = 'alive_at'")
        copy.commit()
        copy.execute("PRAGMA journal_mode=DELETE")  # whoever copies the file has all of it
    return model
