"""Cards from before an outage: of open cases, open forms and questions, and open call-outs."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    Table,
    bindparam,
    cast,
    literal,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Instant
from storage.rows.cases import IS_OPEN, cases
from storage.rows.joint import IS_OPEN as CALL_IS_OPEN
from storage.rows.joint import call_outs
from storage.rows.outgoing import message_refs
from storage.rows.people import drafts
from storage.rows.schema import fixed
from workflows.cases.case import CaseId
from workflows.hotline.draft import DraftKind
from workflows.notices import NoticeKind
from workflows.outages.kept import OldCard
from workflows.outages.outage import Outage
from workflows.people import PersonId

Phase = Callable[
    [AsyncConnection, Outage, int, int], Awaitable[tuple[tuple[OldCard, ...], int | None]]
]
"""Cards of the next things behind a number, and the last number; None where nothing is left."""

DRAFT_NOTICES: Final = {
    DraftKind.INTAKE: NoticeKind.DRAFT,
    DraftKind.CALL_OUT: NoticeKind.DRAFT,
    DraftKind.ASK: NoticeKind.ASK,
}
"""What waits for the words of a search has no buttons."""


def _next(table: Table, is_open: Any) -> Select[Any]:
    after, most = bindparam("after", type_=Integer), bindparam("most", type_=Integer)
    columns = table.c
    return select(columns.id).where(is_open, columns.id > after).order_by(columns.id).limit(most)


def _shown(table: Table, prefix: str, *more: ColumnElement[Any]) -> Select[Any]:
    """Messages that were there when the outage ended; what came later has buttons that live."""
    refs = message_refs.c
    subject = literal(prefix) + cast(table.c.id, String)
    return (
        select(table.c.id, refs.person_id, refs.subject, *more)
        .select_from(table.join(message_refs, refs.subject == subject))
        .where(
            table.c.id.in_(bindparam("wanted", expanding=True)),
            refs.person_id.is_not(None),
            refs.sent_at <= bindparam("ended", type_=Instant),
        )
        .order_by(table.c.id, refs.person_id)
    )


def _phase(
    following: Select[Any], shown: Select[Any], card: Callable[[Row[Any]], OldCard | None]
) -> Phase:
    async def cards(
        connection: AsyncConnection, outage: Outage, after: int, most: int
    ) -> tuple[tuple[OldCard, ...], int | None]:
        asked = {"after": after, "most": most}
        numbers = list((await connection.execute(following, asked)).scalars())
        if not numbers:
            return (), None
        rows = await connection.execute(shown, {"wanted": numbers, "ended": outage.to_at})
        return tuple(filter(None, map(card, rows))), numbers[-1]

    return cards


def _of_case(row: Row[Any]) -> OldCard:
    person, number = PersonId(row.person_id), CaseId(row.id)
    return OldCard(person, row.subject, NoticeKind.CASE, {}, number)


def _of_draft(row: Row[Any]) -> OldCard | None:
    kind = DRAFT_NOTICES.get(DraftKind(row.kind))
    if kind is None:
        return None
    return OldCard(PersonId(row.person_id), row.subject, kind, {"draft": row.id})


def _of_call(row: Row[Any]) -> OldCard:
    person = PersonId(row.person_id)
    return OldCard(person, row.subject, NoticeKind.CALL_OUT, {"call": row.id})


PHASES: Final[tuple[Phase, ...]] = (
    _phase(_next(cases, IS_OPEN), _shown(cases, "case:"), _of_case),
    _phase(
        _next(drafts, drafts.c.state == fixed("open")),
        _shown(drafts, "draft:", drafts.c.kind),
        _of_draft,
    ),
    _phase(_next(call_outs, CALL_IS_OPEN), _shown(call_outs, "call:"), _of_call),
)
