"""Why somebody is shown a case: the first line of what they read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.cards.facts import person
from bot.cards.setting import Setting, name
from bot.texts.law import CLOCKS
from bot.texts.leads import (
    BECAUSE,
    CLOSED_WITHOUT_CALLER,
    EARLY,
    INSTEAD,
    RESTING,
    RUNGS,
    TOLD_AGAIN,
    WORN_OFF,
)
from workflows.cases.case import Case
from workflows.cases.consequences import Because
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.ladder import Level
from workflows.escalation.waking import Instead
from workflows.views import CaseView

AFTER_THE_END: Final = frozenset(
    {
        Because.VOIDED,
        Because.CHECK_CALLED_OFF,
        Because.WARNED,
        Because.ENDED_UNDER_SUPERVISION,
        Because.ASKED,
        Because.GRANTED,
        Because.REFUSED,
        Because.WITHDRAWN,
        Because.LAPSED,
        *Level,
    }
)
"""Reasons that are news although the case has ended."""


@dataclass(frozen=True, slots=True)
class Told:
    """Why the card is shown: a `Because`, a rung's level and its clock, or nothing; a repeat.

    `news` are all the rungs that one message tells of, as `workflows.escalation.news` has them.
    `instead` is why, at night, it comes to this person and not to whom it names.
    """

    because: str = ""
    clock: str = ClockKind.DISPOSAL
    repeat: bool = False
    news: Sequence[Mapping[str, Any]] = ()
    instead: tuple[str, str] = ("", "")


def lead_line(view: CaseView, told: Told, setting: Setting) -> str:
    """Why this person hears of it now."""
    words = (
        _alerts(view, told, setting)
        if told.news
        else reason_line(view.case, told.because, told.clock, setting)
    )
    why, who = told.instead
    if not why:
        return words
    return f"{setting.tongue(INSTEAD[Instead(why)], who=name(who))} {words}"


def reason_line(case: Case, because: str, clock: str, setting: Setting) -> str:
    """What there is to say about the case now; nothing for a silent change."""
    tongue = setting.tongue
    if because in set(Level):
        table = RESTING if clock == ClockKind.SUSPENSION else RUNGS
        words = tongue(table[Level(because)], clock=tongue(CLOCKS[ClockKind(clock)]))
        return tongue("🔔 {alert}", alert=words)
    if not because or because == Because.CHANGED:
        return ""
    if because == Because.CLOSED and case.order is None:
        return tongue(CLOSED_WITHOUT_CALLER)
    return tongue(BECAUSE[Because(because)])


def _alerts(view: CaseView, told: Told, setting: Setting) -> str:
    return " ".join(
        setting.tongue("🔔 {alert}", alert=_alert(one, view, setting)) for one in told.news
    )


def _alert(one: Mapping[str, Any], view: CaseView, setting: Setting) -> str:
    """One rung in words: that it came early, or once more, and who had acknowledged it."""
    tongue, kind = setting.tongue, ClockKind(one["clock"])
    table = RESTING if kind is ClockKind.SUSPENSION else RUNGS
    words = EARLY if one.get("early") else table[Level(one["rung"])]
    alert = tongue(words, clock=tongue(CLOCKS[kind]))
    if not one.get("again"):
        return alert
    if one.get("known_at") is None:
        return tongue(TOLD_AGAIN, alert=alert)
    who = person(view, one["known_by"], setting)
    at = setting.moment(datetime.fromisoformat(one["known_at"]))
    return tongue(WORN_OFF, alert=alert, who=who, time=at)
