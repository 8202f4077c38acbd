"""What a messenger's message may carry: the pieces, and which of them leave by which transport."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final


class Piece(StrEnum):
    """What a message may carry besides number, class and coarse place, as privacy.toml names it.

    Coarse is the name of a street or grid; an address or a point is `PLACE`.
    """

    PLACE = "place"
    WORDS = "words"
    NOTES = "notes"
    PHOTOS = "photos"
    CALLER = "caller"
    NUMBER = "number"
    COLLEAGUES = "colleagues"
    EXPORTS = "exports"


class Data(StrEnum):
    """Whether what this deployment holds is made up or about people (`PAIDAN_DATA`)."""

    TRIAL = "trial"
    REAL = "real"


class Region(StrEnum):
    """Where a transport keeps what it carries, as its capabilities declare it."""

    MAINLAND = "mainland"
    ABROAD = "abroad"


Load = frozenset[Piece]
EVERYTHING: Final[Load] = frozenset(Piece)
WHOLE: Final[Load] = EVERYTHING - {Piece.EXPORTS}
"""What a card can hold; an export is a file."""
NOTHING: Final[Load] = frozenset()


@dataclass(frozen=True, slots=True)
class Carriage:
    """What may leave by region and, where a district says so, by transport; how long pages last.

    A link works until `link_lives` after it was sent; a page that was opened can be looked at
    for `page_lives`.
    """

    regions: Mapping[str, Mapping[Data, Load]]
    transports: Mapping[str, Mapping[Data, Load]]
    link_lives: timedelta
    page_lives: timedelta

    def load(self, transport: str, region: str, data: Data) -> Load:
        """What messages of this transport may carry; of an unknown region nothing."""
        loads = self.transports.get(transport) or self.regions.get(region) or {}
        return loads.get(data, NOTHING)
