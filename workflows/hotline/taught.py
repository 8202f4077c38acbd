"""A synonym that somebody has taught: what it means, since when, and whether it still holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType, Protocol

from workflows.cases.case import CaseId
from workflows.hotline.understand import Meaning
from workflows.people import PersonId

SynonymId = NewType("SynonymId", int)


@dataclass(frozen=True, slots=True)
class Taught(Meaning):
    """One correction: the words, the class they were taught for, by whom, when, from which case.

    It is in force until somebody else undoes it.
    """

    id: SynonymId
    case_id: CaseId
    taught_by: PersonId
    taught_at: datetime
    undone_by: PersonId | None = None
    undone_at: datetime | None = None


class Synonyms(Protocol):
    """What corrections have taught, inside one transaction."""

    async def teach(
        self, meaning: Meaning, case_id: CaseId, person: PersonId, at: datetime
    ) -> Taught: ...

    async def in_force(self) -> tuple[Taught, ...]:
        """Everything that nobody has undone, oldest first."""

    async def get(self, synonym: SynonymId) -> Taught:
        """Raises Refused(NO_SUCH_SYNONYM)."""

    async def undo(self, taught: Taught, person: PersonId, at: datetime) -> None:
        """Compare and set. Raises Refused(CHANGED_MEANWHILE)."""
