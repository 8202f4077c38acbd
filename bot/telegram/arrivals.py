"""How updates come in, as Telegram sees it: one question a minute, asked once."""

from dataclasses import dataclass
from typing import Final

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError

from bot.telegram.redaction import redact
from workflows.auditing.horizon import Arrivals, MuteError

LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class TelegramLine:
    """Implements `workflows.rails.Line`."""

    bot: Bot

    async def arrivals(self) -> Arrivals:
        try:
            info = await self.bot.get_webhook_info()
        except TelegramUnauthorizedError:
            raise MuteError("the messenger refuses our token", lasting=True) from None
        except AiogramError as no:
            raise MuteError(f"the messenger does not answer: {type(no).__name__}") from None
        failure = redact(info.last_error_message or "").replace(info.url or "\0", "")[:LONGEST]
        return Arrivals(info.url, info.pending_update_count, info.last_error_date, failure)
