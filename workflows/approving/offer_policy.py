"""The policy files found at a start: taken if they are the first, else put before two people.

Until they are approved the city goes on with those in force. What was approved takes effect at
the next start: a service never changes its numbers under the hands of whoever is at work.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from workflows.approving.answer import Answer
from workflows.approving.proposal import Proposal, ProposalKind, answered
from workflows.approving.propose import Propose, Wish
from workflows.approving.telling import tell
from workflows.people import SYSTEM, Role
from workflows.policy.compare import differences
from workflows.policy.load import Bundle, digest_of
from workflows.ports import Begin, Clock, Entry, Work
from workflows.refusals import Refused

TAKEN: Final = "take_policy"
"""In the journal: came into force without anybody's approval, and why."""

SHOWN_MOST: Final = 40
OVERTAKEN, CHANGED, UNFIT = "overtaken", "changed", "unfit"


class Offered(StrEnum):
    """What became of the files that were found."""

    FIRST = "first"
    UNREADABLE = "unreadable"
    IN_FORCE = "in_force"
    PROPOSED = "proposed"
    WAITS = "waits"
    REFUSED = "refused"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class OfferPolicy:
    """Called by whoever serves, at each start, and by an operator who wants it decided anew."""

    begin: Begin
    now: Clock
    propose: Propose

    async def __call__(
        self, found: Bundle, operator: str, *, why: str = "", anew: bool = False
    ) -> Offered:
        """`anew` asks once more although somebody has said no."""
        async with self.begin() as work:
            current, digest = await work.policies.in_force(), digest_of(found)
            await work.policies.keep(digest, found)
            if current is None:
                await self._take(work, digest, Offered.FIRST, operator)
                return Offered.FIRST
            if digest_of(current) == digest:
                await self._call_off(work, digest)
                return Offered.IN_FORCE
            if (known := await self._known(work, digest)) and not (
                anew and known is Offered.REFUSED
            ):
                return known
            await self._call_off(work, digest)
            return await self._ask(work, current, found, operator, why)

    async def take(self, found: Bundle, operator: str) -> None:
        """What is in force cannot be read by this release, and a city cannot go on without."""
        async with self.begin() as work:
            digest = digest_of(found)
            await work.policies.keep(digest, found)
            await self._take(work, digest, Offered.UNREADABLE, operator)

    async def _take(self, work: Work, digest: str, why: Offered, operator: str) -> None:
        await work.policies.put_in_force(digest)
        details = {"policy": digest, "why": why.value, "operator": operator}
        await work.journal(Entry(TAKEN, SYSTEM.id, Role.SYSTEM, self.now(), details=details))

    async def _known(self, work: Work, digest: str) -> Offered | None:
        """What was said of these very files last, unless it may be asked again by itself."""
        for proposal in await work.proposals.recent(ProposalKind.POLICY):
            if proposal.what["policy"] != digest:
                continue
            if proposal.waits(self.now()) or proposal.is_to_be_done:
                return Offered.WAITS
            is_no = proposal.answer in {Answer.REFUSED, Answer.WITHDRAWN}
            by_people = is_no and proposal.answered_by != SYSTEM.id
            return Offered.REFUSED if by_people else None
        return None

    async def _call_off(self, work: Work, but: str) -> None:
        """Files that are no longer there need nobody's answer."""
        now = self.now()
        for proposal in await work.proposals.recent(ProposalKind.POLICY):
            if proposal.waits(now) and proposal.what["policy"] != but:
                after = answered(proposal, Answer.WITHDRAWN, SYSTEM.id, now)
                await work.proposals.write(proposal, after)
                await tell(work, after)

    async def _ask(
        self, work: Work, current: Bundle, found: Bundle, operator: str, why: str
    ) -> Offered:
        every = differences(current, found)
        what: dict[str, Any] = {
            "policy": digest_of(found),
            "from": digest_of(current),
            "changes": [[d.file, d.where, d.old, d.new] for d in every[:SHOWN_MOST]],
            "total": len(every),
        }
        try:
            wish = Wish(ProposalKind.POLICY, what, why, operator=operator)
            await self.propose.inside(work, SYSTEM, wish)
        except Refused:
            return Offered.NOBODY
        return Offered.PROPOSED


@dataclass(frozen=True, slots=True)
class PutInForce:
    """Carries an approved policy out: in force from the next start on."""

    async def __call__(self, work: Work, proposal: Proposal) -> str:
        """Why nothing came of it, or nothing."""
        digest = str(proposal.what["policy"])
        bundle, current = await work.policies.get(digest), await work.policies.in_force()
        if current is None or digest_of(current) != proposal.what["from"]:
            return OVERTAKEN
        if bundle is None or digest_of(bundle) != digest:
            return CHANGED
        await work.policies.put_in_force(digest)
        return ""
