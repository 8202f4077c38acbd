"""What rosters need from storage: to be written, and to be read for people's eyes."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from workflows.cases.case import Case
from workflows.duty.shift import (
    Absence,
    AbsenceId,
    Given,
    Shift,
    ShiftId,
    Swap,
    SwapId,
    Turn,
)
from workflows.people import Agency, AgencyCode, AreaCode, Person, PersonId, Role


class Rosters(Protocol):
    """Shifts, swaps and absences inside one transaction."""

    async def named(self, names: Collection[str]) -> Mapping[str, tuple[Person, ...]]:
        """Active people by their name, or by their number where the words are one."""

    async def colleagues(self, person: Person) -> tuple[Person, ...]:
        """Active people with a post of the same role and agency as one of theirs."""

    async def leads_of(self, person: Person) -> tuple[PersonId, ...]:
        """Who answers for somebody: agency leads, for all others the duty chiefs of their area."""

    async def shift(self, shift_id: ShiftId) -> Shift:
        """Holds the shift until the transaction ends. Raises Refused(NO_SUCH_SHIFT)."""

    async def to_come(self, person: PersonId, at: datetime) -> tuple[Shift, ...]:
        """What somebody has still to do, the running shift included, the next first."""

    async def of_source(self, source: str, at: datetime) -> tuple[Shift, ...]:
        """What an import of this source has left and is not over."""

    async def add(self, shifts: Sequence[Shift]) -> None: ...

    async def take_away(self, shifts: Collection[ShiftId]) -> None: ...

    async def hand_over(self, shift: Shift, to: PersonId, by: PersonId, at: datetime) -> None:
        """Compare and set on whose shift it is. Raises Refused(SHIFT_CHANGED)."""

    async def open_swap(
        self, by: PersonId, to: PersonId, given: Given, back: Given | None, at: datetime
    ) -> Swap: ...

    async def swap(self, swap_id: SwapId) -> Swap:
        """Holds the swap until the transaction ends. Raises Refused(NO_SUCH_SWAP)."""

    async def swaps_of(self, shifts: Collection[ShiftId]) -> tuple[Swap, ...]:
        """Swaps that still wait and give or take one of these shifts."""

    async def lapsing(self, at: datetime) -> tuple[SwapId, ...]: ...

    async def write_swap(self, before: Swap, after: Swap) -> None:
        """Compare and set. Raises Refused(CHANGED_MEANWHILE)."""

    async def be_away(
        self,
        person: PersonId,
        replacement: PersonId | None,
        turn: Turn,
        *,
        note: str,
        by: PersonId,
        at: datetime,
    ) -> Absence: ...

    async def absence(self, absence_id: AbsenceId) -> Absence:
        """Holds it until the transaction ends. Raises Refused(NO_SUCH_ABSENCE)."""

    async def away(self, people: Collection[PersonId], turn: Turn) -> tuple[Absence, ...]:
        """Absences of these people that meet this stretch of time."""

    async def write_absence(self, before: Absence, after: Absence) -> None:
        """Compare and set. Raises Refused(CHANGED_MEANWHILE)."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Everything that says who is there in a stretch of time.

    `rostered` are those who were ever named by a roster: whoever was not is always on duty.
    """

    people: tuple[Person, ...] = ()
    shifts: tuple[Shift, ...] = ()
    absences: tuple[Absence, ...] = ()
    rostered: frozenset[PersonId] = frozenset()


LastShifts = Mapping[tuple[PersonId, Role | None], datetime]
"""When the last shift of each person ends, apart for each role that shifts name."""


@dataclass(frozen=True, slots=True)
class Board:
    """What /duty is made of; `agencies` and `areas` have the names of codes."""

    staff: Staff
    agencies: Mapping[AgencyCode, Agency] = field(default_factory=dict)
    areas: Mapping[AreaCode, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SwapView:
    """A swap with the names around it, and the other shifts of those who would do more."""

    swap: Swap
    names: Mapping[PersonId, str]
    besides: tuple[Shift, ...] = ()


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """An absence with the names around it, and the open work of whoever is away."""

    absence: Absence
    names: Mapping[PersonId, str]
    tasks: tuple[Case, ...] = ()


class RosterViews(Protocol):
    """Reading rosters for people's eyes; each call is its own short read."""

    async def board(self, reader: Person, turn: Turn) -> Board:
        """The people whom a reader works with or watches, and when they are there."""

    async def shift(self, shift_id: ShiftId) -> Shift:
        """Raises Refused(NO_SUCH_SHIFT)."""

    async def to_come(self, people: Collection[PersonId], turn: Turn) -> tuple[Shift, ...]: ...

    async def last_shifts(self, people: Collection[PersonId]) -> LastShifts: ...

    async def swap(self, swap_id: SwapId) -> SwapView:
        """Raises Refused(NO_SUCH_SWAP)."""

    async def asked(self, person: PersonId) -> tuple[Swap, ...]:
        """Swaps that wait for somebody's answer."""

    async def absence(self, absence_id: AbsenceId) -> AbsenceView:
        """Raises Refused(NO_SUCH_ABSENCE)."""

    async def colleagues(self, person: Person, role: Role | None) -> tuple[Person, ...]:
        """Who could stand in for somebody: active, and in every post that they hold."""

    async def person(self, person: PersonId) -> Person: ...
