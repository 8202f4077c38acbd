"""Close a call-out: its caller does, or the clock does; what is left is the record."""

from dataclasses import dataclass
from datetime import datetime

from workflows.joint.answer_call import must_be_open
from workflows.joint.call_out import CallAct, CallId, CallOut, check_caller, closed
from workflows.joint.call_people import called_notice, entry, record_of, tally_notice
from workflows.people import SYSTEM, Actor, Role
from workflows.ports import Begin, Clock, Work
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class CloseCall:
    """Every card about it says so, in place and in silence."""

    begin: Begin
    now: Clock

    async def __call__(self, actor: Actor, call_id: CallId) -> CallOut:
        """Raises Refused: NO_SUCH_CALL, CALL_CLOSED; somebody else's looks like none."""
        async with self.begin() as work:
            call = await work.call_outs.get(call_id)
            if call.by != actor.id:
                raise Refused(Reason.NO_SUCH_CALL)
            await must_be_open(work, call)
            role = check_caller(actor, None)
            after = await close_inside(work, actor, role, call, self.now())
            await work.settle(actor.cause)
        return after


async def close_inside(
    work: Work, actor: Actor, role: Role, call: CallOut, now: datetime
) -> CallOut:
    """Write the end and its record; tell everybody who has a card of it."""
    after = closed(call, actor.id, now)
    await work.call_outs.write(call, after)
    line = entry(CallAct.CLOSE, actor, role, after, now, **record_of(after))
    await work.journal(line)
    await work.owe(tally_notice(after))
    await work.owe(*(called_notice(after, one.person, loud=False) for one in after.called))
    return after


async def close_by_itself(work: Work, call: CallOut, now: datetime) -> CallOut:
    """The caller has forgotten it, and nobody should be waited for in vain."""
    return await close_inside(work, SYSTEM, Role.SYSTEM, call, now)
