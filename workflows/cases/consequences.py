"""What a move owes: who hears of it, how loudly, in which lane. One table, pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workflows.cases.case import Action, Case, State
from workflows.cases.machine import Moved
from workflows.notices import Holders, Lane
from workflows.people import SYSTEM, PersonId, Role


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
    SUPERVISORS = "supervisors"
    OVERSEER = "overseer"


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
    SENT_BACK = "sent_back"
    TAKEN_BACK = "taken_back"
    CLOSED = "closed"
    VOIDED = "voided"
    URGED = "urged"
    URGED_IN_WRITING = "urged_in_writing"
    URGE_COPIED = "urge_copied"
    SUPERVISED = "supervised"
    UNDER_SUPERVISION = "under_supervision"
    LISTED = "listed"
    LISTING_COPIED = "listing_copied"
    ORDER_REPLIED = "order_replied"
    REPLY_RETURNED = "reply_returned"
    SUPERVISION_ENDED = "supervision_ended"
    SUPERVISION_CALLED_OFF = "supervision_called_off"
    ENDED_UNDER_SUPERVISION = "ended_under_supervision"
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
    """One line of the table. `still` drops it when the case has already moved on from there."""

    whom: Whom
    because: Because
    lane: Lane = Lane.ORDER
    loud: bool = True
    sure: bool = True
    still: State | None = None


S, A, W, B = State, Action, Whom, Because
TELLS: Final[dict[Action, tuple[Tell, ...]]] = {
    A.REPORT: (
        Tell(W.REPORTER, B.REGISTERED, Lane.ANSWER, loud=False, sure=False),
        Tell(W.ACCEPTORS, B.TO_ACCEPT, still=S.REPORTED),
    ),
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
    A.SUBMIT: (Tell(W.LEAD, B.TO_CONFIRM, still=S.PENDING_CONFIRM),),
    A.TAKE_BACK: (Tell(W.ACCEPTORS, B.TAKEN_BACK, loud=False, sure=False),),
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
    A.URGE: (Tell(W.ASSIGNEE, B.URGED, Lane.ESCALATION),),
    A.URGE_IN_WRITING: (
        Tell(W.ASSIGNEE, B.URGED_IN_WRITING, Lane.ESCALATION),
        Tell(W.LEAD, B.URGE_COPIED, Lane.ESCALATION),
        Tell(W.SUPERVISORS, B.URGE_COPIED, Lane.ESCALATION, loud=False, sure=False),
    ),
    A.SUPERVISE: (
        Tell(W.ASSIGNEE, B.UNDER_SUPERVISION, Lane.ESCALATION),
        Tell(W.LEAD, B.SUPERVISED, Lane.ESCALATION),
    ),
    A.LIST_SUPERVISE: (
        Tell(W.ASSIGNEE, B.UNDER_SUPERVISION, Lane.ESCALATION),
        Tell(W.SUPERVISORS, B.LISTING_COPIED, Lane.ESCALATION),
        Tell(W.DUTY_CHIEF, B.LISTING_COPIED, Lane.ESCALATION),
        Tell(W.LEAD, B.LISTED, Lane.ESCALATION),
    ),
    A.REPLY_TO_ORDER: (Tell(W.OVERSEER, B.ORDER_REPLIED),),
    A.RETURN_REPLY: (Tell(W.LEAD, B.REPLY_RETURNED, Lane.ESCALATION),),
    A.END_SUPERVISION: (Tell(W.LEAD, B.SUPERVISION_ENDED),),
    A.CALL_OFF_SUPERVISION: (Tell(W.LEAD, B.SUPERVISION_CALLED_OFF),),
}
"""Everybody else who has the case on their screen sees it change in place, in silence."""

REVISES_ONLY_ITS_ACTOR: Final = frozenset({A.ATTACH_PHOTO, A.ADD_NOTE, A.REVEAL_CALLER})
"""Facts that only the person who adds them needs to see at once."""


POOLS: Final = {
    W.ACCEPTORS: Role.ACCEPTOR,
    W.DISPATCHERS: Role.DISPATCH_OFFICER,
    W.DUTY_CHIEF: Role.DUTY_CHIEF,
    W.LEAD: Role.AGENCY_LEAD,
    W.SUPERVISORS: Role.SUPERVISOR,
}


STAND_INS: Final = {
    Whom.ASSIGNEE: Role.AGENCY_LEAD,
    Whom.REPORTER: Role.ACCEPTOR,
    Whom.CHECKER: Role.ACCEPTOR,
    Whom.OVERSEER: Role.SUPERVISOR,
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
        return holders_for(role, case)
    if whom is Whom.OVERSEER:
        return _overseer(moved, case)
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
    if order is None:
        return None
    return order.by if order.by != SYSTEM.id else holders_for(Role.SUPERVISOR, case)


def holders_for(role: Role, case: Case) -> PersonId | Holders | None:
    """Whom a rung means by a role: the case's own worker and agency, else the area's."""
    if role is Role.WORKER:
        return case.assignee
    agency = case.agency if role is Role.AGENCY_LEAD else None
    return Holders(role, case.place.area, agency)
