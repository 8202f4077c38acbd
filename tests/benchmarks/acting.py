"""Sixteen people at once: webhook, commit, verb, outbox, send; and what the parts cost alone."""

import asyncio
import itertools
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from aiogram import Bot, Dispatcher, Router
from aiogram.types import Message, Update
from sqlalchemy import func, or_, select, text

from bot.simulator.phones import Phone, Town
from storage.database import Database
from storage.rows.outgoing import outbox
from storage.rows.rails import inbox
from tests.benchmarks.town import (
    SECRET,
    TOKEN,
    WORKERS,
    bind,
    free_port,
    open_cases,
    settings_in,
    settle_in,
    simulator,
)
from wiring.city import City, open_city
from wiring.serving import serve
from workflows.cases.case import Case
from workflows.people import Role

EACH = 6
"""Acts a worker does in a round."""

NUMBERS = itertools.count(50_000_000)
OTHER_FILTERS = 8


async def actions_a_second(folder: Path, database: str, rounds: int) -> list[float]:
    """Every act is a text that signs for a case; it ends when its card has been revised."""
    async with simulator() as base, Town(base) as town:
        settings = settings_in(folder, database, base, free_port())
        async with open_city(settings) as city:
            passing = itertools.count(0, 60)
            city.ticks = lambda: float(next(passing))  # the messenger's limits are not measured
            invitations = await settle_in(city.storage, city.flows)
            stop = asyncio.Event()
            async with asyncio.TaskGroup() as group:
                group.create_task(serve(city, stop))
                try:
                    phones = await bind(town, invitations)
                    await _settled(city)
                    return [await _round(city, phones) for _ in range(rounds)]
                finally:
                    stop.set()


async def _round(city: City, phones: Sequence[Phone]) -> float:
    cases = await open_cases(city.flows, WORKERS * EACH, 16, quiet=False)
    people = await city.storage.views.holders(Role.WORKER)
    chats = {person.id: phone.id for person, phone in zip(people, phones, strict=True)}
    await _settled(city)
    began = time.perf_counter()
    async with aiohttp.ClientSession() as session:
        await asyncio.gather(
            *(
                _acts(session, city, chats[p.id], [c for c in cases if c.assignee == p.id])
                for p in people
            )
        )
    await _settled(city)
    spent = time.perf_counter() - began
    signed = [await city.storage.views.case(case.id) for case in cases]
    assert all(view.case.state == "handling" for view in signed)
    return len(cases) / spent


async def _acts(
    session: aiohttp.ClientSession, city: City, chat: int, cases: Sequence[Case]
) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    for case in cases:
        update = signing(chat, case.id)
        async with session.post(city.settings.webhook_url, json=update, headers=headers) as said:
            assert said.status == 200


def signing(chat: int, case: int) -> dict[str, Any]:
    number = next(NUMBERS)
    who = {"id": chat, "is_bot": False, "first_name": "W"}
    message = {
        "message_id": number,
        "date": int(datetime.now(UTC).timestamp()),
        "chat": {"id": chat, "type": "private", "first_name": "W"},
        "from": who,
        "text": f"sign {case}",
    }
    return {"update_id": number, "message": message}


async def _settled(city: City) -> None:
    """Until nothing waits, neither what came in nor what must go out now."""
    later = city.now() + timedelta(seconds=5)
    due = (
        select(func.count())
        .select_from(outbox)
        .where(
            outbox.c.state.in_(("waiting", "sending")),
            or_(outbox.c.not_before.is_(None), outbox.c.not_before < later),
        )
    )
    unread = select(func.count()).select_from(inbox).where(inbox.c.state == "waiting")
    waiting = 1
    while waiting:
        await asyncio.sleep(0.01)
        async with city.storage.database.reading() as connection:
            waiting = sum([(await connection.execute(one)).scalar_one() for one in (due, unread)])


async def dispatch_alone(rounds: int, many: int = 300) -> list[float]:
    """Seconds for aiogram to bring one such update to its handler past asynchronous filters."""
    router, heard = Router(), []

    async def never(_: Message) -> bool:
        return False

    async def always(_: Message) -> bool:
        return True

    async def hear(message: Message) -> None:
        heard.append(message)

    for _ in range(OTHER_FILTERS):
        router.message.register(hear, never)
    router.message.register(hear, always)
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    bot = Bot(TOKEN)
    try:
        return [await _dispatched(dispatcher, bot, many) for _ in range(rounds)]
    finally:
        await bot.session.close()


async def _dispatched(dispatcher: Dispatcher, bot: Bot, many: int) -> float:
    updates = [Update.model_validate(signing(7, n), context={"bot": bot}) for n in range(many)]
    began = time.perf_counter()
    for update in updates:
        await dispatcher.feed_update(bot, update)
    return (time.perf_counter() - began) / many


async def commit_alone(database: Database, rounds: int, many: int = 100) -> list[float]:
    """Seconds for one row in a transaction of its own, with the same pragmas."""
    async with database.begin() as connection:
        await connection.execute(text("CREATE TABLE bare (word VARCHAR(40))"))
    return [await _committed(database, many) for _ in range(rounds)]


async def _committed(database: Database, many: int) -> float:
    adding = text("INSERT INTO bare (word) VALUES ('one row')")
    began = time.perf_counter()
    for _ in range(many):
        async with database.begin() as connection:
            await connection.execute(adding)
    return (time.perf_counter() - began) / many
