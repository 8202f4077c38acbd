"""Who did what and when behind a condition that is not met: what the refusal names."""

from collections.abc import Callable
from typing import Any, Final

from workflows.cases.case import Case
from workflows.requests.conditions import facts_of as of_requests

Facts = dict[str, Any]


def facts_of(condition: str, case: Case) -> Facts:
    """For the sentence that refuses: person, at and what else it has room for; JSON-able."""
    find = FACTS.get(condition)
    return find(case) if find else of_requests(condition, case)


def _of_handing_in(case: Case) -> Facts:
    """Who handed it in, when, and for how long it could be taken back."""
    if case.handed_in is None or case.filing is None:
        return {}
    return {
        "person": case.assignee,
        "at": case.handed_in.at.isoformat(),
        "minutes": case.filing.take_back_minutes,
    }


def _of_order(case: Case) -> Facts:
    """Who gave the order that stands, and when."""
    order = case.supervision
    return {"person": order.by, "at": order.at.isoformat()} if order else {}


def _of_reply(case: Case) -> Facts:
    order = case.supervision
    if order is None or order.replied_at is None:
        return {}
    return {"person": order.replied_by, "at": order.replied_at.isoformat()}


def _of_last_order(case: Case) -> Facts:
    """Who ended the last one, and when; `never` where nobody has ever opened one."""
    order = case.supervisions[-1] if case.supervisions else None
    if order is None or order.ended_at is None:
        return {"never": True}
    return {"person": order.ended_by, "at": order.ended_at.isoformat()}


def _of_knowing(case: Case) -> Facts:
    """Who has acknowledged the alert, and when."""
    alarm = case.alarm
    if alarm.known_at is None:
        return {}
    return {"person": alarm.known_by, "at": alarm.known_at.isoformat()}


FACTS: Final[dict[str, Callable[[Case], Facts]]] = {
    "soon_after_handing_in": _of_handing_in,
    "is_not_known_yet": _of_knowing,
    "no_order_stands": _of_order,
    "is_not_listed": _of_order,
    "order_stands": _of_last_order,
    "awaits_reply": _of_reply,
    "is_replied": _of_order,
    "may_take_it_off_the_list": _of_order,
}
