"""A sign of life every few seconds, and what its absence says: when the service was away."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from workflows.outages.outage import Outage, Why
from workflows.people import SYSTEM, Role
from workflows.ports import Begin, Clock, Entry

SILENCE: Final = timedelta(seconds=30)
"""Less than this without a sign of life says nothing: a quick restart, or a busy moment."""


@dataclass(frozen=True, slots=True)
class KeepAlive:
    """Leave a sign of life."""

    begin: Begin
    now: Clock

    async def __call__(self, after: Why | None = None) -> Outage | None:
        """Return the outage that has just ended, kept with a line of the journal.

        Only somebody who comes back `after` something looks for one: a process that lives all
        the while is late at most. Another process that lived meanwhile was there to hear people.
        """
        now = self.now()
        async with self.begin() as work:
            last = await work.outages.alive(now)
            if after is None or last is None or now - last < SILENCE:
                return None
            outage = await work.outages.note(Outage(last, now, after))
            role = Role.SYSTEM
            entry = Entry("outage", SYSTEM.id, role, now, details=outage.as_json())
            await work.journal(entry)
        return outage
