"""The bot's own face: commands by scope and language, descriptions, name, menu button."""

import re
from collections.abc import Callable
from typing import Any

from bot.simulator.errors import Words, bad
from bot.simulator.outgoing import Turn
from bot.simulator.profile import scope_key
from bot.simulator.state import JSON
from bot.simulator.world import chat_of

COMMANDS = 100
_SCOPES = frozenset(
    {
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    }
)
_LENGTHS = {"name": 64, "description": 512, "short_description": 120}


def set_my_commands(turn: Turn) -> bool:
    turn.args.need("commands")
    given = turn.args.a_list("commands", "can't parse commands JSON object")
    if len(given) > COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    turn.bot.commands[_key(turn)] = [_command(each) for each in given]
    turn.world.changed("commands", bot=turn.bot.id)
    return True


def _command(given: Any) -> JSON:
    if not isinstance(given, dict) or not isinstance(given.get("command"), str):
        raise bad("can't parse BotCommand: expected an Object with a String field command")
    description = str(given.get("description") or "")
    command = given["command"].removeprefix("/")
    if not re.fullmatch(r"[a-z0-9_]{1,32}", command, re.ASCII):
        raise bad(Words.COMMAND)
    if not 1 <= len(description) <= 256:
        raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


def _key(turn: Turn) -> str:
    """Scope and language of a call; a chat that is named must be known."""
    scope = turn.args.an_object("scope", "can't parse BotCommandScope JSON object")
    if scope:
        if scope.get("type") not in _SCOPES:
            raise bad("can't parse BotCommandScope: unsupported type specified")
        if "chat_id" in scope and chat_of(turn.bot, str(scope["chat_id"])) is None:
            raise bad(Words.CHAT_UNKNOWN)
    return scope_key(scope, _language(turn))


def _language(turn: Turn) -> str:
    language = turn.args.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language, re.ASCII):
        raise bad("Invalid language code specified")
    return language


def get_my_commands(turn: Turn) -> list[JSON]:
    return turn.bot.commands.get(_key(turn), [])


def delete_my_commands(turn: Turn) -> bool:
    turn.bot.commands.pop(_key(turn), None)
    turn.world.changed("commands", bot=turn.bot.id)
    return True


def _set_words(what: str) -> Callable[[Turn], bool]:
    def set_words(turn: Turn) -> bool:
        words = turn.args.text(what)
        if len(words) > _LENGTHS[what]:
            raise bad(f"bot {what.replace('_', ' ')} is too long")
        turn.bot.words[what, _language(turn)] = words
        return True

    return set_words


def _get_words(what: str) -> Callable[[Turn], JSON]:
    def get_words(turn: Turn) -> JSON:
        default = turn.bot.name if what == "name" else ""
        general = turn.bot.words.get((what, "")) or default
        return {what: turn.bot.words.get((what, _language(turn))) or general}

    return get_words


def set_chat_menu_button(turn: Turn) -> bool:
    given = turn.args.an_object("menu_button", "can't parse MenuButton JSON object")
    button = given or {"type": "default"}
    if button.get("type") not in {"commands", "web_app", "default"}:
        raise bad("can't parse MenuButton: unsupported type specified")
    turn.bot.menu_buttons[turn.args.whole("chat_id")] = button
    turn.world.changed("commands", bot=turn.bot.id)
    return True


def get_chat_menu_button(turn: Turn) -> JSON:
    buttons = turn.bot.menu_buttons
    return buttons.get(turn.args.whole("chat_id")) or buttons.get(0) or {"type": "commands"}


METHODS: dict[str, Callable[[Turn], object]] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _set_words("name"),
    "getMyName": _get_words("name"),
    "setMyDescription": _set_words("description"),
    "getMyDescription": _get_words("description"),
    "setMyShortDescription": _set_words("short_description"),
    "getMyShortDescription": _get_words("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
