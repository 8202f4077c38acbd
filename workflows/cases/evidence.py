"""Photos and notes: facts that arrive one by one, in any order, before anybody pressed anything."""

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.cases.case import Action, Case, CaseId, Given, Picture, Stage, State
from workflows.cases.move_case import who_was_first
from workflows.cases.record import Record
from workflows.cases.step import Step
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import Actor
from workflows.ports import Begin, Work
from workflows.refusals import Reason, Refused

LONGEST_NOTE = 500
"""Reply points are read out on the phone; more than this nobody listens to (domain.md 2.5)."""


@dataclass(frozen=True, slots=True)
class AttachPhoto:
    """Put pictures on a case. A photo on an unsigned case signs for it: he is at it already."""

    begin: Begin
    record: Record

    async def __call__(
        self, actor: Actor, case_id: CaseId, pictures: Sequence[Picture], message: str = ""
    ) -> Case:
        """Raises Refused: the law's reasons, NOT_A_PICTURE, PHOTO_TOO_LARGE, TOO_MANY_PHOTOS."""
        async with self.begin() as work:
            case = await self.inside(work, actor, case_id, pictures)
            await work.owe(*_receipt(actor, message))
            await work.settle(actor.cause)
            return case

    async def inside(
        self, work: Work, actor: Actor, case_id: CaseId, pictures: Sequence[Picture]
    ) -> Case:
        """Do the same in a transaction that is already open."""
        case = await work.cases.get(case_id)
        stage = stage_for(case)
        self._check(case, stage, pictures)
        moment = actor.said_at or self.record.now()
        added = [await work.photos.add(case_id, stage, actor, moment, p) for p in pictures]
        fresh = sum(photo is not None for photo in added)
        if not fresh:
            return case
        attach = Step(Action.ATTACH_PHOTO, actor, Given(stage=stage, photos=fresh))
        try:
            return await self.record(work, case, *signed_first(case, actor), attach)
        except Refused as no:
            raise await who_was_first(work, no) from no

    def _check(self, case: Case, stage: Stage, pictures: Sequence[Picture]) -> None:
        rules = self.record.book.policy.photos
        for picture in pictures:
            check_picture(picture, rules.formats, rules.max_bytes)
        if case.photo_counts.get(stage, 0) + len(pictures) > rules.max_photos:
            raise Refused(Reason.TOO_MANY_PHOTOS, most=rules.max_photos, case_id=case.id)


@dataclass(frozen=True, slots=True)
class AddNote:
    """What was done, in the worker's words; they become the reply points for the caller."""

    begin: Begin
    record: Record

    async def __call__(self, actor: Actor, case_id: CaseId, words: str) -> Case:
        """Raises Refused: the law's reasons, TEXT_TOO_LONG."""
        async with self.begin() as work:
            case = await work.cases.get(case_id)
            note = "\n".join(part for part in (case.note, words.strip()) if part)
            if len(note) > LONGEST_NOTE:
                raise Refused(Reason.TEXT_TOO_LONG, most=LONGEST_NOTE, length=len(note))
            step = Step(Action.ADD_NOTE, actor, Given(note=note))
            try:
                return await self.record(work, case, *signed_first(case, actor), step)
            except Refused as no:
                raise await who_was_first(work, no) from no


def signed_first(case: Case, actor: Actor) -> tuple[Step, ...]:
    """Whoever sends proof of work has accepted the work."""
    return (Step(Action.SIGN_FOR, actor),) if case.state is State.PENDING_SIGN else ()


def stage_for(case: Case) -> Stage:
    """Before the arrival of a P1 is recorded its photos show the barrier, later the repair."""
    waits_for_arrival = case.urgency == "P1" and case.arrived_at is None
    return Stage.INTERIM if waits_for_arrival else Stage.AFTER


def check_picture(picture: Picture, formats: frozenset[str], most: int) -> None:
    """Refuse at once what can never become evidence; the bytes are judged when they are here."""
    kind = picture.mime.lower().removeprefix("image/").replace("jpg", "jpeg")
    if not picture.mime.lower().startswith("image/") or kind not in formats:
        raise Refused(Reason.NOT_A_PICTURE, kind=picture.mime)
    if picture.size > most:
        raise Refused(Reason.PHOTO_TOO_LARGE, most=most, size=picture.size)


def _receipt(actor: Actor, message: str) -> tuple[Notice, ...]:
    """A small sign on the person's own message: it is in safe hands."""
    if not message:
        return ()
    return (
        Notice(
            to=actor.id,
            kind=NoticeKind.RECEIPT,
            key=f"receipt:{actor.cause}",
            data={"message": message},
            lane=Lane.EDIT,
        ),
    )
