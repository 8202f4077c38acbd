"""A case as one person sees it: worker, reviewer, operator, or whoever must step in."""

from dataclasses import replace
from typing import Final

from bot.cards.alike import alike_line
from bot.cards.callback import REPLY_MOST, callback_card, said_lines
from bot.cards.check import check_card, check_line
from bot.cards.choices import JUDGES, Rows, choices, is_acknowledged
from bot.cards.emergency import under_line
from bot.cards.ended import ended_card
from bot.cards.facts import (
    caller_line,
    class_line,
    deed,
    deeds,
    due_line,
    exhausted_line,
    head,
    holder_line,
    latest,
    place_line,
    reported_line,
    taken_back_line,
)
from bot.cards.outage import outage_line
from bot.cards.parts import gone_card, part_lines
from bot.cards.request import request_lines
from bot.cards.risk import own_risk_lines
from bot.cards.setting import TEXT_MOST, Setting, brief, fitted
from bot.cards.show import Evidence, evidence, report_awaits, report_photos
from bot.cards.supervision import supervision_lines
from bot.cards.told import Told, lead_line
from bot.cards.trail import trail_card
from bot.cards.work import help_line, order_lines, reason_lines
from bot.chat import Card
from bot.i18n import N_
from bot.plain import cut_bytes, one_line
from bot.sheet import Sheet
from bot.texts.leads import STUCK, STUCK_OTHERWISE
from workflows.cases.case import WITH_WORKER, Action, Case, State
from workflows.cases.consequences import Because
from workflows.cases.machine import may_see, offers
from workflows.escalation.ladder import Level
from workflows.people import Actor
from workflows.privacy.scopes import Thing, reaches
from workflows.views import CaseView

__all__ = ["Told", "case_sheet"]

WORDS_MOST: Final = 80
"""Characters of what happened: two lines on a phone."""

ALARMS: Final = frozenset({*Level, Because.STUCK, Because.EXHAUSTED})
"""What even an administrator is told, who may read no case."""


def case_sheet(view: CaseView, reader: Actor, told: Told, setting: Setting) -> Sheet:
    """The card for this reader. It never holds a caller's full number (domain.md 6)."""
    case = view.case
    if not may_see(case, reader):
        alarming = told.because in ALARMS or reader.id in case.alarm.stand_ins
        if alarming and case.is_open:
            rows = choices(view, reader, setting.tongue, setting.now)
            card = _marked(_alarm_card(view, told, setting, rows), case, setting)
            return Sheet(card, rows)
        return Sheet(gone_card(case, reader, told.because, setting))
    if not reaches(Thing.WORDS, reader.person, case):
        return Sheet(_marked(trail_card(view, setting, repeat=told.repeat), case, setting))
    card = _marked(_card(view, reader, told, setting), case, setting)
    return Sheet(card, choices(view, reader, setting.tongue, setting.now))


def _card(view: CaseView, reader: Actor, told: Told, setting: Setting) -> Card:
    """What this reader has to do with it decides what it shows."""
    case = view.case
    if not case.is_open:
        return ended_card(view, reader, told, setting)
    if case.checker == reader.id:
        return check_card(view, reader, lead_line(view, told, setting), setting)
    if case.assignee == reader.id and case.state in WITH_WORKER:
        return _order_card(view, reader, told, setting)
    if Action.CALLBACK_OK in offers(case, reader):
        return callback_card(view, reader, lead_line(view, told, setting), told.repeat, setting)
    if JUDGES & set(offers(case, reader)):
        return _review_card(view, reader, told, setting)
    return _watch_card(view, reader, told, setting)


def _marked(card: Card, case: Case, setting: Setting) -> Card:
    """One short line where it came in under an emergency."""
    line = under_line(case, setting)
    return replace(card, lines=(*card.lines, line)) if line else card


def _order_card(view: CaseView, reader: Actor, told: Told, setting: Setting) -> Card:
    """What a worker needs to go there and to be done with it."""
    case = view.case

    def make(words: str) -> Card:
        lines = (
            lead_line(view, told, setting),
            class_line(case, setting),
            place_line(case, setting),
            due_line(case, setting),
            outage_line(view, setting),
            reported_line(words, setting),
            *request_lines(view, setting),
            *reason_lines(view, setting),
            *supervision_lines(view, setting),
            *order_lines(view, reader, setting),
            *own_risk_lines(view, reader, setting),
            *part_lines(case, setting),
            exhausted_line(case, setting),
            _acknowledged(view, setting),
        )
        return Card(
            head=head(case, setting, repeat=told.repeat),
            lines=_some(lines),
            help_line=help_line(case, setting),
            pictures=report_photos(view, setting),
            awaits=report_awaits(view),
            place=case.place.point,
            place_title=brief(case.place.words or case.place.area_name, 60),
        )

    return fitted(make, case.words, WORDS_MOST)


def _review_card(view: CaseView, reader: Actor, told: Told, setting: Setting) -> Card:
    """Before and after, what closes it, what the worker says, and what looks odd.

    Of the reasons to look twice as many as there is room for; the comparison has them all.
    """
    for hints in (3, 1):
        card = _review_with(hints, view, reader, told, setting)
        if len(card.plain().encode()) <= TEXT_MOST:
            return card
    return _review_with(0, view, reader, told, setting)


