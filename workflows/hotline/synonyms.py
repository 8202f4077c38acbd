"""What people's corrections teach the ear, and how a second person takes it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflows.cases.case import Case
from workflows.hotline.intake import Intake
from workflows.hotline.taught import SynonymId, Taught
from workflows.hotline.understand import Ear, Meaning
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import Actor, Role
from workflows.ports import Begin, Clock, Entry, Work
from workflows.privacy.scopes import Thing, must_have, posts_for
from workflows.refusals import Reason, Refused

SUBJECT: Final = "synonyms"


@dataclass(frozen=True, slots=True)
class Learn:
    """An operator sent another class than the one proposed: its words are remembered for it."""

    ear: Ear
    now: Clock

    async def __call__(self, work: Work, actor: Actor, intake: Intake, case: Case) -> None:
        """Inside the transaction that reports the case; nothing where nothing was corrected."""
        if not actor.person.holds(Role.OPERATOR) or intake.class_code == intake.proposed:
            return
        private = (
            intake.caller_name,
            intake.caller_address,
            intake.place_words,
            intake.area_name,
        )
        words = self.ear.unheard(intake.words, intake.class_code, private)
        if not words:
            return
        taught = await work.synonyms.teach(
            Meaning(intake.class_code, words), case.id, actor.id, self.now()
        )
        await work.journal(_entry("teach_synonym", actor, Role.OPERATOR, taught, self.now()))


@dataclass(frozen=True, slots=True)
class UndoSynonym:
    """A second person takes back what somebody has taught."""

    begin: Begin
    now: Clock

    async def __call__(self, actor: Actor, synonym: SynonymId, page: int = 0) -> None:
        """Raises Refused(NOT_YOURS | TAUGHT_BY_YOU | UNDONE_ALREADY | NO_SUCH_SYNONYM)."""
        must_have(Thing.SYNONYMS, actor)
        role = next((post.role for post in posts_for(Thing.UNDO_SYNONYM, actor.person)), None)
        async with self.begin() as work:
            taught = await work.synonyms.get(synonym)
            await _check(work, actor, taught, role)
            assert role is not None
            await work.synonyms.undo(taught, actor.id, self.now())
            await work.journal(_entry("undo_synonym", actor, role, taught, self.now()))
            await work.owe(
                Notice(
                    to=actor.id,
                    kind=NoticeKind.SYNONYMS,
                    key=f"undo_synonym:{taught.id}",
                    subject=SUBJECT,
                    data={"page": page},
                    lane=Lane.EDIT,
                )
            )
            await work.settle(actor.cause)


async def _check(work: Work, actor: Actor, taught: Taught, role: Role | None) -> None:
    """Who was first is said before who may; the teacher hears why it is not for them."""
    if taught.undone_by is not None and taught.undone_at is not None:
        names = await work.people.names((taught.undone_by,))
        raise Refused(
            Reason.UNDONE_ALREADY,
            who=names.get(taught.undone_by, ""),
            at=taught.undone_at.isoformat(),
        )
    if taught.taught_by == actor.id:
        raise Refused(Reason.TAUGHT_BY_YOU, at=taught.taught_at.isoformat())
    if role is None:
        raise Refused(Reason.NOT_YOURS, action="undo_synonym")


def _entry(action: str, actor: Actor, role: Role, taught: Taught, at: datetime) -> Entry:
    """Without its case number on it, since nothing about the case itself has changed."""
    details = {
        "synonym": taught.id,
        "class": taught.class_code,
        "words": list(taught.words),
        "case": taught.case_id,
    }
    return Entry(action, actor.id, role, at, cause=actor.cause, details=details)
