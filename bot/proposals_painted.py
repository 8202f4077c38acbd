"""Proposals and exports as they are seen: reads what a card needs, calls the pure function."""

from typing import Final

from bot.cards.export import export_file_sheet, export_form_sheet
from bot.cards.proposal import proposal_sheet, proposals_sheet
from bot.cards.setting import Setting
from bot.sheet import Sheet
from workflows.approving.proposal import ProposalId, may_look
from workflows.exporting.form import form_of, wish_of
from workflows.hotline.draft import Draft, DraftState
from workflows.notices import NoticeKind
from workflows.people import Person
from workflows.rails import Owed
from workflows.views import Views

OVER: Final = 5
"""Of what is over, as many as fit beside what waits."""


async def proposal_seen(views: Views, owed: Owed, setting: Setting) -> Sheet:
    """One proposal, its file, or the list. Raises Refused(NO_SUCH_PROPOSAL)."""
    reader = owed.reader
    assert reader is not None
    if owed.notice.kind is NoticeKind.PROPOSALS:
        return await _list(views, reader, setting)
    number = ProposalId(owed.notice.data["proposal"])
    view = await views.proposals.one(number)
    if owed.notice.kind is NoticeKind.EXPORT_FILE:
        return export_file_sheet(view, await views.exports.file(number), setting)
    return proposal_sheet(view, reader, setting)


async def export_form(views: Views, draft: Draft, reader: Person, setting: Setting) -> Sheet:
    """The form as it stands, with what it would hold now."""
    zone = setting.book.calendar.zone
    wish = wish_of(form_of(draft), zone, setting.now, reader.language)
    rows = 0
    if draft.state is DraftState.OPEN:
        rows = await views.exports.count(reader, wish)
    return export_form_sheet(draft, wish, rows, reader, setting)


async def _list(views: Views, reader: Person, setting: Setting) -> Sheet:
    alive = [
        view
        for view in await views.proposals.alive(setting.now)
        if may_look(reader, view.proposal)
    ]
    over = [view for view in await views.proposals.over(50) if may_look(reader, view.proposal)]
    return proposals_sheet(alive, over[:OVER], setting)


PROPOSALS: Final = dict.fromkeys(
    (NoticeKind.PROPOSAL, NoticeKind.PROPOSALS, NoticeKind.EXPORT_FILE), proposal_seen
)
