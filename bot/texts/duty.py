"""Rosters in words: what is asked, what became of a swap, and what can be typed."""

from typing import Final

from bot.i18n import N_
from workflows.duty.form import DutyAct, DutyField
from workflows.duty.shift import SwapState

DUTY_HEADS: Final[dict[DutyAct, str]] = {
    DutyAct.SWAP: N_("🔁 Swap a shift"),
    DutyAct.OVERRIDE: N_("✏️ Give a shift to somebody else"),
    DutyAct.AWAY: N_("🌴 Time off"),
}

DUTY_DONE: Final[dict[DutyAct, str]] = {
    DutyAct.SWAP: N_("🔁 {name} has been asked. The answer comes below."),
    DutyAct.OVERRIDE: N_("✏️ Done: {name} has the shift."),
    DutyAct.AWAY: N_("🌴 Entered. Enjoy the time off."),
}

DUTY_PROMPTS: Final[dict[DutyField, str]] = {
    DutyField.SHIFT: N_("Which shift?"),
    DutyField.FIRST: N_("From which day? Or all at once: 1 December - 5 December, as 12/1-12/5"),
    DutyField.LAST: N_("Until which day, that day included? Such as 12/5, or 3 days"),
    DutyField.WHO: N_("Who does it? Choose, or type the name."),
    DutyField.BACK: N_("Which of their shifts do you take for it?"),
}

DUTY_STARTS: Final[dict[DutyAct, str]] = {
    DutyAct.SWAP: N_("🔁 Swap"),
    DutyAct.OVERRIDE: N_("✏️ Reassign shift"),
    DutyAct.AWAY: N_("🌴 Time off"),
}

SWAPPED: Final[dict[SwapState, str]] = {
    SwapState.ASKED: N_("🔁 {asker} asks {asked} to swap"),
    SwapState.ACCEPTED: N_("✅ Swapped: {asked} agreed with {asker} ({time})"),
    SwapState.DECLINED: N_("🙅 No swap: {asked} cannot ({time})"),
    SwapState.WITHDRAWN: N_("↩️ No swap: {asker} withdrew it ({time})"),
    SwapState.LAPSED: N_("⌛ No swap: nobody answered in time ({time})"),
}

SPOKEN_DUTY: Final = {
    "值班": "duty",
    "值班表": "duty",
    "谁值班": "duty",
    "duty": "duty",
    "换班": "swap",
    "swap": "swap",
    "请假": "away",
    "away": "away",
}
"""Plain words that mean a command; what is typed behind the last ones goes with it."""
