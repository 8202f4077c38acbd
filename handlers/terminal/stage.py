"""What the demo and its tour are given: phones, the city they talk to, and one clock for both."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, TypeVar

from handlers.terminal.importing import Loader
from workflows import Workflows

T = TypeVar("T")


@dataclass(slots=True)
class DemoClock:
    """Begins at an instant and runs `speed` times as fast as life; at 0 it only moves when told.

    `ticks` is a monotonic clock in seconds.
    """

    begins: datetime
    speed: float
    ticks: Callable[[], float]
    _since: float = field(init=False)
    _moved: timedelta = field(init=False, default=timedelta())

    def __post_init__(self) -> None:
        self._since = self.ticks()

    def __call__(self) -> datetime:
        run = timedelta(seconds=(self.ticks() - self._since) * self.speed)
        return self.begins + run + self._moved

    def advance(self, by: timedelta) -> None:
        self._moved += by


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a demo keeps its things, where its page is shown, and how its time runs."""

    folder: Path
    port: int
    clock: DemoClock


class Shown(Protocol):
    """One message as an eye sees it."""

    @property
    def id(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def rows(self) -> Sequence[Sequence[str]]: ...
    @property
    def labels(self) -> Sequence[str]: ...
    @property
    def photo_count(self) -> int: ...
    @property
    def is_location(self) -> bool: ...
    @property
    def from_bot(self) -> bool: ...
    @property
    def silent(self) -> bool: ...


class Answer(Protocol):
    """What the bot says to a press."""

    @property
    def text(self) -> str: ...


class Phone(Protocol):
    """Somebody's phone: what they can do with it, and what stands on it."""

    @property
    def id(self) -> int: ...
    async def starts(self, payload: str | None = None) -> Any: ...
    async def says(self, text: str) -> Any: ...
    async def forwards(self, text: str, origin: Mapping[str, Any] | str) -> Any: ...
    async def sends_photo(self, data: bytes, caption: str | None = None) -> Any: ...
    async def sends_file(
        self, data: bytes, name: str, mime: str, caption: str | None = None
    ) -> Any: ...
    async def sends_album(self, pictures: Sequence[bytes], caption: str | None = None) -> Any: ...
    async def presses(self, label: str) -> Answer: ...
    async def messages(self) -> Sequence[Shown]: ...
    async def drawn(self) -> str: ...
    async def waits_for(self, wanted: str | Callable[[Any], bool]) -> Shown: ...


class Stage(Protocol):
    """A running demo."""

    @property
    def address(self) -> str: ...
    @property
    def flows(self) -> Workflows: ...
    @property
    def loader(self) -> Loader: ...

    def now(self) -> datetime: ...

    async def phone(self, name: str, language: str) -> Phone:
        """Gives somebody a phone with a chat that has not begun."""

    async def serve(self, stop: asyncio.Event) -> None:
        """Answers as in life, until told to stop."""

    async def play(self, act: Coroutine[Any, Any, T]) -> T:
        """Lets somebody act, and everything that follows from it happen."""

    async def move(self, by: timedelta) -> None:
        """Moves the time of city and phones, and lets happen what becomes due."""

    async def restart(self) -> None:
        """Ends the product and starts it again on the same database; the phones stay on."""

    async def warnings(self) -> Sequence[str]:
        """What the real messenger would have passed over in silence."""
