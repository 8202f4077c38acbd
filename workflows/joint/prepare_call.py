"""Write a call-out down step by step: where, whom, what, why; then look once more, and send."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from workflows.cases.case import CaseId, Point
from workflows.cases.machine import may_see
from workflows.cases.show_work import question_notice
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.joint.call_form import CallField, CallForm, form_of
from workflows.joint.call_out import LONGEST_SENTENCE, CallOut, check_caller
from workflows.joint.call_people import CallPeople, discreet_call
from workflows.notices import DraftId
from workflows.people import DISTRICT_CODE_LENGTH, Actor, AreaCode
from workflows.ports import Begin, Clock, Work
from workflows.privacy.scopes import Thing, posts_for
from workflows.refusals import Reason, Refused

CallChange = Callable[[CallForm], CallForm]
FILLED_BY_WORDS: Final = frozenset({CallField.SENTENCE, CallField.GROUND_WORDS, CallField.PLACE})


@dataclass(frozen=True, slots=True)
class PrepareCall:
    """Everything that changes the form before it is sent. It is shown again after each step."""

    begin: Begin
    now: Clock
    call_people: CallPeople

    async def start(self, actor: Actor, form: CallForm) -> None:
        """Begin with whatever is known already. Raises Refused: CALL_NOT_YOURS, ..."""
        check_caller(actor, None if form.area is None else AreaCode(form.area))
        async with self.begin() as work:
            form = await self._about_case(work, actor, _at_home(actor, form))
            form = await discreet_call(work, form)
            at = self.now()
            draft = await work.drafts.open(actor.id, DraftKind.CALL_OUT, form.as_json(), at)
            await work.owe(question_notice(draft, at))
            await work.settle(actor.cause)

    async def change(self, actor: Actor, draft_id: DraftId, change: CallChange) -> None:
        """A choice on the form. Raises Refused: NO_SUCH_DRAFT, CALL_ELSEWHERE, ..."""
        async with self.begin() as work:
            draft = await self._own(work, actor, draft_id)
            form = await discreet_call(work, change(form_of(draft)))
            check_caller(actor, None if form.area is None else AreaCode(form.area))
            await self._write(work, actor, draft, form)

    async def words(self, actor: Actor, draft: Draft, text: str) -> bool:
        """Typed words fill what is asked; false where a button is awaited. Raises Refused."""
        field = form_of(draft).asks
        if field not in FILLED_BY_WORDS:
            return False
        await self.change(actor, draft.id, lambda form: _filled(form, field, text))
        return True

    async def point(self, actor: Actor, draft: Draft, point: Point, title: str) -> None:
        """Where to come to, as words: the map's own name for it, else the grid's."""
        async with self.begin() as work:
            grid = await work.places.grid_at(point)
        words = title or (grid.name if grid else f"{point.latitude:.5f}, {point.longitude:.5f}")
        await self.change(actor, draft.id, lambda form: _filled(form, CallField.PLACE, words))

    async def drop(self, actor: Actor, draft_id: DraftId) -> None:
        async with self.begin() as work:
            draft = await self._own(work, actor, draft_id)
            await self._write(work, actor, draft, CallForm(), DraftState.DROPPED)

    async def send(self, actor: Actor, draft_id: DraftId) -> CallOut:
        """Call. Raises Refused: CALL_INCOMPLETE, NOBODY_TO_CALL, CALL_ELSEWHERE."""
        async with self.begin() as work:
            draft = await self._own(work, actor, draft_id)
            form = form_of(draft)
            if form.asks is not None:
                raise Refused(Reason.CALL_INCOMPLETE, field=form.asks)
            call = await self.call_people.inside(work, actor, form.wanted())
            sent = replace(form, call_id=call.id)
            await self._write(work, actor, draft, sent, DraftState.DONE)
        return call

    async def _about_case(self, work: Work, actor: Actor, form: CallForm) -> CallForm:
        """A case that was named brings its place along. Raises Refused(NO_SUCH_CASE)."""
        if form.case_id is None:
            return form
        case = await work.cases.get(CaseId(form.case_id))
        if not may_see(case, actor):
            raise Refused(Reason.NO_SUCH_CASE, case_id=form.case_id)
        return replace(form, place=form.place or case.place.words)

    async def _own(self, work: Work, actor: Actor, draft_id: DraftId) -> Draft:
        draft = await work.drafts.get(draft_id)
        if draft.person != actor.id or draft.state is not DraftState.OPEN:
            raise Refused(Reason.NO_SUCH_DRAFT)
        return draft

    async def _write(
        self,
        work: Work,
        actor: Actor,
        draft: Draft,
        form: CallForm,
        state: DraftState | None = None,
    ) -> None:
        at = self.now()
        after = replace(
            draft,
            body=form.as_json(),
            version=draft.version + 1,
            changed_at=at,
            state=state or draft.state,
        )
        await work.drafts.write(draft, after)
        await work.owe(question_notice(after, at))
        await work.settle(actor.cause)


def _filled(form: CallForm, field: CallField, text: str) -> CallForm:
    """Raises Refused(TEXT_TOO_LONG)."""
    words = " ".join(text.split())
    if len(words) > LONGEST_SENTENCE:
        raise Refused(Reason.TEXT_TOO_LONG, most=LONGEST_SENTENCE, length=len(words))
    match field:
        case CallField.PLACE:
            return replace(form, place=words, editing="")
        case CallField.GROUND_WORDS:
            return replace(form, ground_words=words, editing="")
        case _:
            return replace(form, sentence=words, editing="")


def _at_home(actor: Actor, form: CallForm) -> CallForm:
    """Whoever has but one street chooses among its grids at once."""
    areas = {post.area for post in posts_for(Thing.CALL_OUT, actor.person)}
    only = next(iter(areas)) if len(areas) == 1 else ""
    return replace(form, street=only) if len(only) > DISTRICT_CODE_LENGTH else form
