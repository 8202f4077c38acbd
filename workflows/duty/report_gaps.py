"""Tell those who answer for it where nobody is on duty tomorrow, and which roster ends soon."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from workflows.book import Book
from workflows.duty.kept import Board
from workflows.duty.presence import Crew, crews, posts_seen, roster_end
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
class Outlook:
    """What somebody has to see to: crews with `holes`, and those whose roster ends, with when."""

    board: Board
    holes: tuple[Crew, ...]
    ends: tuple[tuple[Crew, datetime], ...]


@dataclass(frozen=True, slots=True)
class ReportGaps:
    """One word a day to whoever has a hole to fill tomorrow, or a roster to go on with.

    What nobody has written out is no hole yet; a calendar is written out up to a horizon only, so
    its end is told some days ahead (`ends_told_days` of duty.toml). Nobody else hears anything.
    """

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
        span, ahead = tomorrow(self.now(), self.book), soon(self.now(), self.book)
        readers: dict[int, Person] = {}
        for role in READERS:
            readers |= {person.id: person for person in await self.views.holders(role)}
        told = {}
        for number, reader in sorted(readers.items()):
            found = await outlook(self.views, reader, span, ahead)
            if found.holes or found.ends:
                told[number] = found
        async with self.begin() as work:
            await work.journal(
                *(_entry(readers[n], found, self.now()) for n, found in told.items())
            )
            await work.owe(*(_notice(readers[n], slot, span, found) for n, found in told.items()))
        return len(told)


async def outlook(views: Views, reader: Person, span: Turn, ahead: Turn) -> Outlook:
    """Holes in `span`, and rosters that end in the time `ahead`, of those the reader sees."""
    board = await views.rosters.board(reader, span)
    seen = crews(board.staff, posts_seen(board.staff, reader), span)
    found = [crew for crew in seen if crew.rostered]
    last = await views.rosters.last_shifts([one.id for one in board.staff.people])
    ends = ((crew, roster_end(crew, last)) for crew in found)
    return Outlook(
        board=board,
        holes=tuple(crew for crew in found if crew.holes),
        ends=tuple((crew, at) for crew, at in ends if at is not None and ahead.holds(at)),
    )


def soon(now: datetime, book: Book) -> Turn:
    """How far ahead the end of a roster is told."""
    return Turn(now, now + book.policy.duty.ends_told)


def tomorrow(now: datetime, book: Book) -> Turn:
    """The next local day, which may have 23 or 25 hours."""
    zone = book.calendar.zone
    day = now.astimezone(zone).date() + timedelta(days=1)
    midnight, following = (
        datetime.combine(day, time()),
        datetime.combine(day, time()) + timedelta(1),
    )
    return Turn(starts_at(midnight, zone), starts_at(following, zone))


def _notice(reader: Person, slot: str, span: Turn, found: Outlook) -> Notice:
    return Notice(
        to=reader.id,
        kind=NoticeKind.GAPS,
        key=f"gaps:{slot}:{reader.id}",
        data={"from": span.starts_at.isoformat(), "until": span.ends_at.isoformat()},
        lane=Lane.DIGEST,
        loud=bool(found.holes),
    )


def _entry(reader: Person, found: Outlook, at: datetime) -> Entry:
    holes = [
        [*_post(crew), hole.starts_at.isoformat(), hole.ends_at.isoformat()]
        for crew in found.holes
        for hole in crew.holes
    ]
    ends = [[*_post(crew), end.isoformat()] for crew, end in found.ends]
    details = {"told": reader.id, "holes": holes, "ends": ends}
    return Entry("report_gaps", SYSTEM.id, Role.SYSTEM, at, details=details)


def _post(crew: Crew) -> tuple[str, str, str | None]:
    return crew.post.role, crew.post.area, crew.post.agency
