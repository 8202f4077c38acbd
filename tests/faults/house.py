"""A town that outlives its city hall: the messenger and the phones stay, processes come and go."""

import asyncio
import hashlib
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bot.simulator.phones import Phone, Shown, Town
from bot.simulator.server import OBSERVERS, WORLD, build_simulator, start
from bot.simulator.world import World
from handlers.terminal.demo_town import DRAIN_WORKER as WORKER
from handlers.terminal.demo_town import LEAD, OPERATOR, PEOPLE, REVIEWER, Townsman
from storage.database import Database, connect
from storage.keyring import PRACTICE_KEYS
from tests.faults.board import Board
from tests.faults.lives import Life, Midwife, account, by_hand
from tests.oracles import check

TOKEN = "4242:abcdefghijklmnopqrstuvwxyz0123456789"
CAST = (OPERATOR, WORKER, REVIEWER, LEAD)
LEASES = 45
"""Seconds after which nothing that a dead process held is held any longer."""

A_MOMENT = 0.05
DISTRICT_TIME = ZoneInfo("Asia/Shanghai")
UP = {"getUpdates", "setWebhook"}


@dataclass(repr=False)
class House:
    """Everything that survives a death, and what a test may ask about it."""

    midwife: Midwife
    folder: Path
    url: str
    base: str
    world: World
    town: Town
    board: Board
    database: Database
    phones: dict[str, Phone] = field(default_factory=dict)
    heard: list[tuple[str, str, Any]] = field(default_factory=list)
    lives: list[Life] = field(default_factory=list)
    on_reply: Callable[[str, Any], None] = lambda *_: None

    token = TOKEN

    # Processes

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PAIDAN_DATABASE": self.url,
            "PAIDAN_TOKEN": TOKEN,
            "PAIDAN_KEYS": PRACTICE_KEYS,
            "PAIDAN_SERVER": self.base,
            "PAIDAN_PHOTOS": str(self.folder / "photos"),
            "PAIDAN_PORT": "0",
            "PAIDAN_POLL_SECONDS": "1",
        }

    def born(self, *arguments: str, **env: str) -> Life:
        log = self.folder / f"{len(self.lives)}.log"
        board = self.folder / "board"
        life = self.midwife.bear([*arguments], self.environment | env, log, board)
        self.lives.append(life)
        return life

    def born_by_hand(self, *arguments: str, **env: str) -> Life:
        """By the command line itself; such a life knows nothing of our board."""
        log = self.folder / f"{len(self.lives)}.log"
        life = by_hand([*arguments], self.environment | env, log)
        self.lives.append(life)
        return life

    async def serve(self, **env: str) -> Life:
        """A process that answers already."""
        before = len(self.heard)
        life = self.born("serve", **env)
        await self.is_up(life, before)
        return life

    async def is_up(self, life: Life, heard_before: int, seconds: float = 20) -> None:
        def up() -> bool:
            assert not life.ended.done(), life.told()
            return any(name in UP for _, name, _ in self.heard[heard_before:])

        await self.until(up, "a process is up", seconds)

    def trap(self, place: str) -> None:
        """Whoever comes to this place next is killed there."""
        self.board.trap = place

    def kill_after(self, life: Life, method: str, chat: Phone) -> None:
        """Kill it when the messenger has done what it asked, before it can hear so."""

        def strike(name: str, result: Any) -> None:
            first = result[0] if isinstance(result, list) and result else result
            if name == method and isinstance(first, dict) and _is_in(first, chat):
                os.kill(life.pid, signal.SIGKILL)
                self.on_reply = lambda *_: None

        self.on_reply = strike

    async def succeed(self, dead: Life, **env: str) -> Life:
        """The next process, after the time that a supervisor and the leases take."""
        await dead.dies()
        self.trap("")
        await self.later(LEASES)
        return await self.serve(**env)

    # Time

    async def later(self, seconds: float) -> None:
        self.board.ahead += seconds
        await self.town.advance(seconds)

    async def until(self, true: Callable[[], bool], what: str, seconds: float = 20) -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        while not true():
            if asyncio.get_running_loop().time() > deadline:
                raise TimeoutError(f"not in {seconds} s: {what}\n{self.logs()}")
            await self.world.bell.wait(A_MOMENT)

    async def quiet(self, seconds: float = 20, *, until: timedelta = timedelta(minutes=1)) -> None:
        """Until nothing waits; what waits for its time within `until` need not wait for it."""
        deadline = asyncio.get_running_loop().time() + seconds
        while waiting := await self._waiting():
            if asyncio.get_running_loop().time() > deadline:
                raise TimeoutError(f"never quiet: {waiting}\n{self.logs()}")
            await self._skip(waiting, until)
            await self.world.bell.wait(A_MOMENT)

    async def until_async(
        self, true: Callable[[], Awaitable[bool]], what: str, seconds: float = 20
    ) -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        while not await true():
            if asyncio.get_running_loop().time() > deadline:
                raise TimeoutError(f"not in {seconds} s: {what}\n{self.logs()}")
            await self.world.bell.wait(A_MOMENT)

    async def until_it_is(self, value: Any, question: str) -> None:
        """Until the database gives this answer."""

        async def so() -> bool:
            return bool(await self.one(question) == value)

        await self.until_async(so, f"{value} from {question}")

    def called(self, method: str) -> bool:
        """Whether the messenger was ever asked to do this."""
        return any(kind == "call" and name == method for kind, name, _ in self.heard)

    async def _waiting(self) -> list[Any]:
        """What is not finished: its kind, its number, and when it is due (a message alone)."""
        # The queue first: what leaves it while the database is asked is in the answer, and what
        # was read the other way round could be in neither.
        queued = [each.id for each in self.world.bot_of(TOKEN).queue]
        found = await self.asks(UNFINISHED)
        stored = {each.id for each in found if each.what == "stored"}
        unasked = [("unasked", number, None) for number in queued if number not in stored]
        return [*unasked, *(tuple(each) for each in found if each.what != "stored")]

    async def _skip(self, waiting: list[Any], until: timedelta) -> None:
        """If all that waits is due later, let time jump there."""
        if any(what != "message" for what, _, _ in waiting):
            return
        wait = min(_instant(due) for _, _, due in waiting) - self.board.now().timestamp()
        if 0.5 < wait <= until.total_seconds():
            await self.later(wait)

    # What is so

    async def asks(self, question: str) -> list[Any]:
        async with self.database.reading() as connection:
            return list((await connection.execute(text(question))).all())

    async def deeds(self) -> list[str]:
        """What has been done to cases, in order."""
        rows = await self.asks("SELECT action FROM journal WHERE case_id IS NOT NULL ORDER BY seq")
        return [row[0] for row in rows]

    async def one(self, question: str) -> Any:
        """The one value that a question has for an answer."""
        [[value]] = await self.asks(question)
        return value

    async def doctor(self) -> None:
        """The doctor's own command finds nothing wrong."""
        life = self.born("doctor")
        assert await life.end() == 0, life.told()

    async def is_sound(self) -> None:
        """The doctor is content, and nobody had to read a log."""
        await self.doctor()
        assert self.complaints() == []

    def sent(self, phone: Phone) -> list[str]:
        """What was put on this phone as new messages, told apart by its words."""
        return [words for chat, words in self._put() if chat == phone.id]

    def all_sent(self) -> int:
        """How many messages were put on phones, of the cast and of others."""
        return len(self._put())

    def _put(self) -> list[tuple[int, str]]:
        replies = [(name, told) for kind, name, told in self.heard if kind == "reply"]
        return [
            (each["chat"]["id"], _words(each) or name)
            for name, told in replies
            if name.startswith("send")
            for each in (told if isinstance(told, list) else [told])
        ]

    def twice(self, phone: Phone) -> dict[str, int]:
        """Messages that came more than once, and how often."""
        return {words: n for words, n in Counter(self.sent(phone)).items() if n > 1}

    async def photo_bytes(self) -> dict[str, str]:
        """By the messenger's own id, the hash of what it holds: of every photo that we keep."""
        rows = await self.asks("SELECT unique_id, sha256, state FROM photo")
        files = self.world.files.by_unique
        theirs = {row[0]: hashlib.sha256(files[row[0]].data).hexdigest() for row in rows}
        ours = {row[0]: row[1] for row in rows}
        assert theirs == ours
        assert {row[2] for row in rows} == {"kept"}
        return ours

    def logs(self) -> str:
        return "\n".join(f"--- {life.pid}\n{life.told()}" for life in self.lives)

    def complaints(self) -> list[str]:
        """Lines of any log that nobody should have to read."""
        return [
            line
            for life in self.lives
            for line in life.log.read_text().splitlines()
            if " ERROR " in line or line.startswith("Traceback")
        ]


