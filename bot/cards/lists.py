"""Many cases in one message: the summary of a shift, imported cases without a grid."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.cards.choices import pairs
from bot.cards.question import case_line
from bot.cards.setting import Setting, name
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


def summary_sheet(tally: Tally, setting: Setting, calls: Mapping[str, int] | None = None) -> Sheet:
    """The morning and evening word: counts, then the cases that need somebody.

    `calls` are the call-outs of late by their caller's name, for whoever watches over them.
    """
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
    if tally.self_fixed:
        lines.append(tongue("🧹 Of these fixed on the spot: {n}", n=tally.self_fixed))
    lines += [
        tongue("{state}: {count}", state=tongue(STATES[State(state)]), count=count)
        for state, count in tally.open_by_state.items()
        if count
    ]
    if calls:
        each = [tongue("{who} {n}", who=name(who), n=n) for who, n in calls.items()]
        days = setting.book.policy.call_out.counted_for.days
        callers = tongue(N_(", ")).join(each[:SHOWN_IN_SUMMARY])
        lines.append(tongue("📣 Call-outs in {days} days: {callers}", days=days, callers=callers))
    lines += _some_of(tally.exhausted, N_("No alert is left and nobody has acted:"), setting)
    lines += _some_of(tally.stuck, N_("Stuck, please take in hand:"), setting)
    lines += _some_of(tally.overdue, N_("Overdue:"), setting)
    urgent = (*tally.exhausted, *tally.stuck, *tally.overdue)
    pressing = {case.id: case for case in urgent}
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
