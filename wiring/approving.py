"""What two people have agreed on: who carries it out, and who makes the files."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from handlers.clock.loop import Job
from handlers.clock.proposals import Proposals
from handlers.terminal.exporting import Exporting

if TYPE_CHECKING:
    from wiring.city import City


def proposals_of(city: "City") -> Proposals:
    """What has come due among proposals, for the loop and for a terminal."""
    couriers = city.couriers.values()
    return Proposals(
        city.storage.due_proposals,
        city.flows.carry_out,
        city.flows.make_export,
        city.storage.views.exports,
        city.book.policy.approving.keep,
        min((courier.capabilities.document_max for courier in couriers), default=0),
        city.now,
        lambda: city.loop.wake("send"),
    )


def approving(city: "City") -> Iterator[Job]:
    """The jobs; a large file takes a while, and holds up nothing else."""
    proposals = proposals_of(city)
    yield Job("sweep proposals", proposals.round, every=5.0, timeout=900.0)
    yield Job("forget exports", proposals.forget, every=60.0)


def exporting(city: "City") -> Exporting:
    """What `run.py export` works with."""
    views = city.storage.views
    round_ = proposals_of(city).round
    return Exporting(city.flows, city.storage.begin, views.proposals, views.exports, round_)
