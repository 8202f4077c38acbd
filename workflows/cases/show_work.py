"""Photos and notes: facts that come one by one, in any order, before any button was pressed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from workflows.cases.case import (
    WITH_CHECKER,
    WITH_WORKER,
    Action,
    Case,
    CaseId,
    Given,
    Photo,
    PhotoRef,
    Picture,
    Stage,
)
from workflows.cases.conditions import is_in_ones_hands
from workflows.cases.move_case import signed_first, who_was_first
from workflows.cases.questions import PARKED
from workflows.cases.record import Record
from workflows.cases.step import Step
from workflows.evidence.quota import within_quota
from workflows.hotline.draft import Draft, DraftKind
from workflows.hotline.scanning import without_numbers
from workflows.notices import Lane, Notice, NoticeKind, draft_subject
from workflows.people import Actor
from workflows.ports import Begin, Work
from workflows.refusals import Reason, Refused

LONGEST_NOTE: Final = 500
"""Reply points are read out on the phone; more than this nobody listens to (domain.md 2.5)."""

ASKS_FOR_PHOTOS: Final = frozenset({*WITH_WORKER, *WITH_CHECKER})

SET_CLOSES: Final = timedelta(seconds=3)
"""An album comes photo by photo and does not say of how many: what its caption asks for is done
after this, and whatever comes later joins what is on the case (durability.md 2.2)."""

SAME_FORMAT: Final = {"jpg": "jpeg", "pjpeg": "jpeg", "heif": "heic"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a worker showed: pictures, words or both, and the message that carried them."""

    pictures: tuple[Picture, ...] = ()
    words: str = ""
    message: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "pictures": [picture_as_json(picture) for picture in self.pictures],
            "words": self.words,
        }

    @classmethod
    def from_json(cls, stored: Any) -> "Shown":
        pictures = tuple(picture_from_json(one) for one in stored.get("pictures", ()))
        return cls(pictures, stored.get("words", ""))


@dataclass(frozen=True, slots=True)
class ShowWork:
    """Put what was shown on a case. Proof on an unsigned case signs for it: he is at it already.

    Without a case it goes to the worker's only open one; with several it is kept and the worker
    is asked, so that no photo waits on a question and none is lost.
    """

    begin: Begin
    record: Record

    async def __call__(
        self,
        actor: Actor,
        shown: Shown,
        case_id: CaseId | None = None,
        *,
        set_is_open: bool = False,
    ) -> None:
        """While the set is open its update stays unread, in the transaction that keeps the photo.

        Raises Refused: the law's reasons, NO_OPEN_CASE, NOT_A_PICTURE, PHOTO_TOO_LARGE, ...
        """
        sender = replace(actor, cause=None) if set_is_open else actor
        async with self.begin() as work:
            self._check(shown)
            moment, fresh = self.record.now(), len(shown.pictures)
            await within_quota(work, self.record.book, actor, moment, fresh)
            if case_id is None:
                case_id = await self._only_case(work, actor)
            if case_id is None:
                await self._park(work, actor, shown)
            else:
                await self.inside(work, sender, case_id, shown)
            await work.owe(*_receipt(actor, shown))
            if set_is_open:
                await work.put_aside(actor.cause, moment + SET_CLOSES)
            else:
                await work.settle(actor.cause)

    async def inside(self, work: Work, actor: Actor, case_id: CaseId, shown: Shown) -> Case:
        """Do it to a known case, in a transaction that is already open."""
        case = await work.cases.get(case_id)
        set_of = await _rest_of_set(work, case, actor, shown)
        photos = await self._photos(work, case, actor, shown, set_of)
        if set_of is not None and not _has_it(case, actor):
            steps = [*photos]
        else:
            steps = [*signed_first(case, actor), *photos, *_note(case, actor, shown)]
        if all(step.action is Action.SIGN_FOR for step in steps):
            return case
        try:
            return await self.record(work, case, *steps)
        except Refused as no:
            raise await who_was_first(work, no) from no

    async def _photos(
        self, work: Work, case: Case, actor: Actor, shown: Shown, set_of: Photo | None
    ) -> tuple[Step, ...]:
        """The message is remembered, so that an answer to it can take its photo back."""
        stage, pictures = set_of.stage if set_of else stage_for(case), shown.pictures
        most = self._most(case, stage)
        if pictures and not most:
            raise Refused(Reason.NO_PHOTO_ASKED, case_id=case.id)
        if case.photo_counts.get(stage, 0) + len(pictures) > most:
            raise Refused(Reason.TOO_MANY_PHOTOS, most=most, case_id=case.id)
        moment = actor.said_at or self.record.now()
        added = [await work.photos.add(case.id, stage, actor, moment, p) for p in pictures]
        fresh = [photo.id for photo in added if photo is not None]
        details = {"photos": fresh} | ({"message": shown.message} if shown.message else {})
        late = set_of is not None and not _has_it(case, actor)
        action = Action.ADD_LATE_PHOTO if late else Action.ATTACH_PHOTO
        given = Given(stage=stage, photos=len(fresh), of_set=late)
        return (Step(action, actor, given, details),) * bool(fresh)

    def _most(self, case: Case, stage: Stage) -> int:
        """Nobody may be made to send needless ones; closing photos as their kind says."""
        if stage is Stage.AFTER and case.filing is not None:
            return case.filing.photos.most
        return self.record.book.policy.photos.max_photos

    def _check(self, shown: Shown) -> None:
        rules = self.record.book.policy.photos
        for picture in shown.pictures:
            check_picture(picture, rules.formats, rules.max_bytes)

    async def _only_case(self, work: Work, actor: Actor) -> CaseId | None:
        cases = await work.cases.in_hands_of(actor.id)
        if not cases:
            raise Refused(Reason.NO_OPEN_CASE)
        return cases[0].id if len(cases) == 1 else None

    async def _park(self, work: Work, actor: Actor, shown: Shown) -> None:
        """An album's next picture joins the question that its first one raised."""
        at = self.record.now()
        waiting = await work.drafts.latest(actor.id)
        if waiting is not None and waiting.body.get("action") == PARKED:
            kept = Shown.from_json(waiting.body["shown"])
            words = "\n".join(part for part in (kept.words, shown.words) if part)
            most = self.record.book.policy.photos.max_photos
            if shown.pictures and len(kept.pictures) + len(shown.pictures) > most:
                raise Refused(Reason.TOO_MANY_PHOTOS, most=most)
            merged = Shown((*kept.pictures, *shown.pictures), words)
            body = {**waiting.body, "shown": merged.as_json()}
            after = replace(waiting, body=body, changed_at=at, version=waiting.version + 1)
            await work.drafts.write(waiting, after)
        else:
            body = {"action": PARKED, "shown": shown.as_json()}
            after = await work.drafts.open(actor.id, DraftKind.ASK, body, at)
        await work.owe(question_notice(after, at))


