"""Put a swap, an override or an absence together, question by question, and carry it out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from workflows.book import Book
from workflows.cases.show_work import question_notice
from workflows.duty.away import BeAway
from workflows.duty.form import DutyAct, DutyField, DutyForm, form_of
from workflows.duty.override import OverrideShift
from workflows.duty.shift import ShiftId
from workflows.duty.span import Span, check_first, check_last, day_in, span_in, turn_of
from workflows.duty.swap import SwapShifts
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.hotline.scanning import without_numbers
from workflows.notices import DraftId
from workflows.people import Actor, PersonId
from workflows.ports import Begin, Clock, Work
from workflows.privacy.scopes import Thing, has, must_have
from workflows.refusals import Reason, Refused

LONGEST_NOTE: Final = 100


@dataclass(frozen=True, slots=True)
class ArrangeDuty:
    """The form is one card that changes in place; its last answer carries it out."""

    begin: Begin
    now: Clock
    book: Book
    swap: SwapShifts
    override: OverrideShift
    away: BeAway

    async def start(self, actor: Actor, act: DutyAct, words: str = "") -> None:
        """Begin with whatever was typed. Raises Refused: NO_SHIFTS, ROSTER_NOT_YOURS, BAD_DATE."""
        must_have(Thing.OWN_SHIFTS, actor)
        async with self.begin() as work:
            form = await self._begun(work, actor, act, words)
            at = self.now()
            draft = await work.drafts.open(actor.id, DraftKind.DUTY, form.as_json(), at)
            await self._go_on(work, actor, draft, form)

    async def choose(self, actor: Actor, draft_id: DraftId, args: Mapping[str, Any]) -> None:
        """A button of the form. Raises Refused."""
        async with self.begin() as work:
            draft = await self._own(work, actor, draft_id)
            form = form_of(draft)
            chosen = {name: args[name] for name in args if name in CHOSEN}
            if "who" in chosen:
                person = await work.people.get(PersonId(int(chosen["who"])))
                chosen["who_name"] = person.name if person.id else ""
            if "shift" in chosen:
                shift = await work.rosters.shift(ShiftId(int(chosen["shift"])))
                chosen["whose"] = int(shift.person)
            page = int(args.get("page", 0))
            await self._go_on(work, actor, draft, replace(form, **chosen, page=page))

    async def words(self, actor: Actor, draft: Draft, text: str) -> bool:
        """A date or a name where one is asked for; false where a button is. Raises Refused."""
        form = form_of(draft)
        if form.asks not in {DutyField.FIRST, DutyField.LAST, DutyField.WHO}:
            return False
        async with self.begin() as work:
            draft = await self._own(work, actor, draft.id)
            form = form_of(draft)
            if form.asks is DutyField.WHO:
                form = await self._named(work, form, text)
            else:
                form = await self._dated(work, form, text)
            await self._go_on(work, actor, draft, form)
        return True

    async def drop(self, actor: Actor, draft_id: DraftId) -> None:
        async with self.begin() as work:
            draft = await self._own(work, actor, draft_id)
            await self._write(work, actor, draft, form_of(draft), DraftState.DROPPED)

    async def _begun(self, work: Work, actor: Actor, act: DutyAct, words: str) -> DutyForm:
        form = DutyForm(act, whose=actor.id)
        if act is DutyAct.SWAP and not await work.rosters.to_come(actor.id, self.now()):
            raise Refused(Reason.NO_SHIFTS)
        if act is DutyAct.OVERRIDE and not has(Thing.ARRANGE, actor.person):
            raise Refused(Reason.ROSTER_NOT_YOURS)
        if act is not DutyAct.AWAY or not words.strip():
            return form
        return await self._dated(work, form, words)

    async def _dated(self, work: Work, form: DutyForm, words: str) -> DutyForm:
        """Days, and a name and a reason behind them. Raises Refused."""
        today = self.now().astimezone(self.book.calendar.zone).date()
        if form.asks is DutyField.LAST:
            first = date.fromisoformat(form.first)
            found = Span(first, day_in(words, today, from_day=first))
        else:
            found = span_in(words, today)
        if found.first is None:
            raise Refused(Reason.BAD_DATE, example=today.isoformat())
        most = self.book.policy.duty.away_most_days
        check_first(found.first, today, most)
        form = replace(form, first=found.first.isoformat())
        if found.last is not None:
            check_last(found.last, found.first, most)
            form = replace(form, last=found.last.isoformat())
        if not found.rest:
            return form
        name, _, note = found.rest.partition(" ")
        return await self._named(
            work, replace(form, note=without_numbers(note)[:LONGEST_NOTE]), name
        )

    async def _named(self, work: Work, form: DutyForm, words: str) -> DutyForm:
        """Raises Refused(NO_SUCH_PERSON)."""
        said = words.strip()
        found = (await work.rosters.named([said])).get(said, ())
        if len(found) != 1:
            raise Refused(Reason.NO_SUCH_PERSON, name=said[:30])
        return replace(form, who=int(found[0].id), who_name=found[0].name)

    async def _go_on(self, work: Work, actor: Actor, draft: Draft, form: DutyForm) -> None:
        """Ask what is still missing, or carry it out."""
        if form.asks is None:
            await self._carry_out(work, actor, form)
            await self._write(work, actor, draft, form, DraftState.DONE)
        else:
            await self._write(work, actor, draft, form, DraftState.OPEN)

    async def _carry_out(self, work: Work, actor: Actor, form: DutyForm) -> None:
        who = PersonId(form.who) if form.who else None
        if form.act is DutyAct.AWAY:
            turn = turn_of(*form.days, self.book.calendar.zone, self.now())
            await self.away.inside(work, actor, turn, who, form.note)
            return
        shift = ShiftId(form.shift or 0)
        if form.act is DutyAct.SWAP:
            back = ShiftId(form.back) if form.back else None
            await self.swap.ask_inside(work, actor, shift, PersonId(form.who or 0), back)
        else:
            whose, to = PersonId(form.whose), PersonId(form.who or 0)
            await self.override.inside(work, actor, shift, whose, to, at_once=form.at_once)

    async def _own(self, work: Work, actor: Actor, draft_id: DraftId) -> Draft:
        draft = await work.drafts.get(draft_id)
        if draft.person != actor.id or draft.state is not DraftState.OPEN:
            raise Refused(Reason.NO_SUCH_DRAFT)
        return draft

    async def _write(
        self, work: Work, actor: Actor, draft: Draft, form: DutyForm, state: DraftState
    ) -> None:
        at = self.now()
        after = replace(
            draft,
            body=form.as_json(),
            version=draft.version + 1,
            changed_at=at,
            state=state,
        )
        await work.drafts.write(draft, after)
        await work.owe(question_notice(after, at))
        await work.settle(actor.cause)


CHOSEN: Final = frozenset({"shift", "first", "last", "who", "back", "at_once"})
"""What a button of the form may fill in."""
