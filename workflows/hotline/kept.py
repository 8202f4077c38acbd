"""What is kept of forms and questions, as a verb needs it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from workflows.hotline.draft import Draft, DraftKind
from workflows.notices import DraftId
from workflows.people import PersonId


class Drafts(Protocol):
    """Unfinished forms and questions that wait for an answer, kept over a restart."""

    async def open(
        self, person: PersonId, kind: DraftKind, body: Mapping[str, Any], at: datetime
    ) -> Draft: ...

    async def get(self, draft_id: DraftId) -> Draft:
        """Raises Refused(NO_SUCH_DRAFT)."""

    async def latest(self, person: PersonId) -> Draft | None:
        """The person's newest draft that is still open."""

    async def write(self, before: Draft, after: Draft) -> None:
        """Compare and set. Raises Refused(CHANGED_MEANWHILE)."""
