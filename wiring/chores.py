"""What is done by the calendar, in the district's time."""

from handlers.clock.chores import Chore
from handlers.clock.retain import Retain
from workflows import Workflows


def chores_of(flows: Workflows, retain: Retain) -> tuple[Chore, ...]:
    """When each is due, what it does, and which slot it did last."""
    summarise, gaps = flows.summarise, flows.report_gaps
    return (
        Chore("morning summary", "0 8 * * *", summarise, summarise.last),
        Chore("evening summary", "0 18 * * *", summarise, summarise.last),
        Chore("retention", "*/15 1-5 * * *", retain, retain.last),
        Chore("gaps", "30 15 * * *", gaps, gaps.last),
    )
