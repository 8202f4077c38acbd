"""Numbers of the two-person rule, as a district sets them."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class ApprovingRules:
    """How long a proposal waits, and up to how many rows one person may act alone.

    An export without callers of at most `alone_rows` cases needs no second person, none has more
    than `most_rows`, and a file that nobody could be given is kept for `keep`. An import that
    changes at most `change_rows` rows of a city that runs needs none either.
    """

    within: timedelta
    alone_rows: int
    most_rows: int
    keep: timedelta
    change_rows: int
