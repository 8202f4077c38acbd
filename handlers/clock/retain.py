"""At night: what has been kept long enough goes, batch by batch, and its files after it."""

import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflows.ports import Clock
from workflows.privacy.kept import Forgetting
from workflows.privacy.retention import Period
from workflows.rails import Slots

log = logging.getLogger(__name__)

NAME: Final = "retention"
BATCHES: Final = 25
"""Of each kind at one time; the next quarter of an hour goes on where this one stopped."""


@dataclass(frozen=True, slots=True)
class Retain:
    """The chore; `forget_file` removes a picture by its hash, `forget_slots` our own traces."""

    forgetting: Forgetting
    periods: Iterable[Period]
    forget_file: Callable[[str], Awaitable[None]]
    forget_slots: Callable[[datetime], Awaitable[int]]
    slots: Slots
    now: Clock

    async def __call__(self, slot: str) -> int:
        """How many rows went; 0 if another process has taken the slot."""
        if not await self.slots.take(NAME, slot, self.now()):
            return 0
        return await self.once()

    async def last(self) -> datetime | None:
        return await self.slots.last(NAME)

    async def once(self) -> int:
        """What is due now, within bounds."""
        gone = 0
        for period in self.periods:
            for _ in range(BATCHES):
                went = await self.forgetting.forget(period, self.now())
                gone += went
                if not went:
                    break
        await self._files()
        await self.forget_slots(self.now())
        if gone:
            log.info("%s rows were past their period and went", gone)
        return gone

    async def _files(self) -> None:
        for sha256 in await self.forgetting.files():
            await self.forget_file(sha256)
            await self.forgetting.file_gone(sha256)
