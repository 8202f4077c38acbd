"""A proposal: what exactly one person wants, who may say yes, and what became of it; pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NewType

from workflows.approving.answer import Answer, is_same
from workflows.people import SYSTEM, Actor, AreaCode, Person, PersonId, Post, Role
from workflows.privacy.scopes import Thing, posts_for
from workflows.refusals import Reason, Refused

ProposalId = NewType("ProposalId", int)
LONGEST_PURPOSE: Final = 200


class ProposalKind(StrEnum):
    """What takes two people (durability.md 5, ASVS 2.3.5)."""

    EXPORT = "export"
    """A file of many cases."""

    CHANGE = "change"
    """An import that changes many rows of a city that runs."""

    POLICY = "policy"
    """Other policy files than those in force."""


class ProposalAct(StrEnum):
    """What is done around a proposal, as the journal names it."""

    ASK = "propose"
    VOUCH = "vouch_for_proposal"
    APPROVE = "approve_proposal"
    REFUSE = "refuse_proposal"
    WITHDRAW = "withdraw_proposal"
    LAPSE = "lapse_proposal"
    CARRY_OUT = "carry_out_proposal"
    GIVE_UP = "give_up_proposal"


APPROVALS: Final[Mapping[ProposalKind, Thing]] = {
    ProposalKind.EXPORT: Thing.APPROVE_EXPORT,
    ProposalKind.CHANGE: Thing.APPROVE_CHANGE,
    ProposalKind.POLICY: Thing.APPROVE_CHANGE,
}
"""Who says yes to an export answers for the cases of its area; of the rest, for a district."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing asked for. `what` is JSON-able and says all that will be carried out.

    `digest` is taken of it when it is asked and looked at once more when it is carried out.
    What comes from a terminal or from the files found at the start is asked by nobody of ours
    (`operator` says by which account): then the first who says yes asks it, and another approves.
    `needs_nobody` is what policy lets one person do alone. `next_at` is when the clock has
    something to do, None when all is over; `outcome` names why an approved one came to nothing.
    """

    id: ProposalId
    kind: ProposalKind
    what: Mapping[str, Any] = field(repr=False)
    digest: str
    area: AreaCode
    purpose: str
    asked_by: PersonId
    asked_at: datetime
    asked: tuple[PersonId, ...]
    lapses_at: datetime
    operator: str = ""
    answer: Answer | None = None
    answered_by: PersonId | None = None
    answered_at: datetime | None = None
    done_at: datetime | None = None
    outcome: str = ""
    next_at: datetime | None = None
    version: int = 0

    @property
    def has_asker(self) -> bool:
        return self.asked_by != SYSTEM.id

    @property
    def needs_nobody(self) -> bool:
        return self.answer is Answer.APPROVED and self.answered_by == SYSTEM.id

    @property
    def is_to_be_done(self) -> bool:
        return self.answer is Answer.APPROVED and self.done_at is None and not self.outcome

    def waits(self, at: datetime) -> bool:
        return self.answer is None and at < self.lapses_at


def digest_of(kind: ProposalKind, what: Mapping[str, Any], area: str, purpose: str) -> str:
    """One name for exactly this thing: 64 hexadecimal digits."""
    whole = [kind.value, what, area, purpose]
    text = json.dumps(whole, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_what_was_asked(proposal: Proposal) -> bool:
    """Whether it is still the very thing that somebody has said yes to."""
    digest = digest_of(proposal.kind, proposal.what, proposal.area, proposal.purpose)
    return digest == proposal.digest


def approving_post(person: Person, proposal: Proposal) -> Post | None:
    """The post by which somebody may say yes or no to it, if they have one."""
    if not person.active:
        return None
    held = posts_for(APPROVALS[proposal.kind], person)
    fitting = (post for post in held if _answers_for(post, proposal))
    return min(fitting, key=lambda post: len(post.area), default=None)


def may_look(person: Person, proposal: Proposal) -> bool:
    return person.id == proposal.asked_by or approving_post(person, proposal) is not None


def check_approver(actor: Actor, asker: Person, proposal: Proposal) -> Role:
    """The role that allows it. Raises Refused: PROPOSAL_NOT_YOURS, PROPOSAL_OWN."""
    if proposal.has_asker and is_same(actor.person, asker):
        at = proposal.asked_at.isoformat()
        raise Refused(Reason.PROPOSAL_OWN, who=asker.name, at=at)
    post = approving_post(actor.person, proposal)
    if post is None:
        raise Refused(Reason.PROPOSAL_NOT_YOURS)
    return post.role


def answered(proposal: Proposal, answer: Answer, by: PersonId, at: datetime) -> Proposal:
    """With its answer; an approved one is to be carried out at once."""
    return replace(
        proposal,
        answer=answer,
        answered_by=by,
        answered_at=at,
        next_at=at if answer is Answer.APPROVED else None,
        version=proposal.version + 1,
    )


def vouched(proposal: Proposal, by: PersonId) -> Proposal:
    """Asked by somebody of ours from now on; another one has to approve it."""
    return replace(proposal, asked_by=by, version=proposal.version + 1)


def ended(proposal: Proposal, at: datetime, outcome: str = "") -> Proposal:
    """Carried out, or come to nothing because of `outcome`."""
    done_at = None if outcome else at
    return replace(
        proposal, done_at=done_at, outcome=outcome, next_at=None, version=proposal.version + 1
    )


def _answers_for(post: Post, proposal: Proposal) -> bool:
    if proposal.kind is not ProposalKind.EXPORT or not proposal.area:
        return post.is_of_a_district
    return post.covers(proposal.area)
