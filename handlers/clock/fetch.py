"""Photos whose bytes are still at the messenger: fetch, seal, record."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.chat import Courier
from bot.faults import FetchError
from workflows.cases.case import Photo, PhotoRef
from workflows.cases.fetched import PhotoFetched
from workflows.figures import SILENCE, Count, Figures
from workflows.ports import Clock, LeaseLostError
from workflows.rails import Fetching, Kept, Vault

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Fetch:
    """Bring the bytes home. `most_bytes` is the policy's cap on one picture."""

    fetching: Fetching
    vault: Vault
    couriers: Mapping[str, Courier]
    photo_fetched: PhotoFetched
    most_bytes: int
    now: Clock
    reach: Callable[[str], None]
    after: Callable[[], None]
    figures: Figures = SILENCE

    async def round(self, most: int = 4) -> int:
        """One batch. Returns how many photos were claimed."""
        claimed = await self.fetching.claim(most, self.now())
        if claimed:
            self.reach("photo.after_claim")
            await asyncio.gather(*(self._fetch(photo, fence) for photo, fence in claimed))
            self.after()
        return len(claimed)

    async def _fetch(self, photo: Photo, fence: int) -> None:
        try:
            kept = await self._bytes_of(photo)
            self.reach("photo.before_seal")
            await self.photo_fetched(photo, fence, kept)
            self.figures.count(Count.PHOTOS, kept.problem or "kept")
        except FetchError as no:
            log.warning("photo %s could not be fetched: %s", photo.id, no)
            await self._not_now(photo, fence, no.problem if no.lasting else "")
        except LeaseLostError:
            log.warning("photo %s was taken over by another process", photo.id)
        except Exception:
            log.exception("photo %s could not be kept", photo.id)
            await self._not_now(photo, fence)

    async def _bytes_of(self, photo: Photo) -> Kept:
        assert photo.ref is not None
        return await self.vault.keep(self._chunks(photo.ref))

    async def _chunks(self, ref: PhotoRef) -> AsyncGenerator[bytes, None]:
        """The bytes as they come; whoever hangs up on us hangs up on the messenger."""
        stream = self.couriers[ref.transport].fetch(ref, most=self.most_bytes)
        try:
            async for chunk in stream:
                yield chunk
                self.reach("photo.in_stream")
        finally:
            if isinstance(stream, AsyncGenerator):
                await stream.aclose()

    async def _not_now(self, photo: Photo, fence: int, lasting: str = "") -> None:
        """Try again in a while, or never for a problem that is lasting."""
        self.figures.count(Count.PHOTOS, "unreachable" if lasting else "retry")
        if lasting:
            await self.photo_fetched(photo, fence, Kept(problem=lasting))
        else:
            await self.fetching.release(photo, fence, self.now() + timedelta(seconds=30))
