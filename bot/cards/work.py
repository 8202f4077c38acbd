"""The worker's part of a card: whom to call, what the photo must show, how to say it in words."""

from collections.abc import Iterator
from typing import Final

from bot.cards.choices import owes_contact
from bot.cards.facts import latest
from bot.cards.setting import Setting, name
from bot.plain import cut_bytes, one_line
from bot.texts.evidence import CONTACTED
from workflows.cases.case import Action, Case, Stage, State
from workflows.cases.machine import photos_needed
from workflows.cases.show_work import stage_for
from workflows.deadlines.clocks import ClockKind
from workflows.people import Actor
from workflows.privacy.scopes import Thing, reaches
from workflows.views import CaseView

REASON_MOST: Final = 300
NOTE_MOST: Final = 600
"""Bytes on the card; the record keeps every word."""

CAME_BACK: Final = (Action.REWORK, Action.SEND_BACK, Action.REDO, Action.REOPEN)


def order_lines(view: CaseView, reader: Actor, setting: Setting) -> Iterator[str]:
    """What is still to be done, in the order in which it is done."""
    case = view.case
    yield _sign_line(case, setting)
    yield from _caller_lines(case, reader, setting)
    yield from _photo_lines(case, setting)
    yield _note_line(case, setting)


def reason_lines(view: CaseView, setting: Setting) -> Iterator[str]:
    """Why it came back, and how often it has."""
    case, tongue = view.case, setting.tongue
    last = latest(view, *CAME_BACK, Action.REASSIGN)
    if last is None or last.action == Action.REASSIGN:
        return
    reason = cut_bytes(one_line(case.latest_reason), REASON_MOST)
    if last.action == Action.REDO:
        yield tongue("💬 Called back, the caller says: “{words}”", words=reason)
        return
    if last.action == Action.REOPEN:
        yield tongue("🔓 Opened again because: {reason}", reason=reason)
        return
    if case.rework_count > 1:
        yield tongue(
            "↩️ Sent back {count} times, now because: {reason}",
            count=case.rework_count,
            reason=reason,
        )
    else:
        yield tongue("↩️ Sent back because: {reason}", reason=reason)


def help_line(case: Case, setting: Setting) -> str:
    """How the same is done without a button."""
    tongue, number = setting.tongue, case.id
    if case.state is State.PENDING_SIGN:
        return tongue("Or type: sign {number}", number=number)
    if stage_for(case) is Stage.INTERIM:
        return tongue("Or send the photo here and type: arrived {number}", number=number)
    if owes_contact(case) and case.order is not None and case.order.contact is None:
        return tongue("Or type after the call: contacted {number}", number=number)
    return tongue("Or send photos and a sentence here, then type: done {number}", number=number)


def _sign_line(case: Case, setting: Setting) -> str:
    clock = case.clock(ClockKind.SIGN_FOR)
    if case.state is not State.PENDING_SIGN or clock is None or not clock.due_at:
        return ""
    return setting.tongue("✍️ Sign for it {due}", due=setting.due(clock.due_at))


def _caller_lines(case: Case, reader: Actor, setting: Setting) -> Iterator[str]:
    order, tongue = case.order, setting.tongue
    if order is None:
        return
    if order.calls > 1:
        yield tongue("📣 Has called {n} times", n=order.calls)
    if order.contact is not None and order.contacted_at is not None:
        time = setting.moment(order.contacted_at)
        yield tongue("📞 {result}", result=tongue(CONTACTED[order.contact], time=time))
    elif not reaches(Thing.CALLER, reader.person, case):
        yield tongue("🔒 About an agency: the caller is not named, the hotline calls them.")
    elif order.phone_hint and order.caller:
        yield tongue(
            "📞 Please call first: {caller}, {phone}",
            caller=name(order.caller),
            phone=order.phone_hint,
        )
    elif order.phone_hint:
        yield tongue("📞 Please call first: {phone}", phone=order.phone_hint)


def _photo_lines(case: Case, setting: Setting) -> Iterator[str]:
    """What the photos must show: the barrier first where it is dangerous, then the result."""
    tongue, filing = setting.tongue, case.filing
    if stage_for(case) is Stage.INTERIM:
        have = case.photo_counts.get(Stage.INTERIM, 0)
        yield tongue(
            "🚧 First make it safe: a photo of the barrier and the sign ({have} here)", have=have
        )
    if filing is None or not photos_needed(case):
        yield tongue("📷 No closing photo is needed.")
        return
    asked = filing.photos
    why = tongue.either(asked.why_zh, asked.why_en)
    what = tongue.either(filing.photo_zh, filing.photo_en)
    if why:
        what = tongue("{what}; {why}", what=what, why=why)
    if asked.as_file:
        what = tongue("{what}; send it as a file, or its time and place are lost", what=what)
    yield tongue(
        "📷 Needed: {what} ({have} of {needed} here)",
        what=what,
        have=case.photo_counts.get(Stage.AFTER, 0),
        needed=photos_needed(case),
    )


def _note_line(case: Case, setting: Setting) -> str:
    note = cut_bytes(one_line(case.note), NOTE_MOST)
    if note:
        return setting.tongue("✏️ Your note: {note}", note=note)
    if case.order is not None:
        return setting.tongue("✏️ Also one sentence that we can tell the caller.")
    return ""
