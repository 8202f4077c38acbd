"""A sign of life every few seconds, and what its absence says: when the service was away."""

from dataclasses import dataclass

from workflows.outages.outage import Outage, Why
from workflows.outages.rules import OutageRules
from workflows.people import SYSTEM, Role
from workflows.ports import Begin, Clock, Entry


@dataclass(frozen=True, slots=True)
class KeepAlive:
    """Leave a sign of life."""

    begin: Begin
    now: Clock
    rules: OutageRules

    async def __call__(self, after: Why | None = None) -> Outage | None:
        """Return the outage that has just ended, kept with a line of the journal.

        Only somebody who comes back `after` something looks for one: a process that lives all
        the while is late at most. Another process that lived meanwhile was there to hear people.
        """
        now = self.now()
        async with self.begin() as work:
            last = await work.outages.alive(now)
            if after is None or last is None or now - last < self.rules.silent:
                return None
            outage = Outage(last, now, after)
            outage = await work.outages.note(
                outage, old_cards=outage.lasted > self.rules.presses_lost
            )
            role = Role.SYSTEM
            entry = Entry("outage", SYSTEM.id, role, now, details=outage.as_json())
            await work.journal(entry)
        return outage
