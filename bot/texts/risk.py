"""Why work is looked at twice: for whoever reviews it, and in kind words for whoever did it."""

from typing import Final

from bot.i18n import N_
from workflows.evidence.rules_of_risk import Risk

LOOK_TWICE: Final[dict[Risk, str]] = {
    Risk.REUSED: N_("looks like a photo of another case"),
    Risk.OWN_BEFORE: N_("looks just like the photo of before"),
    Risk.FAR: N_("the camera says: taken {metres} m away"),
    Risk.STALE: N_("the camera says: taken before it was reported"),
    Risk.EDITED: N_("saved by a program that edits pictures"),
    Risk.FORWARDED: N_("forwarded, not sent directly"),
    Risk.FAST: N_("handed in within {minutes} min of signing"),
    Risk.FIRST_WEEK: N_("sender is in the first week"),
}
"""What is out of the ordinary, as a hint and never as a finding."""

TO_SENDER: Final[dict[Risk, str]] = {
    Risk.REUSED: N_("a photo looks like one of another case"),
    Risk.OWN_BEFORE: N_("a photo looks like the one of before"),
    Risk.FAR: N_("the camera wrote another place, {metres} m away"),
    Risk.STALE: N_("the camera's clock says it was taken earlier"),
    Risk.EDITED: N_("a photo was saved by a program for editing"),
    Risk.FORWARDED: N_("a photo was forwarded"),
    Risk.FAST: N_("it went very quickly"),
    Risk.FIRST_WEEK: N_("it is your first week"),
}