def question_notice(draft: Draft, at: datetime) -> Notice:
    """Show a draft or question to its owner, in its present shape."""
    return Notice(
        to=draft.person,
        kind=NoticeKind.ASK if draft.kind is DraftKind.ASK else NoticeKind.DRAFT,
        key=f"draft:{draft.id}:{draft.version}:{at.isoformat()}",
        subject=draft_subject(draft.id),
        data={"draft": draft.id},
        lane=Lane.ANSWER,
    )


async def _rest_of_set(work: Work, case: Case, actor: Actor, shown: Shown) -> Photo | None:
    """A photo that this person sent to this case in the same album, if there is one."""
    for picture in shown.pictures:
        photo = await work.photos.of_set(actor.id, picture.album)
        if photo is not None and photo.case_id == case.id:
            return photo
    return None


def _has_it(case: Case, actor: Actor) -> bool:
    """Whether photos are still asked of this person: nothing is handed in or passed on."""
    return case.state in ASKS_FOR_PHOTOS and is_in_ones_hands(case, actor)


def stage_for(case: Case) -> Stage:
    """What a photo shows now: the look on site, the barrier of a P1, or the repair."""
    if case.state in WITH_CHECKER:
        return Stage.CHECK
    waits_for_arrival = case.urgency == "P1" and case.arrived_at is None
    return Stage.INTERIM if waits_for_arrival else Stage.AFTER


def check_picture(picture: Picture, formats: frozenset[str], most: int) -> None:
    """Refuse at once what can never become evidence; the bytes are judged when they are here."""
    kind = picture.mime.lower().removeprefix("image/")
    kind = SAME_FORMAT.get(kind, kind)
    if not picture.mime.lower().startswith("image/") or kind not in formats:
        raise Refused(Reason.NOT_A_PICTURE, kind=picture.mime)
    if picture.size > most:
        raise Refused(Reason.PHOTO_TOO_LARGE, most=most, size=picture.size)


def _note(case: Case, actor: Actor, shown: Shown) -> tuple[Step, ...]:
    """The message is remembered, so that the note follows when it is corrected."""
    words = shown.words.strip()
    if not words or case.note.endswith((words, without_numbers(words))):
        return ()
    note = "\n".join(part for part in (case.note, words) if part)
    return (note_step(actor, note, shown.message, words),)


def note_step(actor: Actor, note: str, message: str, said: str) -> Step:
    """The whole note as it now reads, and what of it this message says. Raises Refused."""
    if len(note) > LONGEST_NOTE:
        raise Refused(Reason.TEXT_TOO_LONG, most=LONGEST_NOTE, length=len(note))
    details = {"message": message, "said": said} if message else {}
    return Step(Action.ADD_NOTE, actor, Given(note=note), details)


def _receipt(actor: Actor, shown: Shown) -> tuple[Notice, ...]:
    """A small sign on the person's own message: it is in safe hands."""
    if not shown.message or not shown.pictures:
        return ()
    return (
        Notice(
            to=actor.id,
            kind=NoticeKind.RECEIPT,
            key=f"receipt:{actor.id}:{shown.message}",
            data={"message": shown.message},
            lane=Lane.EDIT,
        ),
    )


def picture_as_json(picture: Picture) -> dict[str, Any]:
    return {
        "transport": picture.ref.transport,
        "data": picture.ref.data,
        "unique": picture.unique,
        "size": picture.size,
        "mime": picture.mime,
        "forwarded": picture.forwarded,
        "as_file": picture.as_file,
        "album": picture.album,
    }


def picture_from_json(stored: dict[str, Any]) -> Picture:
    ref = PhotoRef(stored["transport"], stored["data"])
    return Picture(
        ref,
        stored["unique"],
        stored["size"],
        stored["mime"],
        stored["forwarded"],
        stored.get("as_file", False),
        stored.get("album", ""),
    )
