"""What exports need: rows to read, a place for a made file, and somebody who writes the file."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from workflows.approving.proposal import ProposalId
from workflows.exporting.row import ExportRow
from workflows.exporting.wish import ExportWish
from workflows.people import Person


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that waits to be handed out: its name and its size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Exported:
    """A line of the log: who took out what, when, and its facts."""

    seq: int
    who: str
    at: datetime
    facts: Mapping[str, Any]


class Exports(Protocol):
    """Exports inside one transaction."""

    async def count(self, reader: Person, wish: ExportWish) -> int:
        """How many cases it would hold for this reader."""

    async def keep(self, proposal: ProposalId, name: str, data: bytes) -> None:
        """Keeps the made file, sealed, until it is handed out."""

    async def forget(self, proposal: ProposalId) -> None: ...


class ExportViews(Protocol):
    """Reading for exports outside a transaction that writes."""

    async def count(self, reader: Person, wish: ExportWish) -> int: ...

    def rows(self, reader: Person, wish: ExportWish) -> AsyncIterator[Sequence[ExportRow]]:
        """All of them in one consistent state, some hundred at a time, by number."""

    async def file(self, proposal: ProposalId) -> MadeFile | None:
        """None if it is gone or not made yet."""

    async def open(self, proposal: ProposalId) -> bytes:
        """Raises LookupError if it is gone."""

    async def forget_old(self, before: datetime, carried: int) -> int:
        """Files that were handed out, or made before then; how many went.

        One larger than the `carried` bytes of a messenger is waited for at the terminal.
        """

    async def whose(self, token: str) -> Exported | None:
        """The line of the log that a file's token leads to."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What leads a file back to its line in the log: on its first row, last row and properties."""

    token: str
    who: str
    at: datetime
    purpose: str


class FileWriter(Protocol):
    """Writes one file, a few rows at a time."""

    async def add(self, rows: Sequence[ExportRow]) -> None: ...

    async def close(self) -> bytes: ...


OpenWriter = Callable[[ExportWish, Mark], FileWriter]
