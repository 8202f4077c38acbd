"""What retention needs from storage: to forget, to count what is left, to hold something back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflows.cases.case import CaseId
from workflows.privacy.retention import Period


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind as it stands: what is kept, what should be gone, what a hold keeps, what went.

    `overdue` rows are past their period and under no hold; `oldest` is the eldest of them.
    """

    period: Period
    kept: int
    overdue: int
    on_hold: int
    oldest: datetime | None
    gone: int
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Hold:
    """Nothing of this case is deleted while it stands (a lawsuit, an inspection)."""

    case_id: CaseId
    why: str
    by: str
    at: datetime


class Forgetting(Protocol):
    """Each call commits by itself."""

    async def forget(self, period: Period, at: datetime) -> int:
        """One batch of what is past its period, with its line in the ledger. How many went."""

    async def files(self) -> tuple[str, ...]:
        """Hashes of pictures that no case needs any more and whose files are still there."""

    async def file_gone(self, sha256: str) -> None: ...

    async def kept(self, period: Period, at: datetime) -> Kept: ...


class Holds(Protocol):
    async def hold(self, hold: Hold) -> None:
        """Raises Refused(NO_SUCH_CASE), or LookupError where one stands already."""

    async def lift(self, hold: Hold) -> None:
        """`why`, `by` and `at` are those of the lifting. Raises LookupError where none stands."""

    async def in_force(self) -> Sequence[Hold]: ...
