"""Paints what is told of a caller's number: itself for a minute, and who looked at it."""

from datetime import datetime

from bot.cards.number import caller_sheet, looked_sheet, number_hidden
from bot.cards.setting import Setting
from bot.sheet import Sheet
from workflows.cases.case import State
from workflows.hotline.looks import ON_ITS_WAY
from workflows.rails import Owed
from workflows.views import Views


async def caller_told(views: Views, owed: Owed, setting: Setting) -> Sheet | None:
    """The number, until its minute is over; after that only that it is hidden again."""
    assert owed.notice.case_id is not None
    number = owed.notice.case_id
    until = owed.notice.data.get("until")
    if owed.notice.data.get("over"):
        return number_hidden(number, setting) if owed.live else None
    if until and setting.now >= datetime.fromisoformat(until) - ON_ITS_WAY:
        return number_hidden(number, setting)
    caller = await views.caller(number)
    calls_back = (await views.case(number)).case.state is State.PENDING_CALLBACK
    return caller_sheet(number, caller, setting, calls_back=calls_back)


async def look_told(views: Views, owed: Owed, setting: Setting) -> Sheet:
    """For auditors."""
    data, number = owed.notice.data, owed.notice.case_id
    names = await views.names([data["by"]])
    return looked_sheet(number, names.get(data["by"], ""), data, setting)
