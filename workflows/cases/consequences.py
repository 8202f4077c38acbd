"""What a move owes: who hears of it, how loudly, in which lane. One table, pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from workflows.cases.case import Action, State
from workflows.notices import Lane
from workflows.requests.lifecycle import ASKED_BY


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
    CALLS_BACK = "calls_back"
    PARTNERS = "partners"
    SUPERVISORS = "supervisors"
    OVERSEER = "overseer"
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
    TO_CALL_BACK = "to_call_back"
    TO_REDO = "to_redo"
    REOPENED = "reopened"
    WARNED = "warned"
    TAKEN_BACK = "taken_back"
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
    CALLED_AGAIN = "called_again"
    WHISTLED = "whistled"
    PART_ANSWERED = "part_answered"
    PART_ENDED = "part_ended"
    PART_DECLINED = "part_declined"
    PART_LATE = "part_late"
    NOT_AWAITED = "not_awaited"
    GO_ON = "go_on"
    STUCK = "stuck"
    EXHAUSTED = "exhausted"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Tell:
    """One line of the table. `still` drops it when the case has already moved on from there.

    `caller` keeps it for cases with somebody who waits for an answer; with `if_warned` it is told
    only of an order whose caller was dissatisfied just now.
    """

    whom: Whom
    because: Because
    lane: Lane = Lane.ORDER
    loud: bool = True
    sure: bool = True
    still: State | None = None
    caller: bool = False
    if_warned: bool = False


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
    S.PENDING_CALLBACK: W.CALLS_BACK,
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
    A.ANSWER_ALONG: (Tell(W.CALLS_BACK, B.TO_CALL_BACK, still=S.PENDING_CALLBACK),),
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
    A.TAKE_BACK: (Tell(W.ACCEPTORS, B.TAKEN_BACK, loud=False, sure=False),),
    A.CONFIRM: (Tell(W.ACCEPTORS, B.TO_REVIEW, still=S.FEEDBACK_REVIEW),),
    A.SEND_BACK: (Tell(W.ASSIGNEE, B.SENT_BACK),),
    A.REWORK: (Tell(W.ASSIGNEE, B.SENT_BACK),),
    A.REASSIGN: (
        Tell(W.ASSIGNEE, B.NEW_ORDER),
        Tell(W.FORMER_ASSIGNEE, B.TAKEN_AWAY),
    ),
    A.APPROVE: (Tell(W.CALLS_BACK, B.TO_CALL_BACK, still=S.PENDING_CALLBACK),),
    A.CALLBACK_OK: (Tell(W.LEAD, B.WARNED, if_warned=True),),
    A.REDO: (Tell(W.ASSIGNEE, B.TO_REDO), Tell(W.LEAD, B.WARNED)),
    A.REOPEN: (Tell(W.ASSIGNEE, B.REOPENED), Tell(W.LEAD, B.REOPENED)),
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
