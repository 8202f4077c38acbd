"""A part in joint work: what another agency was whistled for, until when, and what it says."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from workflows.people import Actor, AgencyCode, PersonId, Role

PART_TIMER: Final = "part"
"""The kind of the timer that watches a response; its loop is the part's place on the case."""


class WhistleKind(StrEnum):
    """The only three situations in which one may whistle (domain.md 2.4 [BJG])."""

    EMERGENCY = "emergency"
    ENFORCEMENT = "enforcement"
    PROMINENT = "prominent"


class PartEnd(StrEnum):
    """How a part ended: with a result, with a reason why not, or waited for no longer."""

    RESULT = "result"
    CANNOT = "cannot"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True)
class Part:
    """One agency's part. `due_at` is when it must have responded; `asked` is what was asked.

    `report` is its own word in the end, or why nobody waits for it any longer. `late_told` is
    set once its lead and the duty chief have heard that the response is overdue.
    """

    agency: AgencyCode
    name: str
    name_en: str
    kind: WhistleKind
    asked: str
    by: PersonId
    at: datetime
    due_at: datetime
    responded_at: datetime | None = None
    ended_at: datetime | None = None
    end: PartEnd | None = None
    report: str = ""
    late_told: bool = False

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def awaits_response(self) -> bool:
        return self.is_open and self.responded_at is None


Parts = tuple[Part, ...]


def agencies_of(actor: Actor) -> frozenset[AgencyCode]:
    """The agencies that somebody leads."""
    posts = actor.person.posts_as(Role.AGENCY_LEAD)
    return frozenset(post.agency for post in posts if post.agency is not None)


def open_part_of(parts: Parts, agencies: Iterable[AgencyCode]) -> Part | None:
    """The first part of these agencies that is still open."""
    known = frozenset(agencies)
    return next((part for part in parts if part.is_open and part.agency in known), None)


def responded(parts: Parts, actor: Actor, at: datetime) -> Parts:
    ours = agencies_of(actor)
    return tuple(
        replace(part, responded_at=max(at, part.at))
        if part.awaits_response and part.agency in ours
        else part
        for part in parts
    )


def ended(
    parts: Parts, agencies: Iterable[AgencyCode], end: PartEnd, report: str, at: datetime
) -> Parts:
    """Whoever reports without having said so first has responded by that."""
    known = frozenset(agencies)
    return tuple(
        replace(
            part,
            ended_at=at,
            end=end,
            report=report,
            responded_at=part.responded_at if end is PartEnd.EXCUSED else part.responded_at or at,
        )
        if part.is_open and part.agency in known
        else part
        for part in parts
    )
