"""What a move owes: who hears of it, how loudly, in which lane. One table, pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workflows.cases.case import Action, Case, State
from workflows.cases.machine import Moved
from workflows.notices import Holders, Lane
from workflows.people import DISTRICT_CODE_LENGTH, AreaCode, PersonId, Role
from workflows.requests.lifecycle import ASKED_BY, awaited, is_for_district


class Whom(StrEnum):
    """An addressee by their part in the case; found when it is owed, not before."""

    ASSIGNEE = "assignee"
    FORMER_ASSIGNEE = "former_assignee"
    REPORTER = "reporter"
    LEAD = "lead"
    CHECKER = "checker"
    FORMER_CHECKER = "former_checker"
    ACCEPTORS = "acceptors"
    DISPATCHERS = "dispatchers"
    DUTY_CHIEF = "duty_chief"
    PARTNERS = "partners"
    AWAITED = "awaited"
    WAS_AWAITED = "was_awaited"
    ASKER = "asker"
    ENDORSER = "endorser"
    DISTRICT_CHIEF = "district_chief"


class Because(StrEnum):
    """Why somebody is told: the lead-in of what they read."""

    REGISTERED = "registered"
    TO_ACCEPT = "to_accept"
    TO_FILE = "to_file"
    TO_VERIFY = "to_verify"
    VERIFIED = "verified"
    TO_INSPECT = "to_inspect"
    INSPECTED = "inspected"
    CHECK_CALLED_OFF = "check_called_off"
    REJECTED = "rejected"
    BACK_AT_INTAKE = "back_at_intake"
    MERGED = "merged"
    SPLIT = "split"
    TO_DISPATCH = "to_dispatch"
    NEW_ORDER = "new_order"
    TAKEN_AWAY = "taken_away"
    TO_CONFIRM = "to_confirm"
    TO_REVIEW = "to_review"
    TO_AUDIT = "to_audit"
    SELF_FIXED = "self_fixed"
    NOT_FIXED = "not_fixed"
    SENT_BACK = "sent_back"
    CLOSED = "closed"
    VOIDED = "voided"
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    RETURNED = "returned"
    TO_FORCE = "to_force"
    FORCED = "forced"
    EXTENDED = "extended"
    TELL_EXTENDED = "tell_extended"
    SUSPENDED = "suspended"
    TELL_SUSPENDED = "tell_suspended"
    RESUMED = "resumed"
    URGED = "urged"
    CALLED_AGAIN = "called_again"
    WHISTLED = "whistled"
    PART_ANSWERED = "part_answered"
    PART_ENDED = "part_ended"
    PART_DECLINED = "part_declined"
    PART_LATE = "part_late"
    NOT_AWAITED = "not_awaited"
    GO_ON = "go_on"
    STUCK = "stuck"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Tell:
    """One line of the table. `still` drops it when the case has already moved on from there.

    `caller` keeps it for cases with somebody who waits for an answer.
    """

    whom: Whom
    because: Because
    lane: Lane = Lane.ORDER
    loud: bool = True
    sure: bool = True
    still: State | None = None
    caller: bool = False


S, A, W, B = State, Action, Whom, Because
HAS_IT: Final = {
    S.REPORTED: W.ACCEPTORS,
    S.VERIFYING: W.CHECKER,
    S.PENDING_FILING: W.ACCEPTORS,
    S.PENDING_DISPATCH: W.DISPATCHERS,
    S.PENDING_SIGN: W.ASSIGNEE,
    S.HANDLING: W.ASSIGNEE,
    S.PENDING_CONFIRM: W.LEAD,
    S.FEEDBACK_REVIEW: W.ACCEPTORS,
    S.INSPECTING: W.CHECKER,
    S.SUSPENDED: W.LEAD,
}
"""Who can do something about it, or say why it must wait."""

TELLS: Final[dict[Action, tuple[Tell, ...]]] = {
    A.REPORT: (
        Tell(W.REPORTER, B.REGISTERED, Lane.ANSWER, loud=False, sure=False),
        Tell(W.ACCEPTORS, B.TO_ACCEPT, still=S.REPORTED),
    ),
    A.TURN_AWAY: (Tell(W.REPORTER, B.REJECTED, Lane.ANSWER),),
    A.REJECT: (Tell(W.REPORTER, B.REJECTED, Lane.ANSWER),),
    A.DECLINE: (Tell(W.REPORTER, B.REJECTED, Lane.ANSWER),),
    A.SEND_VERIFY: (
        Tell(W.CHECKER, B.TO_VERIFY),
        Tell(W.FORMER_CHECKER, B.CHECK_CALLED_OFF),
    ),
    A.VERIFY_DONE: (Tell(W.ACCEPTORS, B.VERIFIED, still=S.REPORTED),),
    A.SEND_INSPECT: (
        Tell(W.CHECKER, B.TO_INSPECT),
        Tell(W.FORMER_CHECKER, B.CHECK_CALLED_OFF),
    ),
    A.INSPECT_DONE: (Tell(W.ACCEPTORS, B.INSPECTED, still=S.FEEDBACK_REVIEW),),
    A.CALL_OFF_CHECK: (Tell(W.FORMER_CHECKER, B.CHECK_CALLED_OFF),),
    A.RETURN_TO_INTAKE: (Tell(W.ACCEPTORS, B.BACK_AT_INTAKE, still=S.REPORTED),),
    A.MERGE: (
        Tell(W.FORMER_ASSIGNEE, B.TAKEN_AWAY),
        Tell(W.REPORTER, B.MERGED, Lane.ANSWER),
    ),
    A.SPLIT: (Tell(W.ACCEPTORS, B.SPLIT, still=S.REPORTED),),
    A.CLOSE_ALONG: (Tell(W.REPORTER, B.CLOSED, Lane.ANSWER),),
    A.ACCEPT: (Tell(W.ACCEPTORS, B.TO_FILE, still=S.PENDING_FILING),),
    A.FILE: (Tell(W.DISPATCHERS, B.TO_DISPATCH, still=S.PENDING_DISPATCH),),
    A.DISPATCH: (Tell(W.ASSIGNEE, B.NEW_ORDER),),
    A.SELF_FIX: (Tell(W.ACCEPTORS, B.TO_AUDIT, still=S.FEEDBACK_REVIEW),),
    A.SKIP_AUDIT: (Tell(W.REPORTER, B.SELF_FIXED, Lane.ANSWER, loud=False, sure=False),),
    A.NOT_FIXED: (
        Tell(W.REPORTER, B.NOT_FIXED, Lane.ANSWER),
        Tell(W.ACCEPTORS, B.TO_ACCEPT, still=S.REPORTED),
    ),
    A.SUBMIT: (Tell(W.LEAD, B.TO_CONFIRM, still=S.PENDING_CONFIRM),),
    A.CONFIRM: (Tell(W.ACCEPTORS, B.TO_REVIEW, still=S.FEEDBACK_REVIEW),),
    A.SEND_BACK: (Tell(W.ASSIGNEE, B.SENT_BACK),),
    A.REWORK: (Tell(W.ASSIGNEE, B.SENT_BACK),),
    A.REASSIGN: (
        Tell(W.ASSIGNEE, B.NEW_ORDER),
        Tell(W.FORMER_ASSIGNEE, B.TAKEN_AWAY),
    ),
    A.APPROVE: (Tell(W.REPORTER, B.CLOSED, Lane.ANSWER),),
    A.CLOSE: (Tell(W.REPORTER, B.CLOSED, Lane.ANSWER),),
    A.VOID: (Tell(W.ASSIGNEE, B.VOIDED), Tell(W.REPORTER, B.VOIDED, Lane.ANSWER)),
    A.WHISTLE: (Tell(W.PARTNERS, B.WHISTLED, Lane.ESCALATION),),
    A.RESPOND: (Tell(W.LEAD, B.PART_ANSWERED, loud=False, sure=False),),
    A.REPORT_PART: (Tell(W.LEAD, B.PART_ENDED), Tell(W.ASSIGNEE, B.PART_ENDED)),
    A.DECLINE_PART: (Tell(W.LEAD, B.PART_DECLINED), Tell(W.ASSIGNEE, B.PART_DECLINED)),
    A.GO_ON_ALONE: (
        Tell(W.PARTNERS, B.NOT_AWAITED),
        Tell(W.ASSIGNEE, B.GO_ON),
    ),
    **{action: (Tell(W.AWAITED, B.ASKED),) for action in (*ASKED_BY, A.ENDORSE)},
    A.GRANT: (
        Tell(W.ASKER, B.GRANTED, Lane.ANSWER),
        Tell(W.ENDORSER, B.GRANTED, Lane.ANSWER, loud=False, sure=False),
    ),
    A.REFUSE: (
        Tell(W.ASKER, B.REFUSED, Lane.ANSWER),
        Tell(W.ENDORSER, B.REFUSED, Lane.ANSWER, loud=False, sure=False),
    ),
    A.WITHDRAW: (Tell(W.WAS_AWAITED, B.WITHDRAWN, Lane.ANSWER, loud=False, sure=False),),
    A.LAPSE: (
        Tell(W.ASKER, B.LAPSED, Lane.ANSWER),
        Tell(W.WAS_AWAITED, B.LAPSED, Lane.ANSWER, loud=False, sure=False),
    ),
    A.RETURN: (
        Tell(W.FORMER_ASSIGNEE, B.RETURNED),
        Tell(W.DISPATCHERS, B.TO_DISPATCH, still=S.PENDING_DISPATCH),
        Tell(W.DISTRICT_CHIEF, B.TO_FORCE, still=S.PENDING_DISPATCH),
    ),
    A.FORCE_ASSIGN: (Tell(W.ASSIGNEE, B.NEW_ORDER), Tell(W.LEAD, B.FORCED)),
    A.EXTEND: (
        Tell(W.ASSIGNEE, B.EXTENDED),
        Tell(W.REPORTER, B.TELL_EXTENDED, caller=True),
    ),
    A.SUSPEND: (
        Tell(W.ASSIGNEE, B.SUSPENDED),
        Tell(W.REPORTER, B.TELL_SUSPENDED, caller=True),
    ),
    A.RESUME: (Tell(W.ASSIGNEE, B.RESUMED), Tell(W.LEAD, B.RESUMED)),
    A.CALL_AGAIN: tuple(
        Tell(whom, B.CALLED_AGAIN, Lane.ESCALATION, still=state) for state, whom in HAS_IT.items()
    ),
    A.URGE: (Tell(W.ASSIGNEE, B.URGED, Lane.ESCALATION),),
}
"""Everybody else who has the case on their screen sees it change in place, in silence."""

REVISES_ONLY_ITS_ACTOR: Final = frozenset({A.ATTACH_PHOTO, A.ADD_NOTE, A.REVEAL_CALLER})
"""Facts that only the person who adds them needs to see at once."""


POOLS: Final = {
    W.ACCEPTORS: Role.ACCEPTOR,
    W.DISPATCHERS: Role.DISPATCH_OFFICER,
    W.DUTY_CHIEF: Role.DUTY_CHIEF,
    W.LEAD: Role.AGENCY_LEAD,
}


STAND_INS: Final = {
    Whom.ASSIGNEE: Role.AGENCY_LEAD,
    Whom.REPORTER: Role.ACCEPTOR,
    Whom.CHECKER: Role.ACCEPTOR,
    Whom.ASKER: Role.AGENCY_LEAD,
}
"""Who hears what somebody who has left the service should have heard; a farewell nobody."""


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
    if whom in OF_REQUESTS:
        return OF_REQUESTS[whom](moved, case)
    former = moved.before.assignee if moved.before.assignee != case.assignee else None
    had, has = moved.before.checker, case.checker
    return {
        Whom.CHECKER: has,
        Whom.FORMER_CHECKER: had if had != has else None,
        Whom.ASSIGNEE: case.assignee,
        Whom.FORMER_ASSIGNEE: former,
        Whom.REPORTER: case.reported_by or None,
    }[whom]


def _awaited(case: Case) -> PersonId | Holders | None:
    roles = awaited(case)
    return holders_for(roles[0], case) if roles else None


def _district(case: Case) -> Holders | None:
    """The duty chief of the whole district, where the case is for nobody else to assign."""
    if not is_for_district(case) or case.place.area is None:
        return None
    return Holders(Role.DUTY_CHIEF, AreaCode(case.place.area[:DISTRICT_CODE_LENGTH]))


OF_REQUESTS: Final[dict[Whom, Callable[[Moved, Case], PersonId | Holders | None]]] = {
    Whom.AWAITED: lambda _, case: _awaited(case),
    Whom.WAS_AWAITED: lambda moved, _: _awaited(moved.before),
    Whom.ASKER: lambda _, case: case.requests[-1].asked_by,
    Whom.ENDORSER: lambda _, case: case.requests[-1].endorsed_by,
    Whom.DISTRICT_CHIEF: lambda _, case: _district(case),
}
"""Addressees by their part in the latest request."""


def holders_for(role: Role, case: Case) -> PersonId | Holders | None:
    """Whom a rung means by a role: the case's own worker and agency, else the area's."""
    if role is Role.WORKER:
        return case.assignee
    agency = case.agency if role is Role.AGENCY_LEAD else None
    return Holders(role, case.place.area, agency)
