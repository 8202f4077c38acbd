"""Reads retention.toml: how long what is kept, and on what grounds."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from workflows.policy.tables import TomlFile, text
from workflows.privacy.retention import ANONYMISED, OF_A_CASE, Does, Kind, Period, Since

LONGEST_DAYS: Final = 3650
DAYS: Final = f"Write whole days, 1 to {LONGEST_DAYS}"


def read_retention(file: TomlFile) -> Mapping[Kind, Period]:
    """A period for every kind; mistakes go to the file's list."""
    found = {}
    for kind in Kind:
        table = file.table(kind.value)
        since = Since.CASE_ENDED if kind in OF_A_CASE else Since.LAST_USE
        does = Does.ANONYMISE if kind in ANONYMISED else Does.DELETE
        found[kind] = Period(
            kind=kind,
            keep=table.take("keep", _days, DAYS, timedelta(days=1)),
            since=table.take("from", _only(since), f'Write "{since}"', since),
            does=table.take("does", _only(does), f'Write "{does}"', does),
            holds=table.take("holds", _words, "Say in a few words what this is", ""),
            basis=table.take("basis", _words, "Say on what grounds it is kept so long", ""),
        )
        table.close()
    for name in file.names():
        if name not in set(Kind):
            remedy = f"Write one of {', '.join(Kind)}"
            file.mistake(file.line_of(name), f'nothing is called "{name}" here', remedy)
    file.root().close()
    return found


def _days(value: Any) -> timedelta:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= LONGEST_DAYS:
        raise ValueError("this is no number of days")
    return timedelta(days=value)


def _only(meant: Any) -> Any:
    def read(value: Any) -> Any:
        if text(value) != meant:
            raise ValueError("this kind of data is counted and treated in one way only")
        return meant

    return read


def _words(value: Any) -> str:
    words = text(value).strip()
    if not words:
        raise ValueError("nothing is said")
    return words
