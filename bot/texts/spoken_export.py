"""What somebody types to export: a period, a place, a state, a format, and why; pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from workflows.joint.kept import Area

DAYS: Final = re.compile(r"(\d{1,4})(?:天|日|d|days?)")
DATES: Final = re.compile(
    r"(\d{4}-\d{1,2}-\d{1,2})(?:(?:\.\.|~|～|至|到)(\d{4}-\d{1,2}-\d{1,2}))?"
)
AREA: Final = re.compile(r"\d{6,12}(?:-\d{1,4})?")
STATES: Final[Mapping[str, str]] = {
    "全部": "",
    "all": "",
    "未结": "open",
    "open": "open",
    "已结": "closed",
    "结束": "closed",
    "closed": "closed",
}
FORMATS: Final[Mapping[str, str]] = {"excel": "xlsx", "xlsx": "xlsx", "csv": "csv"}
CALLERS: Final = frozenset({"含来电人", "来电人", "callers", "with-callers"})


def changes_in(
    text: str, streets: Sequence[Area], state_of: Callable[[str], str | None]
) -> dict[str, Any]:
    """The parts of the form that are named, in any order; what follows them is the purpose."""
    found: dict[str, Any] = {}
    words = text.split()
    while (
        words and (part := _part(words[0], streets, state_of)) and not part.keys() & found.keys()
    ):
        found |= part
        words.pop(0)
    return {**found, "purpose": " ".join(words)} if words else found


def _part(
    word: str, streets: Sequence[Area], state_of: Callable[[str], str | None]
) -> dict[str, Any]:
    said = word.lower()
    if days := DAYS.fullmatch(said):
        return {"days": int(days[1]), "since": "", "until": ""}
    if (dates := DATES.fullmatch(said)) is not None:
        return {"since": _day(dates[1]), "until": _day(dates[2] or dates[1])}
    if said in FORMATS or said in CALLERS:
        return {"format": FORMATS[said]} if said in FORMATS else {"callers": True}
    state = STATES.get(said, state_of(word))
    return {"state": state} if state is not None else _area(said, streets)


def _area(said: str, streets: Sequence[Area]) -> dict[str, Any]:
    """A street by its name, or any code of ours."""
    street = next((each for each in streets if each.name.lower() == said), None)
    if street is not None:
        return {"area": street.code}
    return {"area": said} if AREA.fullmatch(said) else {}


def _day(written: str) -> str:
    """2026-11-1 as 2026-11-01."""
    year, month, day = written.split("-")
    return f"{year}-{month:0>2}-{day:0>2}"
