"""A supervision order: what is asked, by whom, until when, what was replied, how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from workflows.deadlines.limits import Limit
from workflows.people import PersonId


class OrderKind(StrEnum):
    """An order of the centre, or one on the district's list (domain.md 2.4, 3.5)."""

    ORDER = "order"
    LISTED = "listed"


class OrderEnd(StrEnum):
    """Its reply was enough, it was called off, the district listed it, the case itself ended."""

    ACCEPTED = "accepted"
    CALLED_OFF = "called_off"
    RAISED = "raised"
    CASE_ENDED = "case_ended"


FAR_OVERDUE: Final = "far_overdue"
"""What the clock asks for, in place of words; whoever reads it has it in their language."""


@dataclass(frozen=True, slots=True)
class SupervisionOrder:
    """One order. `limit` is how long a reply may take, anew after one was sent back.

    `returned_words` is why the latest reply was not enough, `end_words` why it was called off.
    """

    kind: OrderKind
    asked: str
    by: PersonId
    at: datetime
    limit: Limit
    reply: str = ""
    replied_by: PersonId | None = None
    replied_at: datetime | None = None
    returned_by: PersonId | None = None
    returned_at: datetime | None = None
    returned_words: str = ""
    ended_by: PersonId | None = None
    ended_at: datetime | None = None
    end: OrderEnd | None = None
    end_words: str = ""

    @property
    def stands(self) -> bool:
        return self.ended_at is None

    @property
    def awaits_reply(self) -> bool:
        return self.stands and self.replied_at is None

    @property
    def is_replied(self) -> bool:
        """The reply waits to be judged."""
        return self.stands and self.replied_at is not None


Orders = tuple[SupervisionOrder, ...]


@dataclass(frozen=True, slots=True)
class SupervisionRules:
    """The limits that may be chosen for each kind of order, the shortest first."""

    within: Mapping[OrderKind, tuple[Limit, ...]]


def standing(orders: Orders) -> SupervisionOrder | None:
    """The order that stands; there is at most one."""
    return next((order for order in orders if order.stands), None)


def ended(orders: Orders, end: OrderEnd, by: PersonId, at: datetime, words: str = "") -> Orders:
    """The same with the standing order ended; what has ended stays as it is."""
    return tuple(
        replace(order, ended_by=by, ended_at=at, end=end, end_words=words)
        if order.stands
        else order
        for order in orders
    )
