"""THE LAW: one row per allowed move, and the conditions that are not evidence.

A row reads: when the case is so, someone may do this, namely these roles, and it becomes
that, given this evidence. The machine reads it, `run.py docs`
prints it, the tests walk it, and the buttons on a card are computed from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflows.cases import calls
from workflows.cases import conditions as so
from workflows.cases.case import (
    OPEN,
    WITH_CHECKER,
    WITH_WORKER,
    Action,
    Case,
    Proof,
    State,
)
from workflows.deadlines.clocks import ClockKind
from workflows.people import Actor, Role
from workflows.requests import conditions as asked
from workflows.requests.lifecycle import LAPSES_IN
from workflows.supervision import conditions as supervised

S, A, R, P, K = State, Action, Role, Proof, ClockKind


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move; `source` says where the rule comes from."""

    when: State
    action: Action
    by: tuple[Role, ...]
    becomes: State
    given: tuple[Proof, ...]
    source: str


REPORTERS: Final = (R.OPERATOR, R.COLLECTOR, R.SYSTEM)
DISPATCHERS: Final = (R.DISPATCH_OFFICER, R.DUTY_CHIEF)
SENDERS: Final = (*DISPATCHERS, R.ADMIN)
"""An administrator only where the alert came to nobody else; that is no way to read a case."""
REVIEWERS: Final = (R.ACCEPTOR, R.SHIFT_LEADER)
SENDERS_BACK: Final = (R.ACCEPTOR, R.DISPATCH_OFFICER)
OVERSEERS: Final = supervised.OVERSEERS
OPENERS: Final = (*OVERSEERS, R.SYSTEM)
ALERTED: Final = (R.AGENCY_LEAD, R.SUPERVISOR, R.DUTY_CHIEF)
KNOWERS: Final = (*ALERTED, R.ADMIN)
WHISTLERS: Final = (R.AGENCY_LEAD, R.DISPATCH_OFFICER, R.DUTY_CHIEF)
MOVERS: Final = (R.AGENCY_LEAD, R.DISPATCH_OFFICER, R.SUPERVISOR, R.DUTY_CHIEF, R.ADMIN)
VOIDERS: Final = (R.SHIFT_LEADER, R.SYSTEM)
AGENCY: Final = (R.WORKER, R.AGENCY_LEAD)
SET_SENDERS: Final = (R.WORKER, R.COLLECTOR, R.OPERATOR)
"""Whoever sends photos at all; an item of an album that comes late belongs to what it came with."""
CONCERNED: Final = (R.WORKER, R.AGENCY_LEAD, R.OPERATOR, R.COLLECTOR)
FIRST_LOOK: Final = (R.AGENCY_LEAD, R.DISPATCH_OFFICER, R.DUTY_CHIEF)
DECIDERS: Final = (R.DISPATCH_OFFICER, R.DUTY_CHIEF, R.SHIFT_LEADER, R.ACCEPTOR)
REFUSERS: Final = (R.AGENCY_LEAD, *DECIDERS)
RESUMERS: Final = (R.AGENCY_LEAD, R.DISPATCH_OFFICER, R.DUTY_CHIEF, R.SYSTEM)
MAY_BE_ASKED: Final = (*OPEN, S.CLOSED)
CALLERS_BACK: Final = (R.OPERATOR, R.ACCEPTOR)
"""Whoever took the call, and whoever stands in: no callback waits for somebody who has left."""
REOPENERS: Final = (R.OPERATOR, R.SUPERVISOR)

CLOSING_PHOTOS: Final = (P.AFTER_PHOTOS, P.PHOTO_AS_FILE, P.PHOTO_IN_TIME, P.PHOTO_ON_SITE)
"""What the filing condition asks of them; whoever cannot show it says why (domain.md 7)."""

