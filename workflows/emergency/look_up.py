"""Which emergency a case comes in or is filed under: looked up in the transaction that does it."""

from datetime import datetime

from workflows.book import Book
from workflows.cases.case import Case
from workflows.emergency.emergency import kept
from workflows.emergency.under import Under
from workflows.people import AreaCode
from workflows.ports import Work


async def under_at(work: Work, area: AreaCode | None, at: datetime, book: Book) -> Under | None:
    """The emergency in force there and then; a place outside every grid is in none."""
    if area is None or not book.policy.emergency.modes:
        return None
    emergency = await work.emergencies.in_force(area, at)
    mode = book.policy.emergency.modes.get(emergency.mode) if emergency else None
    return kept(emergency, mode) if emergency and mode else None


async def under_for(work: Work, case: Case, at: datetime, book: Book) -> Under | None:
    """What a case is filed under: the emergency it came in under, else the one in force."""
    return case.emergency or await under_at(work, case.place.area, at, book)
