"""Commands by role, with what they do, and the words of the keyboard that stays below the chat."""

from collections.abc import Collection
from typing import Final

from bot.i18n import N_, Tongue
from workflows.people import Role

EVERYBODY: Final = (
    ("tasks", N_("what waits for me")),
    ("case", N_("open a case: /case 42")),
    ("why", N_("why so: /why 42")),
    ("help", N_("how it works")),
    ("lang", N_("中文 / English")),
    ("me", N_("who I am here")),
)
NEW: Final = ("new", N_("write a report down"))
SUSPENDED: Final = ("suspended", N_("work that is suspended"))
INVITE: Final = ("invite", N_("let somebody in"))
MOST: Final = 9
"""More than a thumb can find; Telegram itself allows 100."""

KEYBOARD: Final = (N_("My tasks"), N_("Help"))
"""Plain words of a persistent keyboard, never sent with a card (messaging.md 0.3)."""


def commands_for(roles: Collection[Role], tongue: Tongue) -> tuple[tuple[str, str], ...]:
    """Command and description in the order of the menu. `start` works for everybody, unlisted."""
    special = []
    if Role.OPERATOR in roles or Role.COLLECTOR in roles:
        special.append(NEW)
    if {Role.AGENCY_LEAD, Role.DISPATCH_OFFICER} & set(roles):
        special.append(SUSPENDED)
    if Role.ADMIN in roles:
        special.append(INVITE)
    return tuple((name, tongue(what)) for name, what in (*special, *EVERYBODY))[:MOST]


def keyboard_words(tongue: Tongue) -> tuple[str, ...]:
    return tuple(tongue(word) for word in KEYBOARD)


def command_of(words: str, tongues: Collection[Tongue]) -> str | None:
    """The command that a word of the keyboard stands for, in any language; else None."""
    said = words.strip().lower()
    for tongue in tongues:
        if said in (each.lower() for each in keyboard_words(tongue)):
            index = [each.lower() for each in keyboard_words(tongue)].index(said)
            return ("tasks", "help")[index]
    return None
