"""From a stored update to the routes: decode, feed, and let every failure out."""

from dataclasses import dataclass

from aiogram import Bot, Dispatcher
from aiogram.methods import TelegramMethod
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.faults import PoisonError
from workflows.rails import Stored


@dataclass(frozen=True, slots=True)
class Reader:
    """Feeds stored updates to a dispatcher, as if they had just come."""

    dispatcher: Dispatcher
    bot: Bot

    async def digest(self, row: Stored) -> None:
        """Handles one update; returns if it meant nothing.

        Raises PoisonError if it cannot be decoded, and whatever its handler raises.
        """
        update = self._decoded(row)
        try:
            _ = update.event_type
        except UpdateTypeLookupError:
            return  # a kind of a later Bot API; feeding it would only warn
        result = await self.dispatcher.feed_update(
            self.bot, update, cause=row.cause, received_at=row.received_at, aside=row.aside
        )
        if isinstance(result, TelegramMethod):
            raise TypeError(f"a handler returned {type(result).__name__}, which nobody sends")

    def _decoded(self, row: Stored) -> Update:
        """With the bot in its context, else aiogram would decode it twice."""
        try:
            return Update.model_validate_json(row.raw, context={"bot": self.bot})
        except ValidationError as error:
            places = {".".join(map(str, each["loc"])) for each in error.errors()}
            raise PoisonError(f"cannot be decoded at {', '.join(sorted(places))}"[:300]) from None
