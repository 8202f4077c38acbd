"""The question who is on duty: one statement, because an import asks it thousands of times."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    not_,
    or_,
    select,
)

from storage.areas import containing, inside
from storage.person_rows import with_posts
from storage.rows.cases import IS_OPEN, cases
from storage.rows.people import contacts, people, posts, roster_shifts
from storage.rows.rosters import absences
from workflows.people import DISTRICT_CODE_LENGTH, AgencyCode, AreaCode, PersonId, Role

Asked = tuple[Select[Any], dict[str, Any]]
"""A statement and its values: what is put together once is not put together for each question."""

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

AT: Final[BindParameter[Any]] = bindparam("at")
ROLES: Final[BindParameter[Any]] = bindparam("roles", expanding=True)


def on_duty(
    role: Role,
    area: AreaCode | None,
    agency: AgencyCode | None,
    at: datetime,
    *,
    anywhere: bool = False,
) -> Asked:
    """People with all their posts, those with the fewest open cases first, then by number.

    A shift counts for whoever does it now, whoever is away does not, and the named replacement
    stands in wherever the one who is away would be. `anywhere` asks for everybody, wherever
    their post is.
    """
    where = "anywhere" if anywhere else "outside" if area is None else "inside"
    values: dict[str, Any] = {"at": at, "roles": [role.value]}
    if where == "inside" and area is not None:
        values["areas"] = containing(area)
    if agency is not None:
        values["agency"] = agency
    return _on_duty(where, agency is not None), values


@cache
def _on_duty(where: str, inside_agency: bool) -> Select[Any]:
    held = HELD.c
    conditions: list[ColumnElement[bool]] = [held.role.in_(ROLES)]
    if where == "inside":
        conditions.append(held.area.in_(bindparam("areas", expanding=True)))
    elif where == "outside":
        conditions.append(func.length(held.area) <= DISTRICT_CODE_LENGTH)
    if inside_agency:
        conditions.append(held.agency == bindparam("agency"))
    there = _present(and_(*conditions))
    return there.order_by(None).order_by(LOAD, people.c.id, posts.c.id)


def on_duty_around(roles: Sequence[Role], area: AreaCode, at: datetime) -> Asked:
    """People on duty in one of these roles whose post lies in the area or over it."""
    over = HELD.c.area.in_(containing(area))
    fitting = and_(HELD.c.role.in_(ROLES), or_(over, inside(HELD.c.area, area)))
    return _present(fitting), {"at": at, "roles": [role.value for role in roles]}


def on_shift(person: PersonId, at: datetime) -> Asked:
    """The person, if they are on duty in whatever role; without any shift they always are."""
    return ON_SHIFT, {"person": person, "at": at, "roles": [role.value for role in Role]}


def _present(fitting: ColumnElement[bool]) -> Select[Any]:
    """Everybody with a fitting post who is there, by a shift, without any, or for somebody."""
    holders = select(HELD.c.person_id).where(fitting)
    return with_posts().where(
        people.c.active,
        people.c.id.in_(holders),
        not_(_is_away(people.c.id)),
        or_(_on_roster(people.c.id), people.c.id.in_(_standing_in(holders))),
        not_(HAS_LEFT),
    )


def _on_roster(person: ColumnElement[int]) -> ColumnElement[bool]:
    """A person for whom no roster was ever made is on duty whenever they are active."""
    shift, named = roster_shifts.alias(), roster_shifts.alias()
    now = select(shift.c.id).where(
        shift.c.person_id == person,
        shift.c.ends_at > AT,
        shift.c.starts_at <= AT,
        or_(shift.c.role.is_(None), shift.c.role.in_(ROLES)),
    )
    rostered = select(named.c.id).where(named.c.planned_for == person)
    return or_(
        now.correlate_except(shift).exists(), not_(rostered.correlate_except(named).exists())
    )


def _is_away(person: ColumnElement[int]) -> ColumnElement[bool]:
    away = absences.alias()
    now = select(away.c.id).where(
        away.c.person_id == person, away.c.ends_at > AT, away.c.starts_at <= AT
    )
    return now.correlate_except(away).exists()


def _standing_in(holders: Select[Any]) -> Select[Any]:
    """Replacements of people who would be there, and replacements of those in turn.

    A circle ends by itself: UNION takes nobody twice.
    """
    first, next_one = absences.alias("first_away"), absences.alias("next_away")
    chain = (
        select(first.c.replacement_id.label("person_id"))
        .where(
            first.c.ends_at > AT,
            first.c.starts_at <= AT,
            first.c.replacement_id.is_not(None),
            first.c.person_id.in_(holders),
            _on_roster(first.c.person_id),
        )
        .cte("standing_in", recursive=True)
    )
    chain = chain.union(
        select(next_one.c.replacement_id)
        .join(chain, next_one.c.person_id == chain.c.person_id)
        .where(
            next_one.c.ends_at > AT,
            next_one.c.starts_at <= AT,
            next_one.c.replacement_id.is_not(None),
        )
    )
    return select(chain.c.person_id)


ON_SHIFT: Final = select(people.c.id).where(
    people.c.id == bindparam("person"),
    not_(_is_away(people.c.id)),
    or_(
        _on_roster(people.c.id),
        people.c.id.in_(_standing_in(select(HELD.c.person_id).where(HELD.c.role.in_(ROLES)))),
    ),
)
