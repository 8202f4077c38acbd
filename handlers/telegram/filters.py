"""The one filter the routes need: whether an update means anything, and what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from aiogram.filters import Filter
from aiogram.types import TelegramObject

from bot.chat import Gesture, Showed


class Means(Filter):
    """Hands the gesture to the handler, or lets the update pass if it means nothing.

    What has no time of its own, such as a press, was done when we received it, however late we
    come to read it. Asynchronous on purpose: aiogram runs a synchronous filter in a thread
    (messaging.md 3.1).
    """

    def __init__(self, translate: Callable[[Any, str], Gesture | None]) -> None:
        self.translate = translate

    async def __call__(
        self,
        event: TelegramObject,
        cause: str,
        received_at: datetime | None = None,
        aside: bool = False,
    ) -> bool | dict[str, Any]:
        gesture = self.translate(event, cause)
        if gesture is None:
            return False
        if isinstance(gesture, Showed):
            gesture = replace(gesture, set_closed=aside)
        return {"gesture": replace(gesture, said_at=gesture.said_at or received_at)}
