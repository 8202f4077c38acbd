"""What an agency has used of the time before it handed a case back: it stays charged to it."""

from collections.abc import Mapping
from typing import Any

from workflows.book import Book
from workflows.cases.case import Case
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import used
from workflows.requests.lifecycle import returned_by


def charged_to(case: Case, book: Book) -> Mapping[str, Any]:
    """For the journal of a return: the agency, and the seconds of its disposal time (2.6)."""
    disposal = case.clock(ClockKind.DISPOSAL)
    if disposal is None or not disposal.pauses:
        return {}
    until = disposal.pauses[-1].begin
    spent = used(disposal.started_at, until, disposal.limit.unit, book.calendar, disposal.pauses)
    return {"agency": returned_by(case), "used_s": round(spent.total_seconds())}
