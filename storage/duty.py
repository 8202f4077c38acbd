"""The question who is on duty: one statement, because an import asks it thousands of times."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, or_, select

from storage.areas import covers
from storage.person_rows import with_posts
from storage.rows.cases import IS_OPEN, cases
from storage.rows.people import contacts, people, posts, roster_shifts
from workflows.people import AgencyCode, AreaCode, Role


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
    held = posts.alias("held")
    fitting = and_(
        held.c.person_id == people.c.id,
        held.c.role == role.value,
        *([] if anywhere else [covers(held.c.area, area)]),
        *([] if agency is None else [held.c.agency == agency]),
    )
    load = (
        select(func.count())
        .where(cases.c.assignee == people.c.id, IS_OPEN)
        .correlate(people)
        .scalar_subquery()
    )
    return (
        with_posts()
        .where(
            people.c.active,
            select(held.c.id).where(fitting).exists(),
            _has_shift(at),
            not_(_has_left()),
        )
        .order_by(None)
        .order_by(load, people.c.id, posts.c.id)
    )


def _has_left() -> ColumnElement[bool]:
    """Whoever has blocked us cannot be given anything, whatever the roster says."""
    gone = and_(contacts.c.person_id == people.c.id, contacts.c.reachable.is_(False))
    return select(contacts.c.person_id).where(gone).exists()


def _has_shift(at: datetime) -> ColumnElement[bool]:
    """A person without any roster is on duty whenever they are active."""
    shifts = roster_shifts.c
    rostered = select(shifts.id).where(shifts.person_id == people.c.id).exists()
    now = and_(shifts.person_id == people.c.id, shifts.starts_at <= at, shifts.ends_at > at)
    return or_(not_(rostered), select(shifts.id).where(now).exists())
