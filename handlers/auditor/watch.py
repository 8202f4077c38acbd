"""The auditor's minute: look, tell each channel what is new to it, and beat while all is well."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from handlers.auditor.channel import Channel, UndeliveredError
from handlers.auditor.heartbeat import Heartbeat
from handlers.auditor.notebook import Notebook, Notes
from workflows.auditing.faults import Fault, Rule
from workflows.auditing.horizon import MuteError, arrivals_fault
from workflows.auditing.telling import Memory, after_telling, news_of, noted
from workflows.ports import Clock, StorageDownError
from workflows.rails import Auditing, Line

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 20.0
TELL_SECONDS: Final = 30.0
MUTE_FOR: Final = timedelta(seconds=60)
CATCHING_UP: Final = 2.0
"""Seconds to the next look where more was written than one look reads."""


@dataclass(slots=True)
class Watch:
    """One deployment's auditor. `hook` is where updates ought to be brought, empty for nowhere.

    `every` is in seconds of real time; `repeat` is how often a standing fault is told again.
    """

    auditing: Auditing
    line: Line | None
    hook: str
    channels: Sequence[Channel]
    heartbeat: Heartbeat | None
    notebook: Notebook
    now: Clock
    repeat: timedelta
    every: float = 60.0
    is_kept: bool = True
    _behind: bool = field(default=False)

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop. A minute that fails is logged, gives no heartbeat, and is over."""
        notes = self.notebook.read()
        while not stop.is_set():
            try:
                notes = await self.minute(notes)
            except Exception:
                log.exception("this minute's look failed")
            try:
                async with asyncio.timeout(CATCHING_UP if self._behind else self.every):
                    await stop.wait()
            except TimeoutError:
                continue

    async def minute(self, notes: Notes) -> Notes:
        """Look and tell; what is remembered from it is kept in the notebook before it returns."""
        at = self.now()
        faults, notes = await self.look(notes, at)
        if not faults and self.heartbeat is not None:
            await self.heartbeat.beat()
        told = await asyncio.gather(
            *(self._tell(each, notes, faults, at) for each in self.channels)
        )
        names = [channel.name for channel in self.channels]
        notes = replace(notes, memories=dict(zip(names, told, strict=True)))
        self.is_kept = await asyncio.to_thread(self.notebook.write, notes)
        return notes

    async def look(self, notes: Notes, at: datetime) -> tuple[tuple[Fault, ...], Notes]:
        """What is wrong now; nothing is told or kept."""
        found, notes = await self._database(notes, at)
        outside, mute_since = await self._messenger(notes.mute_since, at)
        kept = () if self.is_kept else (Fault(Rule.NOTEBOOK),)
        return (*found, *outside, *kept), replace(notes, mute_since=mute_since)

    async def _database(self, notes: Notes, at: datetime) -> tuple[tuple[Fault, ...], Notes]:
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                look = await self.auditing.look(at, notes.progress)
        except TimeoutError:
            return (Fault(Rule.DATABASE, detail=f"no answer in {LOOK_SECONDS:.0f} s"),), notes
        except StorageDownError as no:
            why = type(no.__cause__ or no).__name__
            return (Fault(Rule.DATABASE, detail=why),), notes
        self._behind = look.behind
        return look.faults, replace(notes, progress=look.progress)

    async def _messenger(
        self, mute_since: datetime | None, at: datetime
    ) -> tuple[tuple[Fault, ...], datetime | None]:
        """One lost answer is no fault; none for a minute, or a refusal, is."""
        if self.line is None:
            return (), None
        try:
            fault = arrivals_fault(await self.line.arrivals(), self.hook, at)
        except MuteError as no:
            since = mute_since or at
            if no.lasting or at - since >= MUTE_FOR:
                return (Fault(Rule.MESSENGER, detail=str(no)),), since
            return (), since
        return (() if fault is None else (fault,)), None

    async def _tell(
        self, channel: Channel, notes: Notes, faults: Sequence[Fault], at: datetime
    ) -> Memory:
        memory = noted(notes.memories.get(channel.name, {}), faults, at)
        news = news_of(memory, faults, at, self.repeat)
        if news is None:
            return memory
        try:
            async with asyncio.timeout(TELL_SECONDS):
                await channel.tell(news)
        except (UndeliveredError, TimeoutError) as no:
            log.warning("%s could not be told: %s", channel.name, no or "no answer in time")
            return memory
        except Exception:
            log.exception("%s failed", channel.name)
            return memory
        return after_telling(memory, news)
