"""A case that has ended: how, by whom, and for whoever took the call what to say."""

from collections.abc import Iterator
from typing import Final

from bot.cards.callback import answer_line, findings_line, said_lines
from bot.cards.facts import (
    caller_line,
    class_line,
    deed,
    deeds,
    ground_line,
    head,
    latest,
    place_line,
    reported_line,
)
from bot.cards.outage import outage_line
from bot.cards.request import request_lines
from bot.cards.setting import Setting, fitted
from bot.cards.supervision import supervision_lines
from bot.cards.told import AFTER_THE_END, Told, lead_line
from bot.chat import Card
from bot.plain import cut_bytes, one_line
from bot.texts.law import STATES, TIMELINESS
from workflows.cases.case import Action, State
from workflows.people import Actor
from workflows.views import CaseView

WORDS_MOST: Final = 80
REASON_MOST: Final = 300
LAST_WORDS: Final = (
    Action.APPROVE,
    Action.CALLBACK_OK,
    Action.CLOSE,
    Action.CLOSE_ALONG,
    Action.VOID,
    Action.TURN_AWAY,
    Action.SKIP_AUDIT,
    Action.REJECT,
    Action.DECLINE,
    Action.MERGE,
    Action.TAKE_OVER,
)


def ended_card(view: CaseView, reader: Actor, told: Told, setting: Setting) -> Card:
    """How it ended, by whom, and for whoever took the call what to say."""
    case = view.case
    is_reporter = case.reported_by == reader.id

    def make(words: str) -> Card:
        lines = (
            lead_line(view, told, setting) if is_reporter or told.because in AFTER_THE_END else "",
            answer_line(case, setting) if is_reporter else "",
            findings_line(case, setting),
            *said_lines(case, setting),
            class_line(case, setting),
            place_line(case, setting),
            reported_line(words, setting),
            caller_line(view, reader, setting),
            *_ending(view, setting),
            *supervision_lines(view, setting),
            *request_lines(view, setting),
        )
        return Card(head(case, setting, repeat=told.repeat), tuple(line for line in lines if line))

    reply_first = is_reporter and case.order is not None
    return fitted(make, case.words, 40 if reply_first else WORDS_MOST)


def _ending(view: CaseView, setting: Setting) -> Iterator[str]:
    case, tongue = view.case, setting.tongue
    if case.state is State.VOIDED and case.latest_reason:
        reason = cut_bytes(one_line(case.latest_reason), REASON_MOST)
        yield tongue("Reason: {reason}", reason=reason)
    yield ground_line(case, setting)
    if case.merged_into is not None:
        yield tongue("🔗 Goes on as #{number}", number=case.merged_into)
    yield from deeds(view, setting, Action.SUBMIT, Action.SELF_FIX)
    last = latest(view, *LAST_WORDS)
    if last is not None:
        yield deed(last, setting)
    elif case.closed_at is not None:
        state = tongue(STATES[case.state])
        yield tongue("{state} {time}", state=state, time=setting.moment(case.closed_at))
    if case.timeliness is not None:
        yield tongue("Time limit: {kept}", kept=tongue(TIMELINESS[case.timeliness]))
    yield outage_line(view, setting)
