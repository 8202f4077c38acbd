"""The server's clock was moved: what it holds up is loosened, and administrators hear of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import SYSTEM, Role
from workflows.ports import Begin, Clock, Entry

TOGETHER: Final = 10
"""Minutes in which several processes on one host tell of the same jump once."""


@dataclass(frozen=True, slots=True)
class ClockJumped:
    """Put on record that wall time went `by` more (or less) than the time that really passed.

    After a step back whatever was held for seconds would be held for as long as the step: such
    leases end now. Nothing fires twice, since what has fired stays fired.
    """

    begin: Begin
    now: Clock

    async def __call__(self, by: timedelta) -> None:
        now = self.now()
        seconds = round(by.total_seconds())
        slot = now.replace(minute=now.minute // TOGETHER * TOGETHER, second=0, microsecond=0)
        forward = "forward" if seconds > 0 else "back"
        async with self.begin() as work:
            loosened = await work.outages.loosen(now) if seconds < 0 else 0
            details = {"seconds": seconds, "loosened": loosened}
            entry = Entry("clock_jumped", SYSTEM.id, Role.SYSTEM, now, details=details)
            await work.journal(entry)
            for admin in await work.people.on_duty(Role.ADMIN, None, None, now):
                notice = Notice(
                    to=admin.id,
                    kind=NoticeKind.CLOCK,
                    key=f"clock:{forward}:{slot.isoformat()}:{admin.id}",
                    data={"seconds": seconds},
                    lane=Lane.ORDER,
                    loud=True,
                    sure=True,
                )
                await work.owe(notice)
