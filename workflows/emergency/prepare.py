"""Write an emergency down: which, where, how long, why; then look once more, and ask."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from workflows.cases.show_work import question_notice
from workflows.emergency.ask_emergency import AskEmergency, Wish
from workflows.emergency.emergency import (
    LONGEST_REASON,
    Emergency,
    check_asker,
    check_hours,
    hours_left,
)
from workflows.emergency.form import EmergencyField, EmergencyForm, form_of
from workflows.emergency.standing import must_hold
from workflows.emergency.under import EmergencyId, ModeKey
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.hotline.scanning import without_numbers
from workflows.notices import DraftId
from workflows.people import Actor, AreaCode
from workflows.ports import Begin, Clock, Work
from workflows.refusals import Reason, Refused

FormChange = Callable[[EmergencyForm], EmergencyForm]
TYPED: Final = frozenset({EmergencyField.HOURS, EmergencyField.REASON})


@dataclass(frozen=True, slots=True)
class PrepareEmergency:
    """Everything that changes the form before it is sent. It is shown again after each step."""

    begin: Begin
    now: Clock
    ask: AskEmergency

    async def start(self, actor: Actor, form: EmergencyForm) -> None:
        """Begin with whatever is known already. Raises Refused: EMERGENCY_NOT_YOURS, ..."""
        async with self.begin() as work:
            form = replace(form, reason=without_numbers(form.reason))
            form = await self._checked(work, actor, form)
            at = self.now()
            draft = await work.drafts.open(actor.id, DraftKind.EMERGENCY, form.as_json(), at)
            await work.owe(question_notice(draft, at))
            await work.settle(actor.cause)

    async def longer(self, actor: Actor, emergency_id: EmergencyId) -> None:
        """A form for going on. Raises Refused: EMERGENCY_ENDED, EMERGENCY_NOT_YOURS, ..."""
        async with self.begin() as work:
            emergency = await work.emergencies.get(emergency_id)
            await must_hold(work, emergency, self.now())
        form = EmergencyForm(
            mode=emergency.mode,
            area=emergency.area,
            area_name=emergency.area_name,
            extends=emergency.id,
        )
        await self.start(actor, form)

    async def change(self, actor: Actor, draft_id: DraftId, change: FormChange) -> None:
        """A choice on the form. Raises Refused: NO_SUCH_DRAFT, EMERGENCY_TOO_LONG, ..."""
        async with self.begin() as work:
            draft = await self._own(work, actor, draft_id)
            form = await self._checked(work, actor, change(form_of(draft)))
            await self._write(work, actor, draft, form)

    async def words(self, actor: Actor, draft: Draft, text: str) -> bool:
        """Typed words fill what is asked; false where a button is awaited. Raises Refused."""
        field = form_of(draft).asks
        if field not in TYPED:
            return False
        await self.change(actor, draft.id, lambda form: _filled(form, field, text))
        return True

    async def drop(self, actor: Actor, draft_id: DraftId) -> None:
        """Nobody was asked anything."""
        async with self.begin() as work:
            draft = await self._own(work, actor, draft_id)
            await self._write(work, actor, draft, form_of(draft), DraftState.DROPPED)

    async def send(self, actor: Actor, draft_id: DraftId) -> Emergency:
        """Ask the second person. Raises Refused: EMERGENCY_STANDS, NOBODY_TO_APPROVE, ..."""
        async with self.begin() as work:
            draft = await self._own(work, actor, draft_id)
            form = form_of(draft)
            if form.asks is not None:
                raise Refused(Reason.EMERGENCY_INCOMPLETE)
            asked = await self.ask.inside(work, actor, _wish(form))
            sent = replace(form, emergency=asked.id)
            await self._write(work, actor, draft, sent, DraftState.DONE)
        return asked

    async def _checked(self, work: Work, actor: Actor, form: EmergencyForm) -> EmergencyForm:
        """Whatever is known must hold by itself; the rest is seen when it is sent."""
        area = AreaCode(form.area) if form.area else None
        check_asker(actor, area)
        mode = self.ask.mode(form.mode) if form.mode else None
        if area is not None:
            found = await work.emergencies.area_named(area)
            if found is None:
                raise Refused(Reason.NO_SUCH_AREA, code=area)
            form = replace(form, area_name=found.name)
        if mode is not None and form.hours:
            extends = None
            if form.extends is not None:
                extends = await work.emergencies.get(EmergencyId(form.extends))
            check_hours(form.hours, hours_left(mode, extends, self.now()))
        return form

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
        form: EmergencyForm,
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


def _wish(form: EmergencyForm) -> Wish:
    return Wish(
        mode=ModeKey(form.mode),
        area=AreaCode(form.area),
        hours=form.hours,
        reason=form.reason.strip(),
        extends=None if form.extends is None else EmergencyId(form.extends),
    )


def _filled(form: EmergencyForm, field: EmergencyField, text: str) -> EmergencyForm:
    """Raises Refused: TEXT_TOO_LONG, EMERGENCY_BAD_HOURS."""
    words = " ".join(text.split())
    if field is EmergencyField.HOURS:
        return replace(form, hours=_hours_in(words), editing="")
    if len(words) > LONGEST_REASON:
        raise Refused(Reason.TEXT_TOO_LONG, most=LONGEST_REASON, length=len(words))
    return replace(form, reason=without_numbers(words), editing="")


def _hours_in(words: str) -> int:
    """`12`, `12 h`, `12小时`. Raises Refused(EMERGENCY_BAD_HOURS)."""
    digits = words.lower().removesuffix("hours").removesuffix("小时").removesuffix("h").strip()
    if not digits.isdecimal() or not 0 < len(digits) < 5 or int(digits) < 1:
        raise Refused(Reason.EMERGENCY_BAD_HOURS)
    return int(digits)
