"""Supervision on a case's card: what is asked, by whom, until when, and what was replied."""

from collections.abc import Iterator
from typing import Final

from bot.cards.facts import agency_name, latest, person
from bot.cards.setting import Setting
from bot.i18n import N_
from bot.plain import cut, one_line
from bot.texts.people import ROLES
from bot.texts.supervision import (
    ASKED_BY_CLOCK,
    ORDER_ENDS,
    ORDER_KINDS,
    ORDER_KINDS_IN_SHORT,
)
from workflows.cases.case import Action, Case
from workflows.deadlines.clocks import ClockKind
from workflows.people import SYSTEM, PersonId, Role
from workflows.supervision.order import FAR_OVERDUE, SupervisionOrder
from workflows.views import CaseView

WORDS_MOST: Final = 150


def supervision_lines(view: CaseView, setting: Setting, *, judging: bool = False) -> Iterator[str]:
    """The order that stands, else how the last one ended; and an urge in writing before them.

    `judging`: for whoever is about to close the case, which would end the order with it.
    """
    yield _urged_line(view, setting)
    order = view.case.supervision
    if order is None:
        yield from _ended_lines(view, setting)
        return
    yield _asked_line(order, view, setting)
    if order.returned_at is not None and order.awaits_reply:
        words = _short(order.returned_words)
        yield setting.tongue("↩️ The reply was not enough: {words}", words=words)
    yield from _reply_lines(order, view, setting)
    if judging:
        yield setting.tongue(N_("⚠️ Closing the case ends this supervision order too."))


def order_in_short(case: Case, setting: Setting) -> tuple[str, ...]:
    """For a list: its kind, and whether a reply or its judgment is awaited, and how long yet."""
    order = case.supervision
    if order is None:
        return ()
    clock = case.clock(_clock_of(order))
    left = setting.left(clock.due_at) if clock is not None and clock.due_at is not None else ""
    waits = N_("reply to be judged") if order.is_replied else N_("reply awaited")
    return (setting.tongue(ORDER_KINDS_IN_SHORT[order.kind]), setting.tongue(waits), left)


def _clock_of(order: SupervisionOrder) -> ClockKind:
    return ClockKind.SUPERVISION_REVIEW if order.is_replied else ClockKind.SUPERVISION


def _reply_lines(order: SupervisionOrder, view: CaseView, setting: Setting) -> Iterator[str]:
    if order.is_replied:
        yield _reply_line(order, view, setting)
    clock = view.case.clock(_clock_of(order))
    if clock is None or clock.due_at is None:
        return
    due = setting.due(clock.due_at)
    if order.is_replied:
        yield setting.tongue("⏰ To be judged {due}", due=due)
    else:
        agency = agency_name(view, setting) or setting.tongue("the agency")
        yield setting.tongue("⏰ {agency} is to reply {due}", agency=agency, due=due)


def _ended_lines(view: CaseView, setting: Setting) -> Iterator[str]:
    """Each order that has ended, the last one with what was asked and replied."""
    orders = view.case.supervisions
    if orders:
        yield _asked_line(orders[-1], view, setting)
        if orders[-1].replied_at is not None:
            yield _reply_line(orders[-1], view, setting)
        yield _end_line(orders[-1], view, setting)


def _asked_line(order: SupervisionOrder, view: CaseView, setting: Setting) -> str:
    by_clock = order.by == SYSTEM.id and order.asked == FAR_OVERDUE
    asked = setting.tongue(ASKED_BY_CLOCK) if by_clock else _short(order.asked)
    return setting.tongue(
        ORDER_KINDS[order.kind],
        who=_who(order.by, view, setting),
        time=setting.moment(order.at),
        asked=asked,
    )


def _reply_line(order: SupervisionOrder, view: CaseView, setting: Setting) -> str:
    assert order.replied_at is not None
    return setting.tongue(
        "💬 Reply by {who} ({time}): {reply}",
        who=_who(order.replied_by, view, setting),
        time=setting.moment(order.replied_at),
        reply=_short(order.reply),
    )


def _end_line(order: SupervisionOrder, view: CaseView, setting: Setting) -> str:
    if order.end is None or order.ended_at is None:
        return ""
    return setting.tongue(
        ORDER_ENDS[order.end],
        who=_who(order.ended_by, view, setting),
        time=setting.moment(order.ended_at),
        words=_short(order.end_words),
    )


def _urged_line(view: CaseView, setting: Setting) -> str:
    """The latest urge in writing, until the work is handed in."""
    entry = latest(view, Action.URGE_IN_WRITING, Action.SUBMIT)
    if entry is None or entry.action != Action.URGE_IN_WRITING:
        return ""
    return setting.tongue(
        "📨 Written urge by {who} ({time}): {words}",
        who=_who(entry.person, view, setting),
        time=setting.moment(entry.at),
        words=_short(str(entry.details.get("reason", ""))),
    )


def _who(number: PersonId | None, view: CaseView, setting: Setting) -> str:
    if number is None or number == SYSTEM.id:
        return setting.tongue(ROLES[Role.SYSTEM])
    return person(view, number, setting)


def _short(words: str) -> str:
    return cut(one_line(words), WORDS_MOST)
