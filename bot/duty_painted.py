"""Rosters as they are seen: reads what a card needs, calls the pure function."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

from bot.cards.duty import OnDuty, duty_sheet, gaps_sheet
from bot.cards.duty_form import Answers, duty_form_sheet
from bot.cards.setting import Setting
from bot.cards.swap import away_sheet, given_sheet, swap_sheet
from bot.sheet import Sheet
from workflows.duty.arranging import may_arrange
from workflows.duty.form import DutyAct, DutyField, DutyForm, form_of
from workflows.duty.presence import crews, posts_seen
from workflows.duty.report_gaps import outlook, soon, tomorrow
from workflows.duty.shift import AbsenceId, Shift, ShiftId, SwapId, Turn, can_stand_in
from workflows.hotline.draft import Draft, DraftState
from workflows.notices import NoticeKind
from workflows.people import Person, PersonId
from workflows.rails import Owed
from workflows.refusals import Reason
from workflows.views import Views

AHEAD: Final = timedelta(days=7)
"""How far /duty looks for who comes next."""

NO_ROSTER: Final = frozenset({Reason.NO_SUCH_SHIFT, Reason.NO_SUCH_SWAP, Reason.NO_SUCH_ABSENCE})
CHOICES_AHEAD: Final = timedelta(days=60)


async def duty(views: Views, owed: Owed, setting: Setting) -> Sheet | None:
    """The reader's own posts, and those they lead or watch."""
    assert owed.reader is not None
    reader, span = owed.reader, Turn(setting.now, setting.now + AHEAD)
    board = await views.rosters.board(reader, span)
    found = crews(board.staff, posts_seen(board.staff, reader), span)
    rostered = [crew for crew in found if crew.rostered]
    on = OnDuty(
        board=board,
        crews=rostered,
        others=len(found) - len(rostered),
        asked=await views.rosters.asked(reader.id),
        soon=Turn(setting.now, tomorrow(setting.now, setting.book).ends_at),
    )
    return duty_sheet(on, reader, int(owed.notice.data.get("page", 0)), setting)


async def gaps(views: Views, owed: Owed, setting: Setting) -> Sheet | None:
    """Only what is still so when it is sent."""
    assert owed.reader is not None
    data = owed.notice.data
    span = Turn(datetime.fromisoformat(data["from"]), datetime.fromisoformat(data["until"]))
    ahead = soon(setting.now, setting.book)
    found = await outlook(views, owed.reader, span, ahead)
    return gaps_sheet(found, setting) if found.holes or found.ends else None


async def swap(views: Views, owed: Owed, setting: Setting) -> Sheet | None:
    assert owed.reader is not None
    view = await views.rosters.swap(SwapId(owed.notice.data["swap"]))
    return swap_sheet(view, owed.reader.id, setting)


async def away(views: Views, owed: Owed, setting: Setting) -> Sheet | None:
    assert owed.reader is not None
    view = await views.rosters.absence(AbsenceId(owed.notice.data["absence"]))
    return away_sheet(view, owed.reader.id, setting)


async def shift_given(views: Views, owed: Owed, setting: Setting) -> Sheet | None:
    data = dict(owed.notice.data)
    people = [PersonId(data[key]) for key in ("from", "to", "by")]
    return given_sheet(data, dict(await views.names(people)), setting)


async def duty_form(views: Views, draft: Draft, reader: Person, setting: Setting) -> Sheet:
    """The form with what its next question may be answered with."""
    form = form_of(draft)
    if draft.state is not DraftState.OPEN:
        return duty_form_sheet(draft, Answers(), setting)
    return duty_form_sheet(draft, await _answers(views, form, reader, setting), setting)


async def _answers(views: Views, form: DutyForm, reader: Person, setting: Setting) -> Answers:
    rosters, span = views.rosters, Turn(setting.now, setting.now + CHOICES_AHEAD)
    chosen = await rosters.shift(ShiftId(form.shift)) if form.shift else None
    names = await views.names([chosen.person]) if chosen else {}
    match form.asks:
        case DutyField.SHIFT if form.act is DutyAct.OVERRIDE:
            board = await rosters.board(reader, span)
            theirs = {one.id: one for one in board.staff.people if may_arrange(reader, one)}
            shifts = [shift for shift in board.staff.shifts if shift.person in theirs]
            return Answers(shifts, names={number: one.name for number, one in theirs.items()})
        case DutyField.SHIFT:
            mine = await rosters.to_come([reader.id], span)
            return Answers([shift for shift in mine if shift.starts_at > setting.now])
        case DutyField.BACK:
            other = await rosters.person(PersonId(form.who or 0))
            shifts = [
                shift
                for shift in await rosters.to_come([other.id], span)
                if shift.starts_at > setting.now and can_stand_in(reader, other, shift.role)
            ]
            return Answers(shifts, chosen=chosen, names=names)
        case DutyField.WHO:
            whose = await rosters.person(PersonId(form.whose))
            people = await rosters.colleagues(whose, chosen.role if chosen else None)
            busy = await _busy(views, people, chosen)
            return Answers(people=people, busy=busy, chosen=chosen, names=names)
        case _:
            return Answers(chosen=chosen, names=names)


async def _busy(
    views: Views, people: tuple[Person, ...], chosen: Shift | None
) -> frozenset[PersonId]:
    if chosen is None:
        return frozenset()
    there = await views.rosters.to_come([one.id for one in people], chosen)
    return frozenset(shift.person for shift in there)


DUTY: Final[dict[NoticeKind, Callable[[Views, Owed, Setting], Awaitable[Sheet | None]]]] = {
    NoticeKind.DUTY: duty,
    NoticeKind.GAPS: gaps,
    NoticeKind.SWAP: swap,
    NoticeKind.AWAY: away,
    NoticeKind.SHIFT_GIVEN: shift_given,
}
