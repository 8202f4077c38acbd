"""What exactly is to be exported, as it is asked, approved and carried out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

from workflows.cases.case import ENDED, State
from workflows.people import SYSTEM, AreaCode, Person, Post
from workflows.privacy.scopes import Thing, posts_for
from workflows.refusals import Reason, Refused


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


OPEN, CLOSED = "open", "closed"
"""Beside the states themselves: whatever is not over, whatever is."""


@dataclass(frozen=True, slots=True)
class ExportWish:
    """Cases reported from `since` on and before `until`, as far as the asker reaches.

    `state` is empty for all, `open`, `closed` or one state. Without `callers` nothing of a caller
    is in the file. `token` stands in the file and in the log. `at_terminal`: by the operator of
    the service, over all cases, to be fetched there; nobody's chat gets it.
    """

    since: str
    until: str
    area: str = ""
    area_name: str = ""
    state: str = ""
    callers: bool = False
    format: Format = Format.XLSX
    language: str = "zh"
    token: str = ""
    rows: int = 0
    at_terminal: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        known = {f.name: stored[f.name] for f in fields(cls) if f.name in stored}
        return cls(**{**known, "format": Format(known["format"])})

    @property
    def period(self) -> tuple[datetime, datetime]:
        return datetime.fromisoformat(self.since), datetime.fromisoformat(self.until)

    @property
    def states(self) -> frozenset[str]:
        """Those it is limited to; none for all."""
        match self.state:
            case "":
                return frozenset()
            case "open":
                return frozenset(set(State) - ENDED)
            case "closed":
                return frozenset(ENDED)
            case state:
                return frozenset({state})

    def reader(self, asker: Person) -> Person:
        """Whose eyes decide what is in it."""
        return SYSTEM.person if self.at_terminal else asker


def exporting_posts(reader: Person, *, callers: bool) -> tuple[Post, ...]:
    """The posts through which somebody may export cases, or their callers as well."""
    if reader.id == SYSTEM.id:
        return reader.posts
    thing = Thing.EXPORT_CALLERS if callers else Thing.EXPORT
    return tuple(posts_for(thing, reader))


def check_exporter(reader: Person, wish: ExportWish) -> AreaCode:
    """The area that an approver must answer for.

    Raises Refused: EXPORT_NOT_YOURS, EXPORT_NO_CALLERS, EXPORT_ELSEWHERE.
    """
    posts = exporting_posts(reader, callers=wish.callers)
    if not posts and wish.callers and exporting_posts(reader, callers=False):
        raise Refused(Reason.EXPORT_NO_CALLERS, action="export callers")
    if not posts:
        raise Refused(Reason.EXPORT_NOT_YOURS, action="export")
    if not wish.area:
        return min((post.area for post in posts), key=len)
    if not any(_touches(post.area, wish.area) for post in posts):
        raise Refused(Reason.EXPORT_ELSEWHERE, code=wish.area)
    return AreaCode(wish.area)


def _touches(area: str, other: str) -> bool:
    return area.startswith(other) or other.startswith(area)
