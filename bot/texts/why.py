"""Words of an explanation: kinds of days, names of holidays, rules by which the system chose."""

from typing import Final

from bot.i18n import N_
from workflows.deadlines.calendar import DayKind
from workflows.deadlines.limits import StepKind
from workflows.escalation.climb import Untold

DAYS: Final[dict[DayKind, str]] = {
    DayKind.WORK: N_("working day"),
    DayKind.MADE_UP: N_("made-up working day"),
    DayKind.WEEKEND: N_("weekend"),
    DayKind.HOLIDAY: N_("public holiday"),
    DayKind.DISTRICT_WORK: N_("working day of this district"),
    DayKind.DISTRICT_OFF: N_("day off of this district"),
}

UNTOLD: Final[dict[Untold, str]] = {
    Untold.LATER_RUNG: N_("a later one was due too"),
    Untold.SETTLED: N_("no longer so"),
    Untold.NOBODY: N_("nobody could be reached"),
}
"""Why an alert was passed in silence."""

HOLIDAYS: Final[dict[str, str]] = {
    "New Year's Day": N_("New Year's Day"),
    "Spring Festival": N_("Spring Festival"),
    "Tomb-sweeping Day": N_("Tomb-sweeping Day"),
    "Labour Day": N_("Labour Day"),
    "Dragon Boat Festival": N_("Dragon Boat Festival"),
    "National Day": N_("National Day"),
    "Mid-autumn Festival": N_("Mid-autumn Festival"),
}
"""By the names that the calendar's data uses; any other name is shown as it is."""

STEPS: Final[dict[StepKind, str]] = {
    StepKind.RUNS: N_("· {span}: counts {used}, {left} left"),
    StepKind.PAUSED: N_("· {span}: rests"),
    StepKind.DAY_OFF: N_("· {days}: {kind}, nothing counts"),
    StepKind.RECEIVED: N_("· {days}: received, the first day does not count"),
    StepKind.COUNTS: N_("· {days}: working day {n}, until {time}"),
    StepKind.EXTENDED: N_("· {span}: gives back the {used} it rested"),
}
USED_UP: Final = N_("· {span}: counts {used}, used up")

RULES: Final[dict[str, str]] = {
    "condition chosen by the reporter": N_("chosen by whoever reported it"),
    "default condition of the class": N_("the usual one of this class, nobody chose another"),
    "dispatch catalogue": N_("set in the dispatch catalogue for this class and area"),
}
"""Rules as the journal names them."""

BY_DEPARTMENT: Final = "department type "
"""How the journal begins the rule that names a department type (workflows.cases.routing)."""
