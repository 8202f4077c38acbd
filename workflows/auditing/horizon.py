"""Until when days off must be known, and whether updates still find their way to us."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from workflows.auditing.faults import Fault, Rule

LATEST_NOTICE: Final = (12, 15)
"""The State Council announces next year's days off in November or December; from the middle of
December on deadlines that cross the year's end should be certain."""

FRESH_ERROR: Final = timedelta(minutes=5)
MOST_PENDING: Final = 100
"""Updates that may wait at the messenger: it holds back no more than a burst of them."""


def year_needed(at: datetime) -> int:
    """The last year whose days off must be known by now."""
    return at.year + 1 if (at.month, at.day) >= LATEST_NOTICE else at.year


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What the messenger says about our updates.

    `hook` is the address that it brings them to, empty where they are fetched; `failed_at` and
    `failure` tell of its last vain try.
    """

    hook: str
    pending: int
    failed_at: datetime | None = None
    failure: str = ""


class MuteError(Exception):
    """The messenger does not say; `lasting` if it refuses us. Never holds a token."""

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.lasting = lasting


def arrivals_fault(arrivals: Arrivals, our_hook: str, at: datetime) -> Fault | None:
    """Somebody took the webhook away or re-pointed it, or updates pile up (durability.md 3, 33).

    Addresses are told by their host only: the rest of ours is half a secret.
    """
    if arrivals.hook != our_hook:
        return Fault(Rule.MESSENGER, detail=_another_hook(arrivals.hook, our_hook))
    failed = arrivals.failed_at is not None and at - arrivals.failed_at < FRESH_ERROR
    if arrivals.pending and failed:
        return Fault(Rule.MESSENGER, arrivals.pending, detail=f"not delivered: {arrivals.failure}")
    if arrivals.pending >= MOST_PENDING:
        return Fault(Rule.MESSENGER, arrivals.pending, detail="updates pile up at the messenger")
    return None


def _another_hook(theirs: str, ours: str) -> str:
    if not theirs:
        return "the webhook was removed"
    where = urlsplit(theirs).hostname or "an address without a host"
    if not ours:
        return f"somebody hung a webhook at {where}, so nothing can be fetched"
    return f"the webhook was re-pointed to {where}"
