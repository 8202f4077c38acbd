"""A day ahead: tell those who answer for it where nobody would be on duty."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from workflows.book import Book
from workflows.duty.presence import Crew, crews, posts_seen
from workflows.duty.shift import Turn
from workflows.duty.wall import starts_at
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import SYSTEM, Person, Role
from workflows.ports import Begin, Clock, Entry
from workflows.rails import Slots
from workflows.views import Views

NAME: Final = "gaps"
READERS: Final = (Role.AGENCY_LEAD, Role.DUTY_CHIEF, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class ReportGaps:
    """One word a day to everybody who has a hole to fill tomorrow; nobody else hears anything."""

    begin: Begin
    now: Clock
    book: Book
    views: Views
    slots: Slots

    async def last(self) -> datetime | None:
        return await self.slots.last(NAME)

    async def __call__(self, slot: str) -> int:
        """Owe what this slot, such as `2026-11-23T15:30`, has to tell; return how many hear it."""
        if not await self.slots.take(NAME, slot, self.now()):
            return 0
        span = tomorrow(self.now(), self.book)
        readers: dict[int, Person] = {}
        for role in READERS:
            readers |= {person.id: person for person in await self.views.holders(role)}
        told = {}
        for number, reader in sorted(readers.items()):
            if found := await gaps_for(self.views, reader, span):
                told[number] = found
        async with self.begin() as work:
            await work.journal(
                *(_entry(readers[n], found, self.now()) for n, found in told.items())
            )
            await work.owe(*(_notice(readers[number], slot, span) for number in told))
        return len(told)


async def gaps_for(views: Views, reader: Person, span: Turn) -> tuple[Crew, ...]:
    """Crews with rosters of which nobody is there for some of the time."""
    board = await views.rosters.board(reader, span)
    found = crews(board.staff, posts_seen(board.staff, reader), span)
    return tuple(crew for crew in found if crew.rostered and crew.holes)


def tomorrow(now: datetime, book: Book) -> Turn:
    """The next local day, which may have 23 or 25 hours."""
    zone = book.calendar.zone
    day = now.astimezone(zone).date() + timedelta(days=1)
    midnight, following = (
        datetime.combine(day, time()),
        datetime.combine(day, time()) + timedelta(1),
    )
    return Turn(starts_at(midnight, zone), starts_at(following, zone))


def _notice(reader: Person, slot: str, span: Turn) -> Notice:
    return Notice(
        to=reader.id,
        kind=NoticeKind.GAPS,
        key=f"gaps:{slot}:{reader.id}",
        data={"from": span.starts_at.isoformat(), "until": span.ends_at.isoformat()},
        lane=Lane.DIGEST,
        loud=True,
    )


def _entry(reader: Person, found: tuple[Crew, ...], at: datetime) -> Entry:
    holes = [
        [c.post.role, c.post.area, c.post.agency, h.starts_at.isoformat(), h.ends_at.isoformat()]
        for c in found
        for h in c.holes
    ]
    details = {"told": reader.id, "holes": holes}
    return Entry("report_gaps", SYSTEM.id, Role.SYSTEM, at, details=details)
