"""Photos inside one transaction, and the claim of those whose bytes are still to be fetched."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_rows import photo_from
from storage.claims import by, claim, giving_up, held, is_free
from storage.database import Database
from storage.encoding import ref_json
from storage.failpoints import Reach
from storage.rows.cases import IN_ALBUM, TO_FETCH, photos
from workflows.cases.case import CaseId, Photo, PhotoId, PhotoState, Picture, Stage
from workflows.people import Actor, PersonId

COUNTS: Final = photos.c.taken_back.is_(False)
OF_CASE: Final = (
    select(photos).where(photos.c.case_id == bindparam("of_case"), COUNTS).order_by(photos.c.id)
)
OF_SET: Final = (
    select(photos)
    .where(photos.c.album == bindparam("album"), IN_ALBUM, photos.c.sent_by == bindparam("person"))
    .order_by(photos.c.id.desc())
    .limit(1)
)
SENT: Final = (
    select(func.count())
    .select_from(photos)
    .where(photos.c.sent_by == bindparam("sent_by"), photos.c.said_at >= bindparam("since"))
)
TAKE: Final = claim(
    photos, and_(TO_FETCH, is_free(photos)), [photos.c.id], attempts=photos.c.attempts + 1
)
END: Final = held(photos)


@dataclass(frozen=True, slots=True)
class StoredPhotos:
    """Implements `workflows.evidence.kept.Photos`."""

    connection: AsyncConnection

    async def add(
        self, case_id: CaseId, stage: Stage, actor: Actor, at: datetime, picture: Picture
    ) -> Photo | None:
        known = await self._cases_with(photos.c.unique_id, picture.unique)
        if case_id in known:
            return None
        adding = insert(photos).values(
            case_id=case_id,
            stage=stage.value,
            sent_by=actor.id,
            said_at=at,
            ref=ref_json(picture.ref),
            unique_id=picture.unique,
            size=picture.size,
            mime=picture.mime,
            forwarded=picture.forwarded,
            as_file=picture.as_file,
            album=picture.album,
            state=PhotoState.PENDING.value,
            sha256="",
            stored="",
            reused_from=min(known, default=None),
            problem="",
            taken_back=False,
        )
        added = await self.connection.execute(adding.returning(photos))
        return photo_from(added.one())

    async def of(self, case_id: CaseId) -> tuple[Photo, ...]:
        rows = await self.connection.execute(OF_CASE, {"of_case": case_id})
        return tuple(photo_from(row) for row in rows)

    async def of_set(self, person: PersonId, album: str) -> Photo | None:
        return await photo_of_set(self.connection, person, album)

    async def sent_since(self, person: PersonId, since: datetime) -> int:
        """Those taken back or refused as well."""
        sent = await self.connection.execute(SENT, {"sent_by": person, "since": since})
        return int(sent.scalar_one())

    async def get(self, photo_id: PhotoId) -> Photo:
        """Raises LookupError: a photo's number comes from us and never from a person."""
        found = select(photos).where(photos.c.id == photo_id)
        row = (await self.connection.execute(found)).one_or_none()
        if row is None:
            raise LookupError(f"there is no photo {photo_id}")
        return photo_from(row)

    async def take_back(self, photo_id: PhotoId) -> None:
        """The photo stays on record but counts no longer, and may be sent again."""
        taking = update(photos).where(photos.c.id == photo_id).values(taken_back=True)
        await self.connection.execute(taking)

    async def seal(self, photo: Photo, fence: int) -> bool:
        """Also notes the other case that already has these very bytes."""
        same = await self._cases_with(photos.c.sha256, photo.sha256)
        elsewhere = min((case_id for case_id in same if case_id != photo.case_id), default=None)
        known = func.coalesce(photos.c.reused_from, photo.reused_from, elsewhere)
        values = giving_up(
            photo.id,
            fence,
            state=photo.state.value,
            sha256=photo.sha256,
            stored=photo.stored,
            problem=photo.problem,
            received_at=photo.received_at,
            facts=photo.facts.as_json() if photo.facts else None,
        )
        sealed = await self.connection.execute(END.values(reused_from=known), values)
        return sealed.rowcount > 0

    async def _cases_with(self, column: Any, value: str) -> set[CaseId]:
        if not value:
            return set()
        known = select(photos.c.case_id).where(column == value, COUNTS).distinct()
        return set((await self.connection.execute(known)).scalars())


async def photo_of_set(connection: AsyncConnection, person: PersonId, album: str) -> Photo | None:
    """The newest one, whether it counts or not: where the others went, this one goes."""
    if not album:
        return None
    row = (await connection.execute(OF_SET, {"album": album, "person": person})).one_or_none()
    return None if row is None else photo_from(row)


@dataclass(frozen=True, slots=True)
class PhotoFetching:
    """Implements `workflows.rails.Fetching`."""

    database: Database
    owner: str
    reach: Reach

    async def claim(self, limit: int, at: datetime) -> tuple[tuple[Photo, int], ...]:
        async with self.database.begin() as connection:
            rows = (await connection.execute(TAKE, by(self.owner, at, limit))).all()
        if rows:
            self.reach("photo.after_claim")
        return tuple((photo_from(row), row.fence) for row in sorted(rows, key=lambda r: r.id))

    async def release(self, photo: Photo, fence: int, not_before: datetime) -> None:
        async with self.database.begin() as connection:
            values = giving_up(photo.id, fence, not_before=not_before)
            await connection.execute(END, values)
