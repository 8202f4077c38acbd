"""How an emergency and its request come to an end: early, at their time, or unanswered."""

from dataclasses import dataclass
from datetime import datetime

from workflows.approving.answer import Answer
from workflows.emergency.emergency import Emergency, EmergencyAct, answered, approving_post, ended
from workflows.emergency.kept import DueEmergency
from workflows.emergency.standing import must_hold
from workflows.emergency.telling import alarmed, entry, tell_everybody, tell_lookers_on
from workflows.emergency.under import EmergencyId
from workflows.people import SYSTEM, Actor, Role
from workflows.ports import Begin, Clock, Work
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class EndEmergency:
    """Back to the usual before its time. Whoever may approve one there may end it."""

    begin: Begin
    now: Clock

    async def __call__(self, actor: Actor, emergency_id: EmergencyId) -> Emergency:
        """Raises Refused: NO_SUCH_EMERGENCY, EMERGENCY_NOT_YOURS, EMERGENCY_ENDED."""
        async with self.begin() as work:
            emergency = await work.emergencies.get(emergency_id)
            post = approving_post(actor.person, emergency.area)
            if post is None:
                raise Refused(Reason.EMERGENCY_NOT_YOURS)
            now = self.now()
            await must_hold(work, emergency, now)
            after = await _end(work, actor, post.role, emergency, now)
            await work.settle(actor.cause)
        return after


@dataclass(frozen=True, slots=True)
class WatchEmergency:
    """The clock's verb: let a request lapse, tell the end of what has ended by itself."""

    begin: Begin
    now: Clock

    async def __call__(self, due: DueEmergency) -> None:
        """Raises LeaseLostError if another process has taken it over."""
        async with self.begin() as work:
            await come_due(work, await work.emergencies.get(due.id), self.now())
            await work.emergencies.finish(due)


async def come_due(work: Work, emergency: Emergency, now: datetime) -> bool:
    """What the clock has to do about it, if its time has come; whether it had."""
    if emergency.next_at is None or emergency.next_at > now:
        return False
    if emergency.answer is None:
        await lapse(work, emergency, now)
    else:
        await _end(work, SYSTEM, Role.SYSTEM, emergency, now)
    return True


async def lapse(work: Work, emergency: Emergency, now: datetime) -> None:
    """Nobody has said yes in time; whoever asked hears it with a sound."""
    at = min(emergency.lapses_at, now)
    after = answered(emergency, Answer.LAPSED, SYSTEM.id, at)
    await work.emergencies.write(emergency, after)
    await work.journal(entry(EmergencyAct.LAPSE, SYSTEM, Role.SYSTEM, after, at))
    await work.owe(alarmed(after, after.asked_by))
    await tell_lookers_on(work, after, but=[after.asked_by])


async def _end(
    work: Work, actor: Actor, role: Role, emergency: Emergency, now: datetime
) -> Emergency:
    """Written, in the journal, told to everybody; what was to make it longer lapses with it."""
    after = ended(emergency, actor.id, now)
    await work.emergencies.write(emergency, after)
    assert after.until is not None
    assert after.began_at is not None
    lasted = round((after.until - after.began_at).total_seconds())
    line = entry(EmergencyAct.END, actor, role, after, after.until, lasted_s=lasted)
    await work.journal(line)
    await tell_everybody(work, after, now, loud=False)
    waiting = await work.emergencies.alive(after.area, after.id)
    if waiting is not None:
        await lapse(work, waiting, now)
    return after
