"""Another open case that may be the same one, and what speaks for it."""

from dataclasses import dataclass
from enum import StrEnum


class Sameness(StrEnum):
    """Why two cases may be one (domain.md 2.4), the strongest reason first."""

    COMPONENT = "component"
    CALLER = "caller"
    NEAR = "near"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Alike:
    """The number of the other case; `score` is that of the words, from 0 to 100, else 0."""

    case_id: int
    by: Sameness
    score: float = 0.0
