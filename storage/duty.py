"""The question who is on duty: one statement, because an import asks it thousands of times."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select

from storage.areas import covers, inside
from storage.person_rows import with_posts
from storage.rows.cases import IS_OPEN, cases
from storage.rows.people import contacts, people, posts, roster_shifts
from workflows.people import AgencyCode, AreaCode, PersonId, Role

# Built once: putting these parts together takes longer than the database needs to answer.
HELD: Final = posts.alias("held")
LOAD: Final = (
    select(func.count())
    .where(cases.c.assignee == people.c.id, IS_OPEN)
    .correlate(people)
    .scalar_subquery()
)
HAS_LEFT: Final = (
    select(contacts.c.person_id)
    .where(contacts.c.person_id == people.c.id, contacts.c.reachable.is_(False))
    .exists()
)
"""Whoever has blocked us cannot be given anything, whatever the roster says."""

ROSTERED: Final = (
    select(roster_shifts.c.id).where(roster_shifts.c.person_id == people.c.id).exists()
)


def on_duty(
    role: Role,
    area: AreaCode | None,
    agency: AgencyCode | None,
    at: datetime,
    *,
    anywhere: bool = False,
) -> Select[Any]:
    """People with all their posts, those with the fewest open cases first, then by number.

    `anywhere` asks for everybody, wherever their post is.
    """
    held = HELD.c
    fitting = and_(
        held.person_id == people.c.id,
        held.role == role.value,
        *([] if anywhere else [covers(held.area, area)]),
        *([] if agency is None else [held.agency == agency]),
    )
    return (
        with_posts()
        .where(
            people.c.active,
            select(held.id).where(fitting).exists(),
            _has_shift(at),
            not_(HAS_LEFT),
        )
        .order_by(None)
        .order_by(LOAD, people.c.id, posts.c.id)
    )


def on_duty_around(roles: Sequence[Role], area: AreaCode, at: datetime) -> Select[Any]:
    """People on duty in one of these roles whose post lies in the area or over it."""
    held = HELD.c
    fitting = and_(
        held.person_id == people.c.id,
        held.role.in_([role.value for role in roles]),
        or_(covers(held.area, area), inside(held.area, area)),
    )
    there = select(held.id).where(fitting).exists()
    return with_posts().where(people.c.active, there, _has_shift(at), not_(HAS_LEFT))


def is_on_shift(person: PersonId, at: datetime) -> Select[Any]:
    """The person's number if they are active and at work at that moment, else nothing."""
    return select(people.c.id).where(people.c.id == person, people.c.active, _has_shift(at))


def _has_shift(at: datetime) -> ColumnElement[bool]:
    """A person without any roster is on duty whenever they are active."""
    shifts = roster_shifts.c
    now = and_(shifts.person_id == people.c.id, shifts.starts_at <= at, shifts.ends_at > at)
    return or_(not_(ROSTERED), select(shifts.id).where(now).exists())
