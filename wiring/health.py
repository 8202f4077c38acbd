"""Whether a city can do its work: what `/readyz` says, each thing by name."""

import asyncio
import logging
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from handlers.clock.loop import Job
from handlers.telegram.polling import Line
from wiring.city import HOOKED, NO_LINE, City
from workflows.rails import SENDER

log = logging.getLogger(__name__)

STALE_AFTER: Final = 60.0
"""Seconds without a good run; durability.md 2.2 (Clock)."""

USUAL_TIMEOUT: Final = 30.0
ANSWER_WITHIN: Final = 5.0
BELIEVED_FOR: Final = 5.0
"""Seconds; who asks more often hears the last answer again, so that asking costs nothing."""

LEAST_FREE: Final = 200 * 1024 * 1024
"""Bytes; ten photos of the largest size."""

WELL: Final = {NO_LINE, HOOKED, Line.POLLING, Line.STANDBY}


@dataclass(slots=True)
class Health:
    """Asks the database at most every few seconds, whoever asks us how often."""

    city: City
    _asked_at: float | None = field(default=None)
    _database: Mapping[str, bool | str] = field(default_factory=dict)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def __call__(self) -> Mapping[str, bool | str]:
        """True for what is well, a few words for what is not."""
        free = await asyncio.to_thread(self._room)
        intake = self.city.line in WELL or f"{self.city.line}"
        asked = {"intake": intake, "disk": free, **await self._rows()}
        return {**dict(self._jobs()), **asked}

    def _jobs(self) -> Iterator[tuple[str, bool | str]]:
        now = self.city.loop.monotonic()
        for job in self.city.loop.jobs:
            age = now - job.last_run
            silent = f"no good run for {age:.0f} s" if job.last_run else "has not run yet"
            yield f"job {job.name}", age < _longest(job) or silent

    def _room(self) -> bool | str:
        try:
            free = shutil.disk_usage(self.city.settings.photos).free
        except OSError as no:
            return type(no).__name__
        return free >= LEAST_FREE or f"{free // 1024 // 1024} MB left for photos"

    async def _rows(self) -> Mapping[str, bool | str]:
        async with self._one_at_a_time:
            now = self.city.loop.monotonic()
            if self._asked_at is None or now - self._asked_at > BELIEVED_FOR:
                self._database, self._asked_at = await self._ask(), now
        return self._database

    async def _ask(self) -> Mapping[str, bool | str]:
        city, at = self.city, self.city.now()
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                await city.storage.watching.can_write(city.owner, at)
                leases = (await city.storage.watching.queues(at)).leases
        except Exception as fault:  # noqa: BLE001 - whatever ails the database is the answer
            log.warning("the database cannot be written: %s", type(fault).__name__)
            return {"database": type(fault).__name__}
        held = leases.get(SENDER)
        sender = (held is not None and held[1] > at) or "nobody holds the lease"
        return {"database": True, "sender": sender}


def _longest(job: Job) -> float:
    """A job that may take longer than usual is given that much more."""
    return STALE_AFTER + max(job.timeout - USUAL_TIMEOUT, 0.0)
