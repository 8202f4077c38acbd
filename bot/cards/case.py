"""A case as one person sees it: worker, reviewer, operator, or whoever must step in."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.cards.callback import (
    REPLY_MOST,
    answer_line,
    caller_line,
    calls_line,
    findings_line,
    said_lines,
)
from bot.cards.choices import choices, is_acknowledged
from bot.cards.facts import (
    class_line,
    deed,
    deeds,
    due_line,
    head,
    holder_line,
    latest,
    place_line,
)
from bot.cards.setting import Setting, brief, fitted
from bot.cards.show import evidence, report_photos
from bot.cards.work import help_line, order_lines, reason_lines
from bot.chat import Card, Shot
from bot.i18n import N_
from bot.plain import cut_bytes, one_line
from bot.sheet import Sheet
from bot.texts.law import CLOCKS, STATES, TIMELINESS
from bot.texts.leads import BECAUSE, CLOSED_WITHOUT_CALLER, RUNGS, STUCK, STUCK_OTHERWISE
from workflows.cases.case import WITH_WORKER, Action, State
from workflows.cases.consequences import Because
from workflows.cases.machine import may_see, offers
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.ladder import Level
from workflows.people import Actor, Role
from workflows.views import CaseView

WORDS_MOST: Final = 80
"""Characters of what happened: two lines on a phone."""
REASON_MOST: Final = 300

ENDINGS: Final = (
    Action.CALLBACK_OK,
    Action.CLOSE,
    Action.VOID,
    Action.TAKE_OVER,
)
AFTERWARDS: Final = frozenset({Because.VOIDED, Because.WARNED})
"""News that reach more people than the one who took the call, although it is over."""

JUDGES: Final = frozenset(
    {Action.APPROVE, Action.CLOSE, Action.REWORK, Action.CONFIRM, Action.SEND_BACK}
)
WATCHERS: Final = (
    Role.ACCEPTOR,
    Role.SHIFT_LEADER,
    Role.DISPATCH_OFFICER,
    Role.AGENCY_LEAD,
    Role.SUPERVISOR,
    Role.DUTY_CHIEF,
)


@dataclass(frozen=True, slots=True)
class Told:
    """Why the card is shown: a `Because`, a rung's level and its clock, or nothing; a repeat."""

    because: str = ""
    clock: str = ClockKind.DISPOSAL
    repeat: bool = False


def case_sheet(view: CaseView, reader: Actor, told: Told, setting: Setting) -> Sheet:
    """The card for this reader. It never holds a caller's full number (domain.md 6)."""
    case = view.case
    if not may_see(case, reader):
        raised = told.because in {*Level, Because.STUCK} and case.is_open
        return Sheet((_alarm_card if raised else _gone_card)(view, told, setting))
    if not case.is_open:
        ended = _ended_card(view, reader, told, setting)
        return Sheet(ended, choices(view, reader, setting.tongue))
    if case.assignee == reader.id and case.state in WITH_WORKER:
        card = _order_card(view, told, setting)
    elif Action.CALLBACK_OK in offers(case, reader):
        card = _callback_card(view, told, setting)
    elif JUDGES & set(offers(case, reader)):
        card = _review_card(view, told, setting)
    else:
        card = _watch_card(view, reader, told, setting)
    return Sheet(card, choices(view, reader, setting.tongue))


def _lead(view: CaseView, told: Told, setting: Setting) -> str:
    """Why this person hears of it now."""
    tongue = setting.tongue
    if told.because in set(Level):
        clock = tongue(CLOCKS[ClockKind(told.clock)])
        return tongue("🔔 {alert}", alert=tongue(RUNGS[Level(told.because)], clock=clock))
    if not told.because or told.because == Because.CHANGED:
        return ""
    if told.because == Because.CLOSED and view.case.order is None:
        return tongue(CLOSED_WITHOUT_CALLER)
    return tongue(BECAUSE[Because(told.because)])


def _order_card(view: CaseView, told: Told, setting: Setting) -> Card:
    """What a worker needs to go there and to be done with it."""
    case = view.case

    def make(words: str) -> Card:
        lines = (
            _lead(view, told, setting),
            class_line(case, setting),
            place_line(case, setting),
            due_line(case, setting),
            _reported(words, setting),
            *reason_lines(view, setting),
            *order_lines(view, setting),
        )
        return Card(
            head=head(case, setting, repeat=told.repeat),
            lines=_some(lines),
            help_line=help_line(case, setting),
            pictures=report_photos(view, setting),
            place=case.place.point,
            place_title=brief(case.place.words or case.place.area_name, 60),
        )

    return fitted(make, case.words, WORDS_MOST)


def _review_card(view: CaseView, told: Told, setting: Setting) -> Card:
    """Before and after, what closes it, what the worker says, and what looks odd."""
    case = view.case
    shown = evidence(view, setting)

    def make(words: str) -> Card:
        lines = (
            _lead(view, told, setting),
            class_line(case, setting),
            place_line(case, setting),
            due_line(case, setting),
            _reported(words, setting),
            _closes_when(view, setting),
            _said_by_worker(view, setting),
            *shown.flags,
            *deeds(view, setting, Action.FIRST_CONTACT, Action.ARRIVE, Action.SUBMIT),
            _stuck(view, setting),
        )
        return _with_pictures(view, setting, told, _some(lines), shown.pictures)

    return fitted(make, case.words, WORDS_MOST)


