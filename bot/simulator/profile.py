"""Commands of a bot by scope and language, and which of them a person sees."""

from bot.simulator.state import JSON, Bot, Person


def scope_key(scope: JSON | None, language: str) -> str:
    """One text for scope, chat, member and language together."""
    scope = scope or {"type": "default"}
    parts = (scope.get("type"), scope.get("chat_id", ""), scope.get("user_id", ""), language)
    return "/".join(str(part) for part in parts)


def commands_shown(bot: Bot, person: Person) -> list[JSON]:
    """The menu in the private chat: the narrowest scope wins, the person's language first."""
    scopes: list[JSON] = [
        {"type": "chat", "chat_id": person.id},
        {"type": "all_private_chats"},
        {"type": "default"},
    ]
    language = (person.language_code or "")[:2]
    for scope in scopes:
        for tongue in (language, ""):
            if found := bot.commands.get(scope_key(scope, tongue)):
                return found
    return []
