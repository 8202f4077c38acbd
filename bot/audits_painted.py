"""Paints a caller's number for its minute, and what an auditor reads, for whom it is then."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from bot.cards.number import caller_sheet, looked_sheet, number_hidden
from bot.cards.setting import Setting
from bot.cards.trail import lookers_sheet, looks_sheet, trail_sheet
from bot.sheet import Sheet
from workflows.cases.case import State
from workflows.hotline.looks import ON_ITS_WAY
from workflows.notices import NoticeKind
from workflows.people import Person, PersonId
from workflows.privacy.audits import LATELY, Leaf
from workflows.privacy.scopes import Thing, has, reaches
from workflows.rails import Owed
from workflows.views import Views


async def _trail(views: Views, owed: Owed, reader: Person, setting: Setting) -> Sheet | None:
    """None for whoever is no auditor any more."""
    number = owed.notice.case_id
    if number is None or not has(Thing.TRAIL, reader):
        return None
    read = await views.audits.trail(reader, number, Leaf.from_json(owed.notice.data))
    return trail_sheet(number, read, setting)


async def _looks(views: Views, owed: Owed, reader: Person, setting: Setting) -> Sheet | None:
    """By person, or one person's own; None for whoever is no auditor any more."""
    if not has(Thing.LOOKS, reader):
        return None
    data = owed.notice.data
    if "of" not in data:
        since = setting.now - LATELY
        return lookers_sheet(await views.audits.lookers(reader, since), since, setting)
    of = PersonId(int(data["of"]))
    read = await views.audits.looks_of(reader, of, Leaf.from_json(data))
    names = await views.names([of])
    return looks_sheet(of, names.get(of, ""), read, setting)


async def _caller(views: Views, owed: Owed, reader: Person, setting: Setting) -> Sheet | None:
    assert owed.notice.case_id is not None
    number = owed.notice.case_id
    until = owed.notice.data.get("until")
    if owed.notice.data.get("over"):
        return number_hidden(number, setting) if owed.live else None
    if until and setting.now >= datetime.fromisoformat(until) - ON_ITS_WAY:
        return number_hidden(number, setting)
    caller = await views.caller(reader, number)
    case = (await views.case(number)).case
    if caller is None and not reaches(Thing.NUMBER, reader, case):
        return number_hidden(number, setting)
    calls_back = case.state is State.PENDING_CALLBACK
    return caller_sheet(number, caller, setting, calls_back=calls_back)


async def _looked(views: Views, owed: Owed, reader: Person, setting: Setting) -> Sheet | None:
    data, number = owed.notice.data, owed.notice.case_id
    names = await views.names([data["by"]])
    audits = has(Thing.TRAIL, reader)
    who = names.get(data["by"], "")
    return looked_sheet(number, who, data, setting, audits=audits)


Painted = Callable[[Views, Owed, Person, Setting], Awaitable[Sheet | None]]
LOOKED_AT: Final[dict[NoticeKind, Painted]] = {
    NoticeKind.CALLER: _caller,
    NoticeKind.LOOKED: _looked,
    NoticeKind.TRAIL: _trail,
    NoticeKind.LOOKS: _looks,
}
