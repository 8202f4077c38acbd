"""Answer a call-out: coming, cannot come, or where one is; the latest answer counts."""

from dataclasses import dataclass

from workflows.cases.case import Point
from workflows.cases.discreet import discreet, private_of
from workflows.joint.call_out import (
    LONGEST_ANSWER,
    CallAct,
    CallId,
    CallOut,
    Reply,
    replied,
)
from workflows.joint.call_people import called_notice, entry, tally_notice
from workflows.people import Actor, Role
from workflows.ports import Begin, Clock, Work
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class AnswerCall:
    """One tap, or one word. The caller's card follows."""

    begin: Begin
    now: Clock

    async def __call__(
        self, actor: Actor, call_id: CallId, reply: Reply, words: str = ""
    ) -> CallOut:
        """Raises Refused: NO_SUCH_CALL, CALL_CLOSED by whom and when, CALL_NOT_FOR_YOU."""
        words = " ".join(words.split())
        if len(words) > LONGEST_ANSWER:
            raise Refused(Reason.TEXT_TOO_LONG, most=LONGEST_ANSWER, length=len(words))
        async with self.begin() as work:
            return await self._inside(work, actor, call_id, reply, words)

    async def here(self, actor: Actor, call_id: CallId, point: Point, title: str) -> CallOut:
        """A place on the map as its name in words; the coordinates are not kept."""
        async with self.begin() as work:
            grid = await work.places.grid_at(point)
            words = (title or (grid.name if grid else "?"))[:LONGEST_ANSWER]
            return await self._inside(work, actor, call_id, Reply.WHERE, words)

    async def _inside(
        self, work: Work, actor: Actor, call_id: CallId, reply: Reply, words: str
    ) -> CallOut:
        before = await work.call_outs.get(call_id)
        if before.of(actor.id) is None:
            raise Refused(Reason.CALL_NOT_FOR_YOU)
        await must_be_open(work, before)
        now = self.now()
        at = min(actor.said_at or now, now)
        number = before.wanted.case_id
        case = None if number is None else await work.cases.get(number)
        words = discreet(words, *await private_of(work, case))
        after = replied(before, actor.id, reply, words, at)
        await work.call_outs.write(before, after)
        said = {"reply": reply, "words": words}
        line = entry(CallAct.REPLY, actor, role_of(actor), after, at, **said)
        await work.journal(line)
        await work.owe(tally_notice(after), called_notice(after, actor.id, loud=False))
        await work.settle(actor.cause)
        return after


async def must_be_open(work: Work, call: CallOut) -> None:
    """Raises Refused(CALL_CLOSED) with the name and the time."""
    if call.closed_at is None or call.closed_by is None:
        return
    names = await work.people.names([call.closed_by])
    raise Refused(
        Reason.CALL_CLOSED,
        call=call.id,
        who=names.get(call.closed_by, ""),
        at=call.closed_at.isoformat(),
    )


def role_of(actor: Actor) -> Role:
    """The first of the roles in which somebody is here, for the journal."""
    return next((post.role for post in actor.person.posts), Role.SYSTEM)
