"""Cases by an exact number: their own, their source's, or their caller's."""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, or_, select, text, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.reach import visible
from storage.rows.cases import HAS_LOOK, IS_PLAIN, callers, cases
from workflows.cases.case import CaseId
from workflows.lists import MOST_FOUND
from workflows.people import Person
from workflows.privacy.scopes import Thing

LARGEST_KEY: Final = 2**63 - 1


def by_number(reader: Person, words: str) -> Select[Any]:
    """Two questions in one, each with an index of its own."""
    # The condition is spelt as in the index, or SQLite does not see that the index answers it.
    at_source = select(cases.c.id).where(
        cases.c.source_number == words, text("source_number <> ''")
    )
    meant: list[ColumnElement[bool]] = [cases.c.id.in_(at_source)]
    digits = words.lstrip("#")
    if digits.isascii() and digits.isdecimal() and int(digits) <= LARGEST_KEY:
        meant.append(cases.c.id == int(digits))
    return _newest().where(or_(*meant), visible(reader))


def by_caller(reader: Person, looks: Collection[str], phones: Collection[str]) -> Select[Any]:
    """By the keyed hashes of a number; by itself only where an older version has stored it."""
    called = of_number(list(looks), list(phones))
    return _newest().where(cases.c.id.in_(called), visible(reader, Thing.BY_NUMBER))


def of_number(looks: Any, phones: Any) -> Any:
    """Numbers of cases; each half has an index, and that of the plain ones is empty one day."""
    sealed = select(callers.c.case_id).where(HAS_LOOK, callers.c.phone_look.in_(looks))
    plain = select(callers.c.case_id).where(IS_PLAIN, callers.c.phone.in_(phones))
    return union_all(sealed, plain)


async def found(connection: AsyncConnection, question: Select[Any]) -> tuple[CaseId, ...]:
    return tuple(CaseId(number) for number in (await connection.execute(question)).scalars())


def _newest() -> Select[Any]:
    return select(cases.c.id).order_by(cases.c.id.desc()).limit(MOST_FOUND)
