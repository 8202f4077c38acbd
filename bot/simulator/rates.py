"""Flood rules: how many sends and edits a chat and a bot may make (messaging.md 0.2, 1.11)."""

import math
from collections import defaultdict, deque
from enum import StrEnum

from bot.simulator.clock import SimClock
from bot.simulator.errors import too_many


class RateMode(StrEnum):
    """`documented` lets a chat burst for a moment; `strict` holds it to one a second."""

    OFF = "off"
    DOCUMENTED = "documented"
    STRICT = "strict"


_PER_MINUTE = 20
_PER_SECOND = 30
_BURST = {RateMode.DOCUMENTED: 5, RateMode.STRICT: 1}


class Rates:
    """Counts sends and edits of a chat together; a refused chat stays closed for its delay."""

    def __init__(self, mode: RateMode, clock: SimClock) -> None:
        self.mode = mode
        self._clock = clock
        self._chats: defaultdict[tuple[int, int], deque[float]] = defaultdict(deque)
        self._bots: defaultdict[int, deque[float]] = defaultdict(deque)
        self._closed: dict[tuple[int, int], float] = {}

    def set_mode(self, mode: RateMode) -> None:
        self.mode = mode
        self._chats.clear()
        self._bots.clear()
        self._closed.clear()

    def close(self, bot_id: int, chat_id: int, seconds: float) -> None:
        """No send and no edit in this chat for so long."""
        self._closed[bot_id, chat_id] = self._clock.steady() + seconds

    def spend(self, bot_id: int, chat_id: int, count: int = 1) -> None:
        """Count messages sent or edited; refuses with 429 when there are too many."""
        now = self._clock.steady()
        wait = self._closed.get((bot_id, chat_id), 0.0) - now
        if self.mode is not RateMode.OFF:
            chat, bot = self._chats[bot_id, chat_id], self._bots[bot_id]
            _forget(chat, now - 60)
            _forget(bot, now - 1)
            wait = max(wait, self._wait(chat, bot, now))
        if wait > 0:
            seconds = math.ceil(wait)
            self.close(bot_id, chat_id, seconds)
            raise too_many(seconds)
        if self.mode is not RateMode.OFF:
            chat.extend([now] * count)
            bot.extend([now] * count)

    def _wait(self, chat: deque[float], bot: deque[float], now: float) -> float:
        burst = _BURST[self.mode]
        recent = [each for each in chat if each > now - burst]
        wait = recent[0] + burst - now if len(recent) >= burst else 0.0
        if len(chat) >= _PER_MINUTE:
            wait = max(wait, chat[0] + 60 - now)
        if len(bot) >= _PER_SECOND:
            wait = max(wait, bot[0] + 1 - now)
        return wait


def _forget(times: deque[float], before: float) -> None:
    while times and times[0] <= before:
        times.popleft()
