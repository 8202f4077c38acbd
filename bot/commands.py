"""Commands by role, with what they do, and the words of the keyboard that stays below the chat."""

from collections.abc import Collection
from typing import Final

from bot.i18n import N_, Tongue
from bot.texts.law import STATES, STATES_IN_SHORT
from workflows.cases.case import OPEN, State
from workflows.people import Role

EVERYBODY: Final = (
    ("find", N_("look for a case: /find words")),
    ("tasks", N_("what waits for me")),
    ("duty", N_("who is on duty; swaps, time off")),
    ("case", N_("open a case: /case 42")),
    ("why", N_("why so: /why 42")),
    ("help", N_("how it works")),
    ("lang", N_("中文 / English")),
    ("me", N_("who I am here")),
)
NEW: Final = ("new", N_("write a report down"))
ORDERS: Final = ("orders", N_("what I took down"))
BOARD: Final = ("board", N_("what is open, by state"))
SUSPENDED: Final = ("suspended", N_("work that is suspended"))
SYNONYMS: Final = ("synonyms", N_("words that were taught"))
SUPERVISED: Final = ("supervised", N_("supervision orders that stand"))
INVITE: Final = ("invite", N_("let somebody in"))
REVIEWS: Final = ("reviews", N_("what to review, riskiest first"))
COMPARE: Final = ("compare", N_("before and after: /compare 42"))
CALL: Final = ("call", N_("call people out"))
TRAIL: Final = ("trail", N_("every line of a case: /trail 42"))
LOOKS: Final = ("looks", N_("who looked at callers' numbers"))
EMERGENCY: Final = ("emergency", N_("emergency mode"))
EXPORT: Final = ("export", N_("a file of cases"))
APPROVALS: Final = ("approvals", N_("what waits for a second person"))
SPECIAL: Final[dict[Role, tuple[tuple[str, str], ...]]] = {
    Role.OPERATOR: (NEW, ORDERS),
    Role.COLLECTOR: (NEW, ORDERS),
    Role.ACCEPTOR: (REVIEWS, COMPARE, SYNONYMS, EXPORT),
    Role.DISPATCH_OFFICER: (SUSPENDED,),
    Role.SHIFT_LEADER: (REVIEWS, COMPARE, SYNONYMS),
    Role.AGENCY_LEAD: (BOARD, SUPERVISED, SUSPENDED, REVIEWS, COMPARE, EXPORT),
    Role.SUPERVISOR: (BOARD, SUPERVISED, CALL, EMERGENCY, APPROVALS, EXPORT),
    Role.DUTY_CHIEF: (BOARD, SUPERVISED, CALL, EMERGENCY, APPROVALS, EXPORT),
    Role.ADMIN: (SYNONYMS, INVITE, EMERGENCY, APPROVALS),
    Role.AUDITOR: (TRAIL, LOOKS, EXPORT),
}
"""What only some roles have, first in their menu."""

MOST: Final = 10
"""More than a thumb can find; Telegram itself allows 100."""

FIRST_TO_GO: Final = (
    "me",
    "export",
    "approvals",
    "compare",
    "looks",
    "trail",
    "emergency",
    "supervised",
    "duty",
    "reviews",
    "lang",
    "why",
    "case",
)
"""What the menu does without where a role has more; it can still be typed, and /help names it."""

KEYBOARD: Final = (N_("My tasks"), N_("Help"))
"""Plain words of a persistent keyboard, never sent with a card (messaging.md 0.3)."""


def commands_for(roles: Collection[Role], tongue: Tongue) -> tuple[tuple[str, str], ...]:
    """Command and description in the order of the menu. `start` works for everybody, unlisted."""
    every = every_command_for(roles, tongue)
    names = {name for name, _ in every}
    can_go = [name for name in FIRST_TO_GO if name in names]
    too_many = can_go[: max(len(every) - MOST, 0)]
    return tuple(each for each in every if each[0] not in too_many)[:MOST]


def every_command_for(roles: Collection[Role], tongue: Tongue) -> tuple[tuple[str, str], ...]:
    """The same without leaving any out."""
    special = (each for role in Role if role in roles for each in SPECIAL.get(role, ()))
    known = dict.fromkeys((*special, *EVERYBODY))
    return tuple((name, tongue(what)) for name, what in known)


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


def state_of(words: str, tongues: Collection[Tongue]) -> State | None:
    """The state that somebody names, in full or in short, in any language; else None."""
    said = words.strip().lower()
    for state in OPEN:
        names = (STATES[state], STATES_IN_SHORT[state])
        if said in {tongue(each).lower() for tongue in tongues for each in names}:
            return state
    return None
