"""The journal's lines about a proposal, and the messages that are owed about it."""

from collections.abc import Iterable
from datetime import datetime

from workflows.approving.proposal import Proposal, ProposalAct
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import SYSTEM, Actor, PersonId, Role
from workflows.ports import Entry, Work


def entry(
    act: ProposalAct, actor: Actor, role: Role, proposal: Proposal, at: datetime, **more: object
) -> Entry:
    """A line of the journal: what was asked by its digest, why, and by whom and for whom."""
    details = {
        "proposal": proposal.id,
        "kind": proposal.kind.value,
        "digest": proposal.digest,
        "purpose": proposal.purpose,
        "asked_by": proposal.asked_by,
        **({"operator": proposal.operator} if proposal.operator else {}),
        **more,
    }
    return Entry(act, actor.id, role, at, cause=actor.cause, details=details)


def proposal_subject(proposal: Proposal) -> str:
    return f"proposal:{proposal.id}"


def edited(proposal: Proposal, person: PersonId) -> Notice:
    """The card changes in place."""
    return _notice(proposal, person, Lane.EDIT)


def shown(proposal: Proposal, person: PersonId) -> Notice:
    """A new card without a sound: nothing here cannot wait until the morning."""
    return _notice(proposal, person, Lane.ORDER, fresh=True)


async def tell(work: Work, proposal: Proposal, *fresh: PersonId) -> None:
    """A new card for these people; every other card about it changes, so no button outlives it."""
    hear = {person for person in fresh if person != SYSTEM.id}
    await work.owe(*(shown(proposal, person) for person in sorted(hear)))
    await _tell_lookers_on(work, proposal, hear)


async def _tell_lookers_on(work: Work, proposal: Proposal, but: Iterable[PersonId]) -> None:
    seen = {*await work.shown_to(proposal_subject(proposal)), *proposal.asked, proposal.asked_by}
    rest = sorted(seen - set(but) - {SYSTEM.id})
    await work.owe(*(edited(proposal, person) for person in rest))


def _notice(proposal: Proposal, person: PersonId, lane: Lane, *, fresh: bool = False) -> Notice:
    return Notice(
        to=person,
        kind=NoticeKind.PROPOSAL,
        key=f"proposal:{proposal.id}:{proposal.version}:{person}",
        subject=proposal_subject(proposal),
        data={"proposal": proposal.id},
        lane=lane,
        sure=fresh,
        fresh=fresh,
    )
