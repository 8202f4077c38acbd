"""Many cases in one message: tasks, the summary of a shift, imported cases without a grid."""

from collections.abc import Sequence
from typing import Final

from bot.cards.choices import pairs
from bot.cards.question import case_line
from bot.cards.setting import Setting
from bot.chat import Card
from bot.i18n import N_
from bot.sheet import Choice, Sheet, Touch
from bot.texts.law import STATES
from workflows.cases.case import Case, CaseId, State
from workflows.rails import Offer
from workflows.views import Tally

PAGE: Final = 5
SHOWN_IN_SUMMARY: Final = 5
SHOWN_UNPLACED: Final = 30
SHOWN_SUSPENDED: Final = 15


def tasks_sheet(cases: Sequence[Case], page: int, setting: Setting) -> Sheet:
    """What waits for this person, five a page, nearest due first."""
    tongue = setting.tongue
    if not cases:
        return Sheet(Card(tongue("☕ Nothing is waiting for you right now.")))
    pages = -(-len(cases) // PAGE)
    page = min(max(page, 0), pages - 1)
    shown = cases[page * PAGE : (page + 1) * PAGE]
    head = tongue.many("📋 {n} case waits for you", "📋 {n} cases wait for you", n=len(cases))
    lines = tuple(case_line(case, setting) for case in shown)
    hint = tongue("Press a number, or type: /case {number}", number=shown[0].id)
    opened = pairs([open_choice(case.id) for case in shown])
    turns = _turns(page, pages, setting)
    return Sheet(Card(head, lines, help_line=hint), (*opened, *((turns,) if turns else ())))


def suspended_sheet(cases: Sequence[Case], setting: Setting) -> Sheet:
    """Work that rests, by the day on which it goes on."""
    tongue = setting.tongue
    if not cases:
        return Sheet(Card(tongue("⏸ No work is suspended here.")))
    head = tongue.many("⏸ {n} case is suspended", "⏸ {n} cases are suspended", n=len(cases))
    lines = tuple(case_line(case, setting) for case in cases[:SHOWN_SUSPENDED])
    more = len(cases) - len(lines)
    rest = (tongue("and {n} more", n=more),) if more > 0 else ()
    opened = pairs([open_choice(case.id) for case in cases[:PAGE]])
    return Sheet(Card(head, (*lines, *rest)), opened)


def summary_sheet(tally: Tally, setting: Setting) -> Sheet:
    """The morning and evening word: counts, then the cases that need somebody."""
    tongue = setting.tongue
    total = sum(tally.open_by_state.values())
    head = tongue(
        "📊 {open} open, {overdue} overdue, {stuck} stuck",
        open=total,
        overdue=len(tally.overdue),
        stuck=len(tally.stuck),
    )
    lines = [
        tongue(
            "Last 24 hours: {opened} new, {closed} closed",
            opened=tally.opened,
            closed=tally.closed,
        )
    ]
    lines += [
        tongue("{state}: {count}", state=tongue(STATES[State(state)]), count=count)
        for state, count in tally.open_by_state.items()
        if count
    ]
    lines += _some_of(tally.stuck, N_("Stuck, please take in hand:"), setting)
    lines += _some_of(tally.overdue, N_("Overdue:"), setting)
    pressing = {case.id: case for case in (*tally.stuck, *tally.overdue)}
    shown = [open_choice(case_id) for case_id in list(pressing)[:PAGE]]
    return Sheet(Card(head, tuple(lines)), pairs(shown))


def unplaced_sheet(cases: Sequence[CaseId], count: int, setting: Setting) -> Sheet:
    """Imported cases that lie outside every grid, as one list."""
    tongue = setting.tongue
    head = tongue.many(
        "⚠️ {n} imported case lies outside every grid",
        "⚠️ {n} imported cases lie outside every grid",
        n=count,
    )
    numbers = tongue(N_(", ")).join(f"#{number}" for number in cases[:SHOWN_UNPLACED])
    lines = [
        tongue("Nobody is responsible for them yet. Please check the places and choose who goes.")
    ]
    if numbers:
        lines.append(numbers)
    more = count - min(len(cases), SHOWN_UNPLACED)
    if numbers and more > 0:
        lines.append(tongue("and {n} more", n=more))
    hint = tongue("/tasks lists them, /case NUMBER opens one.")
    return Sheet(Card(head, tuple(lines), help_line=hint))


def _some_of(cases: Sequence[Case], title: str, setting: Setting) -> list[str]:
    if not cases:
        return []
    shown = [case_line(case, setting) for case in cases[:SHOWN_IN_SUMMARY]]
    more = len(cases) - len(shown)
    rest = [setting.tongue("and {n} more", n=more)] if more else []
    return [setting.tongue(title), *shown, *rest]


def open_choice(case_id: CaseId) -> Choice:
    return Choice(f"🔎 #{case_id}", Offer(Touch.OPEN_CASE, {"case": case_id}))


def _turns(page: int, pages: int, setting: Setting) -> tuple[Choice, ...]:
    return tuple(
        Choice(setting.tongue(label, page=to + 1, pages=pages), Offer(Touch.PAGE, {"page": to}))
        for label, to in ((N_("‹ {page}/{pages}"), page - 1), (N_("{page}/{pages} ›"), page + 1))
        if 0 <= to < pages
    )
