"""Who read what, and who was refused: lines of the same chain as the acts, never with a body.

Inside a transaction call `note_access`; where there is none, the verb `NoteAccess`
(`flows.note_access`) opens one. A line holds the kind of access, who, when, which case and a few
short facts; it holds no word of what was read, so that reading the log gives nothing away. Such
lines carry no version of the case: they are no part of its history (domain.md 6, DSL art. 27).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from workflows.cases.case import CaseId
from workflows.people import Actor, Role
from workflows.ports import Begin, Clock, Entry, Work
from workflows.refusals import Reason, Refused

LONGEST: Final = 64
"""Characters of one fact: a code, a number, a purpose in a few words; a body is longer."""


class Access(StrEnum):
    """What was done with data that are not for everybody's eyes."""

    REVEALED = "access.revealed"
    """A caller's number was shown."""

    PAGE = "access.page"
    """A page of ours was opened by its one-time link."""

    PHOTO = "access.photo"
    """A picture was served outside a chat."""

    EXPORTED = "access.exported"
    """A file of many cases left the house."""

    AUDITED = "access.audited"
    """An auditor read the trail of a case or of a person."""

    COPIED = "access.copied"
    """A petitioner was given a copy of what is kept about them (PIPL art. 45)."""

    REFUSED = "access.refused"
    """Somebody asked for what is not theirs to see or to do."""


DENIED: Final = frozenset(
    {
        Reason.NOT_YOURS,
        Reason.BUTTON_NOT_YOURS,
        Reason.DISMISSED,
        Reason.CALL_NOT_YOURS,
        Reason.EMERGENCY_NOT_YOURS,
        Reason.PROPOSAL_NOT_YOURS,
        Reason.EXPORT_NOT_YOURS,
        Reason.EXPORT_NO_CALLERS,
        Reason.ROSTER_NOT_YOURS,
        Reason.NOT_YOUR_SWAP,
    }
)
"""Refusals that are about the person; one that is about the moment is no trespass."""


async def note_access(
    work: Work, actor: Actor, access: Access, at: datetime, case_id: CaseId | None, **facts: object
) -> None:
    """Add one line to the chain, committed or undone with the caller's transaction.

    `facts` are short and in our own words: a purpose, a count, the kind of a page. Text longer
    than `LONGEST` is cut, and what is neither text, number nor truth is left out.
    """
    await work.journal(
        Entry(
            action=access,
            person=actor.id,
            role=_role(actor),
            at=at,
            case_id=case_id,
            cause=actor.cause,
            details=_short(facts),
        )
    )


@dataclass(frozen=True, slots=True)
class NoteAccess:
    """The same in a transaction of its own, for reads and refusals, which have none."""

    begin: Begin
    now: Clock

    async def __call__(
        self, actor: Actor, access: Access, case_id: CaseId | None = None, **facts: object
    ) -> None:
        async with self.begin() as work:
            await note_access(work, actor, access, self.now(), case_id, **facts)

    async def refused(self, actor: Actor, no: Refused, case_id: CaseId | None = None) -> None:
        """A refusal that is about the person is kept; all others are not of interest here."""
        if no.reason in DENIED:
            asked = no.data.get("action", "")
            await self(actor, Access.REFUSED, case_id, reason=no.reason.value, asked=asked)


def _role(actor: Actor) -> Role:
    """The first post says in what office somebody looked; who has lost all of them has none."""
    return actor.person.posts[0].role if actor.person.posts else Role.SYSTEM


def _short(facts: Mapping[str, object]) -> Mapping[str, Any]:
    return {
        name: str(fact)[:LONGEST] if isinstance(fact, str) else fact
        for name, fact in facts.items()
        if isinstance(fact, str | int | float | bool) and fact != ""
    }
