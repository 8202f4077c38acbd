"""What is known of work beside its photos: what they look like, how long its sender is here."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, bindparam, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.case_rows import case_from, photo_from
from storage.columns import Instant
from storage.fingerprints import likenesses_of
from storage.photos import COUNTS
from storage.reach import reached
from storage.rows.cases import IS_OPEN, cases, photos
from storage.rows.people import invitations
from workflows.cases.case import Case, CaseId, Photo, PhotoId, State
from workflows.evidence.kept import Likeness
from workflows.evidence.risk import Seen
from workflows.people import Person, PersonId, Role
from workflows.privacy.scopes import Thing

MOST_REVIEWS: Final = 1000
JUDGED_IN: Final = {Role.AGENCY_LEAD: State.PENDING_CONFIRM}
"""A lead judges before the centre does."""

OF_CASES: Final = (
    select(photos)
    .where(photos.c.case_id.in_(bindparam("of_cases", expanding=True)), COUNTS)
    .order_by(photos.c.id)
)
THESE: Final = select(cases).where(cases.c.id.in_(bindparam("these", expanding=True)))
SINCE: Final = (
    select(invitations.c.person_id, func.min(invitations.c.used_at, type_=Instant).label("since"))
    .where(
        invitations.c.person_id.in_(bindparam("people", expanding=True)),
        invitations.c.used_at.is_not(None),
    )
    .group_by(invitations.c.person_id)
)


async def seen_of(
    connection: AsyncConnection, case: Case, its_photos: Sequence[Photo]
) -> tuple[Seen, Mapping[CaseId, Case]]:
    """What is known of one case's work, and the other cases that its photos look like."""
    [seen] = await _seen(connection, (case,), its_photos)
    others = {each.earlier.case for each in seen.alike}
    others |= {photo.reused_from for photo in its_photos if photo.reused_from is not None}
    others -= {case.id}
    if not others:
        return seen, {}
    rows = await connection.execute(THESE, {"these": sorted(others)})
    return seen, {CaseId(row.id): case_from(row) for row in rows}


async def reviews_for(connection: AsyncConnection, reader: Person) -> tuple[Seen, ...]:
    """Work that waits for this person's judgement, what is due first before the rest."""
    nearest = (cases.c.due_next, cases.c.id)
    question = select(cases).where(judged_by(reader)).order_by(*nearest)
    rows = await connection.execute(question.limit(MOST_REVIEWS))
    found = tuple(case_from(row) for row in rows)
    if not found:
        return ()
    stored = await connection.execute(OF_CASES, {"of_cases": [case.id for case in found]})
    return await _seen(connection, found, [photo_from(row) for row in stored])


def judged_by(reader: Person) -> ColumnElement[bool]:
    """Open cases whose work waits for this person's judgement, by the posts they hold."""
    conditions = [
        and_(theirs, cases.c.state == JUDGED_IN.get(post.role, State.FEEDBACK_REVIEW).value)
        for post, theirs in reached(Thing.REVIEWS, reader)
    ]
    return and_(IS_OPEN, or_(false(), *conditions))


async def _seen(
    connection: AsyncConnection, of: Sequence[Case], their_photos: Sequence[Photo]
) -> tuple[Seen, ...]:
    by_case: dict[CaseId, list[Photo]] = defaultdict(list)
    for photo in their_photos:
        by_case[photo.case_id].append(photo)
    alike: dict[PhotoId, list[Likeness]] = defaultdict(list)
    for each in await likenesses_of(connection, [photo.id for photo in their_photos]):
        alike[each.photo].append(each)
    since = await _since(connection, {sender(case) for case in of})
    return tuple(
        Seen(
            case,
            tuple(by_case[case.id]),
            tuple(each for photo in by_case[case.id] for each in alike[photo.id]),
            since.get(sender(case)),
        )
        for case in of
    )


def sender(case: Case) -> PersonId:
    """Who has done the work: the worker, else whoever reported and fixed it."""
    return case.reported_by if case.assignee is None else case.assignee


async def _since(
    connection: AsyncConnection, people: set[PersonId]
) -> Mapping[Any, datetime | None]:
    rows = await connection.execute(SINCE, {"people": sorted(people)})
    return {row.person_id: row.since for row in rows}