def _review_with(hints: int, view: CaseView, reader: Actor, told: Told, setting: Setting) -> Card:
    case = view.case
    shown = evidence(view, reader, setting, hints)

    def make(words: str) -> Card:
        lines = (
            lead_line(view, told, setting),
            class_line(case, setting),
            place_line(case, setting),
            due_line(case, setting),
            outage_line(view, setting),
            reported_line(words, setting),
            _closes_when(view, setting),
            _said_by_worker(view, setting),
            check_line(case, setting),
            *request_lines(view, setting),
            *shown.flags,
            *supervision_lines(view, setting, judging=True),
            *part_lines(case, setting),
            *deeds(view, setting, Action.FIRST_CONTACT, Action.ARRIVE, Action.SUBMIT),
            _stuck(view, setting),
            exhausted_line(case, setting),
            _acknowledged(view, setting),
        )
        return _with_pictures(view, setting, told, _some(lines), shown)

    return fitted(make, case.words, WORDS_MOST)


def _watch_card(view: CaseView, reader: Actor, told: Told, setting: Setting) -> Card:
    """For whoever waits, watches or must step in: where it stands and with whom.

    A place outside every grid is on the map, since somebody must judge where it is.
    """
    case = view.case

    def make(words: str) -> Card:
        lines = (
            lead_line(view, told, setting),
            _stuck(view, setting),
            exhausted_line(case, setting),
            class_line(case, setting),
            place_line(case, setting),
            due_line(case, setting),
            outage_line(view, setting),
            reported_line(words, setting),
            holder_line(view, setting),
            *own_risk_lines(view, reader, setting),
            *said_lines(case, setting),
            taken_back_line(view, setting),
            check_line(case, setting),
            alike_line(case, setting),
            *supervision_lines(view, setting),
            *part_lines(case, setting),
            *request_lines(view, setting),
            _acknowledged(view, setting),
            caller_line(view, reader, setting),
        )
        return Card(
            head=head(case, setting, repeat=told.repeat),
            lines=_some(lines),
            place=case.place.point if case.place.area is None else None,
        )

    return fitted(make, case.words, WORDS_MOST)


def _alarm_card(view: CaseView, told: Told, setting: Setting, rows: Rows) -> Card:
    """For an administrator where no chief is on duty: what is wrong, and nothing a caller said."""
    lines = (
        lead_line(view, told, setting),
        _stuck(view, setting),
        exhausted_line(view.case, setting),
        due_line(view.case, setting),
        place_line(view.case, setting),
        holder_line(view, setting),
        _acknowledged(view, setting),
    )
    stands_in = N_(
        "Nobody else is on duty. You may send somebody; the complaint is not shown here."
    )
    return Card(
        head=head(view.case, setting, repeat=told.repeat),
        lines=_some(lines),
        help_line=setting.tongue(stands_in) if rows else "",
    )


def _closes_when(view: CaseView, setting: Setting) -> str:
    filing = view.case.filing
    if filing is None:
        return ""
    closing = setting.tongue.either(filing.closing_zh, filing.closing_en)
    return setting.tongue("☑️ Closes when: {closing}", closing=closing)


def _said_by_worker(view: CaseView, setting: Setting) -> str:
    case = view.case
    note = cut_bytes(one_line(case.note), REPLY_MOST)
    if case.self_fixed:
        return setting.tongue("🧹 Fixed on the spot by whoever found it")
    if not note:
        return setting.tongue("✏️ No note from the worker.")
    if case.order is None:
        return setting.tongue("✏️ Worker's note: {note}", note=note)
    return setting.tongue("🗣 Answer for the caller: {note}", note=note)


def _stuck(view: CaseView, setting: Setting) -> str:
    case = view.case
    if not case.stuck:
        return ""
    return setting.tongue("⚠️ {why}", why=setting.tongue(STUCK.get(case.stuck, STUCK_OTHERWISE)))


def _acknowledged(view: CaseView, setting: Setting) -> str:
    entry = latest(view, Action.ACKNOWLEDGE)
    return deed(entry, setting) if entry is not None and is_acknowledged(view) else ""


def _with_pictures(
    view: CaseView,
    setting: Setting,
    told: Told,
    lines: tuple[str, ...],
    shown: Evidence,
) -> Card:
    case = view.case
    return Card(
        head=head(case, setting, repeat=told.repeat),
        lines=lines,
        help_line=_in_words(case, setting),
        pictures=shown.pictures,
        awaits=shown.awaits,
        no_picture=setting.tongue(N_("The pictures cannot be shown here right now.")),
    )


def _in_words(case: Case, setting: Setting) -> str:
    """How the same is done without a button."""
    if case.state is not State.FEEDBACK_REVIEW:
        return ""
    if case.self_fixed:
        return setting.tongue("Or type: approve {number} · not fixed {number}", number=case.id)
    return setting.tongue("Or type: approve {number} · rework {number}", number=case.id)


def _some(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
