"""What came in: claim, let the right door read it, and leave no update unfinished."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.faults import PoisonError
from workflows.figures import SILENCE, Count, Figures, Span
from workflows.ports import Clock, LeaseLostError
from workflows.rails import Inbox, Stored

log = logging.getLogger(__name__)

MOST_TRIES: Final = 5
Reader = Callable[[Stored], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Pump:
    """Read stored updates, one at a time a chat, different chats side by side."""

    inbox: Inbox
    readers: Mapping[str, Reader]
    now: Clock
    after: Callable[[], None]
    figures: Figures = SILENCE

    async def round(self, most: int = 16) -> int:
        """One batch. Returns how many updates were claimed."""
        rows = await self.inbox.claim(most, self.now())
        if rows:
            await asyncio.gather(*(self._read(row) for row in rows))
            self.after()
        return len(rows)

    async def _read(self, row: Stored) -> None:
        """An update is settled by the verb it calls; whatever is left is settled here."""
        try:
            await self.readers[row.transport](row)
            if await self.inbox.done(row, self.now()):
                self._count(row, "done")
        except PoisonError as poison:
            log.warning("update %s cannot be read and is kept aside", row.cause)
            await self.inbox.poison(row, str(poison), self.now())
            self._count(row, "poison")
        except LeaseLostError:
            log.warning("update %s was taken over by another process", row.cause)
            self._count(row, "lease_lost")
        except Exception as fault:
            log.exception("update %s failed, attempt %s", row.cause, row.attempts + 1)
            await self._later(row, type(fault).__name__)

    async def _later(self, row: Stored, why: str) -> None:
        if row.attempts + 1 >= MOST_TRIES:
            await self.inbox.poison(row, why, self.now())
            self._count(row, "given_up")
        else:
            wait = timedelta(seconds=2**row.attempts)
            await self.inbox.retry(row, why, self.now() + wait)
            self._count(row, "retry")

    def _count(self, row: Stored, result: str) -> None:
        self.figures.count(Count.UPDATES, result)
        if result == "done":
            self.figures.observe(Span.UPDATE, (self.now() - row.received_at).total_seconds())
