"""Calendar chores: at set local times, each slot once over all processes.

APScheduler's triggers say when; our own loop asks them, because its scheduler stops for good
after a backward step of the wall clock (durability.md 1.6).
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from workflows.ports import Clock

log = logging.getLogger(__name__)

CATCH_UP: Final = timedelta(hours=6)
"""A slot that passed while nobody lived is caught up with; older news is left to the next slot."""


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do at the times of a crontab line, in the district's zone.

    `run` is given the slot's own time, such as `2026-11-23T08:00`, as its identity; `last` says
    when a slot was last taken by anybody.
    """

    name: str
    crontab: str
    run: Callable[[str], Awaitable[int]]
    last: Callable[[], Awaitable[datetime | None]]


@dataclass(slots=True)
class Chores:
    """Looks for slots that have passed since it last looked; the slot table makes them single."""

    chores: Sequence[Chore]
    zone: ZoneInfo
    now: Clock
    _looked: datetime | None = field(default=None)

    async def round(self) -> int:
        """Run what has come due, the latest slot of each chore only. Returns how much they did."""
        now = self.now()
        looked, self._looked = self._looked, now
        done = 0
        for chore in self.chores:
            # Where the clock was set back, slots that were already looked at lie ahead again.
            since = min(looked, now) if looked else max(await chore.last() or now, now - CATCH_UP)
            if slot := self._latest(chore, since, now):
                done += await chore.run(slot.strftime("%Y-%m-%dT%H:%M"))
        return done

    def _latest(self, chore: Chore, since: datetime, now: datetime) -> datetime | None:
        trigger = CronTrigger.from_crontab(chore.crontab, timezone=self.zone)
        found: datetime | None = None
        slot = trigger.get_next_fire_time(None, since)
        while slot is not None and slot <= now:
            found = slot if slot > since else found
            slot = trigger.get_next_fire_time(slot, slot)
        return found
