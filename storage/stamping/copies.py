"""Copies as they leave the house: the covered copy from the vault, stamped as it is sent.

What is stamped is known only then: a case has its place and agency after its photo. The bytes
are our own JPEG, so a thread may open them; nothing stamped is kept but the last few.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final

from storage.stamping.stamp import stamped

AT_ONCE: Final = 2
REMEMBERED: Final = 16
"""One card goes to several people within a moment; 16 copies are some 10 MB."""


class StampedCopies:
    """Implements `bot.chat.OpenCopy`."""

    def __init__(self, served: Callable[[str], Awaitable[bytes]]) -> None:
        self._served = served
        self._places = asyncio.Semaphore(AT_ONCE)
        self._recent: OrderedDict[tuple[str, tuple[str, ...]], bytes] = OrderedDict()

    async def __call__(self, sha256: str, stamp: tuple[str, ...] = ()) -> bytes:
        """Raises FileNotFoundError for a picture that is not kept."""
        key = (sha256, stamp)
        async with self._places:
            if key not in self._recent:
                data = await self._served(sha256)
                self._recent[key] = await asyncio.to_thread(stamped, data, stamp)
            self._recent.move_to_end(key)
            made = self._recent[key]
            while len(self._recent) > REMEMBERED:
                self._recent.popitem(last=False)
            return made
