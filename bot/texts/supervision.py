"""Supervision: kinds of order, and how one ended."""

from typing import Final

from bot.i18n import N_
from workflows.supervision.order import OrderEnd, OrderKind

ORDER_KINDS: Final[dict[OrderKind, str]] = {
    OrderKind.ORDER: N_("🏛 Supervision by {who} ({time}): {asked}"),
    OrderKind.LISTED: N_("📌 Listed supervision by {who} ({time}): {asked}"),
}

ORDER_KINDS_IN_SHORT: Final[dict[OrderKind, str]] = {
    OrderKind.ORDER: N_("supervised"),
    OrderKind.LISTED: N_("listed"),
}

ORDER_ENDS: Final[dict[OrderEnd, str]] = {
    OrderEnd.ACCEPTED: N_("🏛 Supervision: the reply was accepted by {who} ({time})."),
    OrderEnd.CALLED_OFF: N_("🏛 Supervision: called off by {who} ({time}): {words}"),
    OrderEnd.RAISED: N_("🏛 Supervision: put on the district's list by {who} ({time})."),
    OrderEnd.CASE_ENDED: N_("🏛 Supervision: ended with the case by {who} ({time})."),
}

ASKED_BY_CLOCK: Final = N_(
    "Far past the limit: please put it right at once and reply in writing what was in the way."
)
"""What an order asks that nobody wrote."""
