"""Write a complaint down: words, a forwarded message, a place, a number, a picture, a choice."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from workflows.cases.case import Action, Case, Picture, Place, Point, Source
from workflows.cases.lifecycle import REPORTERS
from workflows.cases.report_case import Report, ReportCase, locate
from workflows.cases.show_work import check_picture, question_notice
from workflows.evidence.quota import within_quota
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.hotline.intake import (
    LONGEST_TOLD,
    LONGEST_WORDS,
    MOST_REASONS,
    Field,
    Intake,
    changed,
    intake_of,
)
from workflows.hotline.synonyms import Learn
from workflows.hotline.understand import Ear, phone_in
from workflows.hotline.who_called import beside, called, caller_in
from workflows.notices import DraftId
from workflows.people import Actor, Role
from workflows.policy.catalogue import ClassCode
from workflows.ports import Begin, Clock, Work
from workflows.refusals import Reason, Refused

Change = Callable[[Intake], Intake]


@dataclass(frozen=True, slots=True)
class TakeDown:
    """Everything that changes a form before it is sent. The form is shown again after each."""

    begin: Begin
    now: Clock
    ear: Ear
    report_case: ReportCase
    learn: Learn

    async def start(self, actor: Actor) -> None:
        """An empty form that waits for the caller's words."""
        async with self.begin() as work:
            await self._open(work, actor, Intake(awaiting=Field.WORDS))

    async def words(self, actor: Actor, text: str, forwarded_from: str | None = None) -> None:
        """Words go where the form waits for them; forwarded ones begin a form of their own.

        The second half of a text that the phone has cut joins the first. Raises
        Refused(TEXT_TOO_LONG).
        """
        said_at = actor.said_at or self.now()
        async with self.begin() as work:
            draft = await self._current(work, actor)
            intake = intake_of(draft) if draft else None
            if draft and intake and intake.continues(said_at):
                heard = await self._heard(work, intake, text, said_at)
                await self.write(work, actor, draft, heard)
            elif draft and intake and intake.awaiting and forwarded_from is None:
                filled = await self._fill(work, intake, text, said_at)
                await self.write(work, actor, draft, filled)
            else:
                blank = Intake(forwarded_from=forwarded_from or "")
                heard = await self._heard(work, blank, text, said_at)
                await self._open(work, actor, await self._placed_by_words(work, heard))

    async def point(self, actor: Actor, point: Point, title: str = "") -> None:
        """A place on the map for the newest form. Raises Refused(NO_SUCH_DRAFT)."""
        async with self.begin() as work:
            draft = await self._needed(work, actor)
            intake = intake_of(draft)
            words = title or intake.place_words
            placed = await self._placed(work, intake, Place(words, point))
            await self.write(work, actor, draft, placed)

    async def caller(self, actor: Actor, name: str, phone: str) -> None:
        """Who called, from the address book. Raises Refused(NO_SUCH_DRAFT)."""
        async with self.begin() as work:
            draft = await self._needed(work, actor)
            await self.write(work, actor, draft, called(intake_of(draft), name, phone))

    async def picture(self, actor: Actor, picture: Picture, caption: str) -> None:
        """A picture of the defect; it begins a form where none is open."""
        rules = self.report_case.record.book.policy.photos
        check_picture(picture, rules.formats, rules.max_bytes)
        async with self.begin() as work:
            draft = await self._current(work, actor)
            intake = intake_of(draft) if draft else Intake()
            await within_quota(work, self.report_case.record.book, actor, self.now(), 1)
            intake = _pictured(intake, picture, rules.max_photos)
            if caption:
                intake = await self._heard(work, intake, caption, actor.said_at or self.now())
                intake = await self._placed_by_words(work, intake)
            if draft:
                await self.write(work, actor, draft, intake)
            else:
                await self._open(work, actor, intake)

    async def change(self, actor: Actor, draft_id: DraftId, change: Change) -> None:
        """A choice on the form. Raises Refused(NO_SUCH_DRAFT)."""
        async with self.begin() as work:
            draft = await self.own(work, actor, draft_id)
            await self.write(work, actor, draft, change(intake_of(draft)))

    async def drop(self, actor: Actor, draft_id: DraftId) -> None:
        """Throw the form away, the caller's number with it."""
        async with self.begin() as work:
            draft = await self.own(work, actor, draft_id)
            await self.write(work, actor, draft, Intake(), DraftState.DROPPED)

    async def send(self, actor: Actor, draft_id: DraftId) -> Case:
        """Report it. Raises Refused(DRAFT_INCOMPLETE) naming what is missing."""
        async with self.begin() as work:
            draft = await self.own(work, actor, draft_id)
            intake = intake_of(draft)
            from_street = not actor.person.holds(Role.OPERATOR)
            if missing := intake.missing(from_street=from_street):
                raise Refused(Reason.DRAFT_INCOMPLETE, missing=list(missing))
            report = report_of(intake, from_street=from_street)
            case = await self.report_case.inside(work, actor, report)
            await self.learn(work, actor, intake, case)
            sent = replace(intake.without_caller(), awaiting="", case_id=case.id)
            await self.write(work, actor, draft, sent, DraftState.DONE)
        return case

    async def _heard(self, work: Work, intake: Intake, text: str, said_at: datetime) -> Intake:
        """The form with more words in it, and what they seem to mean."""
        words = "\n".join(part for part in (intake.words, text.strip()) if part)
        if len(words) > LONGEST_WORDS:
            raise Refused(Reason.TEXT_TOO_LONG, most=LONGEST_WORDS, length=len(words))
        heard = replace(
            intake,
            words=words,
            awaiting="" if intake.awaiting == Field.WORDS else intake.awaiting,
            last_part_at=said_at.isoformat(),
            last_part_length=len(text),
        )
        if not heard.caller_known and (phone := phone_in(words)):
            heard = called(heard, heard.caller_name, phone)
        return heard if heard.class_code else await self._guessed(work, heard)

    async def _guessed(self, work: Work, intake: Intake) -> Intake:
        taught = await work.synonyms.in_force()
        return intake.understood(self.ear.hear(intake.words, taught))

    async def _fill(self, work: Work, intake: Intake, text: str, said_at: datetime) -> Intake:
        match intake.awaiting:
            case Field.PLACE:
                return await self._placed(work, intake, Place(text.strip()[:200]))
            case Field.CALLER:
                phone = phone_in(text)
                name, address = beside(text, phone)
                return replace(called(intake, name, phone), caller_address=address)
            case Field.TOLD:
                return replace(intake, told=text.strip()[:LONGEST_TOLD])
            case Field.CLASS:
                found = await self._guessed(work, Intake(words=text))
                return replace(
                    intake,
                    guesses=found.guesses,
                    class_code=found.class_code or intake.class_code,
                    condition_id=found.condition_id or intake.condition_id,
                    awaiting="" if found.class_code else intake.awaiting,
                    browsing="",
                )
            case _:
                heard = await self._heard(work, intake, text, said_at)
                return await self._placed_by_words(work, heard)

    async def _placed_by_words(self, work: Work, intake: Intake) -> Intake:
        """A place whose name occurs in the complaint is proposed, never one already given."""
        if intake.place_words or intake.latitude is not None:
            return intake
        named = await work.places.grid_named(intake.words)
        if named is None:
            return intake
        _, name, point = named
        return await self._placed(work, intake, Place(name, point))

    async def _placed(self, work: Work, intake: Intake, place: Place) -> Intake:
        found = await locate(work, place)
        return replace(
            intake,
            place_words=found.words,
            latitude=found.point.latitude if found.point else None,
            longitude=found.point.longitude if found.point else None,
            area=found.area or "",
            area_name=found.area_name,
            awaiting="" if intake.awaiting == Field.PLACE else intake.awaiting,
        )

    async def _current(self, work: Work, actor: Actor) -> Draft | None:
        draft = await work.drafts.latest(actor.id)
        return draft if draft is not None and draft.kind is DraftKind.INTAKE else None

    async def _needed(self, work: Work, actor: Actor) -> Draft:
        draft = await self._current(work, actor)
        if draft is None:
            raise Refused(Reason.NO_SUCH_DRAFT)
        return draft

    async def own(self, work: Work, actor: Actor, draft_id: DraftId) -> Draft:
        """The actor's own form, still open. Raises Refused(NO_SUCH_DRAFT)."""
        draft = await work.drafts.get(draft_id)
        if draft.person != actor.id:
            raise Refused(Reason.NO_SUCH_DRAFT)
        if draft.state is not DraftState.OPEN:
            raise Refused(Reason.NO_SUCH_DRAFT, case_id=intake_of(draft).case_id)
        return draft

    async def _known(self, work: Work, intake: Intake) -> Intake:
        """The form with the open case that this number has of this class (domain.md 2.4)."""
        known = None
        if intake.phone and intake.class_code:
            known = await work.cases.open_of_caller(intake.phone, intake.class_code)
        return replace(intake, known=known)

    async def _open(self, work: Work, actor: Actor, intake: Intake) -> None:
        _must_take_down(actor)
        at = self.now()
        intake = await self._known(work, intake)
        draft = await work.drafts.open(actor.id, DraftKind.INTAKE, intake.as_json(), at)
        await work.owe(question_notice(draft, at))
        await work.settle(actor.cause)

    async def write(
        self,
        work: Work,
        actor: Actor,
        draft: Draft,
        intake: Intake,
        state: DraftState | None = None,
    ) -> None:
        """Keep the form as it is now and show it."""
        _must_take_down(actor)
        at = self.now()
        if state is None:
            intake = await self._known(work, intake)
        after = changed(draft, intake, at, state)
        await work.drafts.write(draft, after)
        await work.owe(question_notice(after, at))
        await work.settle(actor.cause)


