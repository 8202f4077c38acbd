"""Very many open cases, copied inside the database, and how late their timers are."""

import asyncio
import time
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, insert, literal, select, update

from handlers.clock.loop import Loop
from storage.database import Database
from storage.rows.cases import cases
from storage.rows.rails import timers
from storage.rows.schema import fixed
from tests.benchmarks.town import MovedClock, open_cases
from wiring.city import City

A_SECOND = 4
"""Timers due in a second: 100,000 open cases, each with six rungs in five working days."""


async def crowd(city: City, count: int) -> None:
    """So many open cases, each with one armed timer that is due a year from now."""
    [case] = await open_cases(city.flows, 1, 1, quiet=True)
    far = city.now() + timedelta(days=365)
    database = city.storage.database
    async with database.begin() as connection:
        own = timers.c.case_id == case.id
        await connection.execute(update(timers).where(own).values(due_at=far))
    have = 1
    while have < count:
        more = min(have, count - have, 50_000)
        await _copies(database, more)
        have += more


async def _copies(database: Database, count: int) -> None:
    """Copy the newest cases and their timers, so many of them."""
    columns = [c for c in cases.c if c.name not in {"id", "source_number"}]
    armed = [c for c in timers.c if c.name not in {"id", "case_id"}]
    async with database.begin() as connection:
        last = (await connection.execute(select(func.max(cases.c.id)))).scalar_one()
        newest = select(literal("").label("source_number"), *columns).where(
            cases.c.id > last - count
        )
        names = ["source_number", *(c.name for c in columns)]
        await connection.execute(insert(cases).from_select(names, newest))
        theirs = select((timers.c.case_id + count).label("case_id"), *armed).where(
            timers.c.case_id > last - count
        )
        names = ["case_id", *(c.name for c in armed)]
        await connection.execute(insert(timers).from_select(names, theirs))


async def a_sweep_with_nothing_due(city: City, rounds: int) -> list[float]:
    """Seconds for one look at the timers when none is due."""
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        assert not await city.storage.timers.claim(100, city.now())
        spent.append(time.perf_counter() - began)
    return spent


async def lateness(city: City, clock: MovedClock, seconds: int) -> list[float]:
    """Let timers fall due for so long, evenly, under the real loop; how late each was fired."""
    wanted = seconds * A_SECOND
    database = city.storage.database
    begin = await _spread(city, clock, wanted)
    names = ("sweep", "send")
    loop = Loop([job for job in city.loop.jobs if job.name in names], time.monotonic)
    async with asyncio.TaskGroup() as group:
        group.create_task(loop.run())
        while city.now() < begin + timedelta(seconds=seconds + 15):  # noqa: ASYNC110  time itself
            await asyncio.sleep(0.5)
        loop.stop.set()
    fired = select(timers.c.due_at, timers.c.ended_at).where(timers.c.state == fixed("fired"))
    async with database.reading() as connection:
        rows = (await connection.execute(fired)).all()
    assert len(rows) == wanted, f"{len(rows)} of {wanted} timers were fired"
    return sorted((row.ended_at - row.due_at).total_seconds() for row in rows)


async def _spread(city: City, clock: MovedClock, wanted: int) -> datetime:
    """Move on to when the rung of every case is reached; `wanted` timers fall due from then on."""
    database = city.storage.database
    kind: ColumnElement[str] = timers.c.kind
    async with database.begin() as connection:
        first = (await connection.execute(select(timers.c.case_id, kind).limit(1))).one()
        case = await city.storage.views.case(first.case_id)
        rung = min(c.next_rung_at for c in case.case.clocks if c.next_rung_at and c.runs)
        clock.ahead += max(rung - city.now(), timedelta()) + timedelta(seconds=1)
        begin = city.now() + timedelta(seconds=2)
        due_kind = next(c.kind for c in case.case.clocks if c.next_rung_at == rung)
        chosen = (
            await connection.execute(
                select(timers.c.id)
                .where(kind == due_kind.value)
                .order_by(timers.c.id)
                .limit(wanted)
            )
        ).scalars()
        for place, number in enumerate(chosen):
            at = begin + timedelta(seconds=place / A_SECOND)
            await connection.execute(update(timers).where(timers.c.id == number).values(due_at=at))
    return begin
