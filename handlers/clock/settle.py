"""Start-up settles before it escalates: what people said meanwhile is read first.

durability.md 2.2 (Start-up and catch-up, Clock jumps).
"""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Gate:
    """Closed until nothing waits to be read, or for `most`; orders and answers go on.

    `backlog` asks how many updates wait at the messenger (None: it does not say), `unread` how
    many are stored and not finished. `awake` is a monotonic clock in seconds.
    """

    backlog: Callable[[], Awaitable[int | None]]
    unread: Callable[[], Awaitable[int]]
    awake: Callable[[], float]
    most: timedelta
    closed_for: str = "start"
    _since: float | None = field(default=None)
    _held_until: float = field(default=0.0)

    def close(self, why: str, *, at_least: timedelta = timedelta()) -> None:
        """Shut it again, such as after a suspend; for `at_least` so long, whatever waits."""
        self.closed_for, self._since = why, self.awake()
        self._held_until = max(self._held_until, self.awake() + at_least.total_seconds())

    async def is_open(self) -> bool:
        """Whether the clock may knock; says in the log what it has waited for."""
        if not self.closed_for:
            return True
        now = self.awake()
        since = now if self._since is None else self._since
        self._since = since
        if now < self._held_until:
            return False
        waiting = await self._waiting()
        if self._since is not since:
            return not self.closed_for  # others asked meanwhile, or it was closed anew
        if waiting and now - since < self.most.total_seconds():
            return False
        what = waiting or "all read"
        log.info("settled %.0f s after %s: %s", now - since, self.closed_for, what)
        self.closed_for, self._since = "", None
        return True

    async def _waiting(self) -> str:
        """What is still to be read, in words; empty for nothing."""
        if unread := await self.unread():
            return f"{unread} updates unread"
        backlog = await self.backlog()
        if backlog is None:
            return "the messenger does not answer"
        return f"{backlog} updates at the messenger" if backlog else ""


@dataclass(frozen=True, slots=True)
class Held:
    """A job that does nothing while the gate is closed; `look` comes before it every time."""

    gate: Gate
    look: Callable[[], Awaitable[int]]
    run: Callable[[], Awaitable[int]]

    async def round(self) -> int:
        await self.look()
        return await self.run() if await self.gate.is_open() else 0
