"""Call-outs whose next moment has come: claim them, call the clock's verb, give back failures."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from workflows.joint.kept import DueCall, DueCalls
from workflows.joint.watch_call import WatchCall
from workflows.ports import Clock, LeaseLostError

log = logging.getLogger(__name__)

AFTER_A_FAILURE: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Calls:
    """Remind and close, one call-out after the other."""

    due_calls: DueCalls
    watch_call: WatchCall
    now: Clock
    after: Callable[[], None]

    async def round(self, most: int = 20) -> int:
        """One batch. Returns how many call-outs were claimed."""
        due = await self.due_calls.claim(most, self.now())
        for call in due:
            await self._watch(call)
        if due:
            self.after()
        return len(due)

    async def _watch(self, call: DueCall) -> None:
        """One bad call-out must not hold up its neighbours."""
        try:
            await self.watch_call(call)
        except LeaseLostError:
            log.warning("call-out %s was taken over by another process", call.id)
        except Exception:
            log.exception("call-out %s failed", call.id)
            await self.due_calls.release(call, self.now() + AFTER_A_FAILURE)
