"""What goes out: only the holder of the lease sends, because the messenger counts by bot."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from workflows.ports import Clock
from workflows.rails import SENDER, Leases, Outbox

LEASE_SECONDS: Final = 30
RENEW_EVERY: Final = timedelta(seconds=10)


@dataclass(slots=True)
class Send:
    """Hold the lease, classify what a dead sender left behind, send a batch."""

    outbox: Outbox
    leases: Leases
    batch: Callable[[], Awaitable[int]]
    owner: str
    now: Clock
    _held_until: datetime | None = field(default=None)
    _over: bool = field(default=False)

    async def round(self) -> int:
        """Returns how many messages were claimed; 0 as well while another process sends."""
        if self._over:
            return 0
        now = self.now()
        if self._held_until is None or now >= self._held_until:
            if not await self.leases.take(SENDER, self.owner, now, LEASE_SECONDS):
                self._held_until = None
                return 0
            self._held_until = now + RENEW_EVERY
            await self.outbox.sweep_stuck(now)
        return await self.batch()

    async def give_up(self) -> None:
        """Let another process send at once instead of after the lease; we send no more."""
        self._over = True
        if self._held_until is not None:
            await self.leases.give_up(SENDER, self.owner)
            self._held_until = None
