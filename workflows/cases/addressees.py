"""Who is meant by each word of the consequences, on this case and after this move."""

from collections.abc import Callable
from typing import Final

from workflows.cases.case import Case
from workflows.cases.consequences import Whom
from workflows.cases.findings import Satisfaction
from workflows.cases.machine import Moved
from workflows.notices import Holders
from workflows.people import DISTRICT_CODE_LENGTH, SYSTEM, AreaCode, PersonId, Role
from workflows.requests.lifecycle import awaited, is_for_district

POOLS: Final = {
    Whom.ACCEPTORS: Role.ACCEPTOR,
    Whom.DISPATCHERS: Role.DISPATCH_OFFICER,
    Whom.DUTY_CHIEF: Role.DUTY_CHIEF,
    Whom.LEAD: Role.AGENCY_LEAD,
    Whom.CALLS_BACK: Role.OPERATOR,
    Whom.SUPERVISORS: Role.SUPERVISOR,
}

STAND_INS: Final = {
    Whom.ASSIGNEE: Role.AGENCY_LEAD,
    Whom.REPORTER: Role.ACCEPTOR,
    Whom.CHECKER: Role.ACCEPTOR,
    Whom.OVERSEER: Role.SUPERVISOR,
    Whom.ASKER: Role.AGENCY_LEAD,
}
"""Who hears what somebody who has left the service should have heard; a farewell nobody."""


def stand_in_of(person: PersonId, case: Case) -> Role:
    """Who acts for somebody whose shift is over: of a worker the lead, who may send another one.

    A colleague of the worker's would not even be allowed to see the case.
    """
    parts = {Whom.ASSIGNEE: case.assignee, Whom.CHECKER: case.checker}
    parts[Whom.REPORTER] = case.reported_by
    whom = next((whom for whom, who in parts.items() if who == person), Whom.DUTY_CHIEF)
    return STAND_INS.get(whom, Role.DUTY_CHIEF)


def is_warned(moved: Moved) -> bool:
    """The caller said at this very move that they are dissatisfied (domain.md 2.4 [XY])."""
    return moved.given.satisfaction is Satisfaction.DISSATISFIED


def addressees(whom: Whom, moved: Moved, case: Case) -> tuple[PersonId | Holders, ...]:
    """The same where it may be several: the leads of the agencies that a move is about."""
    if whom is not Whom.PARTNERS:
        one = addressee(whom, moved, case)
        return () if one is None else (one,)
    ended = {part.agency for part in moved.before.parts if part.is_open}
    agencies = [part.agency for part in moved.given.parts] or sorted(ended)
    return tuple(Holders(Role.AGENCY_LEAD, case.place.area, agency) for agency in agencies)


def addressee(whom: Whom, moved: Moved, case: Case) -> PersonId | Holders | None:
    """Who this is on this case; None where the case has nobody of the kind."""
    if role := POOLS.get(whom):
        sent_on = whom is Whom.DISPATCHERS and is_for_district(case)
        return None if sent_on else holders_for(role, case)
    if whom in BESIDE_THE_CASE:
        return BESIDE_THE_CASE[whom](moved, case)
    former = moved.before.assignee if moved.before.assignee != case.assignee else None
    had, has = moved.before.checker, case.checker
    return {
        Whom.CHECKER: has,
        Whom.FORMER_CHECKER: had if had != has else None,
        Whom.ASSIGNEE: case.assignee,
        Whom.FORMER_ASSIGNEE: former,
        Whom.REPORTER: case.reported_by or None,
    }[whom]


def _overseer(moved: Moved, case: Case) -> PersonId | Holders | None:
    """Whoever opened the order that stood; of the clock's own the supervisors."""
    order = moved.before.supervision
    assert order is not None, "asked for only where an order stands"
    return holders_for(Role.SUPERVISOR, case) if order.by == SYSTEM.id else order.by


def _awaited(case: Case) -> PersonId | Holders | None:
    roles = awaited(case)
    return holders_for(roles[0], case) if roles else None


def _district(case: Case) -> Holders | None:
    """The duty chief of the whole district, where the case is for nobody else to assign."""
    if not is_for_district(case) or case.place.area is None:
        return None
    return Holders(Role.DUTY_CHIEF, AreaCode(case.place.area[:DISTRICT_CODE_LENGTH]))


BESIDE_THE_CASE: Final[dict[Whom, Callable[[Moved, Case], PersonId | Holders | None]]] = {
    Whom.AWAITED: lambda _, case: _awaited(case),
    Whom.WAS_AWAITED: lambda moved, _: _awaited(moved.before),
    Whom.ASKER: lambda _, case: case.requests[-1].asked_by,
    Whom.ENDORSER: lambda _, case: case.requests[-1].endorsed_by,
    Whom.DISTRICT_CHIEF: lambda _, case: _district(case),
    Whom.OVERSEER: _overseer,
}
"""Addressees by their part in the latest request, or in the supervision order."""


def holders_for(role: Role, case: Case) -> PersonId | Holders | None:
    """Whom a rung means by a role: the case's own worker and agency, else the area's."""
    if role is Role.WORKER:
        return case.assignee
    agency = case.agency if role is Role.AGENCY_LEAD else None
    return Holders(role, case.place.area, agency)
