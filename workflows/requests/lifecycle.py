"""The small law of requests: who may endorse, decide and withdraw what, and what follows.

The law of the case says in which states there may be a request at all; this table says whose
turn it is. A grant is carried out by a move of the case itself, in the same transaction.
"""

from dataclasses import dataclass
from typing import Final

from workflows.cases.case import ENDED, OPEN, WITH_WORKER, Action, Case, State
from workflows.deadlines.clocks import ClockKind
from workflows.people import Role
from workflows.requests.request import Request, RequestKind, RequestState

A, K, Q, R = Action, RequestKind, RequestState, Role


@dataclass(frozen=True, slots=True)
class Row:
    """One allowed turn of a request; `source` says where the rule comes from."""

    kind: RequestKind
    when: RequestState
    action: Action
    by: tuple[Role, ...]
    becomes: RequestState
    source: str


LEADS: Final = (R.AGENCY_LEAD, R.DUTY_CHIEF)
DISPATCHERS: Final = (R.DISPATCH_OFFICER, R.DUTY_CHIEF)
ASKERS: Final = (R.WORKER, R.AGENCY_LEAD, R.OPERATOR, R.COLLECTOR)
THROUGH_THE_AGENCY: Final = (K.RETURN, K.EXTENSION, K.SUSPENSION)

# fmt: off
REQUEST_LAW: Final = (
    #     request           when it is  somebody may  namely                and it becomes   source
    *(row for kind in THROUGH_THE_AGENCY for row in (
        Row(kind,           Q.ASKED,    A.ENDORSE,  LEADS,                  Q.ENDORSED,  "domain.md 2.4 [SC]"),
        Row(kind,           Q.ASKED,    A.REFUSE,   LEADS,                  Q.REFUSED,   "domain.md 2.4 [SC]"),
        Row(kind,           Q.ENDORSED, A.GRANT,    DISPATCHERS,            Q.GRANTED,   "domain.md 2.3, 2.4 [SC]"),
        Row(kind,           Q.ENDORSED, A.REFUSE,   DISPATCHERS,            Q.REFUSED,   "domain.md 2.3, 2.4 [SC]"),
    )),
    Row(K.VOID,             Q.ENDORSED, A.GRANT,    (R.SHIFT_LEADER,),      Q.GRANTED,   "domain.md 2.3 [UN]"),
    Row(K.VOID,             Q.ENDORSED, A.REFUSE,   (R.SHIFT_LEADER,),      Q.REFUSED,   "domain.md 2.3 [UN]"),
    Row(K.APPEAL,           Q.ASKED,    A.ENDORSE,  DISPATCHERS,            Q.ENDORSED,  "domain.md 2.4 [SC]"),
    Row(K.APPEAL,           Q.ASKED,    A.REFUSE,   DISPATCHERS,            Q.REFUSED,   "domain.md 2.4 [SC]"),
    Row(K.APPEAL,           Q.ENDORSED, A.GRANT,    (R.ACCEPTOR,),          Q.GRANTED,   "domain.md 2.4 [SC]"),
    Row(K.APPEAL,           Q.ENDORSED, A.REFUSE,   (R.ACCEPTOR,),          Q.REFUSED,   "domain.md 2.4 [SC]"),
    *(Row(kind, state,                  A.WITHDRAW, ASKERS,                 Q.WITHDRAWN, "ours") for kind in K for state in (Q.ASKED, Q.ENDORSED)),
)
# fmt: on
ROWS: Final = {(row.kind, row.when, row.action): row for row in REQUEST_LAW}

ASKED_BY: Final = {
    A.ASK_RETURN: K.RETURN,
    A.ASK_EXTENSION: K.EXTENSION,
    A.ASK_SUSPENSION: K.SUSPENSION,
    A.ASK_VOID: K.VOID,
    A.ASK_APPEAL: K.APPEAL,
}
CARRIED_OUT_BY: Final = {
    K.RETURN: A.RETURN,
    K.EXTENSION: A.EXTEND,
    K.SUSPENSION: A.SUSPEND,
    K.VOID: A.VOID,
    K.APPEAL: A.EXEMPT,
}
LIVES_IN: Final[dict[RequestKind, tuple[State, ...]]] = {
    K.RETURN: WITH_WORKER,
    K.EXTENSION: WITH_WORKER,
    K.SUSPENSION: (State.HANDLING,),
    K.VOID: OPEN,
    K.APPEAL: (State.CLOSED,),
}
"""Where a request has a meaning; once the case has moved on from there it lapses."""

LAPSES_IN: Final = (State.PENDING_SIGN, State.HANDLING, State.PENDING_CONFIRM, *sorted(ENDED))
TURNS: Final = frozenset({A.ENDORSE, A.GRANT, A.REFUSE, A.WITHDRAW})
SETTLES: Final = frozenset({A.GRANT, A.REFUSE, A.WITHDRAW, A.LAPSE})
FREEZES: Final = frozenset(THROUGH_THE_AGENCY)
FROZEN: Final = frozenset({ClockKind.DISPOSAL, ClockKind.SIGN_FOR})
"""While one of these requests waits, nobody is urged on these clocks (domain.md 3.5)."""


def row_for(request: Request | None, action: Action) -> Row | None:
    """Whose turn it is to do this to a request; None where it is nobody's."""
    return ROWS.get((request.kind, request.state, action)) if request else None


def awaited(case: Case) -> tuple[Role, ...]:
    """The roles that must answer the request that waits, the first of them before its stand-in."""
    request = case.request
    wanted = A.ENDORSE if request and request.state is Q.ASKED else A.GRANT
    row = row_for(request, wanted)
    return row.by if row else ()


def is_frozen(case: Case, kind: ClockKind) -> bool:
    """Whether the ladder of this clock stands still; the clock itself runs on."""
    return kind in FROZEN and case.request is not None and case.request.kind in FREEZES


def has_lost_its_meaning(case: Case) -> bool:
    """The case has moved on, or gone to another agency, before anybody answered."""
    request = case.request
    if request is None:
        return False
    moved_on = case.state not in LIVES_IN[request.kind]
    return moved_on or (request.kind in FREEZES and request.agency != case.agency)


def returns_granted(case: Case) -> tuple[Request, ...]:
    return tuple(r for r in case.requests if r.kind is K.RETURN and r.state is Q.GRANTED)


def returned_by(case: Case) -> str | None:
    """The agency that handed the case back last."""
    granted = returns_granted(case)
    return granted[-1].agency if granted else None


def is_for_district(case: Case) -> bool:
    """So many agencies have handed it back that only the district centre may assign it."""
    agencies = {request.agency for request in returns_granted(case)}
    return len(agencies) >= case.rules.agencies_before_district
