"""The command menus: what a person finds behind the button beside the text field.

One list for every private chat, and one for a chat whose person has a role; a chat's own list
hides the general one until it is taken down (messaging.md 4.2, 6.44).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiogram import Bot
from aiogram.methods import DeleteMyCommands, SetMyCommands, TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeUnion,
)

from bot.chat import Commands, Delivery, Outcome
from bot.plain import cut, one_line
from bot.telegram.calls import attempt

DESCRIPTION_MOST = 256


@dataclass(frozen=True, slots=True)
class Menu:
    """Commands by two-letter language; "" is for phones in any other."""

    by_language: Mapping[str, Commands]


class MenuBoard:
    """Hangs menus up, and knows what hangs where so that nothing is hung twice.

    What it knows ends with the process: afterwards each menu is sent once more.
    """

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._hung: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}

    async def hang(self, menu: Menu, chat: str = "") -> Delivery:
        """The menu of one chat, or of all private chats. Stops at the first failure."""
        return await self._change(menu.by_language, chat)

    async def take_down(self, chat: str, languages: Sequence[str] = ("", "zh", "en")) -> Delivery:
        """Takes a chat's own menu away in these languages; the general one shows again."""
        return await self._change(dict.fromkeys(languages, ()), chat)

    async def _change(self, wanted: Mapping[str, Commands], chat: str) -> Delivery:
        for language, commands in wanted.items():
            entries = tuple(
                (name, cut(one_line(words), DESCRIPTION_MOST)) for name, words in commands
            )
            if self._hung.get((chat, language)) == entries:
                continue
            delivery = await attempt(self._bot, _call(chat, language, entries))
            if delivery.outcome is not Outcome.DELIVERED:
                return delivery
            self._hung[chat, language] = entries
        return Delivery(Outcome.DELIVERED)


def _call(chat: str, language: str, entries: Commands) -> TelegramMethod[bool]:
    """No commands means: none of its own, which is not the same as an empty list."""
    scope: BotCommandScopeUnion = (
        BotCommandScopeChat(chat_id=int(chat)) if chat else BotCommandScopeAllPrivateChats()
    )
    if not entries:
        return DeleteMyCommands(scope=scope, language_code=language or None)
    commands = [BotCommand(command=name, description=words) for name, words in entries]
    return SetMyCommands(commands=commands, scope=scope, language_code=language or None)
