"""What is due: claim timers, call the clock's verb, give back what failed."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from workflows.escalation.fire_due import FireDue
from workflows.ports import Clock, DueTimer, LeaseLostError
from workflows.rails import Timers

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sweep:
    """Fire due timers, one case after the other."""

    timers: Timers
    fire_due: FireDue
    now: Clock
    reach: Callable[[str], None]
    after: Callable[[], None]

    async def round(self, most: int = 100) -> int:
        """One batch. Returns how many timers were claimed."""
        due = await self.timers.claim(most, self.now())
        if due:
            self.reach("timer.after_claim")
        for timer in due:
            await self._fire(timer)
        if due:
            self.after()
        return len(due)

    async def _fire(self, timer: DueTimer) -> None:
        """One bad case must not hold up its neighbours."""
        try:
            await self.fire_due(timer)
        except LeaseLostError:
            log.warning("timer %s was taken over by another process", timer.id)
        except Exception as fault:
            log.exception("timer %s of case %s failed", timer.id, timer.case_id)
            wait = timedelta(seconds=30)
            await self.timers.release(timer, type(fault).__name__, self.now() + wait)
