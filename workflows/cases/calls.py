"""What the law asks about the caller: whether there is one, and how the calls went."""

from workflows.cases.case import Case, ContactResult
from workflows.people import Actor
from workflows.privacy.scopes import Thing, reaches


def has_order(case: Case, _: Actor) -> bool:
    """Somebody called and must be answered."""
    return case.order is not None


def has_no_order(case: Case, _: Actor) -> bool:
    """Nobody called, so nobody waits for an answer."""
    return case.order is None


def caller_can_be_reached(case: Case, _: Actor) -> bool:
    """A number was left."""
    return case.order is not None and case.order.phone_hint != ""


def caller_may_be_known(case: Case, actor: Actor) -> bool:
    """A complaint about an agency: only the hotline knows who called (domain.md 6)."""
    return reaches(Thing.NUMBER, actor.person, case)


def callback_is_possible(case: Case, actor: Actor) -> bool:
    """Who left a number is called back before it is over (domain.md 2.4 [JN])."""
    return caller_can_be_reached(case, actor)


def nobody_to_call_back(case: Case, actor: Actor) -> bool:
    """No caller, or one who left no number."""
    return not caller_can_be_reached(case, actor)


def calls_are_left(case: Case, _: Actor) -> bool:
    """Whoever called in vain often enough need not go on."""
    return case.order is not None and not case.order.calls_used_up


def somebody_worked_on_it(case: Case, _: Actor) -> bool:
    """Cases of another system and the like never had a worker here who could do it again."""
    return case.assignee is not None


def contact_not_settled(case: Case, _: Actor) -> bool:
    """First contact is owed until the caller was reached; a failed attempt may be repeated."""
    return case.order is not None and case.order.contact is not ContactResult.REACHED


def contact_made_or_excused(case: Case, _: Actor) -> bool:
    """With a caller who left a number, first contact was made or its failure recorded (2.3)."""
    order = case.order
    return order is None or not order.is_for_worker or order.contact is not None
