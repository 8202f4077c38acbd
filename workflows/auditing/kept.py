"""What verifying the journal needs from storage."""

from collections.abc import Sequence
from typing import Protocol

from workflows.auditing.chain import Head, Wrong


class Chain(Protocol):
    """The journal as it lies in the database, read and never written."""

    async def head(self) -> Head:
        """The end as it is remembered; number 0 before the first line."""

    async def verify(self, published: Sequence[Head]) -> tuple[Wrong, ...]:
        """Every line from the first to the last; nothing is wrong if it is empty."""
