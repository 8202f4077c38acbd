"""The journal's chain, followed line by line as it grows, and read again from the beginning.

New lines are checked in the minute in which they are written, up to `NEW_LINES` of them; of the
old ones `OLD_LINES` a minute. The newest line seen is remembered outside the database, so that
a history which was rewritten with all its hashes is found as well as one that was cut off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.journal import HASHED, line_hash
from storage.rows.journal import chain_head, journal
from workflows.auditing.faults import Line

NEW_LINES: Final = 250
OLD_LINES: Final = 250

HEAD: Final = select(chain_head.c.seq, chain_head.c.hash)
HASH_OF: Final = select(journal.c.hash).where(journal.c.seq == bindparam("of"))
FOLLOWING: Final = (
    select(journal).where(journal.c.seq > bindparam("after")).order_by(journal.c.seq)
)


@dataclass(frozen=True, slots=True)
class Followed:
    """How far the chain holds; the line where it does not; which cases the new lines tell of.

    Where it broke it stays: the next look begins at the same line.
    """

    head: Line
    walked: Line
    broken: int | None
    changed: frozenset[int]
    behind: bool


async def follow(connection: AsyncConnection, head: Line | None, walked: Line) -> Followed:
    row = (await connection.execute(HEAD)).one_or_none()
    end = Line(row.seq, row.hash) if row is not None else Line()
    known = head or end
    if not await _still_there(connection, known, end):
        return Followed(known, walked, min(known.seq, end.seq + 1), frozenset(), behind=False)
    rows = (await connection.execute(FOLLOWING.limit(NEW_LINES), {"after": known.seq})).all()
    reached, broken = _read(known, rows)
    is_last = len(rows) < NEW_LINES
    if broken is None and is_last and reached != end:
        broken = reached.seq + 1
    changed = frozenset(row.case_id for row in rows if row.case_id is not None)
    old, broken_before = await _read_old(connection, walked, known)
    found = broken_before if broken_before is not None else broken
    return Followed(reached, old, found, changed, behind=not is_last)


async def _still_there(connection: AsyncConnection, known: Line, end: Line) -> bool:
    """Whether the line that was seen last is there as it was."""
    if known.seq == 0:
        return True
    found = (await connection.execute(HASH_OF, {"of": known.seq})).scalar_one_or_none()
    return found == known.hash and end.seq >= known.seq


async def _read_old(
    connection: AsyncConnection, walked: Line, known: Line
) -> tuple[Line, int | None]:
    """The next old lines; from the beginning again once the known head is reached."""
    old = FOLLOWING.where(journal.c.seq <= known.seq).limit(OLD_LINES)
    rows = (await connection.execute(old, {"after": walked.seq})).all()
    reached, broken = _read(walked, rows)
    if broken is None and reached.seq >= known.seq:
        return Line(), None
    if broken is None and len(rows) < OLD_LINES:
        broken = reached.seq + 1
    return reached, broken


def _read(before: Line, rows: Sequence[Row[Any]]) -> tuple[Line, int | None]:
    """The last line that follows from the one before, and the first that does not."""
    seq, previous = before.seq, before.hash
    for row in rows:
        fields = {name: getattr(row, name) for name in HASHED}
        if row.seq != seq + 1 or row.hash != line_hash(previous, fields):
            return Line(seq, previous), seq + 1
        seq, previous = row.seq, row.hash
    return Line(seq, previous), None
