"""Somebody tries invitations that are none: how often, and from when on nobody listens."""

from datetime import datetime, timedelta
from typing import Final, Protocol

from workflows.notices import Address

MOST: Final = 5
"""Wrong invitations from one chat; a link is 128 bits, so five are four slips of the finger."""

WITHIN: Final = timedelta(hours=1)


class Guesses(Protocol):
    """Wrong invitations of a chat inside one transaction (durability.md 3, row 70)."""

    async def add(self, address: Address, at: datetime) -> None: ...
    async def since(self, address: Address, at: datetime) -> tuple[datetime, ...]:
        """When they were, oldest first, from `at` on."""
