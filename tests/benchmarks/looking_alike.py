"""A year of a district's photos, a million of them, and how long it takes to find a copy."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.fingerprints import StoredPrints
from storage.rows.cases import photos
from storage.rows.prints import BANDS, prints
from workflows.people import SYSTEM

PHOTOS = 1_000_000
OF_ONE_LOOK = 20_000
"""Grey walls: so many share one and the same fingerprint."""
AT_ONCE = 20_000
BITS = 6
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
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    first = int(connection.execute(select(func.coalesce(func.max(photos.c.id), 0))).scalar_one())
    plain = {
        "case_id": case,
        "stage": "after",
        "sent_by": SYSTEM.id,
        "said_at": NOW - timedelta(days=30),
        "unique_id": "",
        "size": 0,
        "mime": "image/jpeg",
        "forwarded": False,
        "state": "kept",
        "sha256": "",
        "stored": "",
        "problem": "",
        "taken_back": False,
    }
    for at in range(0, len(known), AT_ONCE):
        batch = [(first + 1 + at + n, one) for n, one in enumerate(known[at : at + AT_ONCE])]
        connection.execute(insert(photos), [{"id": number, **plain} for number, _ in batch])
        connection.execute(insert(prints), [_print(number, one) for number, one in batch])
    return first + 1


def _print(number: int, fingerprint: int) -> dict[str, int]:
    bands = {f"band{n}": fingerprint >> (16 * n) & 0xFFFF for n in range(BANDS)}
    signed = fingerprint - (1 << 64) if fingerprint >> 63 else fingerprint
    return {"photo_id": number, "fingerprint": signed, **bands}


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
