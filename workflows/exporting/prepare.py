"""Put an export together, look once more at what it would hold, and ask for it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from workflows.approving.proposal import Proposal
from workflows.cases.show_work import question_notice
from workflows.exporting.form import ExportForm, form_of, wish_of
from workflows.exporting.request import RequestExport
from workflows.exporting.wish import ExportWish, check_exporter
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.hotline.scanning import without_numbers
from workflows.notices import DraftId
from workflows.people import Actor, AreaCode
from workflows.ports import Begin, Clock, Work
from workflows.refusals import Reason, Refused

FormChange = Callable[[ExportForm], ExportForm]


@dataclass(frozen=True, slots=True)
class PrepareExport:
    """Everything that changes the form before it is sent. It is shown again after each step."""

    begin: Begin
    now: Clock
    zone: ZoneInfo
    request: RequestExport

    async def start(self, actor: Actor, form: ExportForm) -> None:
        """Begin with whatever is known already. Raises Refused: EXPORT_NOT_YOURS, ..."""
        async with self.begin() as work:
            checked, at = await self._checked(work, actor, form), self.now()
            draft = await work.drafts.open(actor.id, DraftKind.EXPORT, checked.as_json(), at)
            await work.owe(question_notice(draft, at))
            await work.settle(actor.cause)

    async def change(self, actor: Actor, draft_id: DraftId, change: FormChange) -> None:
        """A choice on the form, or what was typed. Raises Refused: EXPORT_ELSEWHERE, ..."""
        async with self.begin() as work:
            draft = await _own(work, actor, draft_id)
            form = await self._checked(work, actor, change(form_of(draft)))
            await self._write(work, actor, draft, form)

    async def drop(self, actor: Actor, draft_id: DraftId) -> None:
        async with self.begin() as work:
            draft = await _own(work, actor, draft_id)
            await self._write(work, actor, draft, form_of(draft), DraftState.DROPPED)

    async def send(self, actor: Actor, draft_id: DraftId) -> Proposal:
        """Raises Refused: EXPORT_INCOMPLETE, EXPORT_EMPTY, NO_SECOND_PERSON, ..."""
        async with self.begin() as work:
            draft = await _own(work, actor, draft_id)
            form = form_of(draft)
            wish = self._wish(actor, form)
            asked = await self.request.inside(work, actor, wish, form.purpose)
            sent = replace(form, proposal=asked.id, alone=asked.needs_nobody)
            await self._write(work, actor, draft, sent, DraftState.DONE)
        return asked

    def _wish(self, actor: Actor, form: ExportForm) -> ExportWish:
        return wish_of(form, self.zone, self.now(), actor.person.language)

    async def _checked(self, work: Work, actor: Actor, form: ExportForm) -> ExportForm:
        check_exporter(actor.person, self._wish(actor, form))
        if form.area:
            form = replace(form, area_name=await _area_name(work, form.area))
        return replace(form, purpose=without_numbers(" ".join(form.purpose.split())))

    async def _write(
        self,
        work: Work,
        actor: Actor,
        draft: Draft,
        form: ExportForm,
        state: DraftState = DraftState.OPEN,
    ) -> None:
        at = self.now()
        version = draft.version + 1
        after = replace(draft, body=form.as_json(), version=version, changed_at=at, state=state)
        await work.drafts.write(draft, after)
        await work.owe(question_notice(after, at))
        await work.settle(actor.cause)


async def _own(work: Work, actor: Actor, draft_id: DraftId) -> Draft:
    draft = await work.drafts.get(draft_id)
    if draft.person != actor.id or draft.state is not DraftState.OPEN:
        raise Refused(Reason.NO_SUCH_DRAFT)
    return draft


async def _area_name(work: Work, code: str) -> str:
    """A district, a street or a grid of ours. Raises Refused(NO_SUCH_AREA)."""
    if "-" in code:
        grid = await work.places.grid(AreaCode(code))
        if grid is not None:
            return grid.name
    elif (area := await work.emergencies.area_named(AreaCode(code))) is not None:
        return area.name
    raise Refused(Reason.NO_SUCH_AREA, code=code)
