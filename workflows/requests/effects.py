"""What asking, endorsing, deciding and carrying out change on the case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from workflows.cases.case import Action, Case, Given, Timeliness
from workflows.people import Actor, AgencyCode, Role
from workflows.requests.lifecycle import ASKED_BY, THROUGH_THE_AGENCY
from workflows.requests.request import (
    UNKNOWN_AGENCY,
    Forced,
    Request,
    RequestKind,
    RequestState,
)

Effect = Callable[[Case, Given, Actor, datetime], Case]


def _ask(kind: RequestKind) -> Effect:
    def asked(case: Case, given: Given, actor: Actor, at: datetime) -> Case:
        proposed = given.proposed not in {"", UNKNOWN_AGENCY}
        request = Request(
            kind=kind,
            state=_first_state(kind, case, actor),
            asked_by=actor.id,
            asked_at=at,
            agency=case.agency,
            code=given.code,
            words=given.reason,
            proof=given.proof,
            proposed=AgencyCode(given.proposed) if proposed else None,
            until=given.resumes_at,
            document=given.document,
        )
        return replace(case, requests=(*case.requests, request))

    return asked


def _first_state(kind: RequestKind, case: Case, actor: Actor) -> RequestState:
    """A lead may ask without a first look; a void goes to the shift leader at once."""
    if kind is RequestKind.VOID:
        return RequestState.ENDORSED
    leads = any(post.agency == case.agency for post in actor.person.posts_as(Role.AGENCY_LEAD))
    is_first = kind in THROUGH_THE_AGENCY and leads
    return RequestState.ENDORSED if is_first else RequestState.ASKED


def _endorsed(case: Case, _given: Given, actor: Actor, at: datetime) -> Case:
    return _changed(case, state=RequestState.ENDORSED, endorsed_by=actor.id, endorsed_at=at)


def _settle(state: RequestState) -> Effect:
    def settled(case: Case, given: Given, actor: Actor, at: datetime) -> Case:
        return _changed(
            case, state=state, decided_by=actor.id, decided_at=at, decided_words=given.reason
        )

    return settled


def _changed(case: Case, **changes: Any) -> Case:
    """The same case with its waiting request changed."""
    return replace(
        case,
        requests=tuple(replace(r, **changes) if r.waits else r for r in case.requests),
    )


def carried_out(case: Case) -> Case:
    """The same case with its granted request carried out."""
    return replace(
        case,
        requests=tuple(
            replace(r, carried_out=True) if r.to_carry_out else r for r in case.requests
        ),
    )


def _done(case: Case, _given: Given, _actor: Actor, _at: datetime) -> Case:
    return carried_out(case)


def _returned(case: Case, _given: Given, _actor: Actor, _at: datetime) -> Case:
    """The assignment is revoked before anybody else is looked for (domain.md 2.3 [SC])."""
    return replace(carried_out(case), agency=None, assignee=None, stuck="")


def _forced(case: Case, given: Given, actor: Actor, at: datetime) -> Case:
    forced = Forced(actor.id, at)
    return replace(case, agency=given.agency, assignee=given.worker, stuck="", forced=forced)


def _exempted(case: Case, _given: Given, _actor: Actor, _at: datetime) -> Case:
    return replace(carried_out(case), timeliness=Timeliness.OVERDUE_EXEMPT)


def _route_kept(case: Case, _given: Given, _actor: Actor, at: datetime) -> Case:
    return replace(case, route_kept_at=at)


def _route_forgotten(case: Case, _given: Given, _actor: Actor, _at: datetime) -> Case:
    return replace(case, route_kept_at=None)


REQUEST_EFFECTS: Final[dict[Action, Effect]] = {
    **{action: _ask(kind) for action, kind in ASKED_BY.items()},
    Action.ENDORSE: _endorsed,
    Action.GRANT: _settle(RequestState.GRANTED),
    Action.REFUSE: _settle(RequestState.REFUSED),
    Action.WITHDRAW: _settle(RequestState.WITHDRAWN),
    Action.LAPSE: _settle(RequestState.LAPSED),
    Action.RETURN: _returned,
    Action.FORCE_ASSIGN: _forced,
    Action.EXTEND: _done,
    Action.SUSPEND: _done,
    Action.EXEMPT: _exempted,
    Action.KEEP_ROUTE: _route_kept,
    Action.FORGET_ROUTE: _route_forgotten,
}
