"""A city before anybody in it has a phone, with a time of its own: where the demo comes from."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from handlers.terminal.demo_photos import View
from handlers.terminal.demo_snapshots import snapshot
from handlers.terminal.settings import Settings
from storage.keyring import PRACTICE_KEYS
from storage.loading import Loading
from wiring.city import City, open_city
from workflows import Workflows
from workflows.cases.case import Photo
from workflows.ports import Begin

EARLIEST: Final = timedelta(days=30)
"""Before the demo begins, a long holiday included."""

PHOTOS_AT_ONCE: Final = 8


@dataclass(slots=True)
class Hand:
    """The hand of a clock that only moves when it is pushed on."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class PastCity:
    """Implements `handlers.terminal.demo_seed.Past`."""

    city: City
    hand: Hand

    @property
    def flows(self) -> Workflows:
        return self.city.flows

    @property
    def loader(self) -> Loading:
        return self.city.storage.loading

    @property
    def begin(self) -> Begin:
        return self.city.storage.begin

    async def until(self, moment: datetime) -> None:
        """A timer fires at its own time, as if somebody had always been awake."""
        while (due := await self.city.storage.timers.next_due()) and due <= moment:
            self.hand.at = max(due, self.hand.at)
            if not await self._sweep():
                break
        self.hand.at = moment.astimezone(UTC)

    async def rest(self) -> None:
        storage = self.city.storage
        while claimed := await storage.fetching.claim(PHOTOS_AT_ONCE, self.hand()):
            await asyncio.gather(*(self._seal(photo, fence) for photo, fence in claimed))
        await storage.retention.forget_unsent(self.hand())

    async def _sweep(self) -> int:
        return await next(job for job in self.city.loop.jobs if job.name == "sweep").run()

    async def _seal(self, photo: Photo, fence: int) -> None:
        assert photo.ref is not None
        view, take = View(photo.ref.data["view"]), int(photo.ref.data["take"])

        async def drawn() -> AsyncIterator[bytes]:
            yield snapshot(view, take)

        await self.city.flows.photo_fetched(photo, fence, await self.city.vault.keep(drawn()))


@asynccontextmanager
async def open_past(folder: Path, begins: datetime) -> AsyncIterator[PastCity]:
    """The demo's database as a full centre, in which every step is taken by a person."""
    settings = Settings(
        database=f"sqlite+aiosqlite:///{folder / 'paidan.db'}",
        photos=folder / "photos",
        profile="full",
        port=0,
        keys=PRACTICE_KEYS,
    )
    hand = Hand(begins - EARLIEST)
    async with open_city(settings, now=hand) as city:
        yield PastCity(city, hand)
