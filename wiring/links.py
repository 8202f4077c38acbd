"""Tokens that are given to people, and the addresses that carry one back to us."""

import secrets
from collections.abc import Callable

from aiogram import Bot

from bot.telegram.hook import own_name


def new_token() -> str:
    """128 random bits, 22 characters."""
    return secrets.token_urlsafe(16)


async def link_builder(bot: Bot | None) -> Callable[[str], str]:
    """Makes an address out of a payload; without a messenger the payload is all there is."""
    if bot is None:
        return lambda payload: payload
    name = await own_name(bot)
    return lambda payload: f"https://t.me/{name}?start={payload}"
