"""Who we are to Telegram, and where it brings updates: to our webhook, or nowhere."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

import stamina
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

CONNECTIONS: Final = 40
"""Chats whose updates may come at once; each connection waits for one commit."""
ANSWERS_WITHIN: Final = 5
_PASSING: Final = (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
T = TypeVar("T")


async def hang_hook(bot: Bot, url: str, secret: str, allowed: Sequence[str]) -> None:
    """Has updates of these kinds brought to `url`, with our secret in their header.

    Saying so twice changes nothing, so it may be retried. Raises AiogramError.
    """
    await _insisting(
        lambda: bot.set_webhook(
            url, secret_token=secret, allowed_updates=[*allowed], max_connections=CONNECTIONS
        )
    )


async def take_down_hook(bot: Bot) -> None:
    """Nothing is brought any more; what waits stays to be fetched. Raises AiogramError."""
    await _insisting(lambda: bot.delete_webhook(drop_pending_updates=False))


async def backlog(bot: Bot | None) -> int | None:
    """How many updates wait at Telegram, for the settle gate (durability.md 2.2, Start-up).

    One try, and soon: 0 without a messenger, None where it does not say.
    """
    if bot is None:
        return 0
    try:
        return (await bot.get_webhook_info(request_timeout=ANSWERS_WITHIN)).pending_update_count
    except (AiogramError, TimeoutError):
        return None


async def own_name(bot: Bot) -> str:
    """The bot's username, for links that lead to it. Raises AiogramError."""
    return (await _insisting(bot.me)).username or ""


async def _insisting(call: Callable[[], Awaitable[T]]) -> T:
    """A context, not the decorator: that one would log the arguments, the secret among them."""
    async for again in stamina.retry_context(
        on=_PASSING, attempts=5, timeout=60, wait_initial=1, wait_max=10
    ):
        with again:
            return await call()
    raise AssertionError("the last attempt returns or raises")
