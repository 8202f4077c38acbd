"""Watches over our own life: a sign of life, suspends of the host, and jumps of its clock.

Three clocks are compared: wall time, time awake, and time since boot, suspends included. What
wall time gained on the last is a jump, what that gained on time awake is a suspend.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from handlers.clock.settle import Gate
from workflows.outages.outage import Outage, Why
from workflows.outages.rules import OutageRules
from workflows.ports import Clock, StorageDownError

log = logging.getLogger(__name__)

BEAT: Final = 5.0
"""Seconds between two signs of life."""
SLEPT: Final = 20.0
"""A suspend that is shorter than this is not worth a word."""


@dataclass(frozen=True, slots=True)
class Steady:
    """Two clocks that nobody can set, in seconds: time awake, and time since boot."""

    awake: Callable[[], float]
    boot: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Reading:
    """Three clocks at one look."""

    wall: datetime
    awake: float
    boot: float

    def slept_since(self, last: "Reading") -> float:
        return (self.boot - last.boot) - (self.awake - last.awake)

    def jumped_since(self, last: "Reading") -> timedelta:
        return (self.wall - last.wall) - timedelta(seconds=self.boot - last.boot)


@dataclass(slots=True)
class Watch:
    """Looked at before each sweep, so that no sweep goes by a clock that nobody has checked."""

    gate: Gate
    keep_alive: Callable[[Why | None], Awaitable[Outage | None]]
    clock_jumped: Callable[[timedelta], Awaitable[None]]
    live_again: Callable[[], Awaitable[int | None]]
    now: Clock
    steady: Steady
    rules: OutageRules
    _last: Reading | None = field(default=None)
    _beat_at: Reading | None = field(default=None)
    _after: Why | None = field(default=Why.DOWN)
    _cards_wait: bool = field(default=True)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def look(self) -> int:
        """Compare the clocks with the last look; always 0, as there is never more to do.

        Raises StorageDownError; the next good look then knows that nothing could be taken in.
        """
        async with self._turn:
            seen = Reading(self.now(), self.steady.awake(), self.steady.boot())
            if self._last is not None:
                await self._compare(self._last, seen)
            self._last = seen
            if self._after or self._is_time(seen):
                await self._beat(seen)
        return 0

    async def show_cards(self) -> int:
        """One batch of cards from before an outage; 0 when there are none left."""
        if not self._cards_wait:
            return 0
        done = await self.live_again()
        self._cards_wait = done is not None
        return 0 if done is None else 1 + done

    async def _compare(self, last: Reading, seen: Reading) -> None:
        slept, jumped = seen.slept_since(last), seen.jumped_since(last)
        if slept > SLEPT:
            log.warning("the host was suspended for %.0f s", slept)
            self._after = self._after or Why.ASLEEP
            self.gate.close("a suspend")
        if jumped > self.rules.forward:
            self.gate.close("a jump of the clock", at_least=self.rules.hold)
        if jumped > self.rules.forward or jumped < -self.rules.back:
            log.warning("the clock was moved by %s", jumped)
            await self.clock_jumped(jumped)

    def _is_time(self, seen: Reading) -> bool:
        beaten = self._beat_at
        if beaten is None:
            return True
        gone = max(seen.awake - beaten.awake, abs((seen.wall - beaten.wall).total_seconds()))
        return gone >= BEAT

    async def _beat(self, seen: Reading) -> None:
        try:
            outage = await self.keep_alive(self._after)
        except StorageDownError:
            self._after = self._after or Why.STORAGE
            raise
        self._after, self._beat_at = None, seen
        if outage is not None:
            log.warning("away from %s to %s: %s", outage.from_at, outage.to_at, outage.why)
            self._cards_wait = True
            self.gate.close("an outage")
