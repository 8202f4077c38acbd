"""The clock's verb for call-outs: remind the silent, and end what nobody has ended."""

from dataclasses import dataclass

from workflows.joint.call_out import CallAct, CallOut, CallRules, reminded
from workflows.joint.call_people import called_notice, entry, tally_notice
from workflows.joint.close_call import close_by_itself
from workflows.joint.kept import DueCall
from workflows.people import SYSTEM, Role
from workflows.ports import Begin, Clock, Work


@dataclass(frozen=True, slots=True)
class WatchCall:
    """Do what has come due for one call-out."""

    begin: Begin
    now: Clock
    rules: CallRules

    async def __call__(self, due: DueCall) -> None:
        """Raises LeaseLostError if another process has taken it over."""
        async with self.begin() as work:
            call = await work.call_outs.get(due.id)
            now = self.now()
            if call.is_open and call.next_at is not None and call.next_at <= now:
                if now >= call.at + self.rules.closes_after:
                    await close_by_itself(work, call, now)
                else:
                    await self._remind(work, call)
            await work.call_outs.finish(due)

    async def _remind(self, work: Work, call: CallOut) -> None:
        now = self.now()
        after = reminded(call, now, self.rules)
        silent = [one.person for one in after.who(None)]
        await work.call_outs.write(call, after)
        if not silent:
            return
        line = entry(CallAct.REMIND, SYSTEM, Role.SYSTEM, after, now, people=silent)
        await work.journal(line)
        await work.owe(tally_notice(after))
        await work.owe(*(called_notice(after, person, loud=True) for person in silent))
