"""A simulator with one bot and people on it, shared by a whole folder: aiogram is slow to start.

Every reply and update of the run must please both oracles (messaging.md 6.31).
"""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot
from PIL import Image

from bot.chat import Gesture
from bot.simulator.phones import Phone, Town
from bot.simulator.polling import update_json
from bot.simulator.server import OBSERVERS, WORLD, build_simulator, start
from bot.telegram.client import build_bot
from bot.telegram.courier import TelegramCourier
from handlers.telegram.reading import Reader
from handlers.telegram.routes import build_dispatcher
from tests.inbox import stored
from tests.oracles import check
from workflows.notices import Address

TOKEN = "4242:abcdefghijklmnopqrstuvwxyz0123456789"


def jpeg(colour: str = "red", width: int = 320, height: int = 240) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


class Listener:
    """A door that only listens."""

    def __init__(self) -> None:
        self.heard: list[Gesture] = []

    async def hear(self, gesture: Gesture) -> None:
        self.heard.append(gesture)


@dataclass(repr=False)
class Stage:
    base: str
    town: Town
    bot: Bot
    app: Any
    copies: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.courier = TelegramCourier(self.bot, self.open_copy)

    async def open_copy(self, sha256: str, stamp: tuple[str, ...]) -> bytes:  # noqa: ARG002
        return self.copies[sha256]

    def advance(self, seconds: float) -> None:
        self.app[WORLD].advance(seconds)

    async def person(self, name: str = "林", **more: Any) -> tuple[Phone, Address]:
        """Somebody who pressed Start, and where we reach them."""
        phone = await self.town.person(name, **more)
        await phone.starts()
        await self.updates()
        return phone, Address("telegram", str(phone.id))

    async def updates(self) -> list[Any]:
        """All raw updates that wait, taken past the door: real polling has tests of its own."""
        queue = self.app[WORLD].bot_of(TOKEN).queue
        found = [update_json(update) for update in queue]
        queue.clear()
        return found

    async def gestures(self) -> list[Gesture]:
        """What the updates that wait mean, through the real routes."""
        door = Listener()
        reader = Reader(build_dispatcher(door), self.bot)
        for update in await self.updates():
            await reader.digest(stored(update))
        return door.heard


@asynccontextmanager
async def open_stage(*, seconds: float = 2.0) -> AsyncIterator[Stage]:
    app = build_simulator()
    problems: list[str] = []

    def judge(kind: str, name: str, payload: Any) -> None:
        if kind in {"reply", "update"}:
            problems.extend(check(kind, name, payload))

    app[OBSERVERS].append(judge)
    runner, base = await start(app, "127.0.0.1", 0)
    bot = build_bot(TOKEN, server=base, seconds=seconds)
    async with Town(base) as town:
        await bot.get_me()
        yield Stage(base, town, bot, app)
        warnings = await town.warnings()
    await bot.session.close()
    await runner.cleanup()
    assert problems == []
    assert warnings == []
