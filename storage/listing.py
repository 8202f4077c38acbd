"""One page of a list of cases, anchored at a case that was shown, and the piles of a board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_rows import case_from
from storage.people import StoredPeople
from storage.reach import visible
from storage.rows.cases import IS_OPEN, IS_SUPERVISED, cases
from storage.seen import judged_by
from storage.tasks import to_do
from workflows.cases.case import OPEN, CaseId
from workflows.lists import PAGE, RECENT, SEARCHED, Listed, ListKind, Mark, Pile, Wanted
from workflows.people import Person
from workflows.privacy.scopes import Thing

_due = cases.c.due_next
_number = cases.c.id
_looked_up = cases.c.id + 0


@dataclass(frozen=True, slots=True)
class Order:
    """How a list runs: by what is due first, or by number from the newest on.

    The newest are sorted when they have been found: in the order of its key SQLite would walk
    through the table instead of looking up what is the reader's.
    """

    by_due: bool

    @classmethod
    def of(cls, kind: ListKind) -> "Order":
        return cls(kind in {ListKind.TASKS, ListKind.BOARD})

    def forwards(self) -> tuple[Any, ...]:
        return (_due.is_(None), _due, _number) if self.by_due else (_looked_up.desc(),)

    def backwards(self) -> tuple[Any, ...]:
        by_due = (_due.is_(None).desc(), _due.desc(), _number.desc())
        return by_due if self.by_due else (_looked_up.asc(),)

    def after(self, mark: Mark) -> ColumnElement[bool]:
        """Cases without a due time come last."""
        if not self.by_due:
            return _looked_up < mark.case
        if mark.due is None:
            return and_(_due.is_(None), _number > mark.case)
        return or_(_due > mark.due, _due.is_(None), and_(_due == mark.due, _number > mark.case))

    def before(self, mark: Mark) -> ColumnElement[bool]:
        if not self.by_due:
            return _looked_up > mark.case
        if mark.due is None:
            return or_(_due.is_not(None), _number < mark.case)
        return or_(_due < mark.due, and_(_due == mark.due, _number < mark.case))


async def page_of(connection: AsyncConnection, reader: Person, wanted: Wanted) -> Listed:
    """The page, where it lies in its list, and the names of those who have its cases."""
    condition = _condition(reader, wanted)
    order = Order.of(wanted.kind)
    rows = await _rows(connection, condition, order, wanted)
    marks = tuple(Mark(CaseId(row.id), row.due_next) for row in rows)
    earlier = func.sum(case((order.before(marks[0]), 1), else_=0)) if marks else func.sum(0)
    counting = select(func.count(), func.coalesce(earlier, 0)).select_from(cases)
    total, before = (await connection.execute(counting.where(condition))).one()
    shown = tuple(case_from(row) for row in rows)
    holders = sorted({each.assignee for each in shown if each.assignee is not None})
    names = await StoredPeople(connection).names(holders) if holders else {}
    return Listed(shown, total, int(before), names, marks)


async def piles_of(connection: AsyncConnection, reader: Person, at: datetime) -> tuple[Pile, ...]:
    late = func.sum(case((cases.c.due_at < at, 1), else_=0))
    counting = select(cases.c.state, func.count().label("number"), late.label("late"))
    question = counting.where(IS_OPEN, visible(reader, Thing.BOARD)).group_by(cases.c.state)
    found = {row.state: row for row in await connection.execute(question)}
    return tuple(
        Pile(state, found[state].number, int(found[state].late))
        for state in OPEN
        if state in found
    )


async def _rows(
    connection: AsyncConnection, condition: ColumnElement[bool], order: Order, wanted: Wanted
) -> Sequence[Row[Any]]:
    """A page that has run empty since it was offered is the last one, a short one the first."""
    question, turn = select(cases).where(condition).limit(PAGE), wanted.turn
    onwards, back = question.order_by(*order.forwards()), question.order_by(*order.backwards())
    if turn.after is not None:
        rows = await _all(connection, onwards.where(order.after(turn.after)))
        return rows or (await _all(connection, back))[::-1]
    if turn.before is not None:
        rows = await _all(connection, back.where(order.before(turn.before)))
        if len(rows) == PAGE:
            return rows[::-1]
    return await _all(connection, onwards)


async def _all(connection: AsyncConnection, question: Select[Any]) -> Sequence[Row[Any]]:
    rows: Sequence[Row[Any]] = (await connection.execute(question)).all()
    return rows


def _condition(reader: Person, wanted: Wanted) -> ColumnElement[bool]:
    match wanted.kind:
        case ListKind.TASKS:
            return to_do(reader, wanted.at)
        case ListKind.BOARD:
            state = wanted.state.value if wanted.state else ""
            return and_(IS_OPEN, cases.c.state == state, visible(reader, Thing.BOARD))
        case ListKind.ORDERS:
            recently = cases.c.closed_at >= wanted.at - RECENT
            # Named once more, so that an index answers also for whoever has no such list.
            own = and_(cases.c.reported_by == reader.id, visible(reader, Thing.ORDERS))
            return and_(own, or_(IS_OPEN, recently))
        case ListKind.SUPERVISED:
            return and_(IS_SUPERVISED, visible(reader, Thing.BOARD))
        case ListKind.REVIEWS:
            return judged_by(reader)
        case ListKind.FOUND:
            return and_(visible(reader), _searched(wanted))


def _searched(wanted: Wanted) -> ColumnElement[bool]:
    if wanted.cases is not None:
        return cases.c.id.in_(wanted.cases)
    each = [
        or_(
            cases.c.where_words.contains(words.lower(), autoescape=True),
            cases.c.class_code.in_(classes),
        )
        for words, classes in wanted.terms
    ]
    return and_(cases.c.reported_at >= wanted.at - SEARCHED, *each) if each else false()