def _must_take_down(actor: Actor) -> None:
    """Whoever the law lets report may write a form. Raises Refused(NOT_YOURS)."""
    if not actor.is_system and not actor.person.holds(*REPORTERS):
        raise Refused(Reason.NOT_YOURS, action=Action.REPORT)


def choose_class(code: str, ear: Ear, book_conditions: tuple[str, ...]) -> Change:
    """The class a person chose, with the condition that its words fit best."""

    def apply(intake: Intake) -> Intake:
        guess = ear.fit(intake.words, code)
        return replace(
            intake,
            class_code=ClassCode(code),
            condition_id=guess.condition_id if guess else book_conditions[0],
            resting_on=guess.words[:MOST_REASONS] if guess else (),
            awaiting="",
            browsing="",
            page=0,
        )

    return apply


def _pictured(intake: Intake, picture: Picture, most: int) -> Intake:
    """One more picture, of it as it was found or as it is now. Raises Refused(TOO_MANY_PHOTOS)."""
    shown = intake.after if intake.fixed else intake.pictures
    if len(shown) >= most:
        raise Refused(Reason.TOO_MANY_PHOTOS, most=most)
    if any(known.unique == picture.unique for known in (*intake.pictures, *intake.after)):
        return intake
    if intake.fixed:
        return replace(intake, after=(*shown, picture))
    return replace(intake, pictures=(*shown, picture))


def report_of(intake: Intake, *, from_street: bool) -> Report:
    """What the form says; whoever called waits for an answer unless somebody said otherwise."""
    waits = not intake.nobody_waits and not from_street
    return Report(
        class_code=intake.class_code,
        condition_id=intake.condition_id,
        place=intake.place,
        words=intake.words,
        source=Source.COLLECTOR if from_street else Source.OPERATOR,
        caller=caller_in(intake) if waits else None,
        pictures=intake.pictures,
    )
