"""Who did what and when behind a condition that is not met: what the refusal names."""

from collections.abc import Callable
from typing import Any, Final

from workflows.cases.case import Case

Facts = dict[str, Any]


def facts_of(condition: str, case: Case) -> Facts:
    """For the sentence that refuses: person, at and what else it has room for; JSON-able."""
    find = FACTS.get(condition)
    return find(case) if find else {}


def _of_handing_in(case: Case) -> Facts:
    """Who handed it in, when, and for how long it could be taken back."""
    if case.handed_in is None or case.filing is None:
        return {}
    return {
        "person": case.assignee,
        "at": case.handed_in.at.isoformat(),
        "minutes": case.filing.take_back_minutes,
    }


FACTS: Final[dict[str, Callable[[Case], Facts]]] = {
    "soon_after_handing_in": _of_handing_in,
}
