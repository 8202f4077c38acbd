"""Another system's complaints become cases of ours, by the ordinary intake, safe to repeat."""

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from workflows.cases.case import CaseId, Place, Source
from workflows.cases.report_case import Report, ReportCase, locate
from workflows.escalation.quiet import by_night
from workflows.hotline.scanning import without_numbers
from workflows.importing.row import Row, Standing
from workflows.notices import Lane, Notice, NoticeKind
from workflows.people import SYSTEM, Actor, Person, Role
from workflows.ports import Begin, Clock, Work
from workflows.privacy.scopes import Reach, Thing, cell
from workflows.refusals import Refused
from workflows.views import Views

LONGEST_PLACE: Final = 200


class Became(StrEnum):
    """What became of a row that could be read."""

    OPENED = "opened"
    UNPLACED = "unplaced"
    HISTORY = "history"
    KNOWN = "known"
    DUPLICATE = "duplicate"
    ENDED = "ended"
    REFUSED = "refused"


@dataclass(slots=True)
class Takings:
    """Every row accounted for, the cases outside every grid, and the rows the law refused.

    A refused row stands with the reason and with what it lacks.
    """

    became: Counter[Became] = field(default_factory=Counter)
    unplaced: list[CaseId] = field(default_factory=list)
    refused: list[tuple[Row, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TakeIn:
    """Take rows in, many to a transaction; a batch that fails is taken one by one."""

    begin: Begin
    now: Clock
    report_case: ReportCase
    views: Views

    async def __call__(self, rows: Sequence[Row], takings: Takings, *, history: bool) -> None:
        """`history` takes closed rows over with their own times; nobody is woken by them."""
        try:
            await self._together(rows, takings, history=history)
        except Refused:
            for row in rows:
                await self._alone(row, takings, history=history)

    async def tell_unplaced(self, takings: Takings, file: str) -> None:
        """One list to every duty chief, not one message a case."""
        if not takings.unplaced:
            return
        chiefs = await self._whom_to_tell()
        at, book = self.now(), self.report_case.record.book
        notices = (
            Notice(
                to=chief.id,
                kind=NoticeKind.UNPLACED,
                key=f"unplaced:{at.isoformat()}:{chief.id}",
                data={"cases": takings.unplaced, "file": file},
                lane=Lane.DIGEST,
                loud=True,
                sure=True,
            )
            for chief in chiefs
        )
        hours, zone = book.policy.ladders.quiet_hours, book.calendar.zone
        async with self.begin() as work:
            await work.owe(*(by_night(each, at, hours, zone) for each in notices))

    async def _whom_to_tell(self) -> tuple[Person, ...]:
        """Whose they are by the scopes; where there is nobody, whoever stands in."""
        for reach in (Reach.EVERYWHERE, Reach.ALARMED):
            roles = [role for role in Role if reach in cell(Thing.UNPLACED, role)]
            found = [await self.views.holders(role) for role in roles]
            if any(found):
                return tuple(person for each in found for person in each)
        return ()

    async def _together(self, rows: Sequence[Row], takings: Takings, *, history: bool) -> None:
        found: list[tuple[Became, CaseId | None]] = []
        async with self.begin() as work:
            known = set(await work.cases.by_source_numbers([row.number for row in rows]))
            for row in rows:
                found.append(await self._row(work, row, known, history=history))
                known.add(row.number)
        for became, case_id in found:
            _note(takings, became, case_id)

    async def _alone(self, row: Row, takings: Takings, *, history: bool) -> None:
        try:
            async with self.begin() as work:
                known = await work.cases.by_source_numbers([row.number])
                became, case_id = await self._row(work, row, known, history=history)
        except Refused as no:
            missing = ", ".join(no.data.get("missing", ()))
            takings.refused.append((row, no.reason, f"missing: {missing}" if missing else ""))
            became, case_id = Became.REFUSED, None
        _note(takings, became, case_id)

    async def _row(
        self, work: Work, row: Row, known: Container[str], *, history: bool
    ) -> tuple[Became, CaseId | None]:
        if row.standing is Standing.DUPLICATE:
            return Became.DUPLICATE, None
        if row.number in known:
            return Became.KNOWN, None
        if row.standing is not Standing.OPEN and not history:
            return Became.ENDED, None
        place = await _place(work, row)
        over = row.standing is not Standing.OPEN
        report = _report(row, place, over=over)
        actor = Actor(SYSTEM.person, said_at=row.created_at)
        case = await self.report_case.inside(work, actor, report, quiet=place.area is None)
        if over:
            return Became.HISTORY, case.id
        return (Became.UNPLACED if place.area is None else Became.OPENED), case.id


async def _place(work: Work, row: Row) -> Place:
    """Where the source has no column for it, the place stands in what people wrote."""
    if row.place_words or row.point or not row.words:
        return await locate(work, Place(row.place_words, row.point))
    found = await locate(work, Place(row.words))
    first_line, _, _ = row.words.partition("\n")
    return replace(found, words=without_numbers(first_line)[:LONGEST_PLACE])


def _report(row: Row, place: Place, *, over: bool) -> Report:
    caller = row.caller if row.caller.phone or row.caller.name else None
    return Report(
        class_code=row.class_code,
        condition_id=row.condition_id,
        place=place,
        words=row.words,
        source=Source.IMPORT,
        source_number=row.number,
        note=row.reply if over else "",
        caller=None if over else caller,
        reported_at=row.created_at,
        ended_at=(row.closed_at or row.created_at) if over else None,
    )


def _note(takings: Takings, became: Became, case_id: CaseId | None) -> None:
    takings.became[became] += 1
    if became is Became.UNPLACED and case_id is not None:
        takings.unplaced.append(case_id)
