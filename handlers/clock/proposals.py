"""Proposals whose next moment has come: let them lapse, carry them out, make files, drop files."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from workflows.approving.carry_out import CarryOut
from workflows.approving.kept import DueProposal, DueProposals
from workflows.approving.proposal import ProposalKind
from workflows.exporting.kept import ExportViews
from workflows.exporting.make import MakeExport
from workflows.ports import Clock, LeaseLostError

log = logging.getLogger(__name__)

MAKING: Final = timedelta(minutes=5)
"""100,000 cases take a minute; whoever is killed in it is taken over after this."""

AFTER_A_FAILURE: Final = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Proposals:
    """One after the other; `keep` is how long a file waits for somebody out of reach.

    `carried` is how many bytes every messenger here carries as a file.
    """

    due_proposals: DueProposals
    carry_out: CarryOut
    make_export: MakeExport
    exports: ExportViews
    keep: timedelta
    carried: int
    now: Clock
    after: Callable[[], None]

    async def round(self, most: int = 5) -> int:
        """One batch. Returns how many were claimed."""
        due = await self.due_proposals.claim(most, self.now())
        for proposal in due:
            await self._do(proposal)
        if due:
            self.after()
        return len(due)

    async def forget(self) -> int:
        """Files that have been handed out, or that nobody came for. Returns how many went."""
        return await self.exports.forget_old(self.now() - self.keep, self.carried)

    async def _do(self, due: DueProposal) -> None:
        """One bad proposal must not hold up its neighbours."""
        try:
            if due.kind is ProposalKind.EXPORT and due.approved:
                await self.due_proposals.hold(due, self.now() + MAKING)
                await self.make_export(due)
            else:
                await self.carry_out(due)
        except LeaseLostError:
            log.warning("proposal %s was taken over by another process", due.id)
        except Exception:
            log.exception("proposal %s failed", due.id)
            await self.due_proposals.release(due, self.now() + AFTER_A_FAILURE)
