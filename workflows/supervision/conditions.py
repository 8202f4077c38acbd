"""What must be so before an order is opened, answered, sent back or ended."""

from typing import Final

from workflows.cases.case import Case
from workflows.people import Actor, Role
from workflows.supervision.order import OrderKind

OVERSEERS: Final = (Role.SUPERVISOR, Role.DUTY_CHIEF)
"""Who opens orders and judges replies."""


def no_order_stands(case: Case, _: Actor) -> bool:
    """One order at a time, so that everybody knows what is asked."""
    return case.supervision is None


def is_not_listed(case: Case, _: Actor) -> bool:
    """It is not on the district's list already."""
    return case.supervision is None or case.supervision.kind is not OrderKind.LISTED


def order_stands(case: Case, _: Actor) -> bool:
    """An order has been opened and has not ended."""
    return case.supervision is not None


def awaits_reply(case: Case, _: Actor) -> bool:
    """The agency has not replied yet, or its reply was sent back."""
    return case.supervision is None or case.supervision.awaits_reply


def is_replied(case: Case, _: Actor) -> bool:
    """The agency has replied."""
    return case.supervision is None or case.supervision.is_replied


def lists_for_the_district(case: Case, actor: Actor) -> bool:
    """The list is the whole district's, not a street's (domain.md 2.4 [WF])."""
    return actor.is_system or any(
        post.is_of_a_district and post.covers(case.place.area)
        for role in OVERSEERS
        for post in actor.person.posts_as(role)
    )


def may_take_it_off_the_list(case: Case, actor: Actor) -> bool:
    """What the district has listed only the district ends or sends back."""
    listed = case.supervision is not None and case.supervision.kind is OrderKind.LISTED
    return not listed or lists_for_the_district(case, actor)
