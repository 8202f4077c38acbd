"""Whistling for other agencies: who that is, until when they must respond, and what is wrong."""

from dataclasses import dataclass
from datetime import datetime

from workflows.book import Book
from workflows.cases.case import Case, Given
from workflows.deadlines.limits import due
from workflows.joint.part import Part, open_part_of
from workflows.people import Actor, AgencyCode, Role
from workflows.ports import Work
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class Whistle:
    """Who whistles on which case for whom, and when."""

    case: Case
    actor: Actor
    given: Given
    at: datetime


async def parts_for(work: Work, whistle: Whistle, book: Book) -> tuple[Part, ...]:
    """One part an agency. Raises Refused: NO_SUCH_AGENCY, PART_IS_OPEN, NOBODY_AT_AGENCY."""
    return tuple([await _part(work, whistle, code, book) for code in whistle.given.partners])


async def _part(work: Work, whistle: Whistle, code: AgencyCode, book: Book) -> Part:
    case, given, at = whistle.case, whistle.given, whistle.at
    assert given.whistle is not None
    agency = await work.places.agency(code)
    if agency is None:
        raise Refused(Reason.NO_SUCH_AGENCY, name=code)
    if code == case.agency or open_part_of(case.parts, (code,)) is not None:
        raise Refused(Reason.PART_IS_OPEN, name=agency.name, case_id=case.id)
    if not await work.people.on_duty(Role.AGENCY_LEAD, case.place.area, code, at):
        raise Refused(Reason.NOBODY_AT_AGENCY, name=agency.name, case_id=case.id)
    deadline = due(at, book.policy.whistle[given.whistle], book.calendar)
    assert deadline.due_at is not None
    return Part(
        agency=code,
        name=agency.name,
        name_en=agency.name_en,
        kind=given.whistle,
        asked=given.reason.strip(),
        by=whistle.actor.id,
        at=at,
        due_at=deadline.due_at,
    )
