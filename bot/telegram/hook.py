"""Where Telegram brings updates: to our webhook, or nowhere because we fetch them."""

from collections.abc import Sequence

import stamina
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError, TelegramServerError

_PASSING = (TelegramNetworkError, TelegramServerError, ClientDecodeError)
CONNECTIONS = 40
"""Chats whose updates may come at once; each connection waits for one commit."""


@stamina.retry(on=_PASSING, attempts=5, timeout=60)
async def hang_hook(bot: Bot, url: str, secret: str, allowed: Sequence[str]) -> None:
    """Has updates of these kinds brought to `url`, with our secret in their header.

    Saying so twice changes nothing, so it may be retried. Raises TelegramAPIError.
    """
    await bot.set_webhook(
        url, secret_token=secret, allowed_updates=[*allowed], max_connections=CONNECTIONS
    )


@stamina.retry(on=_PASSING, attempts=5, timeout=60)
async def take_down_hook(bot: Bot) -> None:
    """Nothing is brought any more; what waits stays to be fetched. Raises TelegramAPIError."""
    await bot.delete_webhook(drop_pending_updates=False)


@stamina.retry(on=_PASSING, attempts=3, timeout=20)
async def pending(bot: Bot) -> int:
    """How many updates wait at Telegram, for the settle gate (durability.md 2.2, Start-up)."""
    return (await bot.get_webhook_info()).pending_update_count
