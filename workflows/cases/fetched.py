"""A photo's bytes have arrived, or never will: seal it, and tell its sender if it is no good."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from workflows.cases.case import Action, Case, Given, Photo, PhotoState, Stage, State
from workflows.cases.record import Record
from workflows.cases.step import Step
from workflows.escalation.quiet import by_night, is_urgent
from workflows.evidence.facts import PictureFacts
from workflows.evidence.lack import Lack
from workflows.evidence.likeness import compare_photo
from workflows.evidence.rules import lacks_of
from workflows.notices import Lane, Notice, NoticeKind, case_subject
from workflows.people import SYSTEM, Role
from workflows.ports import Begin, Clock, Entry, LeaseLostError, Work
from workflows.rails import Kept

JUDGED: Final = frozenset({State.PENDING_CONFIRM, State.FEEDBACK_REVIEW})
"""While somebody looks at the work, what they read of its photos must be true."""

AN_ANSWER: Final = timedelta(minutes=10)
"""Whoever sent a photo so lately is still awake, and waits for a word."""

PROVABLE: Final = ("captured", "offset_minutes", "fingerprint", "faces", "plates")
"""Facts that the journal repeats."""


@dataclass(frozen=True, slots=True)
class PhotoFetched:
    """Write hash and name of the sealed original to the photo and to the journal."""

    begin: Begin
    record: Record
    now: Clock

    async def __call__(self, photo: Photo, fence: int, kept: Kept) -> None:
        """Raises LeaseLostError if another process fetched it meanwhile."""
        now = self.now()
        state = PhotoState.REFUSED if kept.problem else PhotoState.KEPT
        sealed = replace(
            photo,
            state=state,
            sha256=kept.sha256,
            stored=kept.stored,
            problem=kept.problem,
            received_at=now,
            facts=_believed(photo, kept),
        )
        async with self.begin() as work:
            if not await work.photos.seal(sealed, fence):
                raise LeaseLostError
            alike = await compare_photo(work, sealed, self.record.book.policy.risk)
            await work.journal(
                Entry(
                    f"photo_{state.value}",
                    photo.sent_by,
                    Role.SYSTEM,
                    now,
                    case_id=photo.case_id,
                    details={**_on_record(sealed), "alike": [near.photo for near in alike]},
                )
            )
            if kept.problem:
                await work.owe(await self._send_again(work, photo, kept.problem))
            await work.pictures_came(photo.case_id)
            if photo.id in {each.id for each in await work.photos.of(photo.case_id)}:
                await self._shown_anew(work, photo, kept.problem)
                await self._held_against_policy(work, sealed)

    async def _send_again(self, work: Work, photo: Photo, problem: str) -> Notice:
        """At night it answers what was just sent, or an urgent case; else the morning hears it."""
        book, now = self.record.book, self.now()
        notice = Notice(
            to=photo.sent_by,
            kind=NoticeKind.SAID,
            key=f"photo:{photo.id}:{problem}",
            case_id=photo.case_id,
            data={"what": f"photo_{problem}", "action": Action.ATTACH_PHOTO},
            lane=Lane.ANSWER,
            loud=True,
            sure=True,
        )
        case = await work.cases.get(photo.case_id)
        if now - photo.said_at <= AN_ANSWER or is_urgent(case, book.policy.catalogue):
            return notice
        return by_night(notice, now, book.policy.ladders.quiet_hours, book.calendar.zone)

    async def _held_against_policy(self, work: Work, photo: Photo) -> None:
        """Its sender hears at once, and once a round, what its file says against it."""
        case = await work.cases.get(photo.case_id)
        if not case.is_open:
            return
        for lack in lacks_of(case, photo, self.record.book.calendar.zone)[:1]:
            await work.owe(_found_wanting(case, photo, lack))

    async def _shown_anew(self, work: Work, photo: Photo, problem: str) -> None:
        """Whoever judges the work reads of a photo that it is here, used before, or no good.

        Whoever goes there sees what was reported, also where it came too late for the order.
        The last photo to come tells it for all of them.
        """
        case = await work.cases.get(photo.case_id)
        if problem and case.is_open:
            given = Given(stage=photo.stage, photos=1)
            details = {"photo": photo.id, "problem": problem}
            step = Step(Action.DISCOUNT_PHOTO, SYSTEM, given, details)
            await self.record(work, case, step)
            return
        if any(each.state is PhotoState.PENDING for each in await work.photos.of(case.id)):
            return
        if case.state not in JUDGED and not (case.is_open and photo.stage is Stage.BEFORE):
            return
        subject = case_subject(case.id)
        for person in await work.shown_to(subject):
            await work.owe(
                Notice(
                    to=person,
                    kind=NoticeKind.CASE,
                    key=f"photo:{photo.id}:{person}",
                    subject=subject,
                    case_id=case.id,
                    lane=Lane.EDIT,
                )
            )


def _found_wanting(case: Case, photo: Photo, lack: Lack) -> Notice:
    return Notice(
        to=photo.sent_by,
        kind=NoticeKind.SAID,
        key=f"lack:{case.id}:{case.rework_count}:{lack.what}:{photo.sent_by}",
        case_id=photo.case_id,
        data={"what": f"photo_{lack.what}", "action": Action.ATTACH_PHOTO},
        lane=Lane.ANSWER,
    )


def _believed(photo: Photo, kept: Kept) -> PictureFacts | None:
    if kept.facts is None or photo.as_file:
        return kept.facts
    return kept.facts.without_claims


def _on_record(photo: Photo) -> dict[str, Any]:
    """What must be provable later; where it was taken stays out of the journal for good."""
    facts = photo.facts
    if facts is None:
        return {"photo": photo.id, "sha256": photo.sha256, "problem": photo.problem}
    told = facts.as_json()
    return {
        "photo": photo.id,
        "sha256": photo.sha256,
        "problem": photo.problem,
        "as_file": photo.as_file,
        **{name: told[name] for name in PROVABLE if told[name]},
    }
