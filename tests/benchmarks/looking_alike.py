"""A year of a district's photos, a million of them, and how long it takes to find a copy."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy import Connection, bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Instant
from storage.database import Database
from storage.fingerprints import StoredPrints
from storage.rows.cases import photos
from storage.rows.prints import BANDS, prints

PHOTOS = 1_000_000
OF_ONE_LOOK = 20_000
"""Grey walls: so many share one and the same fingerprint."""
AT_ONCE = 20_000
BITS = 6
FIELDS = """
    INSERT INTO photo (id, case_id, stage, sent_by, said_at, unique_id, size, mime, forwarded,
                       state, sha256, stored, problem, taken_back)
    {series} SELECT n, :case, 'after', 0, :said_at, '', 0, 'image/jpeg', false,
                    'kept', '', '', '', false FROM up
"""
PHOTOS_OF = {
    "sqlite": FIELDS.format(
        series="WITH RECURSIVE up(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM up"
        " WHERE n < :last)"
    ),
    "postgresql": FIELDS.format(
        series="WITH up(n) AS (SELECT generate_series(CAST(:first AS BIGINT),"
        " CAST(:last AS BIGINT)))"
    ),
}
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WALL = 0x8000_0000_0000_0001


async def a_year_of_photos(database: Database, case: int) -> Sequence[int]:
    """Their fingerprints, by chance but for the walls; photo n is the n-th of them."""
    dice = Random(1)
    known = [WALL if n < OF_ONE_LOOK else dice.getrandbits(64) for n in range(PHOTOS)]
    async with database.begin() as connection:
        first = await connection.run_sync(_grow, case, known)
    tidy = "ANALYZE" if database.is_sqlite else "VACUUM ANALYZE"
    async with database.writer.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text(tidy))
    assert first > 0
    return known


def _grow(connection: Connection, case: int, known: Sequence[int]) -> int:
    """Past the toolkit, which takes as long for a row as a database for twenty."""
    postgresql = connection.dialect.name == "postgresql"
    if postgresql:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    last = int(connection.execute(select(func.coalesce(func.max(photos.c.id), 0))).scalar_one())
    among = {"first": last + 1, "last": last + len(known), "case": case}
    said_at = {"said_at": NOW - timedelta(days=30)}
    adding = text(PHOTOS_OF[connection.dialect.name]).bindparams(
        bindparam("said_at", type_=Instant)
    )
    connection.execute(adding, among | said_at)
    columns = ("photo_id", "fingerprint", *(f"band{n}" for n in range(BANDS)))
    marks = ", ".join(f"${n + 1}" if postgresql else "?" for n in range(len(columns)))
    one = f"INSERT INTO {prints.name} ({', '.join(columns)}) VALUES ({marks})"
    for at in range(0, len(known), AT_ONCE):
        batch = known[at : at + AT_ONCE]
        rows = [_print(last + 1 + at + n, each) for n, each in enumerate(batch)]
        connection.exec_driver_sql(one, rows)
    return last + 1


def _print(number: int, fingerprint: int) -> tuple[int, ...]:
    bands = (fingerprint >> (16 * n) & 0xFFFF for n in range(BANDS))
    signed = fingerprint - (1 << 64) if fingerprint >> 63 else fingerprint
    return (number, signed, *bands)


async def finding_copies(
    database: Database, known: Sequence[int], *, rounds: int, walls: bool = False
) -> Sequence[float]:
    """Seconds of each search, on a copy of a photo that differs in a few bits; all are found."""
    dice, seconds = Random(2), []
    async with database.reading() as connection:
        await _search(connection, known[-1])  # the statement is compiled once in a process
        for _ in range(rounds):
            copy = WALL if walls else dice.choice(known[OF_ONE_LOOK:])
            for bit in dice.sample(range(64), dice.randrange(BITS + 1)):
                copy ^= 1 << bit
            began = time.perf_counter()
            found = await _search(connection, copy)
            seconds.append(time.perf_counter() - began)
            assert found or walls
    return seconds


async def _search(connection: AsyncConnection, fingerprint: int) -> int:
    since = NOW - timedelta(days=366)
    return len(await StoredPrints(connection).near(fingerprint, BITS, since))
