"""A look on site in words: what to say it showed, before filing and before closing."""

from typing import Final

from bot.i18n import N_
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
