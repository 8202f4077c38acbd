"""Numbers of callers as they are seen: for a minute, and whoever looked."""

from datetime import datetime
from typing import Final

from bot.cards.number import caller_sheet, looked_sheet, number_hidden
from bot.cards.setting import Setting
from bot.sheet import Sheet
from workflows.cases.case import State
from workflows.hotline.looks import ON_ITS_WAY
from workflows.notices import NoticeKind
from workflows.rails import Owed
from workflows.views import Views


async def caller_seen(views: Views, owed: Owed, setting: Setting) -> Sheet | None:
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


async def looked_at(views: Views, owed: Owed, setting: Setting) -> Sheet | None:
    data, number = owed.notice.data, owed.notice.case_id
    names = await views.names([data["by"]])
    return looked_sheet(number, names.get(data["by"], ""), data, setting)


CALLERS: Final = {NoticeKind.CALLER: caller_seen, NoticeKind.LOOKED: looked_at}
