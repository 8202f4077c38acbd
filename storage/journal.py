"""The append-only journal: each line's hash covers the line before, so nothing changes unseen."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import canonical, storable
from storage.rows.journal import chain_head, journal
from storage.rows.people import people
from workflows.cases.case import CaseId
from workflows.people import PersonId, Role
from workflows.ports import Entry, Written

BATCH: Final = 1000

HEAD: Final = select(chain_head.c.seq, chain_head.c.hash).with_for_update()
ADD: Final = insert(journal)
MOVE_HEAD: Final = update(chain_head)
HASHED: Final = tuple(column.name for column in journal.c if column.name != "hash")


async def append(
    connection: AsyncConnection, entries: Sequence[Entry], written_at: datetime
) -> None:
    """Add lines at the end; the head is held until the transaction ends."""
    if not entries:
        return
    last = (await connection.execute(HEAD)).one()
    seq, previous = last.seq, last.hash
    rows = []
    for entry in entries:
        seq += 1
        row = _row(seq, entry, written_at)
        previous = line_hash(previous, row)
        rows.append({**row, "hash": previous})
    await connection.execute(ADD, rows)
    await connection.execute(MOVE_HEAD, {"seq": seq, "hash": previous})


async def first_broken(connection: AsyncConnection) -> int | None:
    """The first line that is not as it was written, or follows a missing one; None if whole.

    The line after the last stands for a tail that was cut off.
    """
    seq, previous = 0, ""
    while True:
        following = select(journal).where(journal.c.seq > seq).order_by(journal.c.seq)
        rows = (await connection.execute(following.limit(BATCH))).all()
        for row in rows:
            fields = {name: getattr(row, name) for name in HASHED}
            if row.seq != seq + 1 or row.hash != line_hash(previous, fields):
                return seq + 1
            seq, previous = row.seq, row.hash
        if not rows:
            break
    head = (await connection.execute(select(chain_head))).one()
    return None if (head.seq, head.hash) == (seq, previous) else seq + 1


def line_hash(previous: str, fields: Mapping[str, Any]) -> str:
    """SHA-256 over the hash before and the canonical JSON of the line."""
    plain = {name: _plain(fields[name]) for name in HASHED}
    return hashlib.sha256((previous + canonical(plain)).encode("utf-8")).hexdigest()


def lines() -> Select[Any]:
    """Lines with the names of those who acted, in order."""
    named = journal.join(people, people.c.id == journal.c.person_id)
    columns = (journal, people.c.name.label("person_name"))
    return select(*columns).select_from(named).order_by(journal.c.seq)


def written_from(row: Row[Any]) -> Written:
    return Written(
        action=row.action,
        person=PersonId(row.person_id),
        role=Role(row.role),
        at=row.at,
        case_id=None if row.case_id is None else CaseId(row.case_id),
        version=row.version,
        from_state=row.from_state,
        to_state=row.to_state,
        cause=row.cause,
        details=json.loads(row.details),
        seq=row.seq,
        written_at=row.written_at,
        person_name=row.person_name,
    )


OF_CASE: Final = lines().where(journal.c.case_id == bindparam("of_case"))


async def of_case(connection: AsyncConnection, case_id: CaseId) -> tuple[Written, ...]:
    """Every line about the case, in order."""
    rows = await connection.execute(OF_CASE, {"of_case": case_id})
    return tuple(written_from(row) for row in rows)


async def who_did(connection: AsyncConnection, case_id: CaseId, action: str) -> Written | None:
    """The latest line of this action on the case, else its latest change of state."""
    columns = journal.c
    latest = OF_CASE.order_by(None).order_by(columns.seq.desc()).limit(1)
    changed = columns.to_state != columns.from_state
    for question in (latest.where(columns.action == action), latest.where(changed)):
        row = (await connection.execute(question, {"of_case": case_id})).one_or_none()
        if row is not None:
            return written_from(row)
    return None


def _row(seq: int, entry: Entry, written_at: datetime) -> dict[str, Any]:
    return {
        "seq": seq,
        "written_at": written_at,
        "at": entry.at,
        "action": str(entry.action),
        "person_id": entry.person,
        "role": entry.role.value,
        "case_id": entry.case_id,
        "version": entry.version,
        "from_state": str(entry.from_state),
        "to_state": str(entry.to_state),
        "cause": None if entry.cause is None else storable(entry.cause),
        "details": storable(canonical(dict(entry.details))),
    }


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
