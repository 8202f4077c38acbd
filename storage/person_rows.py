"""Between people and their rows; a person is never read without their posts."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, select

from storage.rows.people import people, posts
from workflows.people import SYSTEM, AgencyCode, AreaCode, Person, PersonId, Post, Role


def with_posts() -> Select[Any]:
    """People and, beside each, one of their posts a row, in order of people and posts."""
    joined = people.outerjoin(posts, posts.c.person_id == people.c.id)
    return (
        select(
            people.c.id,
            people.c.name,
            people.c.language,
            people.c.active,
            posts.c.role,
            posts.c.area,
            posts.c.agency,
        )
        .select_from(joined)
        .order_by(people.c.id, posts.c.id)
    )


def holding(role: Role) -> Select[Any]:
    """Everybody active who holds the role anywhere, on duty or not, with all their posts."""
    held = posts.alias("held")
    holds = select(held.c.id).where(held.c.person_id == people.c.id, held.c.role == role.value)
    return with_posts().where(people.c.active, holds.exists())


def people_from(rows: Iterable[Row[Any]]) -> tuple[Person, ...]:
    """People in the order in which they first come up, each with all the posts read."""
    found: dict[int, Person] = {}
    for row in rows:
        person = found.get(row.id) or _without_posts(row)
        if row.role is not None:
            person = replace(person, posts=(*person.posts, _post_from(row)))
        found[row.id] = person
    return tuple(found.values())


def _without_posts(row: Row[Any]) -> Person:
    if row.id == SYSTEM.id:
        return SYSTEM.person
    return Person(PersonId(row.id), row.name, row.language, (), active=row.active)


def _post_from(row: Row[Any]) -> Post:
    agency = None if row.agency is None else AgencyCode(row.agency)
    return Post(Role(row.role), AreaCode(row.area), agency)
