"""The answer that a caller will hear: who answers, when, and what was done (domain.md 2.5)."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflows.book import Book
from workflows.cases.case import Action, Case
from workflows.ports import Work
from workflows.refusals import Reason, Refused

A_TIME: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Signed:
    """Whose answer it is and when the work was handed in; both stand in every answer."""

    book: Book
    agency: str
    at: datetime

    def answer(self, words: str) -> str:
        """The words as they will be read out; whoever names agency and time is not corrected.

        Raises Refused(TEXT_TOO_LONG) with how many characters the words themselves may have.
        """
        rules = self.book.policy.hotline
        words = words.strip()
        whole = words
        if not (self.agency in words and A_TIME.search(words)):
            whole = rules.composed(self.agency, self.at, words)
        if len(whole) > rules.reply_most:
            most = rules.reply_most - (len(whole) - len(words))
            raise Refused(Reason.TEXT_TOO_LONG, most=most, length=len(words))
        return whole


async def signed(work: Work, case: Case, book: Book) -> Signed:
    """By the agency that has the case, as of when it last handed in the work."""
    agency = await work.places.agency(case.agency) if case.agency else None
    handed_in = await work.who_did(case.id, Action.SUBMIT)
    at = handed_in.at if handed_in else case.changed_at
    return Signed(book, agency.name if agency else "", at.astimezone(book.calendar.zone))
