"""A sign of life to somebody outside, given only while all is well: its absence is the alarm."""

import logging
from dataclasses import dataclass, field
from typing import Final

import aiohttp

log = logging.getLogger(__name__)
LIMITS: Final = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """`url` often holds a key and is never printed. `method` is GET or POST."""

    url: str = field(repr=False)
    method: str = "GET"

    async def beat(self) -> bool:
        """One attempt; the next minute is the next one. Whether it was heard."""
        try:
            async with (
                aiohttp.ClientSession(timeout=LIMITS) as session,
                session.request(self.method, self.url, allow_redirects=False) as answer,
            ):
                heard = 200 <= answer.status < 300
                why = f"status {answer.status}"
        except (aiohttp.ClientError, OSError, ValueError) as no:
            heard, why = False, type(no).__name__
        if not heard:
            log.warning("the heartbeat was not heard: %s", why)
        return heard
