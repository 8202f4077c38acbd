"""How many photos one person may send in a day, so that nobody fills the house for all others."""

from datetime import datetime, time

from workflows.book import Book
from workflows.people import Actor
from workflows.ports import Work
from workflows.refusals import Reason, Refused


async def within_quota(work: Work, book: Book, actor: Actor, now: datetime, more: int) -> None:
    """Let so many more photos pass; the day begins at midnight of the district.

    A photo that was taken back or could not be used counts as well: it was fetched all the same.
    Raises Refused(PHOTOS_OF_TODAY), which says itself once an hour (durability.md 3, row 76).
    """
    most, local = book.policy.photos.most_a_day, now.astimezone(book.calendar.zone)
    midnight = datetime.combine(local.date(), time(), book.calendar.zone)
    if more and await work.photos.sent_since(actor.id, midnight) + more > most:
        raise Refused(Reason.PHOTOS_OF_TODAY, most=most, once=f"photos:{local:%Y-%m-%d-%H}")
