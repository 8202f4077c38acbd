"""Paints what is asked beside a case's card, for whoever may see the case as it stands now."""

from typing import Final

from bot.cards.lists import suspended_sheet
from bot.cards.request import asks_sheet
from bot.cards.setting import Setting
from bot.cards.why import why_sheet
from bot.sheet import Sheet
from workflows.notices import NoticeKind
from workflows.people import Actor, Person
from workflows.privacy.scopes import Thing, reaches
from workflows.rails import Owed
from workflows.views import CaseView, Views


async def _why(views: Views, owed: Owed, setting: Setting) -> Sheet | None:
    view = await _seen(views, owed)
    return None if view is None else why_sheet(view, setting)


async def _requests(views: Views, owed: Owed, setting: Setting) -> Sheet | None:
    view = await _seen(views, owed)
    return None if view is None else asks_sheet(view, Actor(reader_of(owed)), setting)


async def _suspended(views: Views, owed: Owed, setting: Setting) -> Sheet | None:
    return suspended_sheet(await views.suspended(reader_of(owed)), setting)


async def _seen(views: Views, owed: Owed) -> CaseView | None:
    """The case as it stands now; None for whoever may not see it any more."""
    assert owed.notice.case_id is not None
    view = await views.case(owed.notice.case_id)
    return view if reaches(Thing.CASE, reader_of(owed), view.case) else None


def reader_of(owed: Owed) -> Person:
    """Whoever reads it. Only strangers are nobody of ours, and they get no cases."""
    assert owed.reader is not None
    return owed.reader


BESIDE: Final = {
    NoticeKind.WHY: _why,
    NoticeKind.REQUESTS: _requests,
    NoticeKind.SUSPENDED: _suspended,
}
