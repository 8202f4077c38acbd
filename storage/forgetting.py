"""What has been kept long enough goes, a few rows at a time, and the ledger says how many went.

Each batch is one transaction: the rows, a line of the ledger and a line of the journal, which
nobody can edit. What a legal hold names is passed over. Candidates are looked for without
holding the writers up, and looked at again under the lock before they go.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy import true as always
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import journal
from storage.database import Database
from storage.rows.approving import proposals
from storage.rows.cases import callers, cases, photos
from storage.rows.outgoing import outbox
from storage.rows.pages import page_links
from storage.rows.people import drafts
from storage.rows.prints import alike, prints
from storage.rows.rails import inbox, tokens
from storage.rows.retention import deletions, legal_holds
from workflows.approving.proposal import ProposalKind
from workflows.cases.case import ENDED, PhotoState
from workflows.people import SYSTEM, Role
from workflows.ports import Entry
from workflows.privacy.kept import Kept
from workflows.privacy.retention import Kind, Period

BATCH: Final = 200
FORGOTTEN: Final = "retention.forgotten"
WORDS: Final = ("caller", "phone_hint", "contact_note", "reply", "citizens_words")
NAMES: Final = ("caller", "phone_hint")
COUNTED: Final = ("list", "file", "added", "changed", "removed")

HELD: Final = select(legal_holds.c.case_id).where(legal_holds.c.lifted_at.is_(None))
ENDED_AT: Final = func.coalesce(cases.c.closed_at, cases.c.changed_at)
HAS_ENDED: Final = cases.c.state.in_(sorted(ENDED))


@dataclass(frozen=True, slots=True)
class Target:
    """Rows of one kind: their key, when they were last of use, whose case, and how they go."""

    key: Any
    last_use: Any
    there: ColumnElement[bool]
    case_id: Any
    go: Callable[[AsyncConnection, Sequence[Any]], Awaitable[None]]
    joined: Any = None

    def before(self, cutoff: datetime, *columns: Any) -> Select[Any]:
        asked = select(*columns).where(self.there, self.last_use < cutoff)
        return asked if self.joined is None else asked.select_from(self.joined)

    def is_held(self) -> ColumnElement[bool]:
        if self.case_id is None:
            return ~always()
        return and_(self.case_id.is_not(None), self.case_id.in_(HELD))


async def _callers(connection: AsyncConnection, ids: Sequence[Any]) -> None:
    await connection.execute(delete(callers).where(callers.c.case_id.in_(ids)))
    await _blank_orders(connection, ids, NAMES)


async def _photos(connection: AsyncConnection, ids: Sequence[Any]) -> None:
    """The files follow when this is committed: a row without its file is a fault, not this."""
    for likeness in (alike.c.photo_id, alike.c.earlier_id):
        await connection.execute(delete(alike).where(likeness.in_(ids)))
    await connection.execute(delete(prints).where(prints.c.photo_id.in_(ids)))
    gone = {"state": PhotoState.EXPIRED.value, "ref": None, "unique_id": "", "facts": None}
    await connection.execute(update(photos).where(photos.c.id.in_(ids)).values(gone))


async def _case_words(connection: AsyncConnection, ids: Sequence[Any]) -> None:
    blank = update(cases).where(cases.c.id.in_(ids)).values(words="", note="")
    await connection.execute(blank)
    await _blank_orders(connection, ids, WORDS)


async def _blank_orders(
    connection: AsyncConnection, ids: Sequence[Any], names: Sequence[str]
) -> None:
    asked = select(cases.c.id, cases.c.hotline_order).where(
        cases.c.id.in_(ids), cases.c.hotline_order.is_not(None)
    )
    for row in (await connection.execute(asked)).all():
        order = {**row.hotline_order, **dict.fromkeys(names, "")}
        written = update(cases).where(cases.c.id == row.id).values(hotline_order=order)
        await connection.execute(written)


async def _messages(connection: AsyncConnection, ids: Sequence[Any]) -> None:
    await connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(data={}))


async def _imports(connection: AsyncConnection, ids: Sequence[Any]) -> None:
    """Which list it was and how many rows stay; the digest still says what was approved."""
    asked = select(proposals.c.id, proposals.c.what).where(proposals.c.id.in_(ids))
    for row in (await connection.execute(asked)).all():
        what = {name: row.what[name] for name in COUNTED if name in row.what}
        blank = update(proposals).where(proposals.c.id == row.id)
        await connection.execute(blank.values(what={**what, "examples": []}))


def _deleting(column: Any) -> Callable[[AsyncConnection, Sequence[Any]], Awaitable[None]]:
    async def go(connection: AsyncConnection, ids: Sequence[Any]) -> None:
        await connection.execute(delete(column.table).where(column.in_(ids)))

    return go


TARGETS: Final[Mapping[Kind, Target]] = {
    Kind.CALLERS: Target(
        callers.c.case_id,
        ENDED_AT,
        HAS_ENDED,
        callers.c.case_id,
        _callers,
        callers.join(cases, cases.c.id == callers.c.case_id),
    ),
    Kind.PHOTOS: Target(
        photos.c.id,
        ENDED_AT,
        and_(HAS_ENDED, photos.c.state != PhotoState.EXPIRED.value),
        photos.c.case_id,
        _photos,
        photos.join(cases, cases.c.id == photos.c.case_id),
    ),
    Kind.CASE_WORDS: Target(
        cases.c.id,
        ENDED_AT,
        and_(HAS_ENDED, or_(cases.c.words != "", cases.c.note != "")),
        cases.c.id,
        _case_words,
    ),
    Kind.MESSAGES: Target(
        outbox.c.id,
        func.coalesce(outbox.c.ended_at, outbox.c.owed_at),
        and_(outbox.c.state.in_(["sent", "superseded"]), cast(outbox.c.data, Text) != "{}"),
        outbox.c.case_id,
        _messages,
    ),
    Kind.DRAFTS: Target(drafts.c.id, drafts.c.changed_at, always(), None, _deleting(drafts.c.id)),
    Kind.UPDATES: Target(
        inbox.c.id, inbox.c.received_at, inbox.c.state == "done", None, _deleting(inbox.c.id)
    ),
    Kind.BUTTONS: Target(
        tokens.c.token, tokens.c.expires_at, always(), None, _deleting(tokens.c.token)
    ),
    Kind.LINKS: Target(
        page_links.c.token_hash,
        page_links.c.expires_at,
        always(),
        None,
        _deleting(page_links.c.token_hash),
    ),
    Kind.IMPORTS: Target(
        proposals.c.id,
        func.coalesce(proposals.c.done_at, proposals.c.answered_at, proposals.c.lapses_at),
        and_(
            proposals.c.kind == ProposalKind.CHANGE.value,
            proposals.c.next_at.is_(None),
            cast(proposals.c.what, Text).contains('"rows":'),
        ),
        None,
        _imports,
    ),
}


@dataclass(frozen=True, slots=True)
class StoredForgetting:
    """Implements `workflows.privacy.kept.Forgetting`."""

    database: Database

    async def forget(self, period: Period, at: datetime) -> int:
        target, cutoff = TARGETS[period.kind], period.cutoff(at)
        due = target.before(cutoff, target.key).where(~target.is_held()).limit(BATCH)
        async with self.database.reading() as connection:
            ids = list((await connection.execute(due)).scalars())
        if not ids:
            return 0
        again = due.where(target.key.in_(ids)).with_for_update(skip_locked=True)
        async with self.database.begin() as connection:
            ids = list((await connection.execute(again)).scalars())
            if ids:
                await target.go(connection, ids)
                await self._enter(connection, period, len(ids), at)
        return len(ids)

    async def _enter(
        self, connection: AsyncConnection, period: Period, rows: int, at: datetime
    ) -> None:
        cutoff = period.cutoff(at)
        told = {"kind": period.kind.value, "does": period.does.value, "rows": rows}
        entered = {**told, "at": at, "cutoff": cutoff}
        await connection.execute(insert(deletions), [entered])
        details = {**told, "cutoff": cutoff.isoformat(), "days": period.keep.days}
        line = Entry(FORGOTTEN, SYSTEM.id, Role.SYSTEM, at, details=details)
        await journal.append(connection, [line], at)

    async def files(self) -> tuple[str, ...]:
        other = photos.alias()
        kept = select(other.c.id).where(
            other.c.sha256 == photos.c.sha256, other.c.state == PhotoState.KEPT.value
        )
        gone = (photos.c.state == PhotoState.EXPIRED.value, photos.c.stored != "")
        async with self.database.begin() as connection:
            shared = update(photos).where(*gone, kept.exists()).values(stored="")
            await connection.execute(shared)
            asked = select(photos.c.sha256).where(*gone).distinct().limit(BATCH)
            return tuple((await connection.execute(asked)).scalars())

    async def file_gone(self, sha256: str) -> None:
        expired = (photos.c.state == PhotoState.EXPIRED.value, photos.c.sha256 == sha256)
        async with self.database.begin() as connection:
            await connection.execute(update(photos).where(*expired).values(stored=""))

    async def kept(self, period: Period, at: datetime) -> Kept:
        target, cutoff = TARGETS[period.kind], period.cutoff(at)
        held = target.is_held()
        counts = (func.count(), func.min(target.last_use))
        ledger = select(func.sum(deletions.c.rows), func.max(deletions.c.at)).where(
            deletions.c.kind == period.kind.value
        )
        async with self.database.reading() as connection:
            overdue, oldest = (
                await connection.execute(target.before(cutoff, *counts).where(~held))
            ).one()
            on_hold = await connection.execute(target.before(cutoff, func.count()).where(held))
            young = await connection.execute(target.before(at, func.count()))
            gone, last = (await connection.execute(ledger)).one()
            files = await self._files_left(connection, period.kind)
            return Kept(
                period=period,
                kept=young.scalar_one(),
                overdue=overdue + files,
                on_hold=on_hold.scalar_one(),
                oldest=oldest,
                gone=int(gone or 0),
                last=last,
            )

    async def _files_left(self, connection: AsyncConnection, kind: Kind) -> int:
        """Pictures whose row has gone and whose file has not."""
        if kind is not Kind.PHOTOS:
            return 0
        gone = (photos.c.state == PhotoState.EXPIRED.value, photos.c.stored != "")
        asked = select(func.count()).select_from(photos).where(*gone)
        return int((await connection.execute(asked)).scalar_one())
