"""Paints what people are told of cases: one card, unless the night has made it meaningless."""

from bot.cards.case import case_sheet
from bot.cards.setting import Setting
from bot.cards.told import Told
from bot.sheet import Sheet
from workflows.cases.case import CaseId
from workflows.cases.consequences import Because
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.digest import Gathered
from workflows.escalation.ladder import Level
from workflows.escalation.quiet import still_asks
from workflows.notices import NoticeKind
from workflows.people import Actor, PersonId
from workflows.rails import Owed
from workflows.views import Views


async def case_told(views: Views, owed: Owed, setting: Setting, *, repeat: bool) -> Sheet | None:
    """The card of a case and why it is shown; None where that is no longer so."""
    notice, reader = owed.notice, owed.reader
    assert notice.case_id is not None
    assert reader is not None
    view = await views.case(notice.case_id)
    said = Gathered(view.case, notice.because, notice.data)
    alarm = notice.held or notice.because == Because.EXHAUSTED
    if alarm and not still_asks(said, reader.id):
        return None
    clock = notice.data.get("clock", ClockKind.DISPOSAL)
    answered = view.case.request is None if clock == ClockKind.DECISION else not view.case.is_open
    if notice.because in set(Level) and answered:
        return None
    told = Told(
        notice.because,
        clock,
        repeat=repeat,
        news=notice.data.get("news", ()),
        instead=await _instead(views, owed),
    )
    return case_sheet(view, Actor(reader), told, setting)


async def cases_of(views: Views, owed: Owed) -> tuple[CaseId, ...]:
    """The cases that a message is about: one, those of a digest, or none."""
    notice = owed.notice
    if notice.kind is NoticeKind.DIGEST:
        found = await views.gathered(str(notice.data["digest"]))
        return tuple(dict.fromkeys(each.case.id for each in found))
    return () if notice.case_id is None else (notice.case_id,)


async def _instead(views: Views, owed: Owed) -> tuple[str, str]:
    """Why this person hears at night what was meant for another one, and who that is."""
    data = owed.notice.data
    if "instead" not in data:
        return ("", "")
    meant = PersonId(int(data["of"]))
    names = await views.names([meant])
    return (str(data["instead"]), names.get(meant, ""))
