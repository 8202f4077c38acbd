"""What must be so before something is asked or decided, and the facts that a refusal names."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from workflows.cases.case import Case, Timeliness
from workflows.deadlines.clocks import ClockKind
from workflows.people import Actor, Role
from workflows.requests.lifecycle import has_lost_its_meaning, is_for_district
from workflows.requests.request import DECIDED, Request, RequestKind, RequestState

K, Q = RequestKind, RequestState


def somebody_must_move(case: Case, _: Actor) -> bool:
    """The case is open, or a request on it waits."""
    return case.is_open or case.request is not None


def no_request_waits(case: Case, _: Actor) -> bool:
    """One request at a time, so that everybody knows what is being decided."""
    return case.request is None


def nobody_asks_to_hand_it_on(case: Case, _: Actor) -> bool:
    """Whoever is called for help comes to a case that stays where it is, and does not rest."""
    return case.request is None or case.request.kind not in {K.RETURN, K.SUSPENSION}


def request_waits(case: Case, _: Actor) -> bool:
    """Somebody has asked and nobody has answered."""
    return case.request is not None


def is_not_endorsed_yet(case: Case, _: Actor) -> bool:
    """It waits for its first look."""
    return case.request is None or case.request.state is Q.ASKED


def is_endorsed(case: Case, _: Actor) -> bool:
    """Whoever looks first has agreed, or was not needed."""
    return case.request is None or case.request.state is Q.ENDORSED


def decides_for_somebody_else(case: Case, actor: Actor) -> bool:
    """Nobody decides their own request, and nobody looks at the same one twice."""
    request = case.request
    return request is None or actor.id not in {request.asked_by, request.endorsed_by}


def is_the_askers_own(case: Case, actor: Actor) -> bool:
    """Only whoever asked may withdraw it."""
    return case.request is None or case.request.asked_by == actor.id


def agency_has_not_returned_it(case: Case, _: Actor) -> bool:
    """One return per agency and case; one that was refused counts (domain.md 2.4)."""
    return len(_returns_here(case)) < case.rules.returns_per_agency


def was_not_forced(case: Case, _: Actor) -> bool:
    """What the district centre has assigned cannot be returned (domain.md 2.4 [WF])."""
    return case.forced is None


def not_for_the_district(case: Case, _: Actor) -> bool:
    """Few enough agencies have handed it back."""
    return not is_for_district(case)


def for_the_district(case: Case, _: Actor) -> bool:
    """Two different agencies have handed it back (domain.md 2.4)."""
    return is_for_district(case)


def speaks_for_the_district(case: Case, actor: Actor) -> bool:
    """The duty chief of the whole district, not of a street in it."""
    return any(
        post.is_of_a_district and post.covers(case.place.area)
        for post in actor.person.posts_as(Role.DUTY_CHIEF)
    )


def extensions_are_left(case: Case, _: Actor) -> bool:
    """At most two grants; what was refused does not count (domain.md 2.4 [SC])."""
    return len(_granted(case, K.EXTENSION)) < case.rules.extensions


def was_not_suspended(case: Case, _: Actor) -> bool:
    """One suspension per case (domain.md 2.4 [SC])."""
    return len(_granted(case, K.SUSPENSION)) < case.rules.suspensions


def was_made_safe(case: Case, _: Actor) -> bool:
    """A dangerous place is made safe before its repair may wait."""
    return case.urgency != "P1" or case.arrived_at is not None


def was_late(case: Case, _: Actor) -> bool:
    """There is something to contest."""
    return case.timeliness in {Timeliness.OVERDUE, Timeliness.OVERDUE_EXEMPT}


def was_not_appealed(case: Case, _: Actor) -> bool:
    """Once per case (domain.md 2.4 [SC])."""
    return len(_decided(case, K.APPEAL)) < case.rules.appeals


def return_was_granted(case: Case, _: Actor) -> bool:
    """The dispatch officer has agreed."""
    return _to_carry_out(case, K.RETURN)


def extension_was_granted(case: Case, _: Actor) -> bool:
    """The dispatch officer has agreed."""
    return _to_carry_out(case, K.EXTENSION)


def suspension_was_granted(case: Case, _: Actor) -> bool:
    """The dispatch officer has agreed."""
    return _to_carry_out(case, K.SUSPENSION)


def appeal_was_granted(case: Case, _: Actor) -> bool:
    """Both reviewers have agreed."""
    return _to_carry_out(case, K.APPEAL)


def decided_by_a_person(case: Case, actor: Actor) -> bool:
    """The system voids nothing by itself, only what a shift leader has granted."""
    return not actor.is_system or _to_carry_out(case, K.VOID)


def has_lapsed(case: Case, _: Actor) -> bool:
    """Whatever was asked has lost its meaning."""
    return has_lost_its_meaning(case)


def was_disputed(case: Case, _: Actor) -> bool:
    """Whose duty it is was decided by a granted return or by the district."""
    if case.place.area is None:
        return False
    return case.forced is not None or bool(_granted(case, K.RETURN))


def route_is_not_kept(case: Case, _: Actor) -> bool:
    """The dispatch catalogue does not know of it yet."""
    return case.route_kept_at is None


def route_is_kept(case: Case, _: Actor) -> bool:
    """The dispatch catalogue has a row from this case."""
    return case.route_kept_at is not None


def in_the_return_window(case: Case, at: datetime) -> bool:
    """So many working hours after dispatch, before the work is handed in (domain.md 2.4)."""
    window = case.clock(ClockKind.RETURN_WINDOW)
    if window is None or window.due_at is None or window.ended_at is not None:
        return False
    return at <= window.due_at


def before_it_is_late(case: Case, at: datetime) -> bool:
    """After that there is suspension no more, nor extension; only the appeal (domain.md 2.6)."""
    return case.due_at is None or at <= case.due_at


def facts_of(condition: str, case: Case) -> dict[str, Any]:
    """Who did what when, for the sentence that refuses: person, at, kind, state; JSON-able."""
    find = FACTS.get(condition)
    return find(case) if find else {}


def _of_waiting(case: Case) -> dict[str, Any]:
    request = case.request
    return _told(request, by=request.asked_by, at=request.asked_at) if request else {}


def _of_endorsed(case: Case) -> dict[str, Any]:
    request = case.request
    return _told(request, by=request.endorsed_by, at=request.endorsed_at) if request else {}


def _of_settled(case: Case) -> dict[str, Any]:
    """The latest request and how it ended; nothing where nobody has ever asked."""
    request = case.requests[-1] if case.requests else None
    return _told(request, by=request.decided_by, at=request.decided_at) if request else {}


def _of_forced(case: Case) -> dict[str, Any]:
    forced = case.forced
    return {"person": forced.by, "at": forced.at.isoformat()} if forced else {}


def _of_last(find: Callable[[Case], tuple[Request, ...]]) -> Callable[[Case], dict[str, Any]]:
    def facts(case: Case) -> dict[str, Any]:
        found = find(case)
        return _told(found[-1], found[-1].decided_by, found[-1].decided_at) if found else {}

    return facts


def _of_window(case: Case) -> dict[str, Any]:
    window = case.clock(ClockKind.RETURN_WINDOW)
    if window is None or window.due_at is None:
        return {}
    closed = min(window.due_at, window.ended_at or window.due_at)
    return {"at": closed.isoformat(), "limit": window.limit.as_json()}


def _of_deadline(case: Case) -> dict[str, Any]:
    return {"at": case.due_at.isoformat()} if case.due_at else {}


def _told(request: Request, by: int | None, at: datetime | None) -> dict[str, Any]:
    told = {"request": request.kind.value, "outcome": request.state.value, "person": by}
    return {**told, "at": at.isoformat() if at else ""}


def _granted(case: Case, kind: RequestKind) -> tuple[Request, ...]:
    return tuple(r for r in case.requests if r.kind is kind and r.state is Q.GRANTED)


def _decided(case: Case, kind: RequestKind) -> tuple[Request, ...]:
    return tuple(r for r in case.requests if r.kind is kind and r.state in DECIDED)


def _returns_here(case: Case) -> tuple[Request, ...]:
    return tuple(r for r in _decided(case, K.RETURN) if r.agency == case.agency)


def _to_carry_out(case: Case, kind: RequestKind) -> bool:
    return any(r.kind is kind and r.to_carry_out for r in case.requests)


FACTS: Final[dict[str, Callable[[Case], dict[str, Any]]]] = {
    "no_request_waits": _of_waiting,
    "nobody_asks_to_hand_it_on": _of_waiting,
    "is_endorsed": _of_waiting,
    "decides_for_somebody_else": _of_waiting,
    "is_the_askers_own": _of_waiting,
    "is_not_endorsed_yet": _of_endorsed,
    "request_waits": _of_settled,
    "was_not_forced": _of_forced,
    "agency_has_not_returned_it": _of_last(_returns_here),
    "not_for_the_district": _of_last(lambda case: _granted(case, K.RETURN)),
    "extensions_are_left": _of_last(lambda case: _granted(case, K.EXTENSION)),
    "was_not_suspended": _of_last(lambda case: _granted(case, K.SUSPENSION)),
    "was_not_appealed": _of_last(lambda case: _decided(case, K.APPEAL)),
    "in_the_return_window": _of_window,
    "before_it_is_late": _of_deadline,
}
