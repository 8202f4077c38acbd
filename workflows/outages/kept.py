"""What is remembered of outages: the last sign of life, when we were away, which cards are old."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from workflows.cases.case import CaseId
from workflows.notices import NoticeKind
from workflows.outages.outage import Outage
from workflows.people import PersonId


@dataclass(frozen=True, slots=True)
class OldCard:
    """A message with buttons that somebody had on their screen before an outage ended.

    It is about a case, a form, a question or a call-out that is still open.
    """

    person: PersonId
    subject: str
    kind: NoticeKind
    data: Mapping[str, Any]
    case_id: CaseId | None = None


class Outages(Protocol):
    """Outages inside one transaction."""

    async def alive(self, at: datetime) -> datetime | None:
        """Leaves a sign of life and returns the last one before, of whichever process.

        Held until the transaction ends, so that of several processes one finds the gap.
        """

    async def note(self, outage: Outage, *, old_cards: bool) -> Outage:
        """Keeps it and returns it with its number; `old_cards` are then to be shown anew."""

    async def between(self, since: datetime, until: datetime) -> tuple[Outage, ...]:
        """Those that touch this time, oldest first."""

    async def with_old_cards(self) -> Outage | None:
        """The oldest long one whose cards are not all shown anew; held until the end."""

    async def old_cards(self, outage: Outage, most: int) -> tuple[OldCard, ...] | None:
        """Those of the next `most` things, which are thereby dealt with; None at the end."""

    async def loosen(self, at: datetime) -> int:
        """After a backward step of the clock: what is held until a time that a lease cannot reach.

        Such leases and short waits end now. Returns how many.
        """
