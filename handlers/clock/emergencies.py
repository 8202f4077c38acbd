"""Emergencies whose next moment has come: claim them, call the verb, give back failures."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from workflows.emergency.close import WatchEmergency
from workflows.emergency.kept import DueEmergencies, DueEmergency
from workflows.ports import Clock, LeaseLostError

log = logging.getLogger(__name__)

AFTER_A_FAILURE: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Emergencies:
    """Let requests lapse and tell ends, one after the other. The end itself needs nobody."""

    due_emergencies: DueEmergencies
    watch_emergency: WatchEmergency
    now: Clock
    after: Callable[[], None]

    async def round(self, most: int = 20) -> int:
        """One batch. Returns how many were claimed."""
        due = await self.due_emergencies.claim(most, self.now())
        for emergency in due:
            await self._watch(emergency)
        if due:
            self.after()
        return len(due)

    async def _watch(self, emergency: DueEmergency) -> None:
        """One bad emergency must not hold up its neighbours."""
        try:
            await self.watch_emergency(emergency)
        except LeaseLostError:
            log.warning("emergency %s was taken over by another process", emergency.id)
        except Exception:
            log.exception("emergency %s failed", emergency.id)
            await self.due_emergencies.release(emergency, self.now() + AFTER_A_FAILURE)
