"""Links from messages that had to leave something out to the pages that show it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import times
from bot.chat import Card
from bot.i18n import Speech
from workflows.book import Book
from workflows.privacy.pages import PATH, PageLinks
from workflows.rails import Owed


@dataclass(frozen=True, slots=True)
class Pages:
    """`address` is where people reach us from outside, without a slash at its end."""

    links: PageLinks
    address: str
    book: Book
    speech: Speech

    @property
    def lives(self) -> timedelta:
        return self.book.policy.privacy.link_lives

    async def linked(self, owed: Owed, card: Card, at: datetime) -> Card:
        """The card with a link of its own, and until when that works."""
        assert owed.reader is not None
        until = at + self.lives
        token = await self.links.issue(owed.id, owed.reader.id, until)
        tongue = self.speech.in_(owed.language)
        time = times.moment(until, at, self.book.calendar.zone, tongue)
        words = tongue("🔐 is left out here. The page shows it once, until {time}:", time=time)
        hint = "\n".join(part for part in (card.help_line, words) if part)
        return replace(card, help_line=hint, link=f"{self.address}{PATH}{token}")
