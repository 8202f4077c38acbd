"""Every line of the journal against its chain, the published heads and the database's guards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.journal import HASHED, line_hash
from storage.rows.journal import chain_head, journal
from workflows.auditing.chain import Harm, Head, Link, Walk, Wrong

BATCH: Final = 1000
MOST: Final = 100
"""More would say nothing new: whoever did that has rewritten everything."""

GUARDS: Final = {
    "sqlite": frozenset(
        {
            "journal_is_only_added_to_update",
            "journal_is_only_added_to_delete",
            "journal_goes_on_at_its_end",
            "chain_head_only_moves_on",
            "chain_head_is_not_taken_away",
            "chain_head_is_one",
        }
    ),
    "postgresql": frozenset(
        {
            "journal_is_only_added_to",
            "journal_is_not_emptied",
            "journal_goes_on_at_its_end",
            "chain_head_only_moves_on",
            "chain_head_is_not_emptied",
        }
    ),
}
"""What the migrations hang up; whoever wants to change the journal must take one down."""

HANGING: Final = {
    "sqlite": text("SELECT lower(name) FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": text("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"),
}
LINES: Final = (
    select(journal).where(journal.c.seq > bindparam("after")).order_by(journal.c.seq).limit(BATCH)
)
END: Final = select(chain_head.c.seq, chain_head.c.hash)


@dataclass(frozen=True, slots=True)
class StoredChain:
    """Implements `workflows.auditing.kept.Chain`; reads only."""

    database: Database

    async def head(self) -> Head:
        async with self.database.reading() as connection:
            return await _end(connection)

    async def verify(self, published: Sequence[Head]) -> tuple[Wrong, ...]:
        """In one consistent read, `MOST` findings at most. Raises StorageDownError."""
        heads = sorted(published, key=lambda head: head.seq)
        async with self.database.reading() as connection:
            found = [*await _unguarded(connection)]
            walk, after = Walk(heads), -1
            while rows := (await connection.execute(LINES, {"after": after})).all():
                for row in rows:
                    found.extend(walk.feed(_link(row)))
                after = rows[-1].seq
                if len(found) >= MOST:
                    return tuple(found[:MOST])
            found.extend(walk.end(await _end(connection)))
        return tuple(found[:MOST])


async def _end(connection: AsyncConnection) -> Head:
    row = (await connection.execute(END)).first()
    return Head(0, "") if row is None else Head(row.seq, row.hash)


async def _unguarded(connection: AsyncConnection) -> Iterator[Wrong]:
    dialect = connection.dialect.name
    hanging = set((await connection.execute(HANGING[dialect])).scalars())
    missing = sorted(GUARDS[dialect] - hanging)
    return (Wrong(Harm.UNGUARDED, 0, 0, name=name) for name in missing)


def _link(row: Row[Any]) -> Link:
    def seal(before: str, seq: int) -> str:
        return line_hash(before, {**fields, "seq": seq})

    fields = {name: getattr(row, name) for name in HASHED}
    return Link(row.seq, row.hash, seal)
