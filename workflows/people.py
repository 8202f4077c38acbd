"""Who acts: roles, the posts that people hold, and the actor behind one act."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

PersonId = NewType("PersonId", int)
AgencyCode = NewType("AgencyCode", str)
AreaCode = NewType("AreaCode", str)


class Role(StrEnum):
    """The people of domain.md 1.1, under the names of architecture.md 3.1."""

    OPERATOR = "operator"
    COLLECTOR = "collector"
    ACCEPTOR = "acceptor"
    SHIFT_LEADER = "shift_leader"
    DISPATCH_OFFICER = "dispatch_officer"
    AGENCY_LEAD = "agency_lead"
    WORKER = "worker"
    SUPERVISOR = "supervisor"
    DUTY_CHIEF = "duty_chief"
    ADMIN = "admin"
    AUDITOR = "auditor"
    SYSTEM = "system"


WITH_AN_AGENCY: Final = frozenset({Role.WORKER, Role.AGENCY_LEAD})
"""Roles that are held inside one agency; everybody else belongs to an operation centre."""


@dataclass(frozen=True, slots=True)
class Post:
    """One role, held over an area and, for workers and leads, inside an agency.

    An area code begins with the code of the area that contains it: district `310112`,
    street `310112101`, grid `310112101-03`. The empty code is everywhere.
    """

    role: Role
    area: AreaCode = AreaCode("")
    agency: AgencyCode | None = None

    def covers(self, area: AreaCode | None) -> bool:
        """Whether the area lies inside this post's; an unknown area lies only inside a district's.

        A place outside every grid has no area: it belongs to those who hold a whole district.
        """
        return self.is_of_a_district if area is None else area.startswith(self.area)

    @property
    def is_of_a_district(self) -> bool:
        """Held over a whole district or more, not over a street or a grid in it."""
        return len(self.area) <= DISTRICT_CODE_LENGTH


DISTRICT_CODE_LENGTH: Final = 6
"""Six digits name a district in the national area codes."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the administrator has created. Language is a code such as `zh` or `en`."""

    id: PersonId
    name: str
    language: str
    posts: tuple[Post, ...]
    active: bool = True

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(post.role for post in self.posts)

    def posts_as(self, role: Role) -> Iterator[Post]:
        return (post for post in self.posts if post.role is role)

    def holds(self, *roles: Role) -> bool:
        return any(post.role in roles for post in self.posts)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in the moment of one act.

    `said_at` is when they said it (the messenger's own time where it has one), so that a
    deadline is judged by the act and not by our delay. `cause` names the stored update that
    carries the act; the transaction that acts on it also settles that update.
    """

    person: Person
    said_at: datetime | None = None
    cause: str | None = None

    @property
    def id(self) -> PersonId:
        return self.person.id

    @property
    def is_system(self) -> bool:
        return self.person.holds(Role.SYSTEM)


SYSTEM: Final = Actor(Person(PersonId(0), "system", "zh", (Post(Role.SYSTEM),)))
"""The steps that a profile lets the machine take, and the clock's own acts."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A disposal grid: its code (inside its street's), its names, and nothing of its shape."""

    code: AreaCode
    name: str
    street: str


@dataclass(frozen=True, slots=True)
class Agency:
    """An organisation that does work; `kind` is a department type of domain.md 4.1 (SAN)."""

    code: AgencyCode
    kind: str
    name: str
    name_en: str = ""
    area: AreaCode = AreaCode("")
