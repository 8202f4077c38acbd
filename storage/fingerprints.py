"""Near search among fingerprints: an index of bands finds candidates, their bits are counted here.

Two numbers of 64 bits that differ in at most 7 have a band of 16 in which they differ in at most
one. So each band is looked up under its own value and under the 16 values one bit away: 68 looks
into an index, which bring about a thousand of a million photos, whatever the database.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Select, bindparam, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import Instant
from storage.rows.cases import photos
from storage.rows.prints import BANDS, alike, prints
from storage.upsert import inserting
from workflows.cases.case import CaseId, PhotoId, PhotoState, Stage
from workflows.evidence.kept import FARTHEST, Likeness, Near
from workflows.people import PersonId

WIDTH: Final = 64 // BANDS
MASK: Final = (1 << WIDTH) - 1
SIGN: Final = 1 << 63
MOST_OF_A_BAND: Final = 2_000
"""Candidates that one band may bring: many times what chance brings, little where masses agree."""
MOST_NEAR: Final = 50


def _candidates(number: int) -> Select[Any]:
    """The photos of one band, read from its index alone."""
    values: BindParameter[Any] = bindparam(f"band{number}", expanding=True)
    found = select(prints.c.photo_id, prints.c.fingerprint)
    found = found.where(prints.c[f"band{number}"].in_(values)).limit(MOST_OF_A_BAND)
    return select(found.subquery())


SAME: Final = select(
    select(prints.c.photo_id, prints.c.fingerprint)
    .where(prints.c.fingerprint == bindparam("same"))
    .order_by(prints.c.photo_id.desc())
    .limit(MOST_NEAR)
    .subquery()
)
"""The newest with this very number, however many there are."""
CANDIDATES: Final = union_all(SAME, *(_candidates(number) for number in range(BANDS)))

COUNTS: Final = (photos.c.taken_back.is_(False), photos.c.state == PhotoState.KEPT.value)
SHOWN: Final = (
    photos.c.id,
    photos.c.case_id,
    photos.c.stage,
    photos.c.sent_by,
    photos.c.said_at,
    photos.c.sha256,
)
NAMED: Final = select(*SHOWN).where(
    photos.c.id.in_(bindparam("named", expanding=True)),
    photos.c.said_at >= bindparam("since", type_=Instant),
    *COUNTS,
)
OF_PHOTOS: Final = (
    select(alike.c.photo_id.label("like"), alike.c.bits, *SHOWN)
    .join(photos, photos.c.id == alike.c.earlier_id)
    .where(alike.c.photo_id.in_(bindparam("these", expanding=True)))
    .order_by(alike.c.photo_id, alike.c.bits, alike.c.earlier_id)
)


@dataclass(frozen=True, slots=True)
class StoredPrints:
    """Implements `workflows.evidence.kept.Prints`."""

    connection: AsyncConnection

    async def near(self, fingerprint: int, bits: int, since: datetime) -> tuple[Near, ...]:
        """Raises ValueError for more bits than the index can promise."""
        if not 0 <= bits <= FARTHEST:
            raise ValueError(f"near is at most {FARTHEST} bits away, not {bits}")
        wanted = {"same": _signed(fingerprint)}
        bands = {f"band{n}": [*_around(value)] for n, value in enumerate(_bands(fingerprint))}
        rows = await self.connection.execute(CANDIDATES, {**wanted, **bands})
        apart: dict[int, int] = {}
        for photo_id, stored in rows:
            distance = (_unsigned(stored) ^ fingerprint).bit_count()
            if distance <= bits:
                apart[photo_id] = distance
        nearest = sorted(apart, key=lambda photo_id: (apart[photo_id], -photo_id))[:MOST_NEAR]
        named = await self.connection.execute(NAMED, {"named": nearest, "since": since})
        found = (_near(row, apart[row.id]) for row in named)
        return tuple(sorted(found, key=lambda near: (near.bits, near.photo)))

    async def keep(self, photo: PhotoId, fingerprint: int, alike_to: Sequence[Near]) -> None:
        bands = {f"band{number}": value for number, value in enumerate(_bands(fingerprint))}
        row = {"photo_id": photo, "fingerprint": _signed(fingerprint), **bands}
        once = inserting(self.connection, prints).on_conflict_do_nothing()
        await self.connection.execute(once, [row])
        if alike_to:
            noted = [{"photo_id": photo, "earlier_id": n.photo, "bits": n.bits} for n in alike_to]
            once = inserting(self.connection, alike).on_conflict_do_nothing()
            await self.connection.execute(once, noted)


async def likenesses_of(
    connection: AsyncConnection, these: Sequence[PhotoId]
) -> tuple[Likeness, ...]:
    """What was noted of these photos, the nearest of each first."""
    if not these:
        return ()
    rows = await connection.execute(OF_PHOTOS, {"these": list(these)})
    return tuple(Likeness(PhotoId(row.like), _near(row, row.bits)) for row in rows)


def _near(row: Any, bits: int) -> Near:
    return Near(
        PhotoId(row.id),
        CaseId(row.case_id),
        Stage(row.stage),
        PersonId(row.sent_by),
        row.said_at,
        bits,
        row.sha256,
    )


def _bands(fingerprint: int) -> Iterator[int]:
    return (fingerprint >> (WIDTH * number) & MASK for number in range(BANDS))


def _around(value: int) -> Iterator[int]:
    """The value itself, and each that differs from it in one bit."""
    yield value
    yield from (value ^ 1 << bit for bit in range(WIDTH))


def _signed(fingerprint: int) -> int:
    """As both databases hold 64 bits."""
    return fingerprint - (1 << 64) if fingerprint & SIGN else fingerprint


def _unsigned(stored: int) -> int:
    return stored % (1 << 64)
