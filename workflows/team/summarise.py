"""The morning and evening word to supervisors: what is open, what is late, what is stuck."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflows.notices import Lane, Notice, NoticeKind
from workflows.ports import Begin, Clock
from workflows.privacy.scopes import Thing, roles_for
from workflows.rails import Slots
from workflows.views import Views

NAME: Final = "summary"


@dataclass(frozen=True, slots=True)
class Summarise:
    """One summary per supervisor and slot, however many processes think it is time."""

    begin: Begin
    now: Clock
    views: Views
    slots: Slots

    async def last(self) -> datetime | None:
        """When the latest summary was owed."""
        return await self.slots.last(NAME)

    async def __call__(self, slot: str) -> int:
        """Owe the summaries of this slot, such as `2026-11-23T08:00`; return how many."""
        if not await self.slots.take(NAME, slot, self.now()):
            return 0
        readers = {
            person.id
            for role in roles_for(Thing.SUMMARY)
            for person in await self.views.holders(role)
        }
        async with self.begin() as work:
            await work.owe(
                *(
                    Notice(
                        to=reader,
                        kind=NoticeKind.SUMMARY,
                        key=f"summary:{slot}:{reader}",
                        data={"slot": slot},
                        lane=Lane.DIGEST,
                        loud=True,
                    )
                    for reader in sorted(readers)
                )
            )
        return len(readers)
