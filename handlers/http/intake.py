"""The webhook: who it is, how much it is, what it is called; kept unread, then answered.

durability.md 2.2 (Inbox) and 5 (webhook); messaging.md 1.6. A 2xx must mean: it is committed.
Content is never answered with a 5xx, which would hold up that chat's queue.
"""

import asyncio
import hmac
import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.telegram.envelope import envelope
from workflows.figures import SILENCE, Count, Figures
from workflows.ports import Clock
from workflows.rails import Inbox, Incoming

logger = logging.getLogger(__name__)

TRANSPORT: Final = "telegram"
BODY_MOST: Final = 1 << 20
BODY_SECONDS: Final = 10.0
RETRY_AFTER: Final = {"Retry-After": "30"}
SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name, not its value
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{32,256}")
_PATH: Final = re.compile(r"/[A-Za-z0-9_\-/]{16,200}")


@dataclass(frozen=True, slots=True)
class Intake:
    """Where updates are let in. `secrets` are one or, while they are changed, two.

    Raises ValueError for a path that can be guessed or a secret that is missing or weak.
    """

    path: str
    secrets: tuple[str, ...]
    inbox: Inbox
    clock: Clock
    wake: Callable[[], None]
    body_seconds: float = BODY_SECONDS
    figures: Figures = SILENCE

    def __post_init__(self) -> None:
        if not _PATH.fullmatch(self.path):
            raise ValueError("the webhook path needs 16 or more of A-Z a-z 0-9 _ - /")
        if not 1 <= len(self.secrets) <= 2 or not all(map(_SECRET.fullmatch, self.secrets)):
            raise ValueError("the webhook needs one or two secrets of 32 to 256 of A-Za-z0-9_-")

    def routes(self) -> list[web.RouteDef]:
        return [web.post(self.path, self.take_in)]

    async def take_in(self, request: web.Request) -> web.Response:
        """Commits the update; the answer's body is empty, for Telegram executes what it finds."""
        if not self._is_telegram(request):
            logger.warning("a webhook call without our secret was refused")
            return web.Response(status=401)
        if request.content_type != "application/json":
            return web.Response(status=415)
        item = await self._read(request)
        if isinstance(item, web.Response):
            return item
        try:
            new = await self.inbox.store(TRANSPORT, [item], self.clock())
        except Exception as error:  # noqa: BLE001 - whatever ails the storage, Telegram keeps it
            logger.warning("update %s could not be stored: %s", item.raw_id, type(error).__name__)
            return web.Response(status=503, headers=RETRY_AFTER)
        if new:
            self.figures.count(Count.RECEIVED, by=new)
            self.wake()
        return web.Response()

    def _is_telegram(self, request: web.Request) -> bool:
        """Compares bytes in constant time, every secret each time; any header bytes will do."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        same = [hmac.compare_digest(given, secret.encode()) for secret in self.secrets]
        return any(same)

    async def _read(self, request: web.Request) -> Incoming | web.Response:
        try:
            async with asyncio.timeout(self.body_seconds):
                body = await _capped(request)
        except TimeoutError:
            return web.Response(status=408)
        if body is None:
            return web.Response(status=413)
        try:
            raw = body.decode()
            return envelope(json.loads(raw), raw)
        except (
            ValueError,
            RecursionError,
        ):  # no UTF-8, no JSON, no id, too deep, too long a number
            return web.Response(status=400)


async def _capped(request: web.Request) -> bytes | None:
    """The body, or None once it is too large, whatever it announced."""
    if (request.content_length or 0) > BODY_MOST:
        return None
    body = bytearray()
    async for chunk in request.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > BODY_MOST:
            return None
    return bytes(body)