JUDGED: Final = (
    P.AFTER_PHOTOS,
    P.FACT_FINDING,
    P.DEMAND_FINDING,
    P.OUTCOME,
    P.CLOSING_CONDITION,
    P.REPLY,
)
"""What a result is judged by; without an order nobody appealed, so nothing is found of that."""

HANDED_IN: Final = (S.PENDING_CONFIRM, S.FEEDBACK_REVIEW)
"""The work is handed in, and whoever did it may still take it back for a while."""
WITH_AGENCY: Final = (*WITH_WORKER, S.PENDING_CONFIRM)
"""An agency has it and owes the work: whoever supervises may ask it for more."""
AT_INTAKE: Final = (S.REPORTED, S.VERIFYING, S.PENDING_FILING, S.PENDING_DISPATCH)
AFTER_DISPATCH: Final = tuple(state for state in OPEN if state not in AT_INTAKE)
"""Where an order may stand: it was opened while an agency had the case, and goes along with it."""
BEFORE_WORK: Final = (S.REPORTED, S.PENDING_FILING, S.PENDING_DISPATCH, S.PENDING_SIGN)

# fmt: off
MAIN_LINE: Final = (
    #    when it is          someone may      namely              and it becomes      given                                   source
    Move(S.DRAFT,            A.REPORT,        REPORTERS,          S.REPORTED,         (P.CLASS, P.PLACE, P.PHOTO_BEFORE),     "domain.md 2.3 [BJ]"),
    Move(S.DRAFT,            A.TAKE_OVER,     (R.SYSTEM,),        S.CLOSED,           (P.CLASS,),                             "history of another system"),
    Move(S.DRAFT,            A.TURN_AWAY,     (R.OPERATOR,),      S.REJECTED,         (P.GROUND, P.CITIZEN_TEXT),             "domain.md 2.4 [BJ art. 11]"),
    Move(S.REPORTED,         A.ACCEPT,        (R.ACCEPTOR,),      S.PENDING_FILING,   (P.CLASS,),                             "domain.md 2.3 [SC]"),
    Move(S.REPORTED,         A.REJECT,        (R.ACCEPTOR,),      S.REJECTED,         (P.GROUND, P.CITIZEN_TEXT),             "domain.md 2.4 [BJ][WF]"),
    Move(S.PENDING_FILING,   A.DECLINE,       REVIEWERS,          S.REJECTED,         (P.GROUND, P.CITIZEN_TEXT),             "domain.md 2.2 [NB], 2.4"),
    Move(S.PENDING_FILING,   A.FILE,          REVIEWERS,          S.PENDING_DISPATCH, (P.FILING_CONDITION,),                  "domain.md 2.3 [SC]"),
    Move(S.PENDING_DISPATCH, A.DISPATCH,      SENDERS,            S.PENDING_SIGN,     (P.AGENCY, P.WORKER),                   "domain.md 2.3 [BJ]"),
    Move(S.PENDING_DISPATCH, A.RETURN_TO_INTAKE, DISPATCHERS,     S.REPORTED,         (P.REASON,),                            "domain.md 2.3 [SC]"),
    Move(S.PENDING_SIGN,     A.SIGN_FOR,      (R.WORKER,),        S.HANDLING,         (),                                     "domain.md 2.3"),
    Move(S.HANDLING,         A.FIRST_CONTACT, (R.WORKER,),        S.HANDLING,         (P.CONTACT_RESULT, P.CONTACT_WORDS),    "domain.md 2.3 [WB]"),
    Move(S.HANDLING,         A.ARRIVE,        (R.WORKER,),        S.HANDLING,         (P.INTERIM_PHOTO,),                     "domain.md 2.3, 3.4 [YCP]"),
    Move(S.HANDLING,         A.SUBMIT,        (R.WORKER,),        S.PENDING_CONFIRM,  (*CLOSING_PHOTOS, P.REPLY_POINTS),      "domain.md 2.3, 4.1"),
    *(Move(state,            A.TAKE_BACK,     (R.WORKER,),        S.HANDLING,         (),                                     "ours: undo for a few minutes") for state in HANDED_IN),
    Move(S.PENDING_CONFIRM,  A.CONFIRM,       (R.AGENCY_LEAD,),   S.FEEDBACK_REVIEW,  (),                                     "domain.md 2.3, 2.6 [SC]"),
    Move(S.PENDING_CONFIRM,  A.SEND_BACK,     (R.AGENCY_LEAD,),   S.HANDLING,         (P.REASON,),                            "domain.md 2.3 [SC]"),
    Move(S.FEEDBACK_REVIEW,  A.APPROVE,       (R.ACCEPTOR,),      S.PENDING_CALLBACK, JUDGED,                                 "domain.md 2.3, 2.5 [WB]"),
    Move(S.FEEDBACK_REVIEW,  A.CLOSE,         REVIEWERS,          S.CLOSED,           JUDGED,                                 "domain.md 2.3, 2.5, 2.6"),
    Move(S.FEEDBACK_REVIEW,  A.REWORK,        SENDERS_BACK,       S.HANDLING,         (P.REASON,),                            "domain.md 2.3 [SC][NB]"),
    Move(S.PENDING_CALLBACK, A.CALLBACK_FAILED, CALLERS_BACK,     S.PENDING_CALLBACK, (P.CALL_FAILURE, P.CONTACT_WORDS),      "domain.md 2.3, 2.5; ours: each is on record"),
    Move(S.PENDING_CALLBACK, A.CALLBACK_OK,   CALLERS_BACK,       S.CLOSED,           (P.RESOLVED, P.SATISFACTION, P.NOT_CONTESTED), "domain.md 2.3, 2.4 [WB][XY]; ours: any operator or the acceptor may call"),
    Move(S.PENDING_CALLBACK, A.REDO,          CALLERS_BACK,       S.HANDLING,         (P.CITIZENS_WORDS,),                    "domain.md 2.3, 2.4 [XY], 3.3 [JA]"),
    Move(S.CLOSED,           A.REOPEN,        REOPENERS,          S.HANDLING,         (P.REASON,),                            "domain.md 2.3; ours: where nobody worked on it, a new case is reported"),
    Move(S.PENDING_SIGN,     A.REASSIGN,      MOVERS,             S.PENDING_SIGN,     (P.WORKER,),                            "domain.md 2.3 assign"),
    Move(S.HANDLING,         A.REASSIGN,      MOVERS,             S.PENDING_SIGN,     (P.WORKER,),                            "domain.md 2.3 assign"),
    Move(S.REPORTED,         A.SELF_FIX,      (R.COLLECTOR,),     S.FEEDBACK_REVIEW,  (P.HARMLESS, P.BOTH_PHOTOS),            "domain.md 2.3 self_fix"),
    Move(S.FEEDBACK_REVIEW,  A.SKIP_AUDIT,    (R.SYSTEM,),        S.CLOSED,           (),                                     "domain.md 2.3, audited by sampling"),
    Move(S.FEEDBACK_REVIEW,  A.NOT_FIXED,     (R.ACCEPTOR,),      S.REPORTED,         (P.REASON,),                            "ours: an audited self-fix that was none"),
    *(Move(state,            A.VOID,          VOIDERS,            S.VOIDED,           (P.REASON,),                            "domain.md 2.3 [UN]") for state in OPEN),
)
REQUESTS: Final = (
    *(Move(state,            A.ASK_RETURN,     AGENCY,            state,              (P.RETURN_CODE, P.DUTY_PROOF, P.PROPOSED_AGENCY), "domain.md 2.3, 2.4") for state in WITH_WORKER),
    *(Move(state,            A.ASK_EXTENSION,  AGENCY,            state,              (P.REASON,),                            "domain.md 2.4 [SC]") for state in WITH_WORKER),
    Move(S.HANDLING,         A.ASK_SUSPENSION, AGENCY,            S.HANDLING,         (P.WAITS_FOR, P.UNTIL, P.DOCUMENT),     "domain.md 2.3, 2.4 [SC]"),
    *(Move(state,            A.ASK_VOID,       CONCERNED,         state,              (P.REASON,),                            "domain.md 2.3 [UN]") for state in OPEN),
    Move(S.CLOSED,           A.ASK_APPEAL,     (R.AGENCY_LEAD,),  S.CLOSED,           (P.REASON,),                            "domain.md 2.4 [SC]"),
    *(Move(state,            A.ENDORSE,        FIRST_LOOK,        state,              (),                                     "domain.md 2.4 [SC]") for state in (*WITH_WORKER, S.CLOSED)),
    *(Move(state,            A.GRANT,          DECIDERS,          state,              (),                                     "domain.md 2.4") for state in MAY_BE_ASKED),
    *(Move(state,            A.REFUSE,         REFUSERS,          state,              (P.REASON,),                            "domain.md 2.4") for state in MAY_BE_ASKED),
    *(Move(state,            A.WITHDRAW,       CONCERNED,         state,              (),                                     "ours") for state in MAY_BE_ASKED),
    *(Move(state,            A.LAPSE,          (R.SYSTEM,),       state,              (),                                     "ours") for state in LAPSES_IN),
    *(Move(state,            A.RETURN,         (R.SYSTEM,),       S.PENDING_DISPATCH, (),                                     "domain.md 2.3 [SC]") for state in WITH_WORKER),
    Move(S.PENDING_DISPATCH, A.FORCE_ASSIGN,   (R.DUTY_CHIEF,),   S.PENDING_SIGN,     (P.AGENCY, P.WORKER),                   "domain.md 2.4 [BJ][WF]"),
    *(Move(state,            A.EXTEND,         (R.SYSTEM,),       state,              (),                                     "domain.md 2.4 [SC]") for state in WITH_WORKER),
    Move(S.HANDLING,         A.SUSPEND,        (R.SYSTEM,),       S.SUSPENDED,        (),                                     "domain.md 2.3 [SC]"),
    Move(S.SUSPENDED,        A.RESUME,         RESUMERS,          S.HANDLING,         (),                                     "domain.md 2.3 [SC]"),
    Move(S.CLOSED,           A.EXEMPT,         (R.SYSTEM,),       S.CLOSED,           (),                                     "domain.md 2.4 [SC]"),
    *(Move(state,            A.KEEP_ROUTE,     DISPATCHERS,       state,              (),                                     "ours") for state in WITH_WORKER),
    *(Move(state,            A.FORGET_ROUTE,   DISPATCHERS,       state,              (),                                     "ours") for state in WITH_WORKER),
)
DUPLICATES: Final = (
    *(Move(state,            A.MERGE,         (R.ACCEPTOR, R.DISPATCH_OFFICER, R.OPERATOR), S.MERGED, (P.MASTER,),              "domain.md 2.3, 2.4") for state in BEFORE_WORK),
    Move(S.MERGED,           A.SPLIT,         (R.ACCEPTOR, R.SYSTEM), S.REPORTED,   (P.REASON,),                              "ours: merged by mistake, or its master came to nothing"),
    Move(S.MERGED,           A.ANSWER_ALONG,  (R.SYSTEM,),        S.PENDING_CALLBACK, (P.AGENCY, P.WORKER, P.FILING_CONDITION), "domain.md 2.4, each reporter is answered"),
    Move(S.MERGED,           A.CLOSE_ALONG,   (R.SYSTEM,),        S.CLOSED,           (),                                     "domain.md 2.4, each reporter is answered"),
)
CHECKS: Final = (
    Move(S.REPORTED,         A.SEND_VERIFY,   (R.ACCEPTOR,),      S.VERIFYING,        (P.WHAT_TO_CHECK, P.CHECKER),           "domain.md 2.3 [SC]"),
    Move(S.VERIFYING,        A.SEND_VERIFY,   (R.ACCEPTOR,),      S.VERIFYING,        (P.WHAT_TO_CHECK, P.CHECKER),           "ours: to another collector"),
    Move(S.VERIFYING,        A.VERIFY_DONE,   (R.COLLECTOR,),     S.REPORTED,         (P.CHECK_PHOTO, P.CHECK_RESULT),        "domain.md 2.3 [SC]"),
    Move(S.VERIFYING,        A.CALL_OFF_CHECK, (R.ACCEPTOR,),     S.REPORTED,         (P.REASON,),                            "ours: nobody can go"),
    Move(S.FEEDBACK_REVIEW,  A.SEND_INSPECT,  REVIEWERS,          S.INSPECTING,       (P.WHAT_TO_CHECK, P.CHECKER),           "domain.md 2.3"),
    Move(S.INSPECTING,       A.SEND_INSPECT,  REVIEWERS,          S.INSPECTING,       (P.WHAT_TO_CHECK, P.CHECKER),           "ours: to another collector"),
    Move(S.INSPECTING,       A.INSPECT_DONE,  (R.COLLECTOR,),     S.FEEDBACK_REVIEW,  (P.CHECK_PHOTO, P.CHECK_RESULT),        "domain.md 2.3"),
    Move(S.INSPECTING,       A.CALL_OFF_CHECK, REVIEWERS,         S.FEEDBACK_REVIEW,  (P.REASON,),                            "ours: nobody can go"),
    Move(S.FEEDBACK_REVIEW,  A.WAIVE_INSPECTION, (R.SHIFT_LEADER,), S.FEEDBACK_REVIEW, (P.REASON,),                           "ours: where nobody can inspect"),
)
FACTS: Final = (
    *(Move(state,            A.ATTACH_PHOTO,  (R.COLLECTOR,),     state,              (),                                     "domain.md 2.3, photo of a check") for state in WITH_CHECKER),

    Move(S.HANDLING,         A.ATTACH_PHOTO,  (R.WORKER,),        S.HANDLING,         (),                                     "domain.md 4.1"),
    *(Move(state,            A.ADD_LATE_PHOTO, SET_SENDERS,       state,              (P.OF_SAME_SET,),                       "durability.md 3, row 35") for state in OPEN),
    Move(S.HANDLING,         A.ADD_NOTE,      (R.WORKER,),        S.HANDLING,         (),                                     "domain.md 2.3"),
    *(Move(state,            A.DISCOUNT_PHOTO, (R.SYSTEM,),       state,              (),                                     "domain.md 4.1, bytes that are no picture") for state in OPEN),
    *(Move(state,            A.REVEAL_CALLER, (R.WORKER, R.OPERATOR), state,          (P.REASON,),                           "domain.md 6, PIPL 51") for state in OPEN if state is not S.PENDING_CALLBACK),
    Move(S.PENDING_CALLBACK, A.REVEAL_CALLER, CALLERS_BACK,       S.PENDING_CALLBACK, (P.REASON,),                           "domain.md 6, PIPL 51"),
)
SUPERVISION: Final = (
    *(Move(state,            A.WHISTLE,       WHISTLERS,          state,              (P.WHISTLE_KIND, P.PARTNER, P.REASON),  "domain.md 2.4 [BJG][BJ]") for state in WITH_WORKER),
    *(Move(state,            A.RESPOND,       (R.AGENCY_LEAD,),   state,              (),                                     "domain.md 2.4 [BJ art. 16]") for state in WITH_WORKER),
    *(Move(state,            A.REPORT_PART,   (R.AGENCY_LEAD,),   state,              (P.REASON,),                            "domain.md 2.4 [BJ art. 14]") for state in WITH_WORKER),
    *(Move(state,            A.DECLINE_PART,  (R.AGENCY_LEAD,),   state,              (P.REASON,),                            "domain.md 2.4 [BJ art. 14]") for state in WITH_WORKER),
    *(Move(state,            A.GO_ON_ALONE,   WHISTLERS,          state,              (P.REASON,),                            "domain.md 2.4") for state in WITH_WORKER),
    *(Move(state,            A.ESCALATE,      (R.SYSTEM,),        state,              (),                                     "domain.md 3.5") for state in MAY_BE_ASKED),
    *(Move(state,            A.RECKON,        (R.SYSTEM,),        state,              (),                                     "durability.md 2.2, 3 row 57") for state in OPEN),
    *(Move(state,            A.ACKNOWLEDGE,   KNOWERS,            state,              (),                                     "domain.md 3.5") for state in OPEN),
    *(Move(state,            A.CALL_AGAIN,    (R.OPERATOR,),      state,              (),                                     "domain.md 2.4 [BJ art. 11]") for state in OPEN),
    *(Move(state,            A.URGE,          ALERTED,            state,              (),                                     "domain.md 2.4") for state in WITH_WORKER),
    *(Move(state,            A.URGE_IN_WRITING, OVERSEERS,        state,              (P.WRITTEN_WORDS,),                     "domain.md 3.5 [LW]") for state in WITH_AGENCY),
    *(Move(state,            A.SUPERVISE,     OPENERS,            state,              (P.WRITTEN_WORDS, P.WITHIN),            "domain.md 2.4 [UN], 3.5") for state in WITH_AGENCY),
    *(Move(state,            A.LIST_SUPERVISE, OPENERS,           state,              (P.WRITTEN_WORDS, P.WITHIN),            "domain.md 2.4 [WF], 3.5") for state in WITH_AGENCY),
    *(Move(state,            A.REPLY_TO_ORDER, (R.AGENCY_LEAD,),  state,              (P.WRITTEN_REPLY,),                     "domain.md 2.4 [UN]") for state in AFTER_DISPATCH),
    *(Move(state,            A.RETURN_REPLY,  OVERSEERS,          state,              (P.REASON,),                            "ours: the reply is not enough") for state in AFTER_DISPATCH),
    *(Move(state,            A.END_SUPERVISION, OVERSEERS,        state,              (),                                     "domain.md 2.4 [UN]") for state in AFTER_DISPATCH),
    *(Move(state,            A.CALL_OFF_SUPERVISION, OVERSEERS,   state,              (P.REASON,),                            "ours: opened by mistake, or settled otherwise") for state in AFTER_DISPATCH),
)
# fmt: on
LIFECYCLE: Final = (*MAIN_LINE, *CHECKS, *REQUESTS, *DUPLICATES, *FACTS, *SUPERVISION)
MOVES: Final = {(move.when, move.action): move for move in LIFECYCLE}

