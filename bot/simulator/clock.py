"""The simulator's one clock, which tests can move, and the bell that wakes whoever waits."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress


class Bell:
    """Wakes every waiter at once; ringing is synchronous, so state changes need no await."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        rung, self._event = self._event, asyncio.Event()
        rung.set()

    async def wait(self, seconds: float | None) -> None:
        """Return at the next ring, or after so many real seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)


class SimClock:
    """Two readings of one time.

    `now` is what messages are dated with (Unix seconds) and may run faster than life; `steady`
    is for ages and delays (seconds since start): it never runs faster, but `advance` moves both.
    """

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ticks = ticks
        self._steady_base = 0.0
        self._now_base = wall()
        self._since = ticks()
        self.speed = 1.0

    def steady(self) -> float:
        return self._steady_base + (self._ticks() - self._since)

    def now(self) -> float:
        return self._now_base + (self._ticks() - self._since) * self.speed

    def date(self) -> int:
        """The time as the Bot API writes it."""
        return int(self.now())

    def advance(self, seconds: float) -> None:
        self._now_base += seconds
        self._steady_base += seconds

    def run_at(self, speed: float) -> None:
        """From here on dates pass `speed` times as fast as life."""
        self._now_base, self._steady_base = self.now(), self.steady()
        self._since = self._ticks()
        self.speed = speed

    def set_to(self, now: float) -> None:
        """Dates go on from this Unix time; ages are not touched."""
        self._now_base += now - self.now()
