"""A photo sent by mistake is taken back by whoever sent it, while the work is in their hands."""

from dataclasses import dataclass, replace
from typing import Final

from workflows.cases.case import (
    WITH_CHECKER,
    Action,
    Case,
    CaseId,
    Given,
    Photo,
    PhotoState,
    State,
)
from workflows.cases.record import Record
from workflows.cases.show_work import stage_for
from workflows.cases.step import Step
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import SYSTEM, Actor, Role
from workflows.ports import Begin, Entry, Work
from workflows.refusals import Reason, Refused
from workflows.views import CaseView, Views

TAKE_BACK_PHOTO: Final = "take_back_photo"
"""What is asked about where it is not clear whose photo is meant."""


@dataclass(frozen=True, slots=True)
class TakeBackPhoto:
    """It counts no longer and nobody is shown it; that it was there stays on record.

    Its original stays sealed, so that a photo on which something was decided cannot vanish.
    """

    begin: Begin
    record: Record
    views: Views

    async def __call__(
        self, actor: Actor, message: str | None = None, case_id: CaseId | None = None
    ) -> None:
        """The photo of that message; else the newest one of the case, or of the only open one.

        Raises Refused(NO_SUCH_PHOTO | WHICH_CASE).
        """
        found = await self._of_message(actor, message) if message else None
        if found is None:
            found = await self._newest(actor, case_id)
        number, photo = found
        async with self.begin() as work:
            case = await work.cases.get(number)
            await self._take(work, actor, case, photo)
            await work.settle(actor.cause)

    async def _take(self, work: Work, actor: Actor, case: Case, photo: Photo) -> None:
        there = {each.id for each in await work.photos.of(case.id)}
        if not _in_hands(case, actor) or photo.id not in there:
            raise Refused(Reason.NO_SUCH_PHOTO, case_id=case.id)
        await work.photos.take_back(photo.id)
        details = {"photo": photo.id, "taken_back_by": actor.id}
        at = self.record.event_time(actor)
        await work.journal(
            Entry(
                "photo_taken_back",
                actor.id,
                Role.COLLECTOR if case.state in WITH_CHECKER else Role.WORKER,
                at,
                case_id=case.id,
                details={"photo": photo.id, "sha256": photo.sha256},
            )
        )
        given = Given(stage=photo.stage, photos=1)
        mover = replace(SYSTEM, said_at=at)
        await self.record(work, case, Step(Action.DISCOUNT_PHOTO, mover, given, details))
        await work.owe(
            Notice(
                to=actor.id,
                kind=NoticeKind.SAID,
                key=f"photo_taken_back:{photo.id}",
                case_id=case.id,
                data={"what": "photo_taken_back"},
                lane=Lane.ANSWER,
            )
        )

    async def _of_message(self, actor: Actor, message: str) -> tuple[CaseId, Photo] | None:
        for view in await self._views(actor):
            for line in view.journal:
                ours = line.action == Action.ATTACH_PHOTO and line.person == actor.id
                if ours and line.details.get("message") == message:
                    sent = set(line.details.get("photos", ()))
                    photo = next((p for p in view.photos if p.id in sent), None)
                    return (view.case.id, photo) if photo else None
        return None

    async def _newest(self, actor: Actor, case_id: CaseId | None) -> tuple[CaseId, Photo]:
        views = [v for v in await self._views(actor) if case_id is None or v.case.id == case_id]
        found = [(view.case.id, photo) for view in views if (photo := _latest(view, actor))]
        if len(found) > 1:
            numbers = [number for number, _ in found][:5]
            raise Refused(Reason.WHICH_CASE, cases=numbers, action=TAKE_BACK_PHOTO)
        if not found:
            raise Refused(Reason.NO_SUCH_PHOTO, case_id=case_id or "")
        return found[0]

    async def _views(self, actor: Actor) -> list[CaseView]:
        cases = [case for case in await self.views.tasks(actor.person) if _in_hands(case, actor)]
        return [await self.views.case(case.id) for case in cases]


def _in_hands(case: Case, actor: Actor) -> bool:
    """What was handed in is with whoever judges it: the work is taken back first."""
    if case.state in WITH_CHECKER:
        return case.checker == actor.id
    return case.state is State.HANDLING and case.assignee == actor.id


def _latest(view: CaseView, actor: Actor) -> Photo | None:
    """The newest one that counts now: of an earlier round nothing is taken back."""
    stage = stage_for(view.case)
    count = view.case.photo_counts.get(stage, 0)
    mine = [
        photo
        for photo in view.photos
        if photo.stage is stage
        and photo.sent_by == actor.id
        and photo.state is not PhotoState.REFUSED
    ]
    return mine[-1] if mine and count else None
