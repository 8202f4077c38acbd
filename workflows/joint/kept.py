"""What call-outs need from storage: to be written, to be found when due, to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflows.joint.call_out import CallId, CallOut, Wanted
from workflows.people import AreaCode, Person, PersonId, Role


class CallOuts(Protocol):
    """Call-outs inside one transaction."""

    async def who_is_there(
        self, roles: Sequence[Role], area: AreaCode, at: datetime
    ) -> tuple[Person, ...]:
        """On duty in one of these roles, with a post in the area or over it, and reachable."""

    async def open(
        self,
        by: PersonId,
        wanted: Wanted,
        called: Sequence[PersonId],
        at: datetime,
        next_at: datetime,
    ) -> CallOut: ...

    async def get(self, call_id: CallId) -> CallOut:
        """Holds the call-out until the transaction ends. Raises Refused(NO_SUCH_CALL)."""

    async def write(self, before: CallOut, after: CallOut) -> None:
        """Compare and set on `before.version`. Raises Refused(CHANGED_MEANWHILE)."""

    async def finish(self, due: "DueCall") -> None:
        """Gives the claim up. Raises LeaseLostError if another process holds it."""


@dataclass(frozen=True, slots=True)
class DueCall:
    """A call-out whose next moment has come, claimed by one process."""

    id: CallId
    fence: int


class DueCalls(Protocol):
    """Call-outs seen by the clock."""

    async def claim(self, limit: int, at: datetime) -> tuple[DueCall, ...]: ...

    async def release(self, due: DueCall, not_before: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Area:
    """A place that can be named as a whole; a street `opens` where its grids can be chosen."""

    code: AreaCode
    name: str
    opens: bool = False


@dataclass(frozen=True, slots=True)
class CallView:
    """A call-out with the names around it; `recent` counts its caller's latest call-outs."""

    call: CallOut
    names: Mapping[PersonId, str]
    recent: int


class JointViews(Protocol):
    """Reading about joint work for people's eyes; each call is its own short read."""

    async def call(self, call_id: CallId, since: datetime) -> CallView:
        """Raises Refused(NO_SUCH_CALL)."""

    async def waiting_for(self, person: PersonId) -> CallOut | None:
        """The newest open call-out that this person was called by."""

    async def counts(self, area: AreaCode, since: datetime) -> Mapping[str, int]:
        """Call-outs by the caller's name, most first, for areas inside this one."""

    async def count(self, roles: Sequence[Role], area: AreaCode, but: PersonId) -> int:
        """How many would be called now."""

    async def streets(self, within: AreaCode) -> tuple[Area, ...]: ...

    async def grids(self, within: AreaCode) -> tuple[Area, ...]: ...
