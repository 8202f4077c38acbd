"""The client for the Bot API: one pool, short limits, no redirects, never a local server."""

from collections.abc import AsyncGenerator
from typing import Any, Final, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.methods import TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientTimeout

CALL_SECONDS: Final = 10.0
CONNECT_SECONDS: Final = 5.0
"""Includes waiting for a free connection, so that a later timeout means: the request left."""
DOWNLOAD_SECONDS: Final = 180
SILENCE_SECONDS: Final = 20.0
SPARE_CONNECTIONS: Final = 16
"""Beyond the sends: the poll, the answers to presses, the downloads."""


class DownloadRefusedError(Exception):
    """The file server said no. Says so without the address, which holds the token."""

    def __init__(self, status: int) -> None:
        super().__init__(f"the file server answered {status}")
        self.status = status


class Session(AiohttpSession):
    """aiogram's HTTP session with limits that tell waiting for a line from waiting for an answer.

    aiogram would pass one total; a total that ends while the call still waits for a connection
    looks like an ambiguous timeout (messaging.md 3.3).
    """

    def __init__(self, *, connect: float = CONNECT_SECONDS, **options: Any) -> None:
        super().__init__(**options)
        self.connect = connect

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - the signature is aiogram's
    ) -> TelegramType:
        limits = ClientTimeout(total=timeout or self.timeout, connect=self.connect)
        # typed as seconds, but handed to aiohttp as it is
        return await super().make_request(bot, method, cast("int", limits))

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = DOWNLOAD_SECONDS,  # noqa: ASYNC109 - the signature is aiogram's
        chunk_size: int = 1 << 16,
        raise_for_status: bool = True,  # noqa: ARG002 - always
    ) -> AsyncGenerator[bytes, None]:
        """The body of a file, from exactly this address. Raises DownloadRefusedError."""
        client = await self.create_session()
        limits = ClientTimeout(total=timeout, connect=self.connect, sock_read=SILENCE_SECONDS)
        async with client.get(
            url, headers=headers, timeout=limits, allow_redirects=False
        ) as answer:
            if answer.status != 200:
                raise DownloadRefusedError(answer.status)
            async for chunk in answer.content.iter_chunked(chunk_size):
                yield chunk


def build_bot(
    token: str,
    *,
    server: str = "",
    sends_in_flight: int = 32,
    seconds: float = CALL_SECONDS,
    connect: float = CONNECT_SECONDS,
) -> Bot:
    """A client without default parse mode; `server` is the base address of a simulator.

    `seconds` limit a call, `connect` of them the wait for a connection. Raises
    TokenValidationError for a malformed token.
    """
    api = TelegramAPIServer.from_base(server) if server else PRODUCTION
    pool = sends_in_flight + SPARE_CONNECTIONS
    return Bot(token, session=Session(api=api, timeout=seconds, limit=pool, connect=connect))
