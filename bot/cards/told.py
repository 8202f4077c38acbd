"""Why somebody is shown a case: the first line of what they read."""

from dataclasses import dataclass
from typing import Final

from bot.cards.setting import Setting, name
from bot.texts.law import CLOCKS
from bot.texts.leads import BECAUSE, CLOSED_WITHOUT_CALLER, INSTEAD, RESTING, RUNGS
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

    `instead` is why, at night, it comes to this person and not to whom it names.
    """

    because: str = ""
    clock: str = ClockKind.DISPOSAL
    repeat: bool = False
    instead: tuple[str, str] = ("", "")


def lead_line(view: CaseView, told: Told, setting: Setting) -> str:
    """Why this person hears of it now."""
    words = reason_line(view.case, told.because, told.clock, setting)
    why, who = told.instead
    if not why:
        return words
    return f"{setting.tongue(INSTEAD[Instead(why)], who=name(who))} {words}"


def reason_line(case: Case, because: str, clock: str, setting: Setting) -> str:
    """What there is to say about the case now; nothing for a silent change."""
    tongue = setting.tongue
    if because in set(Level):
        if clock == ClockKind.SUSPENSION:
            return tongue("🔔 {alert}", alert=tongue(RESTING[Level(because)]))
        words = tongue(RUNGS[Level(because)], clock=tongue(CLOCKS[ClockKind(clock)]))
        return tongue("🔔 {alert}", alert=words)
    if not because or because == Because.CHANGED:
        return ""
    if because == Because.CLOSED and case.order is None:
        return tongue(CLOSED_WITHOUT_CALLER)
    return tongue(BECAUSE[Because(because)])
