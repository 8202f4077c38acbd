"""Which agency and which worker: the dispatch catalogue, then who is on duty in the grid."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from workflows.book import Book
from workflows.cases.case import Case
from workflows.people import Agency, AgencyCode, AreaCode, PersonId, Role
from workflows.policy.catalogue import ConditionId
from workflows.ports import Work

STREET_OFFICE = "STR"
"""The street picks up what nobody else does (街镇托底, domain.md 2.4)."""


@dataclass(frozen=True, slots=True)
class Routed:
    """The system's choice and, for the journal, everything it rests on."""

    agency: AgencyCode
    worker: PersonId
    details: Mapping[str, Any]


async def route(work: Work, case: Case, book: Book, at: datetime | None) -> Routed | str:
    """Choose, or name why not: `outside_every_grid`, `no_agency` or `nobody_on_duty`."""
    area = case.place.area
    if area is None or at is None:
        return "outside_every_grid"
    asked: set[AgencyCode] = set()
    for rule, find in _ways(work, case, book, area):
        agency = await find()
        if agency is None or agency.code in asked:
            continue
        asked.add(agency.code)
        workers = await work.people.on_duty(Role.WORKER, area, agency.code, at)
        if workers:
            return Routed(
                agency.code,
                workers[0].id,
                {
                    "rule": rule,
                    "class": case.class_code,
                    "area": area,
                    "on_duty": [worker.id for worker in workers][:5],
                    "choice": "fewest open cases",
                    "policy": book.policy.version,
                },
            )
    return "nobody_on_duty" if asked else "no_agency"


async def collector_for(work: Work, case: Case, at: datetime) -> PersonId | None:
    """Who looks on site: on duty in the grid, fewest open cases, and nobody who is a party to it.

    Whoever reported it does not verify it, whoever did the work does not inspect it (product.md),
    and whoever has the task already is passed over.
    """
    parties = {case.reported_by, case.assignee, case.check.checker if case.check else None}
    for area in (case.place.area, None):
        found = await work.people.on_duty(Role.COLLECTOR, area, None, at)
        free = [person.id for person in found if person.id not in parties]
        if free:
            return free[0]
    return None


def _ways(
    work: Work, case: Case, book: Book, area: AreaCode
) -> Iterator[tuple[str, Callable[[], Awaitable[Agency | None]]]]:
    """The catalogue's row before the condition's department types before the street office.

    Most cases find their worker by the first, and then nothing else is looked up.
    """
    places = work.places
    yield "dispatch catalogue", partial(places.agency_in_catalogue, case.class_code, area)
    condition = book.policy.catalogue.conditions.get(ConditionId(case.condition_id))
    kinds = (*(condition.agency_kinds if condition else ()), STREET_OFFICE)
    for kind in dict.fromkeys(kinds):
        yield f"department type {kind}", partial(places.agency_of_kind, kind, area)
