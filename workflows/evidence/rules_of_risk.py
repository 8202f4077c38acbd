"""Why work may be looked at twice, and the numbers of it that a district sets in risk.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Risk(StrEnum):
    """A reason to look twice. None of them proves anything (domain.md 7)."""

    REUSED = "reused"
    OWN_BEFORE = "own_before"
    FAR = "far"
    STALE = "stale"
    EDITED = "edited"
    FORWARDED = "forwarded"
    FAST = "fast"
    FIRST_WEEK = "first_week"


@dataclass(frozen=True, slots=True)
class RiskRules:
    """Points by reason, 0 for one that is not looked for; bits of 64, days, metres, minutes.

    A picture that `common_people` different people have sent shows nothing of its own.
    """

    weights: Mapping[Risk, int]
    bits: int
    own_bits: int
    days: int
    common_people: int
    far_metres: int
    early_minutes: int
    fast_minutes: int
    first_days: int
    editors: tuple[str, ...]

    @property
    def compared_for(self) -> timedelta:
        return timedelta(days=self.days)
