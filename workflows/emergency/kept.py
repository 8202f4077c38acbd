"""What emergencies need from storage: to be written, looked up by a case, found when due, read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflows.emergency.emergency import Emergency
from workflows.emergency.under import EmergencyId
from workflows.joint.kept import Area
from workflows.people import AreaCode, Person, PersonId, Role


class Emergencies(Protocol):
    """Emergencies inside one transaction."""

    async def in_force(self, area: AreaCode, at: datetime) -> Emergency | None:
        """The one that holds for an area at an instant; asked for every case, so one statement."""

    async def alive(self, area: AreaCode, extends: EmergencyId | None = None) -> Emergency | None:
        """What waits or is in force for this very area, or waits to extend this one; held."""

    async def open(self, emergency: Emergency) -> Emergency:
        """Stores a new request and returns it with its number.

        Raises Refused(CHANGED_MEANWHILE) where another one came first.
        """

    async def get(self, emergency_id: EmergencyId) -> Emergency:
        """Holds it until the transaction ends. Raises Refused(NO_SUCH_EMERGENCY)."""

    async def write(self, before: Emergency, after: Emergency) -> None:
        """Compare and set on `before.version`. Raises Refused(CHANGED_MEANWHILE)."""

    async def area_named(self, code: AreaCode) -> Area | None:
        """A street or district of this code, if any grid of ours lies in it."""

    async def on_duty_around(
        self, roles: Sequence[Role], area: AreaCode, at: datetime
    ) -> tuple[Person, ...]:
        """On duty in one of these roles, with a post in the area or over it, and reachable."""

    async def finish(self, due: "DueEmergency") -> None:
        """Gives the claim up. Raises LeaseLostError if another process holds it."""


@dataclass(frozen=True, slots=True)
class DueEmergency:
    """An emergency whose next moment has come, claimed by one process."""

    id: EmergencyId
    fence: int


class DueEmergencies(Protocol):
    """Emergencies seen by the clock."""

    async def claim(self, limit: int, at: datetime) -> tuple[DueEmergency, ...]: ...

    async def release(self, due: DueEmergency, not_before: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class EmergencyView:
    """An emergency with the names around it, and its asker's own posts."""

    emergency: Emergency
    names: Mapping[PersonId, str]
    asker: Person


@dataclass(frozen=True, slots=True)
class EmergencyPage:
    """What holds or waits now, and a page of what is over, newest first; `total` counts those."""

    now: tuple[Emergency, ...]
    past: tuple[Emergency, ...]
    total: int
    names: Mapping[PersonId, str]


class EmergencyViews(Protocol):
    """Reading about emergencies for people's eyes; each call is its own short read."""

    async def one(self, emergency_id: EmergencyId) -> EmergencyView:
        """Raises Refused(NO_SUCH_EMERGENCY)."""

    async def page(
        self, areas: Sequence[AreaCode], at: datetime, most: int, skip: int
    ) -> EmergencyPage:
        """Those whose area touches one of these."""

    async def on_duty_around(
        self, roles: Sequence[Role], area: AreaCode, at: datetime
    ) -> tuple[Person, ...]:
        """The same as inside a transaction."""

    async def holding(self, area: AreaCode, at: datetime) -> tuple[Emergency, ...]:
        """All that hold at an instant inside this area or over it, the widest first."""
