"""What two people have agreed on: who carries it out, and who makes the files."""

from collections.abc import Callable, Iterator

from handlers.clock.loop import Job
from handlers.clock.proposals import Proposals
from storage.assembly import Storage
from workflows import Workflows
from workflows.ports import Clock


def proposals_of(
    flows: Workflows, storage: Storage, now: Clock, after: Callable[[], None]
) -> Proposals:
    """What has come due among proposals, for the loop and for a terminal."""
    return Proposals(
        storage.due_proposals,
        flows.carry_out,
        flows.make_export,
        storage.views.exports,
        flows.book.policy.approving.keep,
        now,
        after,
    )


def approving(
    flows: Workflows, storage: Storage, now: Clock, after: Callable[[], None]
) -> Iterator[Job]:
    """The jobs; a large file takes a while, and holds up nothing else."""
    proposals = proposals_of(flows, storage, now, after)
    yield Job("sweep proposals", proposals.round, every=5.0, timeout=900.0)
    yield Job("forget exports", proposals.forget, every=60.0)
