"""Tables with something sealed in them, and how a handful of their rows is sealed anew."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Table, Text, and_, cast, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.cases import opened_caller, sealed_caller
from storage.keyring import MARK, Keyring
from storage.owing import data_of
from storage.rows.cases import callers, cases
from storage.rows.outgoing import outbox
from storage.rows.people import drafts
from storage.rows.rails import inbox
from workflows.hotline.scanning import without_numbers

WINDOW: Final = 250
"""Numbers of rows that one step looks at; it holds up whoever writes for so long."""
FIELDS: Final = ("name", "phone", "words", "address")


@dataclass(frozen=True, slots=True)
class Looked:
    """How far a step has come, None at the end of the table; what it changed on the way."""

    last: int | None
    changed: int = 0
    was_plain: bool = False


Family = Callable[[AsyncConnection, Keyring, int], Awaitable[Looked]]


async def _callers(connection: AsyncConnection, keyring: Keyring, upto: int) -> Looked:
    old = or_(
        *(_not_by(callers.c[name], keyring) for name in FIELDS),
        and_(
            callers.c.phone != "",
            callers.c.phone_look.not_like(f"{keyring.keys.current_look}:%"),
        ),
    )
    rows = await _rows(connection, callers, callers.c.case_id, old, upto)
    for row in rows:
        values = sealed_caller(opened_caller(row, keyring), keyring)
        await _write(connection, callers, callers.c.case_id == row.case_id, values)
    plain = any(_is_plain(getattr(row, name)) for row in rows for name in FIELDS)
    return Looked(await _end(connection, callers.c.case_id, upto), len(rows), plain)


async def _drafts(connection: AsyncConnection, keyring: Keyring, upto: int) -> Looked:
    body = cast(drafts.c.body, Text)
    old = and_(body != "{}", body.not_like(_sealed_body(keyring)))
    rows = await _rows(connection, drafts, drafts.c.id, old, upto)
    for row in rows:
        values = {"body": keyring.seal_body(keyring.open_body(row.body))}
        await _write(connection, drafts, drafts.c.id == row.id, values)
    plain = any("sealed" not in row.body for row in rows)
    return Looked(await _end(connection, drafts.c.id, upto), len(rows), plain)


async def _updates(connection: AsyncConnection, keyring: Keyring, upto: int) -> Looked:
    rows = await _rows(connection, inbox, inbox.c.id, _not_by(inbox.c.raw, keyring), upto)
    for row in rows:
        values = {"raw": keyring.seal(keyring.open(row.raw))}
        await _write(connection, inbox, inbox.c.id == row.id, values)
    plain = any(_is_plain(row.raw) for row in rows)
    return Looked(await _end(connection, inbox.c.id, upto), len(rows), plain)


async def _messages(connection: AsyncConnection, keyring: Keyring, upto: int) -> Looked:
    """Most hold numbers of ours only and stay as they are."""
    data = cast(outbox.c.data, Text)
    old = and_(data != "{}", data.not_like(_sealed_body(keyring)))
    rows = await _rows(connection, outbox, outbox.c.id, old, upto)
    changed, plain = 0, False
    for row in rows:
        after = data_of(row.kind, keyring.open_body(row.data), keyring)
        if "sealed" in row.data or after != row.data:
            changed, plain = changed + 1, plain or "sealed" not in row.data
            await _write(connection, outbox, outbox.c.id == row.id, {"data": after})
    return Looked(await _end(connection, outbox.c.id, upto), changed, plain)


async def _cases(connection: AsyncConnection, keyring: Keyring, upto: int) -> Looked:  # noqa: ARG001  of one family
    """Sentences of before are masked as those of today are; they are not sealed."""
    rows = await _rows(connection, cases, cases.c.id, text("1 = 1"), upto)
    changed = 0
    for row in rows:
        had = {name: getattr(row, name) for name in SENTENCES}
        now = {name: masked(value) for name, value in had.items()}
        if now != had:
            changed += 1
            await _write(connection, cases, cases.c.id == row.id, now)
    return Looked(await _end(connection, cases.c.id, upto), changed, changed > 0)


SENTENCES: Final = ("words", "note", "latest_reason", "hotline_order", "requests", "supervisions")
"""Columns of a case with sentences in them, alone or inside JSON."""


def masked(value: Any) -> Any:
    """The same value with no number in any sentence of it."""
    match value:
        case str():
            return without_numbers(value)
        case dict():
            return {key: masked(each) for key, each in value.items()}
        case list():
            return [masked(each) for each in value]
        case _:
            return value


FAMILIES: Final[tuple[Family, ...]] = (_callers, _drafts, _updates, _messages, _cases)
SEALED: Final[tuple[tuple[Table, Any], ...]] = (
    *((callers, callers.c[name]) for name in FIELDS),
    (drafts, drafts.c.body),
    (inbox, inbox.c.raw),
    (outbox, outbox.c.data),
)


def _not_by(column: ColumnElement[str], keyring: Keyring) -> ColumnElement[bool]:
    return and_(column != "", column.not_like(f"{MARK}{keyring.keys.current}:%"))


def _sealed_body(keyring: Keyring) -> str:
    return f'{{"sealed":"{MARK}{keyring.keys.current}:%'


def _is_plain(stored: str) -> bool:
    return bool(stored) and not stored.startswith(MARK)


async def _rows(
    connection: AsyncConnection, table: Table, key: ColumnElement[int], old: Any, upto: int
) -> Sequence[Row[Any]]:
    """Held until the step ends, so that nobody's change in between is written over."""
    here = and_(key > upto, key <= upto + WINDOW)
    question = select(table).where(here, old).order_by(key).with_for_update()
    return (await connection.execute(question)).all()


async def _end(connection: AsyncConnection, key: ColumnElement[int], upto: int) -> int | None:
    """Where the step has come to, None where nothing lies beyond."""
    last: int | None = (await connection.execute(select(func.max(key)))).scalar_one()
    return None if last is None or last <= upto + WINDOW else upto + WINDOW


async def _write(
    connection: AsyncConnection,
    table: Table,
    which: ColumnElement[bool],
    values: Mapping[str, Any],
) -> None:
    await connection.execute(update(table).where(which).values(**values))
