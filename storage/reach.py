"""Which cases a person may see, and which stand on their board: the same posts as in the law."""

from typing import Final

from sqlalchemy import ColumnElement, false, or_, true

from storage.areas import inside
from storage.rows.cases import cases
from workflows.exporting.wish import exporting_posts
from workflows.people import SYSTEM, Person, Post, Role

WATCHERS: Final = (Role.SUPERVISOR, Role.DUTY_CHIEF)
"""Beside an agency's lead, those whose board is a whole area."""


def visible(reader: Person) -> ColumnElement[bool]:
    """`workflows.cases.machine.may_see` as a condition; the two are tested against each other."""
    conditions = [_through(post, reader) for post in reader.posts]
    return or_(cases.c.reported_by == reader.id, *conditions)


def asked_by_caller(reader: Person) -> ColumnElement[bool]:
    """Where a caller's number may be asked for: one's own orders, or the area one accepts for."""
    conditions = [inside(cases.c.area, post.area) for post in reader.posts_as(Role.ACCEPTOR)]
    if reader.holds(Role.OPERATOR):
        conditions.append(cases.c.reported_by == reader.id)
    return or_(false(), *conditions)


def on_board(reader: Person) -> ColumnElement[bool]:
    """The agencies that a lead answers for, the areas that others watch."""
    led = [post.agency for post in reader.posts_as(Role.AGENCY_LEAD) if post.agency]
    watched = [
        inside(cases.c.area, post.area) for role in WATCHERS for post in reader.posts_as(role)
    ]
    ours = [cases.c.agency.in_(led)] if led else []
    return or_(false(), *ours, *watched)


def exportable(reader: Person, *, callers: bool) -> ColumnElement[bool]:
    """What somebody may take out in a file: through posts that answer for many cases alone."""
    if reader.id == SYSTEM.id:
        return true()
    posts = exporting_posts(reader, callers=callers)
    return or_(false(), *(_through(post, reader) for post in posts))


def _through(post: Post, reader: Person) -> ColumnElement[bool]:
    match post.role:
        case Role.WORKER:
            return cases.c.assignee == reader.id
        case Role.AGENCY_LEAD if post.agency:
            return cases.c.agency == post.agency
        case Role.OPERATOR | Role.COLLECTOR:
            return cases.c.reported_by == reader.id
        case Role.ADMIN | Role.AGENCY_LEAD:
            return false()
        case _:
            return inside(cases.c.area, post.area)
