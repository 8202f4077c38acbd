"""What opening, answering, sending back and ending an order change on the case."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from workflows.cases.case import Action, Case, Given
from workflows.people import Actor
from workflows.supervision.order import OrderEnd, OrderKind, SupervisionOrder, ended

Effect = Callable[[Case, Given, Actor, datetime], Case]


def _open(kind: OrderKind) -> Effect:
    """A new order; one that stands already is raised to the district's list by it."""

    def opened(case: Case, given: Given, actor: Actor, at: datetime) -> Case:
        assert given.within is not None
        order = SupervisionOrder(kind, given.reason.strip(), actor.id, at, given.within)
        before = ended(case.supervisions, OrderEnd.RAISED, actor.id, at)
        return replace(case, supervisions=(*before, order))

    return opened


def _replied(case: Case, given: Given, actor: Actor, at: datetime) -> Case:
    return _changed(case, reply=given.reason.strip(), replied_by=actor.id, replied_at=at)


def _returned(case: Case, given: Given, actor: Actor, at: datetime) -> Case:
    return _changed(
        case,
        replied_at=None,
        returned_by=actor.id,
        returned_at=at,
        returned_words=given.reason.strip(),
    )


def _accepted(case: Case, _given: Given, actor: Actor, at: datetime) -> Case:
    return _ended(case, OrderEnd.ACCEPTED, actor, at)


def _called_off(case: Case, given: Given, actor: Actor, at: datetime) -> Case:
    return _ended(case, OrderEnd.CALLED_OFF, actor, at, given.reason.strip())


def ended_with_case(case: Case, actor: Actor, at: datetime) -> Case:
    """What the case ends, its order does not outlive; the record says that it was cut short."""
    return _ended(case, OrderEnd.CASE_ENDED, actor, at)


def cut_short(before: Case, after: Case) -> Mapping[str, Any]:
    """For the journal of a move that ended an order together with its case."""
    order = after.supervisions[-1] if after.supervisions else None
    if before.supervision is None or order is None or order.end is not OrderEnd.CASE_ENDED:
        return {}
    return {"supervision": order.kind.value, "replied": order.replied_at is not None}


def _ended(case: Case, end: OrderEnd, actor: Actor, at: datetime, words: str = "") -> Case:
    return replace(case, supervisions=ended(case.supervisions, end, actor.id, at, words))


def _changed(case: Case, **changes: Any) -> Case:
    """The same case with its standing order changed."""
    return replace(
        case,
        supervisions=tuple(
            replace(order, **changes) if order.stands else order for order in case.supervisions
        ),
    )


SUPERVISION_EFFECTS: Final[dict[Action, Effect]] = {
    Action.SUPERVISE: _open(OrderKind.ORDER),
    Action.LIST_SUPERVISE: _open(OrderKind.LISTED),
    Action.REPLY_TO_ORDER: _replied,
    Action.RETURN_REPLY: _returned,
    Action.END_SUPERVISION: _accepted,
    Action.CALL_OFF_SUPERVISION: _called_off,
}
"""An urge in writing changes nothing on the case; its words stand in the journal."""
