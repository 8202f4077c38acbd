"""Paints a form of any kind as it stands, with what its next step has to offer."""

from bot.calls_painted import call_form
from bot.cards.form import form_sheet
from bot.cards.setting import Setting
from bot.duty_painted import duty_form
from bot.emergencies_painted import emergency_form
from bot.proposals_painted import export_form
from bot.sheet import Sheet
from workflows.cases.case import CaseId
from workflows.hotline.draft import DraftKind
from workflows.notices import DraftId
from workflows.people import Person
from workflows.rails import Owed
from workflows.views import Views


async def draft_now(views: Views, owed: Owed, reader: Person, setting: Setting) -> Sheet:
    """Raises Refused(NO_SUCH_DRAFT)."""
    draft = await views.draft(DraftId(owed.notice.data["draft"]))
    if draft.kind is DraftKind.CALL_OUT:
        return await call_form(views.joint, draft, reader, setting)
    if draft.kind is DraftKind.EMERGENCY:
        return await emergency_form(views, draft, reader, setting)
    if draft.kind is DraftKind.EXPORT:
        return await export_form(views, draft, reader, setting)
    if draft.kind is DraftKind.DUTY:
        return await duty_form(views, draft, reader, setting)
    number = draft.body.get("known")
    known = None if number is None else await views.case(CaseId(number))
    return form_sheet(draft, reader, setting, known)
