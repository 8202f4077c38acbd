"""What an operator may set going again from the terminal, and the port to do so."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from workflows.cases.case import CaseId


class Kept(StrEnum):
    """Two heaps of what was given up: messages sent in vain, updates nobody could read."""

    LETTERS = "letters"
    UPDATES = "updates"


@dataclass(frozen=True, slots=True)
class GivenUp:
    """One of either heap. `wiped`: it held what is not kept, so it cannot be sent again."""

    number: int
    what: str
    case_id: CaseId | None
    since: datetime
    why: str
    wiped: bool = False


@dataclass(frozen=True, slots=True)
class Stuck:
    """Everything that stands still: cases without their timers, sends of the dead, both heaps."""

    cases: tuple[CaseId, ...]
    sends: tuple[int, ...]
    letters: tuple[GivenUp, ...]
    updates: tuple[GivenUp, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants something set going, and why: for the journal."""

    operator: str
    why: str


class Mending(Protocol):
    """Each call is one transaction with its lines in the journal; whoever comes second does none.

    `numbers` of None are all of the heap. Each returns the numbers it has touched.
    """

    async def stuck(self) -> Stuck: ...

    async def classify_sends(self, order: Order) -> tuple[int, ...]:
        """Messages of dead senders go again or end as unknown, as their class has it."""

    async def try_again(
        self, heap: Kept, numbers: Collection[int] | None, order: Order
    ) -> tuple[int, ...]: ...

    async def put_aside(
        self, heap: Kept, numbers: Collection[int] | None, order: Order
    ) -> tuple[int, ...]:
        """They stay on record and count no longer."""
