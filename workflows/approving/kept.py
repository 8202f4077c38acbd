"""What proposals need from storage: to be written, found when due, and read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from workflows.approving.proposal import Proposal, ProposalId, ProposalKind
from workflows.emergency.kept import Emergencies
from workflows.exporting.kept import Exports
from workflows.importing.lists import Lists
from workflows.people import Person, PersonId


@dataclass(frozen=True, slots=True)
class DueProposal:
    """A proposal whose next moment has come, claimed by one process."""

    id: ProposalId
    fence: int
    kind: ProposalKind
    approved: bool


class Proposals(Protocol):
    """Proposals inside one transaction."""

    async def open(self, proposal: Proposal) -> Proposal:
        """Stores a new one and returns it with its number."""

    async def get(self, proposal_id: ProposalId) -> Proposal:
        """Holds it until the transaction ends. Raises Refused(NO_SUCH_PROPOSAL)."""

    async def write(self, before: Proposal, after: Proposal) -> None:
        """Compare and set on `before.version`. Raises Refused(CHANGED_MEANWHILE)."""

    async def recent(self, kind: ProposalKind) -> tuple[Proposal, ...]:
        """The newest of a kind, at most 50, held."""

    async def finish(self, due: DueProposal) -> None:
        """Gives the claim up. Raises LeaseLostError if another process holds it."""


class DueProposals(Protocol):
    """Proposals seen by the clock."""

    async def claim(self, limit: int, at: datetime) -> tuple[DueProposal, ...]: ...

    async def release(self, due: DueProposal, not_before: datetime) -> None: ...

    async def hold(self, due: DueProposal, until: datetime) -> None:
        """For what takes longer than a claim lasts. Raises LeaseLostError."""


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal with the names around it, and its asker's own posts."""

    proposal: Proposal
    names: Mapping[PersonId, str]
    asker: Person


class ProposalViews(Protocol):
    """Reading about proposals for people's eyes; each call is its own short read."""

    async def one(self, proposal_id: ProposalId) -> ProposalView:
        """Raises Refused(NO_SUCH_PROPOSAL)."""

    async def alive(self, at: datetime) -> tuple[ProposalView, ...]:
        """What waits for an answer or to be carried out, the oldest first, at most 100."""

    async def over(self, most: int) -> tuple[ProposalView, ...]:
        """The newest that are over and needed somebody."""


class Policies(Protocol):
    """Bundles of policy files inside one transaction."""

    async def in_force(self) -> Mapping[str, str] | None: ...

    async def get(self, digest: str) -> Mapping[str, str] | None: ...

    async def keep(self, digest: str, bundle: Mapping[str, str]) -> None:
        """Keeping the same again changes nothing."""

    async def put_in_force(self, digest: str) -> None: ...


class TwoPeople(Protocol):
    """What a transaction holds for what takes two people."""

    emergencies: Emergencies
    proposals: Proposals
    exports: Exports
    policies: Policies
    lists: Lists
