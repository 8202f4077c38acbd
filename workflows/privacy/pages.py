"""What a message had to leave out, behind a link: for one person, once, for a short time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from workflows.people import PersonId
from workflows.rails import Owed

PATH: Final = "/p/"
"""Where pages stand; the token follows."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A message that somebody has opened as a page, and when the page closes."""

    owed: Owed
    until: datetime


class PageLinks(Protocol):
    """One-time links to messages. Only hashes are kept, of the token and of the visitor.

    A visitor is a browser, known by a random cookie of its own. The first that opens a link has
    it alone until the page closes, so a second tap is no second use and a preview is none.
    """

    async def issue(self, message: int, person: PersonId, until: datetime) -> str:
        """A random token of 128 bits or more for this message, valid until then."""

    async def waits(self, token: str, at: datetime) -> bool:
        """Whether nobody has used it and its time has not run out."""

    async def open(self, token: str, visitor: str, at: datetime, until: datetime) -> bool:
        """Use it up for this visitor, who may look until then; true also while they still may."""

    async def shown(self, token: str, visitor: str, at: datetime) -> Opened | None:
        """What this visitor opened; None once the page has closed."""
