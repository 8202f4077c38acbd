"""The scopes as conditions on cases: the very table of `workflows.privacy.scopes`, in SQL."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sqlalchemy import ColumnElement, and_, false, func, not_, or_, true

from storage.areas import inside
from storage.rows.cases import IS_OPEN, cases
from workflows.cases.case import State
from workflows.people import SYSTEM, Person, Post
from workflows.privacy.scopes import FOR_ANY_OPERATOR, Reach, Thing, cell

ORDER: Final = cases.c.hotline_order
CHECK: Final = cases.c.site_check


def visible(reader: Person, thing: Thing = Thing.CASE) -> ColumnElement[bool]:
    """`workflows.privacy.scopes.reaches`; the two are tested against each other, cell by cell."""
    return or_(false(), *(condition for _, condition in reached(thing, reader)))


def reached(thing: Thing, reader: Person) -> Iterator[tuple[Post, ColumnElement[bool]]]:
    """The cases that each post gives them, where more is asked of some posts than of others."""
    for post in reader.posts:
        for reach in cell(thing, post.role):
            yield post, WITHIN[reach](post, reader)


def _agency(post: Post, _: Person) -> ColumnElement[bool]:
    return cases.c.agency == post.agency if post.agency else false()


def _partner(post: Post, _: Person) -> ColumnElement[bool]:
    theirs = cases.c.partners.contains(f"|{post.agency}|", autoescape=True)
    return theirs if post.agency else false()


def _checked(_: Post, reader: Person) -> ColumnElement[bool]:
    return and_(CHECK.is_not(None), CHECK["checker"].as_integer() == reader.id)


def _named(_: Post, reader: Person) -> ColumnElement[bool]:
    hidden = and_(ORDER.is_not(None), ORDER["hidden"].as_boolean())
    return and_(cases.c.assignee == reader.id, IS_OPEN, not_(func.coalesce(hidden, false())))


def _answered(post: Post, _: Person) -> ColumnElement[bool]:
    return _calls(post, FOR_ANY_OPERATOR)


def _called_back(post: Post, _: Person) -> ColumnElement[bool]:
    return _calls(post, frozenset({State.PENDING_CALLBACK}))


def _calls(post: Post, states: frozenset[State]) -> ColumnElement[bool]:
    waits = cases.c.state.in_(sorted(state.value for state in states))
    return and_(ORDER.is_not(None), waits, inside(cases.c.area, post.area))


WITHIN: Final[Mapping[Reach, Callable[[Post, Person], ColumnElement[bool]]]] = {
    Reach.OWN: lambda _, reader: cases.c.reported_by == reader.id,
    Reach.CHECKED: _checked,
    Reach.ASSIGNED: lambda _, reader: cases.c.assignee == reader.id,
    Reach.NAMED: _named,
    Reach.AGENCY: _agency,
    Reach.PARTNER: _partner,
    Reach.ANSWERED: _answered,
    Reach.CALLED_BACK: _called_back,
    Reach.AREA: lambda post, _: inside(cases.c.area, post.area),
}
"""Every reach that a case is looked up by; the others are about one case at hand."""


def exportable(reader: Person, *, callers: bool) -> ColumnElement[bool]:
    """What somebody may take out in a file; the operator of the service, at the terminal, all."""
    if reader.id == SYSTEM.id:
        return true()
    return visible(reader, Thing.EXPORT_CALLERS if callers else Thing.EXPORT)
