"""The port to whoever must hear of a fault when the messenger itself may be the fault."""

from typing import Protocol

from workflows.auditing.telling import News


class UndeliveredError(Exception):
    """It did not arrive; says why without an address or a secret."""


class Channel(Protocol):
    """One way out. `name` is what its memory is kept under."""

    @property
    def name(self) -> str: ...

    async def tell(self, news: News) -> None:
        """One attempt, within half a minute. Raises UndeliveredError."""