def _callback_card(view: CaseView, told: Told, setting: Setting) -> Card:
    """For whoever calls back: the answer to read out first, then what it is about."""
    case, number = view.case, view.case.id

    def make(words: str) -> Card:
        lines = (
            _lead(view, told, setting),
            answer_line(case, setting),
            findings_line(case, setting),
            calls_line(case, setting),
            *said_lines(case, setting),
            class_line(case, setting),
            place_line(case, setting),
            due_line(case, setting),
            _reported(words, setting),
            caller_line(case, setting),
        )
        hint = setting.tongue(
            "Or type: called back {number} · not reached {number} · do again {number}",
            number=number,
        )
        return Card(head(case, setting, repeat=told.repeat), _some(lines), help_line=hint)

    return fitted(make, case.words, 40)


def _watch_card(view: CaseView, reader: Actor, told: Told, setting: Setting) -> Card:
    """For whoever waits, watches or must step in: where it stands and with whom.

    A place outside every grid is on the map, since somebody must judge where it is.
    """
    case = view.case

    def make(words: str) -> Card:
        lines = (
            _lead(view, told, setting),
            _stuck(view, setting),
            class_line(case, setting),
            place_line(case, setting),
            due_line(case, setting),
            _reported(words, setting),
            holder_line(view, setting),
            *said_lines(case, setting),
            _acknowledged(view, setting),
            _caller(view, reader, setting),
        )
        return Card(
            head=head(case, setting, repeat=told.repeat),
            lines=_some(lines),
            place=case.place.point if case.place.area is None else None,
        )

    return fitted(make, case.words, WORDS_MOST)


def _ended_card(view: CaseView, reader: Actor, told: Told, setting: Setting) -> Card:
    """How it ended, by whom, and for whoever took the call what to say."""
    case = view.case
    is_reporter = case.reported_by == reader.id

    def make(words: str) -> Card:
        lines = (
            _lead(view, told, setting) if is_reporter or told.because in AFTERWARDS else "",
            answer_line(case, setting) if is_reporter else "",
            findings_line(case, setting),
            *said_lines(case, setting),
            class_line(case, setting),
            place_line(case, setting),
            _reported(words, setting),
            _caller(view, reader, setting),
            *_ending(view, setting),
        )
        return Card(head(case, setting, repeat=told.repeat), _some(lines))

    reply_first = is_reporter and case.order is not None
    return fitted(make, case.words, 40 if reply_first else WORDS_MOST)


def _alarm_card(view: CaseView, told: Told, setting: Setting) -> Card:
    """For an administrator where no chief is on duty: what is wrong, and nothing a caller said."""
    lines = (
        _lead(view, told, setting),
        _stuck(view, setting),
        place_line(view.case, setting),
        holder_line(view, setting),
    )
    return Card(head(view.case, setting, repeat=told.repeat), _some(lines))


def _gone_card(view: CaseView, _: Told, setting: Setting) -> Card:
    return Card(head(view.case, setting), (setting.tongue(BECAUSE[Because.TAKEN_AWAY]),))


def _ending(view: CaseView, setting: Setting) -> Iterator[str]:
    case, tongue = view.case, setting.tongue
    if case.state is State.VOIDED and case.latest_reason:
        reason = cut_bytes(one_line(case.latest_reason), REASON_MOST)
        yield tongue("Reason: {reason}", reason=reason)
    yield from deeds(view, setting, Action.SUBMIT)
    last = latest(view, *ENDINGS)
    if last is not None:
        yield deed(last, setting)
    elif case.closed_at is not None:
        state = tongue(STATES[case.state])
        yield tongue("{state} {time}", state=state, time=setting.moment(case.closed_at))
    if case.timeliness is not None:
        yield tongue("Time limit: {kept}", kept=tongue(TIMELINESS[case.timeliness]))


def _reported(words: str, setting: Setting) -> str:
    return setting.tongue("Reported: {words}", words=words) if words else ""


def _closes_when(view: CaseView, setting: Setting) -> str:
    filing = view.case.filing
    if filing is None:
        return ""
    closing = setting.tongue.either(filing.closing_zh, filing.closing_en)
    return setting.tongue("☑️ Closes when: {closing}", closing=closing)


def _said_by_worker(view: CaseView, setting: Setting) -> str:
    case = view.case
    note = cut_bytes(one_line(case.note), REPLY_MOST)
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


def _caller(view: CaseView, reader: Actor, setting: Setting) -> str:
    """For whoever took the call, and never more than a surname and a mask."""
    return caller_line(view.case, setting) if view.case.reported_by == reader.id else ""


def _with_pictures(
    view: CaseView,
    setting: Setting,
    told: Told,
    lines: tuple[str, ...],
    pictures: tuple[Shot, ...],
) -> Card:
    case = view.case
    number = case.id
    return Card(
        head=head(case, setting, repeat=told.repeat),
        lines=lines,
        help_line=setting.tongue("Or type: approve {number} · rework {number}", number=number)
        if case.state is State.FEEDBACK_REVIEW
        else "",
        pictures=pictures,
        no_picture=setting.tongue(N_("The pictures cannot be shown here right now.")),
    )


def _some(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for line in lines if line)
