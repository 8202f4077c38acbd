"""Why somebody is shown a case: the first line of what they read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.cards.facts import person
from bot.cards.setting import Setting
from bot.texts.law import CLOCKS
from bot.texts.leads import (
    BECAUSE,
    CLOSED_WITHOUT_CALLER,
    EARLY,
    RESTING,
    RUNGS,
    TOLD_AGAIN,
    WORN_OFF,
)
from workflows.cases.consequences import Because
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.ladder import Level
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
    """

    because: str = ""
    clock: str = ClockKind.DISPOSAL
    repeat: bool = False
    news: Sequence[Mapping[str, Any]] = ()


def lead_line(view: CaseView, told: Told, setting: Setting) -> str:
    """Why this person hears of it now."""
    tongue = setting.tongue
    if told.because in set(Level):
        news = told.news or ({"rung": told.because, "clock": told.clock},)
        return " ".join(tongue("🔔 {alert}", alert=_alert(one, view, setting)) for one in news)
    if not told.because or told.because == Because.CHANGED:
        return ""
    if told.because == Because.CLOSED and view.case.order is None:
        return tongue(CLOSED_WITHOUT_CALLER)
    return tongue(BECAUSE[Because(told.because)])


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
