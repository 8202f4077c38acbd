"""Which agency and which worker: the dispatch catalogue, then who is on duty in the grid."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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
    candidates = await _agencies(work, case, book, area)
    if not candidates:
        return "no_agency"
    for agency, rule in candidates:
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
    return "nobody_on_duty"


async def _agencies(
    work: Work, case: Case, book: Book, area: AreaCode
) -> list[tuple[Agency, str]]:
    """The catalogue's row before the condition's department types before the street office."""
    found: list[tuple[Agency, str]] = []
    if agency := await work.places.agency_in_catalogue(case.class_code, area):
        found.append((agency, "dispatch catalogue"))
    condition = book.policy.catalogue.conditions.get(ConditionId(case.condition_id))
    kinds = (*(condition.agency_kinds if condition else ()), STREET_OFFICE)
    for kind in dict.fromkeys(kinds):
        agency = await work.places.agency_of_kind(kind, area)
        if agency and agency.code not in {known.code for known, _ in found}:
            found.append((agency, f"department type {kind}"))
    return found
