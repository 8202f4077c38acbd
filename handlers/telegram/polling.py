"""Fetching updates by polling: raw, committed before they are confirmed, by one process only.

durability.md 2.2 (Inbox) and messaging.md 0.15, 3.2, 6.49.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeVar

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from bot.telegram.envelope import NoEnvelopeError, envelope
from bot.telegram.outcomes import told
from workflows.figures import SILENCE, Count, Figures
from workflows.ports import Clock
from workflows.rails import Inbox, Incoming, Leases

logger = logging.getLogger(__name__)

TRANSPORT: Final = "telegram"
LEASE: Final = "telegram.polling"
LONGEST_POLL: Final = 50
"""Seconds; the server allows no more (messaging.md 1.4)."""
GRACE: Final = 10
STANDBY_SECONDS: Final = 5.0
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 30.0
SILENCE_BEFORE_REBUILD: Final = 180.0

T = TypeVar("T")


class Line(StrEnum):
    """How polling stands, for whoever watches over it. Told when it changes.

    POLLING: this process asks; after FAILING or CONFLICT: and has been answered.
    """

    POLLING = "polling"
    STANDBY = "standby"
    CONFLICT = "conflict"
    FAILING = "failing"
    STOPPED = "stopped"


class GetRawUpdates(TelegramMethod[list[Any]]):
    """getUpdates without decoding: one update nobody can read must not hide its neighbours."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = 100
    timeout: int = 0
    allowed_updates: list[str] | None = None


def report(line: Line, why: str) -> None:
    """The usual reporter: a change of the line is a warning unless all is well."""
    level = logging.INFO if line in {Line.POLLING, Line.STANDBY} else logging.WARNING
    logger.log(level, "polling: %s %s", line, why)


@dataclass(frozen=True, slots=True)
class Poller:
    """What polling works with. `allowed` comes from `dispatcher.resolve_used_update_types()`.

    `wake` is called after new rows; `tell` whenever the line changes. `seconds` is how long one
    question may wait for an answer; `pause` the first wait after a failure, which doubles.
    """

    bot: Bot
    inbox: Inbox
    leases: Leases
    clock: Clock
    owner: str
    allowed: Sequence[str]
    wake: Callable[[], None]
    tell: Callable[[Line, str], None] = report
    seconds: int = 25
    pause: float = FIRST_PAUSE
    standby: float = STANDBY_SECONDS
    silence: float = SILENCE_BEFORE_REBUILD
    figures: Figures = SILENCE


async def poll(poller: Poller, stop: asyncio.Event) -> None:
    """Polls while this process holds the lease; returns soon after `stop` is set, or on a 401.

    Whatever else goes wrong is told and tried again: storage that fails keeps the offset back.
    """
    state = _State(poller, stop)
    try:
        while not stop.is_set():
            try:
                wait = await state.turn()
            except (TelegramUnauthorizedError, TelegramNotFound) as error:
                state.stands(Line.STOPPED, told(error))
                return
            except Exception as error:  # noqa: BLE001 - polling outlives every failure
                wait = await state.failed(error)
            if wait:
                await _rest(stop, wait)
    finally:
        await poller.leases.give_up(LEASE, poller.owner)


class _State:
    """Where polling stands between two questions."""

    def __init__(self, poller: Poller, stop: asyncio.Event) -> None:
        self._poller, self._stop = poller, stop
        self._offset: int | None = None
        self._line: Line | None = None
        self._pause = poller.pause
        self._well_at = asyncio.get_running_loop().time()

    async def turn(self) -> float:
        """One question, its answer committed. Returns the seconds to wait before the next."""
        poller = self._poller
        held = max(2 * GRACE, min(poller.seconds, LONGEST_POLL) + 2 * GRACE)
        if not await poller.leases.take(LEASE, poller.owner, poller.clock(), held):
            self._offset = None
            self.stands(Line.STANDBY, "another process polls")
            return poller.standby
        if self._offset is None:
            highest = await poller.inbox.highest(TRANSPORT)
            self._offset = 0 if highest is None else highest + 1
            self.stands(Line.POLLING, "")
        updates = await self._asked()
        if updates:
            await self._kept(updates)
        self._well_at, self._pause = asyncio.get_running_loop().time(), poller.pause
        self.stands(Line.POLLING, "")
        return 0.0

    async def failed(self, error: Exception) -> float:
        """Tells of it, renews a line that has been dead too long; returns the seconds to wait."""
        line = Line.CONFLICT if isinstance(error, TelegramConflictError) else Line.FAILING
        # a database's error may quote what people wrote
        self.stands(line, told(error) if isinstance(error, AiogramError) else type(error).__name__)
        now = asyncio.get_running_loop().time()
        if now - self._well_at > self._poller.silence:
            await self._poller.bot.session.close()  # the next call opens it, with fresh DNS
            self._well_at = now
            self._poller.tell(line, "the line is opened anew")
        if isinstance(error, TelegramRetryAfter):
            return float(error.retry_after)
        if line is Line.CONFLICT:
            return self._poller.standby
        wait, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        return wait

    def stands(self, line: Line, why: str) -> None:
        if line is not self._line:
            self._line = line
            self._poller.tell(line, why)

    async def _asked(self) -> list[Any]:
        seconds = min(self._poller.seconds, LONGEST_POLL)
        question = GetRawUpdates(
            offset=self._offset or None, timeout=seconds, allowed_updates=[*self._poller.allowed]
        )
        bot = self._poller.bot
        asked = await _until(self._stop, lambda: bot(question, request_timeout=seconds + GRACE))
        return asked or []

    async def _kept(self, updates: list[Any]) -> None:
        """Commits first and only then moves the offset, so a crash fetches them again."""
        poller, items = self._poller, list(_items(updates))
        new = await poller.inbox.store(TRANSPORT, items, poller.clock()) if items else 0
        if items:
            self._offset = max(int(item.raw_id) for item in items) + 1
        if new:
            poller.figures.count(Count.RECEIVED, by=new)
            poller.wake()


def _items(updates: list[Any]) -> list[Incoming]:
    items = []
    for update in updates:
        try:
            items.append(envelope(update, json.dumps(update)))
        except NoEnvelopeError:
            logger.exception("an update without an id was dropped")
    return items


async def _rest(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def _until(stop: asyncio.Event, work: Callable[[], Coroutine[Any, Any, T]]) -> T | None:
    """The result of the work, or None as soon as `stop` is set. Leaves nothing running."""
    failure: Exception | None = None
    result: T | None = None

    async def worked() -> None:
        nonlocal failure, result
        try:
            result = await work()
        except Exception as error:  # noqa: BLE001 - raised again below, not as a group
            failure = error

    async with asyncio.TaskGroup() as group:
        tasks = (group.create_task(worked()), group.create_task(stop.wait()))
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
    if failure is not None:
        raise failure
    return result