Guard = Callable[[Case, Actor], bool]
GUARDS: Final[dict[Action, tuple[Guard, ...]]] = {
    A.FIRST_CONTACT: (
        calls.caller_can_be_reached,
        calls.caller_may_be_known,
        calls.contact_not_settled,
    ),
    A.REVEAL_CALLER: (calls.caller_can_be_reached, calls.caller_may_be_known),
    A.CALLBACK_FAILED: (calls.calls_are_left,),
    A.ANSWER_ALONG: (calls.callback_is_possible,),
    A.REOPEN: (calls.somebody_worked_on_it,),
    A.CALL_AGAIN: (calls.has_order,),
    A.SELF_FIX: (so.is_own_find, calls.has_no_order),
    A.SKIP_AUDIT: (so.is_self_fixed, so.is_not_drawn),
    A.NOT_FIXED: (so.is_self_fixed,),
    A.REWORK: (so.is_workers,),
    A.ARRIVE: (so.is_urgent_and_not_arrived,),
    A.APPROVE: (calls.callback_is_possible, so.is_inspected_where_due),
    A.CLOSE: (calls.nobody_to_call_back, so.is_inspected_where_due),
    A.VERIFY_DONE: (so.holds_the_check,),
    A.INSPECT_DONE: (so.holds_the_check,),
    A.ATTACH_PHOTO: (so.is_in_ones_hands,),
    A.WAIVE_INSPECTION: (so.owes_inspection,),
    A.SUBMIT: (calls.contact_made_or_excused, so.parts_settled),
    A.TAKE_BACK: (so.is_not_reviewed,),
    A.RESPOND: (so.has_to_respond,),
    A.REPORT_PART: (so.has_an_open_part,),
    A.DECLINE_PART: (so.has_an_open_part,),
    A.GO_ON_ALONE: (so.waits_for_others,),
    A.ACKNOWLEDGE: (so.is_alerted, so.is_not_known_yet),
    A.SUPERVISE: (supervised.no_order_stands,),
    A.LIST_SUPERVISE: (supervised.is_not_listed, supervised.lists_for_the_district),
    A.REPLY_TO_ORDER: (supervised.order_stands, supervised.awaits_reply),
    A.RETURN_REPLY: (
        supervised.order_stands,
        supervised.is_replied,
        supervised.may_take_it_off_the_list,
    ),
    A.END_SUPERVISION: (
        supervised.order_stands,
        supervised.is_replied,
        supervised.may_take_it_off_the_list,
    ),
    A.CALL_OFF_SUPERVISION: (
        supervised.order_stands,
        supervised.awaits_reply,
        supervised.may_take_it_off_the_list,
    ),
    A.ESCALATE: (asked.somebody_must_move,),
    A.DISPATCH: (asked.not_for_the_district,),
    A.VOID: (asked.decided_by_a_person,),
    A.ASK_RETURN: (
        asked.was_not_forced,
        asked.agency_has_not_returned_it,
        so.parts_settled,
        asked.no_request_waits,
    ),
    A.WHISTLE: (asked.nobody_asks_to_hand_it_on,),
    A.ASK_EXTENSION: (asked.extensions_are_left, asked.no_request_waits),
    A.ASK_SUSPENSION: (
        asked.was_not_suspended,
        so.parts_settled,
        calls.contact_made_or_excused,
        asked.was_made_safe,
        asked.no_request_waits,
    ),
    A.ASK_VOID: (asked.no_request_waits,),
    A.ASK_APPEAL: (asked.was_late, asked.was_not_appealed, asked.no_request_waits),
    A.ENDORSE: (
        asked.request_waits,
        asked.is_not_endorsed_yet,
        asked.decides_for_somebody_else,
    ),
    A.GRANT: (asked.request_waits, asked.is_endorsed, asked.decides_for_somebody_else),
    A.REFUSE: (asked.request_waits, asked.decides_for_somebody_else),
    A.WITHDRAW: (asked.request_waits, asked.is_the_askers_own),
    A.LAPSE: (asked.has_lapsed,),
    A.RETURN: (asked.return_was_granted,),
    A.FORCE_ASSIGN: (asked.for_the_district, asked.speaks_for_the_district),
    A.EXTEND: (asked.extension_was_granted,),
    A.SUSPEND: (asked.suspension_was_granted,),
    A.EXEMPT: (asked.appeal_was_granted,),
    A.KEEP_ROUTE: (asked.was_disputed, asked.route_is_not_kept),
    A.FORGET_ROUTE: (asked.route_is_kept,),
}
"""What must be so although it is not evidence. A move whose guard fails is refused by its name."""

TimedGuard = Callable[[Case, datetime], bool]
IN_TIME: Final[dict[Action, tuple[TimedGuard, ...]]] = {
    A.TAKE_BACK: (so.soon_after_handing_in,),
    A.ASK_RETURN: (asked.in_the_return_window,),
    A.ASK_EXTENSION: (asked.before_it_is_late,),
    A.ASK_SUSPENSION: (asked.before_it_is_late,),
}
"""What may be done only until a certain time. A card drawn earlier still offers it."""
