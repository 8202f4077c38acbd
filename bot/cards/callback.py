"""The caller's side of a card: what to read out, what was found, what they said to it."""

from collections.abc import Iterator
from typing import Final

from bot.cards.facts import caller_line, class_line, due_line, head, place_line, reported_line
from bot.cards.setting import Setting, fitted, masked
from bot.chat import Card
from bot.plain import cut_bytes, one_line
from bot.texts.hotline import DEMANDS, FACTS, FAILURES, OUTCOMES, RESOLVED, SATISFACTIONS
from workflows.cases.case import Case, Order, State
from workflows.people import Actor
from workflows.views import CaseView

REPLY_MOST: Final = 1200
"""Bytes of an answer to a caller; what is longer nobody reads out."""
WORDS_MOST: Final = 300
ANSWERED: Final = frozenset({State.PENDING_CALLBACK, State.CLOSED, State.REJECTED})


def callback_card(
    view: CaseView, reader: Actor, lead: str, repeat: bool, setting: Setting
) -> Card:
    """For whoever calls back: the answer to read out first, then what it is about."""
    case, number = view.case, view.case.id

    def make(words: str) -> Card:
        lines = (
            lead,
            answer_line(case, setting),
            findings_line(case, setting),
            calls_line(case, setting),
            *said_lines(case, setting),
            class_line(case, setting),
            place_line(case, setting),
            due_line(case, setting),
            reported_line(words, setting),
            caller_line(view, reader, setting),
        )
        hint = setting.tongue(
            "Or type: called back {number} · not reached {number} · do again {number}",
            number=number,
        )
        return Card(
            head(case, setting, repeat=repeat),
            tuple(line for line in lines if line),
            help_line=hint,
        )

    return fitted(make, case.words, 40)


def answer_line(case: Case, setting: Setting) -> str:
    """The sentence to read out."""
    if case.state not in ANSWERED or case.order is None:
        return ""
    reply = cut_bytes(one_line(case.order.reply or case.note), REPLY_MOST)
    return setting.tongue("🗣 Tell the caller: “{reply}”", reply=reply) if reply else ""


def findings_line(case: Case, setting: Setting) -> str:
    """What the centre found, in one line; empty until it has."""
    order, tongue = case.order, setting.tongue
    if order is None or not (order.fact and order.demand and order.outcome):
        return ""
    return tongue(
        "⚖️ {fact} · {demand} · {outcome}",
        fact=tongue(FACTS[order.fact]),
        demand=tongue(DEMANDS[order.demand]),
        outcome=tongue(OUTCOMES[order.outcome]),
    )


def calls_line(case: Case, setting: Setting) -> str:
    """How often nobody answered, and whether that is enough."""
    order, tongue = case.order, setting.tongue
    if order is None or order.call_failure is None:
        return ""
    why = tongue(FAILURES[order.call_failure])
    if order.calls_used_up:
        return tongue(
            "🔕 Called {n} times in vain ({why}). You may close it now.",
            n=order.calls_failed,
            why=why,
        )
    return tongue(
        "🔕 Called in vain: {n} of {most} ({why})",
        n=order.calls_failed,
        most=order.calls_most,
        why=why,
    )


def said_lines(case: Case, setting: Setting) -> Iterator[str]:
    """The caller's own answers, and the mark that a dissatisfied one leaves."""
    order, tongue = case.order, setting.tongue
    if order is None:
        return
    if order.satisfaction is not None:
        yield tongue("☎️ Callback: {said}", said=_said(order, setting))
    if order.citizens_words and (order.redo_count or order.is_warning):
        words = cut_bytes(masked(one_line(order.citizens_words)), WORDS_MOST)
        yield tongue("💬 The caller: “{words}”", words=words)
    if order.is_warning:
        yield tongue("⚠️ Warning order: the caller was not satisfied.")


def _said(order: Order, setting: Setting) -> str:
    assert order.satisfaction is not None
    rated = setting.tongue(SATISFACTIONS[order.satisfaction])
    if order.resolved is None:
        return rated
    return f"{setting.tongue(RESOLVED[order.resolved])} · {rated}"
