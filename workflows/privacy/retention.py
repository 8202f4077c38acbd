"""How long what is kept: a rule for each kind of data, and what becomes of it then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """Kinds of data that are not kept for ever, as retention.toml names them."""

    CALLERS = "callers"
    PHOTOS = "photos"
    CASE_WORDS = "case_words"
    MESSAGES = "messages"
    DRAFTS = "drafts"
    UPDATES = "updates"
    BUTTONS = "buttons"
    LINKS = "links"
    IMPORTS = "imports"


class Since(StrEnum):
    """What a period is counted from; it belongs to the kind, the file repeats it for readers."""

    CASE_ENDED = "case_ended"
    LAST_USE = "last_use"


class Does(StrEnum):
    DELETE = "delete"
    ANONYMISE = "anonymise"


OF_A_CASE = frozenset({Kind.CALLERS, Kind.PHOTOS, Kind.CASE_WORDS})
ANONYMISED = frozenset({Kind.CASE_WORDS, Kind.MESSAGES, Kind.IMPORTS})


@dataclass(frozen=True, slots=True)
class Period:
    """One rule. `holds` and `basis` are for the people who read the printed table."""

    kind: Kind
    keep: timedelta
    since: Since
    does: Does
    holds: str
    basis: str

    def cutoff(self, at: datetime) -> datetime:
        """What was last of use before this instant goes."""
        return at - self.keep


Retention = Mapping[Kind, Period]
