"""Whether flood control means one chat or all of them: Telegram does not say."""

import asyncio
from dataclasses import replace
from typing import Final

from bot.chat import Delivery

TOGETHER: Final = 1.0
"""Seconds within which two refused chats mean the bot itself is too loud (durability.md 2.2)."""


class FloodWatch:
    """Remembers the latest refusal for haste."""

    def __init__(self) -> None:
        self._chat, self._at = "", 0.0

    def judged(self, chat: str, delivery: Delivery) -> Delivery:
        """The verdict, for everyone if another chat has just had the same."""
        if delivery.after is None:
            return delivery
        now = asyncio.get_running_loop().time()
        everyone = self._chat not in {"", chat} and now - self._at <= TOGETHER
        self._chat, self._at = chat, now
        return replace(delivery, everyone=everyone)
