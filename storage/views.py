"""Reading for people's eyes: each question is its own short read of one consistent state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.areas import containing, inside
from storage.audit_views import StoredAuditViews
from storage.case_rows import case_from
from storage.cases import read_caller, read_case
from storage.database import Database
from storage.drafts import latest_draft, read_draft
from storage.duty import on_duty
from storage.emergency_views import StoredEmergencyViews
from storage.exporting import StoredExportViews
from storage.gathering import gathered_in
from storage.joint_views import StoredJointViews
from storage.journal import of_case
from storage.keyring import Keyring
from storage.listing import page_of, piles_of
from storage.maps import MapCache
from storage.people import StoredPeople
from storage.person_rows import holding, people_from
from storage.photos import StoredPhotos, photo_of_set
from storage.places import StoredPlaces, agency_from
from storage.proposal_views import StoredProposalViews
from storage.reach import visible
from storage.roster_views import StoredRosterViews
from storage.rows.cases import IS_EXHAUSTED, IS_GUESS, IS_OPEN, cases
from storage.rows.places import agencies
from storage.seen import reviews_for, seen_of
from storage.synonyms import read_lessons
from storage.tasks import MOST_TASKS, MOST_WAITING, to_do
from workflows.approving.kept import ProposalViews
from workflows.cases.case import Case, CaseId, Photo, State
from workflows.deadlines.clocks import ClockKind
from workflows.duty.kept import RosterViews
from workflows.emergency.kept import EmergencyViews
from workflows.escalation.digest import Gathered
from workflows.evidence.risk import Seen
from workflows.exporting.kept import ExportViews
from workflows.hotline.draft import Draft
from workflows.joint.kept import JointViews
from workflows.lists import Listed, Pile, Wanted
from workflows.notices import DraftId
from workflows.people import Agency, AreaCode, Person, PersonId, Role
from workflows.ports import Caller, Clock, Written
from workflows.privacy.audits import AuditViews
from workflows.privacy.scopes import Thing
from workflows.views import CaseView, Lessons, Tally


@dataclass(frozen=True, slots=True)
class StoredViews:
    """Implements `workflows.views.Views`."""

    database: Database
    now: Clock
    maps: MapCache
    keyring: Keyring

    @property
    def joint(self) -> JointViews:
        return StoredJointViews(self.database, self.now)

    @property
    def emergencies(self) -> EmergencyViews:
        return StoredEmergencyViews(self.database)

    @property
    def proposals(self) -> ProposalViews:
        return StoredProposalViews(self.database)

    @property
    def exports(self) -> ExportViews:
        return StoredExportViews(self.database, self.keyring)

    @property
    def rosters(self) -> RosterViews:
        return StoredRosterViews(self.database)

    @property
    def audits(self) -> AuditViews:
        return StoredAuditViews(self.database)

    async def case(self, case_id: CaseId) -> CaseView:
        async with self.database.reading() as connection:
            case = case_from(await read_case(connection, case_id))
            photos = await StoredPhotos(connection).of(case_id)
            written = await of_case(connection, case_id)
            places = StoredPlaces(connection, self.maps, self.now)
            proposed = case.requests[-1].proposed if case.requests else None
            seen, earlier = await seen_of(connection, case, photos)
            return CaseView(
                case=case,
                photos=photos,
                names=await StoredPeople(connection).names(_people_of(case, photos, written)),
                agency=await places.agency(case.agency) if case.agency else None,
                grid=await places.grid(case.place.area) if case.place.area else None,
                journal=written,
                proposed=await places.agency(proposed) if proposed else None,
                alike=seen.alike,
                earlier=earlier,
                sender_since=seen.sender_since,
            )

    async def draft(self, draft_id: DraftId) -> Draft:
        async with self.database.reading() as connection:
            return await read_draft(connection, draft_id, self.keyring)

    async def open_draft(self, person: PersonId) -> Draft | None:
        async with self.database.reading() as connection:
            return await latest_draft(connection, person, self.keyring)

    async def taught(self, most: int, skip: int) -> Lessons:
        async with self.database.reading() as connection:
            return await read_lessons(connection, most, skip)

    async def caller(self, reader: Person, case_id: CaseId) -> Caller | None:
        async with self.database.reading() as connection:
            return await read_caller(connection, case_id, self.keyring, reader)

    async def tasks(self, reader: Person) -> tuple[Case, ...]:
        nearest = (cases.c.due_at.is_(None), cases.c.due_at, cases.c.id)
        question = (
            select(cases).where(to_do(reader, self.now())).order_by(*nearest).limit(MOST_TASKS)
        )
        async with self.database.reading() as connection:
            return await _cases(connection, question)

    async def waiting(self, reader: Person, at: datetime) -> tuple[Case, ...]:
        question = select(cases).where(to_do(reader, at)).order_by(cases.c.due_at, cases.c.id)
        async with self.database.reading() as connection:
            return await _cases(connection, question.limit(MOST_WAITING))

    async def to_review(self, reader: Person) -> tuple[Seen, ...]:
        async with self.database.reading() as connection:
            return await reviews_for(connection, reader)

    async def listed(self, reader: Person, wanted: Wanted) -> Listed:
        async with self.database.reading() as connection:
            return await page_of(connection, reader, wanted)

    async def piles(self, reader: Person, at: datetime) -> tuple[Pile, ...]:
        async with self.database.reading() as connection:
            return await piles_of(connection, reader, at)

    async def names(self, ids: Sequence[PersonId]) -> Mapping[PersonId, str]:
        async with self.database.reading() as connection:
            return await StoredPeople(connection).names(ids)

    async def suspended(self, reader: Person) -> tuple[Case, ...]:
        wanted = visible(reader, Thing.RESTING)
        rests = cases.c.state == State.SUSPENDED
        async with self.database.reading() as connection:
            question = select(cases).where(IS_OPEN, rests, wanted).order_by(cases.c.id)
            found = await _cases(connection, question.limit(MOST_TASKS))
        return tuple(sorted(found, key=_goes_on))

    async def gathered(self, digest: str) -> tuple[Gathered, ...]:
        async with self.database.reading() as connection:
            return await gathered_in(connection, digest, self.keyring)

    async def case_of_set(self, person: PersonId, album: str) -> CaseId | None:
        async with self.database.reading() as connection:
            photo = await photo_of_set(connection, person, album)
        return photo.case_id if photo else None

    async def provisional(self) -> tuple[CaseId, ...]:
        question = select(cases.c.id).where(IS_GUESS).order_by(cases.c.id)
        async with self.database.reading() as connection:
            found = await connection.execute(question)
            return tuple(CaseId(number) for number in found.scalars())

    async def colleagues(self, case: Case, at: datetime) -> tuple[Person, ...]:
        """For a place outside every grid that is everybody: somebody must go."""
        area = case.place.area
        wanted = on_duty(Role.WORKER, area, case.agency, at, anywhere=area is None)
        async with self.database.reading() as connection:
            workers = people_from(await connection.execute(*wanted))
        return tuple(worker for worker in workers if worker.id != case.assignee)

    async def tally(self, area: AreaCode, since: datetime, at: datetime) -> Tally:
        """Overdue and stuck cases nearest due first; opened and closed are counted since then."""
        here = inside(cases.c.area, area)
        still_open = select(cases).where(IS_OPEN, here).order_by(cases.c.due_at, cases.c.id)
        by_state = select(cases.c.state, func.count().label("number")).where(IS_OPEN, here)
        async with self.database.reading() as connection:
            counted = await connection.execute(by_state.group_by(cases.c.state))
            return Tally(
                open_by_state={row.state: row.number for row in counted},
                overdue=await _cases(connection, still_open.where(cases.c.due_at < at)),
                stuck=await _cases(connection, still_open.where(cases.c.stuck != "")),
                opened=await _count(connection, here, cases.c.reported_at >= since),
                closed=await _count(connection, here, cases.c.closed_at >= since),
                exhausted=await _cases(connection, still_open.where(IS_EXHAUSTED)),
                self_fixed=await _count(
                    connection, here, cases.c.closed_at >= since, cases.c.self_fixed
                ),
            )

    async def holders(self, role: Role) -> tuple[Person, ...]:
        """Everybody active who holds the role anywhere, on duty or not."""
        async with self.database.reading() as connection:
            return people_from(await connection.execute(holding(role)))

    async def agencies(self, area: AreaCode | None) -> tuple[Agency, ...]:
        """Those whose area contains this one or lies inside it; all of them for None."""
        near: ColumnElement[bool] = true()
        if area is not None:
            covering = agencies.c.area.in_(containing(area))
            near = or_(covering, inside(agencies.c.area, area))
        question = select(agencies).where(near).order_by(agencies.c.code)
        async with self.database.reading() as connection:
            return tuple(agency_from(row) for row in await connection.execute(question))


def _goes_on(case: Case) -> datetime:
    clock = case.clock(ClockKind.SUSPENSION)
    return clock.due_at or case.changed_at if clock else case.changed_at


def _people_of(
    case: Case, photos: tuple[Photo, ...], written: tuple[Written, ...]
) -> list[PersonId]:
    involved = {case.reported_by, *(photo.sent_by for photo in photos)}
    involved |= {line.person for line in written}
    if case.assignee is not None:
        involved.add(case.assignee)
    return sorted(involved)


async def _cases(connection: AsyncConnection, question: Select[Any]) -> tuple[Case, ...]:
    return tuple(case_from(row) for row in await connection.execute(question))


async def _count(connection: AsyncConnection, *conditions: Any) -> int:
    question = select(func.count()).select_from(cases).where(and_(*conditions))
    count: int = (await connection.execute(question)).scalar_one()
    return count
