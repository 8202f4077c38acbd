"""Reading the journal for auditors: the lines of a case, and looks at callers' numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, exists, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.areas import inside
from storage.database import Database
from storage.journal import lines, written_from
from storage.people import StoredPeople
from storage.reach import visible
from storage.rows.cases import cases
from storage.rows.journal import IS_LOOK, journal
from storage.rows.people import people, posts
from workflows.cases.case import CaseId
from workflows.people import Person, PersonId
from workflows.ports import Written
from workflows.privacy.audits import PAGE, Leaf, Lines, Looker
from workflows.privacy.scopes import Thing, posts_for

NAMED_IN: Final = ("worker", "checker", "person", "of")
"""Facts of a line that are numbers of people."""


@dataclass(frozen=True, slots=True)
class StoredAuditViews:
    """Implements `workflows.privacy.audits.AuditViews`: who may is in the question itself."""

    database: Database

    async def trail(self, reader: Person, case_id: CaseId, leaf: Leaf) -> Lines:
        theirs = select(cases.c.id).where(cases.c.id == case_id, visible(reader, Thing.TRAIL))
        async with self.database.reading() as connection:
            return await _page(connection, journal.c.case_id.in_(theirs), leaf)

    async def lookers(self, reader: Person, since: datetime) -> tuple[Looker, ...]:
        many, last = func.count(), func.max(journal.c.at, type_=journal.c.at.type)
        question = (
            select(
                people.c.id,
                people.c.name,
                many.label("looks"),
                func.count(journal.c.case_id.distinct()).label("cases"),
                last.label("last"),
            )
            .join(journal, journal.c.person_id == people.c.id)
            .where(IS_LOOK, journal.c.at >= since, _in_reach(reader))
            .group_by(people.c.id, people.c.name)
            .order_by(many.desc(), people.c.id)
            .limit(PAGE)
        )
        async with self.database.reading() as connection:
            return tuple(_looker(row) for row in await connection.execute(question))

    async def looks_of(self, reader: Person, person: PersonId, leaf: Leaf) -> Lines:
        theirs = and_(IS_LOOK, journal.c.person_id == person, _in_reach(reader))
        async with self.database.reading() as connection:
            return await _page(connection, theirs, leaf)


def _in_reach(reader: Person) -> ColumnElement[bool]:
    """Looks at cases of the reader's area; one without a case, by somebody who works there."""
    there = select(cases.c.id).where(visible(reader, Thing.LOOKS))
    areas = [inside(posts.c.area, post.area) for post in posts_for(Thing.LOOKS, reader)]
    works = exists().where(posts.c.person_id == journal.c.person_id, or_(false(), *areas))
    return or_(journal.c.case_id.in_(there), and_(journal.c.case_id.is_(None), works))


async def _page(connection: AsyncConnection, theirs: ColumnElement[bool], leaf: Leaf) -> Lines:
    """A page that has run empty is the newest one."""
    wanted = lines().where(theirs).order_by(None).limit(PAGE)
    seq = journal.c.seq
    if leaf.after is not None:
        newer = wanted.where(seq > leaf.after).order_by(seq)
        found = (await _written(connection, newer))[::-1]
    elif leaf.before is not None:
        found = await _written(connection, wanted.where(seq < leaf.before).order_by(seq.desc()))
    else:
        found = await _written(connection, wanted.order_by(seq.desc()))
    if not found:
        return Lines((), {})
    beyond = {
        "newer": select(func.count()).where(theirs, seq > found[0].seq),
        "older": select(func.count()).where(theirs, seq < found[-1].seq),
    }
    counted = {name: (await connection.execute(q)).scalar_one() for name, q in beyond.items()}
    names = await StoredPeople(connection).names(_people_in(found))
    return Lines(tuple(found), names, **counted)


async def _written(connection: AsyncConnection, question: Select[Any]) -> list[Written]:
    return [written_from(row) for row in await connection.execute(question)]


def _people_in(found: Sequence[Written]) -> list[PersonId]:
    named = {entry.details.get(fact) for entry in found for fact in NAMED_IN}
    return sorted(PersonId(number) for number in named if isinstance(number, int))


def _looker(row: Row[Any]) -> Looker:
    return Looker(PersonId(row.id), row.name, row.looks, row.cases, row.last)