UNFINISHED = """
SELECT 'update' AS what, id, CAST(NULL AS timestamptz) AS due FROM inbox WHERE state = 'waiting'
UNION ALL SELECT 'stored', number, NULL FROM inbox WHERE number IS NOT NULL
UNION ALL SELECT 'message', id, coalesce(not_before, owed_at) FROM outbox WHERE state = 'waiting'
UNION ALL SELECT 'in flight', id, NULL FROM outbox WHERE state = 'sending'
UNION ALL SELECT 'photo', id, NULL FROM photo WHERE state = 'pending' AND NOT taken_back
"""
"""Everything in one look; updates that are stored although the messenger still holds them too."""


def _words(message: dict[str, Any]) -> str:
    """Of a picture what it shows, without how much was covered: grain is taken for plates."""
    words = Shown(message).text
    return words.partition(" · ")[0] if "photo" in message else words


def _instant(found: Any) -> float:
    """Seconds since 1970, however this database keeps an instant."""
    moment = datetime.fromisoformat(found) if isinstance(found, str) else found
    return float(moment.timestamp())


def _is_in(message: dict[str, Any], phone: Phone) -> bool:
    return bool(message.get("chat", {}).get("id") == phone.id)


@asynccontextmanager
async def open_house(
    midwife: Midwife, folder: Path, url: str, *, hook_timeout: float = 10.0
) -> AsyncIterator[House]:
    """A simulator with the cast's phones switched on; no process yet."""
    app = build_simulator(hook_timeout=hook_timeout)
    runner, base = await start(app, "127.0.0.1", 0)
    board, database = Board(folder / "board"), connect(url)
    problems: list[str] = []
    async with Town(base) as town:
        house = House(midwife, folder, url, base, app[WORLD], town, board, database)

        def listen(kind: str, name: str, payload: Any) -> None:
            problems.extend(check(kind, name, payload))
            house.heard.append((kind, name, payload))
            if kind == "reply":
                house.on_reply(name, payload)

        app[OBSERVERS].append(listen)
        try:
            await house.later(_until_morning(board.now()))
            await _switch_on(house)
            yield house
            warnings = await town.warnings()
        finally:
            for life in house.lives:
                life.kill()
            await database.dispose()
            await runner.cleanup()
            board.close()
    assert problems == []
    assert warnings == []


def _until_morning(now: datetime) -> float:
    """Seconds until ten in the district: whatever hour the tests run at, these are of the day."""
    local = now.astimezone(DISTRICT_TIME)
    ten = datetime.combine(local.date() + timedelta(days=1), time(10), DISTRICT_TIME)
    return (ten - now).total_seconds()


async def _switch_on(house: House) -> None:
    """Their accounts are those the settled town knows; that they pressed Start is old news."""
    bot = house.world.bot_of(TOKEN)
    for man in CAST:
        number = account(PEOPLE.index(man))
        await house.town._asks("POST", "/sim/users", **_user(man, number))
        phone = Phone(house.town._on_line(), number, man.name)
        await phone.starts()
        house.phones[man.name] = phone
    bot.queue.clear()


def _user(man: Townsman, number: int) -> dict[str, Any]:
    return {"id": number, "first_name": man.name, "language_code": man.phone_language}
