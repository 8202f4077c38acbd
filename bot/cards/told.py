"""Why somebody is shown a case: the first line of what they read."""

from dataclasses import dataclass
from typing import Final

from bot.cards.setting import Setting
from bot.texts.law import CLOCKS
from bot.texts.leads import BECAUSE, CLOSED_WITHOUT_CALLER, RESTING, RUNGS
from workflows.cases.consequences import Because
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.ladder import Level
from workflows.views import CaseView

AFTER_THE_END: Final = frozenset(
    {
        Because.VOIDED,
        Because.CHECK_CALLED_OFF,
        Because.WARNED,
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
    """Why the card is shown: a `Because`, a rung's level and its clock, or nothing; a repeat."""

    because: str = ""
    clock: str = ClockKind.DISPOSAL
    repeat: bool = False


def lead_line(view: CaseView, told: Told, setting: Setting) -> str:
    """Why this person hears of it now."""
    tongue = setting.tongue
    if told.because in set(Level):
        clock = tongue(CLOCKS[ClockKind(told.clock)])
        if told.clock == ClockKind.SUSPENSION:
            return tongue("🔔 {alert}", alert=tongue(RESTING[Level(told.because)]))
        return tongue("🔔 {alert}", alert=tongue(RUNGS[Level(told.because)], clock=clock))
    if not told.because or told.because == Because.CHANGED:
        return ""
    if told.because == Because.CLOSED and view.case.order is None:
        return tongue(CLOSED_WITHOUT_CALLER)
    return tongue(BECAUSE[Because(told.because)])
