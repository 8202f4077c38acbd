"""The second person says yes or no; whoever asked may take it back. The first answer counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflows.approving.answer import Answer
from workflows.emergency.emergency import (
    Emergency,
    EmergencyAct,
    answered,
    check_approver,
    extended,
)
from workflows.emergency.standing import must_hold, must_wait
from workflows.emergency.telling import alarmed, entry, tell_everybody, tell_lookers_on
from workflows.emergency.under import EmergencyId
from workflows.people import SYSTEM, Actor, Role
from workflows.ports import Begin, Clock, Entry, Work
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class DecideEmergency:
    """One tap. Approved it begins at once, as of now and not of when the thumb moved."""

    begin: Begin
    now: Clock

    async def approve(self, actor: Actor, emergency_id: EmergencyId) -> Emergency:
        """Raises Refused: NO_SUCH_EMERGENCY, EMERGENCY_OWN, EMERGENCY_APPROVED and so on."""
        async with self.begin() as work:
            before = await work.emergencies.get(emergency_id)
            role = await _checked(work, actor, before, self.now())
            after = await _approve(work, actor, role, before, self.now())
            await work.settle(actor.cause)
        return after

    async def refuse(self, actor: Actor, emergency_id: EmergencyId) -> Emergency:
        """Raises the same."""
        async with self.begin() as work:
            before, now = await work.emergencies.get(emergency_id), self.now()
            role = await _checked(work, actor, before, now)
            after = answered(before, Answer.REFUSED, actor.id, now)
            await _write(work, before, after, entry_for(actor, role, after, now))
            await work.owe(alarmed(after, after.asked_by))
            await tell_lookers_on(work, after, but=[after.asked_by])
            await work.settle(actor.cause)
        return after

    async def withdraw(self, actor: Actor, emergency_id: EmergencyId) -> Emergency:
        """Only whoever asked. Raises Refused: EMERGENCY_NOT_YOURS, EMERGENCY_APPROVED, ..."""
        async with self.begin() as work:
            before, now = await work.emergencies.get(emergency_id), self.now()
            if before.asked_by != actor.id:
                raise Refused(Reason.EMERGENCY_NOT_YOURS)
            await must_wait(work, before, now)
            after = answered(before, Answer.WITHDRAWN, actor.id, now)
            await _write(work, before, after, entry_for(actor, Role.ADMIN, after, now))
            await tell_lookers_on(work, after)
            await work.settle(actor.cause)
        return after


ACTS: Final = {
    Answer.APPROVED: EmergencyAct.APPROVE,
    Answer.REFUSED: EmergencyAct.REFUSE,
    Answer.WITHDRAWN: EmergencyAct.WITHDRAW,
}


def entry_for(actor: Actor, role: Role, after: Emergency, now: datetime) -> Entry:
    """The journal's line for an answer."""
    assert after.answer is not None
    return entry(ACTS[after.answer], actor, role, after, now)


async def _checked(work: Work, actor: Actor, before: Emergency, now: datetime) -> Role:
    asker = await work.people.get(before.asked_by)
    role = check_approver(actor, asker, before)
    await must_wait(work, before, now)
    return role


async def _approve(
    work: Work, actor: Actor, role: Role, before: Emergency, now: datetime
) -> Emergency:
    after = answered(before, Answer.APPROVED, actor.id, now)
    await _write(work, before, after, entry_for(actor, role, after, now))
    if after.extends is not None:
        await _extend(work, after, now)
        await tell_lookers_on(work, after)
        return after
    told = await tell_everybody(work, after, now, loud=True)
    began = entry(EmergencyAct.BEGIN, SYSTEM, Role.SYSTEM, after, now, told=told)
    await work.journal(began)
    return after


async def _extend(work: Work, request: Emergency, now: datetime) -> None:
    """Raises Refused(EMERGENCY_ENDED) if it is too late to go on."""
    assert request.extends is not None
    emergency = await work.emergencies.get(request.extends)
    await must_hold(work, emergency, now)
    longer = extended(emergency, request.hours)
    await work.emergencies.write(emergency, longer)
    line = entry(EmergencyAct.EXTEND, SYSTEM, Role.SYSTEM, longer, now, request=request.id)
    await work.journal(line)
    await tell_everybody(work, longer, now, loud=False)


async def _write(work: Work, before: Emergency, after: Emergency, line: Entry) -> None:
    await work.emergencies.write(before, after)
    await work.journal(line)
