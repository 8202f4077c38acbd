"""One call of the Bot API that raises nothing and comes back with a verdict."""

from typing import Any

from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import Message

from bot.chat import Delivery, Outcome
from bot.telegram.outcomes import verdict


async def attempt(bot: Bot, method: TelegramMethod[Any], seconds: int | None = None) -> Delivery:
    """Makes the call once. `keys` are the ids of the messages it made or changed."""
    try:
        result = await bot(method, request_timeout=seconds)
    except Exception as error:  # noqa: BLE001 - every failure of a send needs its verdict
        return verdict(error)
    messages = result if isinstance(result, list) else [result]
    keys = tuple(str(each.message_id) for each in messages if isinstance(each, Message))
    return Delivery(Outcome.DELIVERED, keys=keys)
