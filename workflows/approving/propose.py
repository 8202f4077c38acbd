"""Ask for what takes two people: it is kept as it is, and all who may say yes get its card."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from workflows.approving.answer import Answer, is_same
from workflows.approving.proposal import (
    APPROVALS,
    Proposal,
    ProposalAct,
    ProposalId,
    ProposalKind,
    answered,
    approving_post,
    digest_of,
)
from workflows.approving.rules import ApprovingRules
from workflows.approving.telling import entry, tell
from workflows.hotline.scanning import without_numbers
from workflows.people import SYSTEM, Actor, AreaCode, Person, Role
from workflows.ports import Clock, Work
from workflows.privacy.scopes import roles_for
from workflows.refusals import Reason, Refused

EVERYWHERE: Final = AreaCode("")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants. `alone` where policy asks for no second person."""

    kind: ProposalKind
    what: Mapping[str, Any]
    purpose: str
    area: AreaCode = EVERYWHERE
    operator: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Propose:
    """One proposal: kept, in the journal, and owed to everybody who may approve it."""

    now: Clock
    rules: ApprovingRules

    async def inside(self, work: Work, actor: Actor, wish: Wish) -> Proposal:
        """Raises Refused(NO_SECOND_PERSON) where nobody could ever approve it."""
        now = self.now()
        purpose = without_numbers(wish.purpose)
        lapses_at = now + self.rules.within
        proposal = Proposal(
            id=ProposalId(0),
            kind=wish.kind,
            what=wish.what,
            digest=digest_of(wish.kind, wish.what, wish.area, purpose),
            area=wish.area,
            purpose=purpose,
            asked_by=actor.id,
            asked_at=now,
            asked=(),
            lapses_at=lapses_at,
            operator=wish.operator,
            next_at=lapses_at,
        )
        if wish.alone:
            proposal = replace(answered(proposal, Answer.APPROVED, SYSTEM.id, now), version=0)
        else:
            people = await approvers(work, actor.person, proposal)
            proposal = replace(proposal, asked=tuple(person.id for person in people))
        opened = await work.proposals.open(proposal)
        role = _role(actor)
        line = entry(
            ProposalAct.ASK, actor, role, opened, now, people=list(opened.asked), alone=wish.alone
        )
        await work.journal(line)
        await tell(work, opened, actor.id, *opened.asked)
        return opened


async def approvers(work: Work, asker: Person, proposal: Proposal) -> tuple[Person, ...]:
    """Everybody who may approve what this person asks, and can be reached.

    Raises Refused(NO_SECOND_PERSON).
    """
    found: dict[int, Person] = {}
    for role in roles_for(APPROVALS[proposal.kind]):
        for person in await work.people.holders(role):
            is_other = not proposal.has_asker or not is_same(person, asker)
            if (
                is_other
                and approving_post(person, proposal)
                and await work.people.is_reachable(person.id)
            ):
                found[person.id] = person
    needed = 1 if proposal.has_asker else 2
    if len(found) < needed:
        raise Refused(Reason.NO_SECOND_PERSON, kind=proposal.kind.value)
    return tuple(found[number] for number in sorted(found))


def _role(actor: Actor) -> Role:
    return actor.person.posts[0].role if actor.person.posts else Role.SYSTEM
