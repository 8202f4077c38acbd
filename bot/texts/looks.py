"""Why an auditor hears of a look at a caller's number."""

from typing import Final

from bot.i18n import N_
from workflows.hotline.looks import Unusual

UNUSUAL: Final[dict[Unusual, str]] = {
    Unusual.MANY: N_("Many looks within an hour."),
    Unusual.AGAIN: N_("The same number has been looked at several times today."),
    Unusual.OFF_DUTY: N_("They are not on shift at this time."),
    Unusual.USED_UP: N_("It was the last one that a day allows."),
}
