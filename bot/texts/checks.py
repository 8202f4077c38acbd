"""A look on site in words: what to say it showed, before filing and before closing."""

from typing import Final

from bot.i18n import N_
from workflows.cases.alike import Sameness
from workflows.cases.case import Action
from workflows.cases.check import Found

FOUND: Final[dict[Action, dict[Found, str]]] = {
    Action.VERIFY_DONE: {
        Found.RIGHT: N_("✅ It is so"),
        Found.NOT_RIGHT: N_("❌ Nothing there"),
        Found.UNCLEAR: N_("❓ Cannot tell"),
    },
    Action.INSPECT_DONE: {
        Found.RIGHT: N_("✅ All put right"),
        Found.NOT_RIGHT: N_("❌ Not put right"),
        Found.UNCLEAR: N_("❓ Cannot tell"),
    },
}
"""Buttons: the same three answers mean something else before and after the work."""

SAMENESS: Final[dict[Sameness, str]] = {
    Sameness.COMPONENT: N_("same component"),
    Sameness.CALLER: N_("same caller"),
    Sameness.NEAR: N_("same class near by"),
    Sameness.WORDS: N_("words {score}% alike"),
}
"""Why another case may be the same one."""

FOUND_IN_SHORT: Final[dict[Found, str]] = {
    Found.RIGHT: N_("as it should be"),
    Found.NOT_RIGHT: N_("not so"),
    Found.UNCLEAR: N_("could not tell"),
    Found.WAIVED: N_("done without"),
}

VERIFIED: Final[dict[Found, str]] = {
    Found.RIGHT: N_("🔍 Verified on site: it is so"),
    Found.NOT_RIGHT: N_("🔍 Verified on site: nothing of the kind there"),
    Found.UNCLEAR: N_("🔍 Verified on site: could not tell"),
    Found.WAIVED: N_("🔍 Not verified on site"),
}
"""Before filing."""

INSPECTED: Final[dict[Found, str]] = {
    Found.RIGHT: N_("🔍 Inspected on site: put right"),
    Found.NOT_RIGHT: N_("🔍 Inspected on site: not put right"),
    Found.UNCLEAR: N_("🔍 Inspected on site: could not tell"),
    Found.WAIVED: N_("🔍 Closed without the inspection that was due"),
}
"""Before closing."""
