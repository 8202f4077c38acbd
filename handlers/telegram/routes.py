"""Which updates are listened to, and how each becomes a gesture at the door."""

from aiogram import Dispatcher, Router
from aiogram.types import TelegramObject

from bot.chat import Door, Gesture
from handlers.telegram.filters import Means
from handlers.telegram.gestures import came_or_went, corrected, heard, pressed


def build_dispatcher(door: Door) -> Dispatcher:
    """A dispatcher that remembers nothing and swallows nothing: drafts are rows, and whoever
    feeds it must learn of every failure (messaging.md 0.6, 3.2).
    """
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.include_router(routes(door))
    return dispatcher


def routes(door: Door) -> Router:
    async def hear(_: TelegramObject, gesture: Gesture) -> None:
        await door.hear(gesture)

    router = Router(name="door")
    router.message.register(hear, Means(heard))
    router.edited_message.register(hear, Means(corrected))
    router.callback_query.register(hear, Means(pressed))
    router.my_chat_member.register(hear, Means(came_or_went))
    return router
