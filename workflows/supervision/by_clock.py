"""What the clock gives when it opens an order by itself, from the fourth rung on."""

from workflows.book import Book
from workflows.cases.case import Action, Case, Given
from workflows.cases.lifecycle import MOVES
from workflows.cases.step import Step
from workflows.deadlines.clocks import ClockKind
from workflows.people import SYSTEM
from workflows.policy.catalogue import Urgency
from workflows.supervision.order import FAR_OVERDUE


def order_by_clock(case: Case, book: Book, action: Action = Action.SUPERVISE) -> Step | None:
    """The system's step that opens an order, or lists the case (domain.md 3.5, L4, L5).

    None where no agency has the case, and where an order of that kind or a higher one stands.
    """
    limit = book.policy.stage_limits.of(ClockKind.SUPERVISION, Urgency(case.urgency or Urgency.P3))
    stands = case.supervision
    listed = stands is not None and (action is Action.SUPERVISE or stands.kind == "listed")
    if limit is None or listed or (case.state, action) not in MOVES:
        return None
    given = Given(reason=FAR_OVERDUE, within=limit)
    return Step(action, SYSTEM, given, {"rule": "far past the limit"})
