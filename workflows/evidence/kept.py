"""Photos inside one transaction, and what they look like: which earlier ones are near."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from workflows.cases.case import CaseId, Photo, PhotoId, Picture, Stage
from workflows.people import Actor, PersonId

FARTHEST: Final = 7
"""Bits of 64 up to which the index finds every photo; beyond it two pictures say nothing."""


@dataclass(frozen=True, slots=True)
class Near:
    """An earlier photo that differs in so few `bits` that the two may be one picture."""

    photo: PhotoId
    case: CaseId
    stage: Stage
    sent_by: PersonId
    said_at: datetime
    bits: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """A photo of a case, and an earlier one that it looks like. It is a hint and never proof."""

    photo: PhotoId
    earlier: Near


class Photos(Protocol):
    """Photos inside one transaction."""

    async def add(
        self,
        case_id: CaseId,
        stage: Stage,
        actor: Actor,
        at: datetime,
        picture: Picture,
    ) -> Photo | None:
        """None if this picture is already on the case; `reused_from` is set if another has it."""

    async def of(self, case_id: CaseId) -> tuple[Photo, ...]: ...

    async def of_set(self, person: PersonId, album: str) -> Photo | None:
        """The newest photo that this person has sent to a case in this album."""

    async def sent_since(self, person: PersonId, since: datetime) -> int: ...
    async def get(self, photo_id: PhotoId) -> Photo: ...
    async def take_back(self, photo_id: PhotoId) -> None: ...

    async def seal(self, photo: Photo, fence: int) -> bool:
        """Stores state, hash and problem of a fetched photo; false if the lease was lost."""


class Prints(Protocol):
    """Fingerprints inside one transaction: unsigned numbers of 64 bits."""

    async def near(self, fingerprint: int, bits: int, since: datetime) -> tuple[Near, ...]:
        """Photos that count, sent since then, that differ in at most so many bits, nearest first.

        `bits` is at most FARTHEST. The work is bounded: where thousands look the same not all
        of them are found, and who looks like thousands has shown nothing.
        """

    async def keep(self, photo: PhotoId, fingerprint: int, alike_to: Sequence[Near]) -> None:
        """Stores a fingerprint once, and which earlier photos it was found to be like."""


@dataclass(frozen=True, slots=True)
class Together:
    """Two photos as one picture, under the name by which it is served for a while.

    `aligned` where the first was turned until it lies as the second does.
    """

    sha256: str
    aligned: bool


class SideBySide(Protocol):
    """Makes one picture of two; `left` and `right` are hashes of sealed photos."""

    async def __call__(self, left: str, right: str) -> Together | None:
        """None where it cannot be made now: the two are then shown one after the other."""
