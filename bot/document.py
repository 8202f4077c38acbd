"""A file that goes out with a card: named here, opened when it is sent."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

OpenDocument = Callable[[str], Awaitable[bytes]]
"""The bytes of a made file, by its reference. Raises LookupError if it is gone."""


@dataclass(frozen=True, slots=True)
class Document:
    """What it is opened by, its name and its size in bytes."""

    ref: str
    name: str
    size: int
