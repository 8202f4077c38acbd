"""How a city stands at this moment, for the operator's monitor: looked up only when asked."""

import asyncio
import logging
import shutil
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from handlers.telegram.polling import LEASE as POLLING
from handlers.telegram.polling import Line
from wiring.city import HOOKED, NO_LINE, STARTING, City
from workflows.figures import Gauge, Queue, Queues
from workflows.notices import Lane
from workflows.rails import SENDER

log = logging.getLogger(__name__)

LOOK_WITHIN: Final = 2.0
"""Seconds; a scrape that finds the database busy goes without the queues."""

LINES: Final = (NO_LINE, STARTING, HOOKED, *Line)
BY_LANE: Final = ("lane",)


async def standing(city: City) -> Sequence[Gauge]:
    """Jobs, line and disks are always known; the queues unless the database is too busy."""
    queues = await _queues(city)
    disks = await asyncio.to_thread(_disks, city)
    known = () if queues is None else _waiting(queues, city.storage.owner, city.owner)
    return (*_build(city), *_life(city), *disks, _flag(queues is not None), *known)


async def _queues(city: City) -> Queues | None:
    try:
        async with asyncio.timeout(LOOK_WITHIN):
            return await city.storage.watching.queues(city.now())
    except Exception as fault:  # noqa: BLE001 - a monitor must be answered above all in trouble
        log.warning("the queues could not be looked at: %s", type(fault).__name__)
        return None


def _flag(read: bool) -> Gauge:
    return Gauge("queues_read", "Whether the queues could be looked at", (), {(): float(read)})


def _build(city: City) -> Iterable[Gauge]:
    named = {
        "version": version(),
        "policy": city.book.policy.version[:12],
        "profile": city.settings.profile,
        "database": "sqlite" if city.storage.database.is_sqlite else "postgresql",
    }
    build = {tuple(named.values()): 1.0}
    yield Gauge("build_info", "What runs here", tuple(named), build)
    last = max(city.book.calendar.national.known, default=0)
    yield Gauge("calendar_until_year", "Last year of known days off", (), {(): float(last)})


def _life(city: City) -> Iterable[Gauge]:
    now, jobs = city.loop.monotonic(), city.loop.jobs
    ages = {(job.name,): now - job.last_run for job in jobs if job.last_run}
    failing = {(job.name,): float(job.failures) for job in jobs}
    yield Gauge("job_age_seconds", "Since the last good run of a job", ("task",), ages)
    yield Gauge("job_failures", "Failures of a job in a row", ("task",), failing)
    line = {(each,): float(each == city.line) for each in LINES}
    yield Gauge("intake_line", "1 for how updates reach us now", ("line",), line)


def _disks(city: City) -> Sequence[Gauge]:
    found = {
        what: shutil.disk_usage(folder)
        for what, folder in _folders(city).items()
        if folder.exists()
    }
    free = {(what,): float(disk.free) for what, disk in found.items()}
    total = {(what,): float(disk.total) for what, disk in found.items()}
    return (
        Gauge("disk_free_bytes", "Room that is left", ("what",), free),
        Gauge("disk_total_bytes", "Room that there is", ("what",), total),
    )


def _folders(city: City) -> Mapping[str, Path]:
    folders = {"photos": city.settings.photos}
    database = city.storage.database
    if database.is_sqlite and database.writer.url.database:
        folders["database"] = Path(database.writer.url.database).parent
    return folders


def _waiting(queues: Queues, *ours: str) -> Iterable[Gauge]:
    at, lanes = queues.at, {lane: lane.name.lower() for lane in Lane}
    due = {lane: queues.outbox.get(lane, Queue()) for lane in lanes}
    yield from _queue("inbox", "updates that are not read", queues.inbox, at)
    yield from _queue("timers_due", "timers that are due", queues.timers, at)
    yield from _queue("fetch", "photos that are not fetched", queues.fetch, at)
    now = {(lanes[lane],): float(queue.waiting) for lane, queue in due.items()}
    later = {(lanes[lane],): float(queues.later.get(lane, 0)) for lane in lanes}
    ages = {(lanes[lane],): _age(queue, at) for lane, queue in due.items()}
    yield Gauge("outbox", "Messages that may go now", BY_LANE, now)
    yield Gauge("outbox_later", "Messages that may not go yet", BY_LANE, later)
    yield Gauge("outbox_oldest_seconds", "Since the oldest may go", BY_LANE, ages)
    yield _number("outbox_sending", "Messages on their way", queues.sending)
    yield _number("outbox_parked", "Messages for people out of reach", queues.parked)
    yield _number("outbox_dead", "Messages that were given up", queues.dead)
    yield _number("cases_exhausted", "Cases whose ladder has ended", queues.exhausted)
    yield from _leases(queues, ours)


def _leases(queues: Queues, ours: Sequence[str]) -> Iterable[Gauge]:
    held = {name: queues.leases.get(name) for name in (SENDER, POLLING)}
    left = {(n,): (h[1] - queues.at).total_seconds() if h else 0.0 for n, h in held.items()}
    mine = {(n,): float(h is not None and h[0] in ours) for n, h in held.items()}
    yield Gauge("lease_left_seconds", "Until a lease runs out", ("lease",), left)
    yield Gauge("lease_ours", "Whether this process holds a lease", ("lease",), mine)


def _queue(name: str, what: str, queue: Queue, at: datetime) -> Iterable[Gauge]:
    yield _number(name, f"How many {what}", queue.waiting)
    yield _number(f"{name}_oldest_seconds", f"Age of the oldest of the {what}", _age(queue, at))


def _number(name: str, text: str, value: float) -> Gauge:
    return Gauge(name, text, (), {(): float(value)})


def _age(queue: Queue, at: datetime) -> float:
    return 0.0 if queue.oldest is None else max((at - queue.oldest).total_seconds(), 0.0)


def version() -> str:
    """Of this checkout."""
    project = Path(__file__).parents[1] / "pyproject.toml"
    found: str = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"]
    return found
