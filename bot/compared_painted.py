"""Paints the comparison of a case's photos: made while it is sent, and only for who may see it."""

from bot.cards.compare import compare_sheet, pairs_of
from bot.cards.setting import Setting
from bot.sheet import Sheet
from workflows.evidence.kept import SideBySide, Together
from workflows.people import Actor
from workflows.privacy.scopes import Thing, reaches
from workflows.rails import Owed
from workflows.views import Views


async def one_by_one(left: str, right: str) -> Together | None:
    """Where nobody can lay two photos side by side they are shown one after the other."""
    del left, right
    return None


async def compared(
    views: Views, owed: Owed, side_by_side: SideBySide, setting: Setting
) -> Sheet | None:
    """None where the reader may no longer see the case."""
    assert owed.notice.case_id is not None
    assert owed.reader is not None
    view, reader = await views.case(owed.notice.case_id), Actor(owed.reader)
    if not reaches(Thing.PHOTOS, reader.person, view.case):
        return None
    made = {pair: await side_by_side(pair.left, pair.right) for pair in pairs_of(view, reader)}
    return compare_sheet(view, reader, made, setting)
