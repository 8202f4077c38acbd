"""From how long on a silence or a step of the clock counts, and what is held for how long."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class OutageRules:
    """`silent` is the shortest outage; one longer than `presses_lost` has old cards shown anew.

    Outages less than `joined` apart are one, and so long after it people may still press. A
    start settles for `settle_most` at most. Jumps of the clock by more than `forward` or `back`
    are told, and firing is held for `hold` after one forward.
    """

    silent: timedelta
    presses_lost: timedelta
    joined: timedelta
    settle_most: timedelta
    forward: timedelta
    back: timedelta
    hold: timedelta
