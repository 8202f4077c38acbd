"""THE LAW: one row per allowed move, and the conditions that are not evidence.

A row reads: when the case is so, someone may do this, namely these roles, and it becomes
that, given this evidence. The machine reads it, `run.py docs`
prints it, the tests walk it, and the buttons on a card are computed from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from workflows.cases.case import (
    OPEN,
    WITH_CHECKER,
    WITH_WORKER,
    Action,
    Case,
    Proof,
    State,
)
from workflows.cases.conditions import (
    caller_can_be_reached,
    contact_made_or_excused,
    contact_not_settled,
    has_an_open_part,
    has_no_order,
    has_order,
    has_to_respond,
    holds_the_check,
    is_alerted,
    is_in_ones_hands,
    is_inspected_where_due,
    is_not_reviewed,
    is_urgent_and_not_arrived,
    owes_inspection,
    parts_settled,
    soon_after_handing_in,
    waits_for_others,
)
from workflows.deadlines.clocks import ClockKind
from workflows.people import Actor, Role
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
REVIEWERS: Final = (R.ACCEPTOR, R.SHIFT_LEADER)
SENDERS_BACK: Final = (R.ACCEPTOR, R.DISPATCH_OFFICER)
OVERSEERS: Final = supervised.OVERSEERS
OPENERS: Final = (*OVERSEERS, R.SYSTEM)
ALERTED: Final = (R.AGENCY_LEAD, R.SUPERVISOR, R.DUTY_CHIEF)
WHISTLERS: Final = (R.AGENCY_LEAD, R.DISPATCH_OFFICER, R.DUTY_CHIEF)
MOVERS: Final = (R.AGENCY_LEAD, R.DISPATCH_OFFICER, R.SUPERVISOR, R.DUTY_CHIEF)

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
    Move(S.REPORTED,         A.ACCEPT,        (R.ACCEPTOR,),      S.PENDING_FILING,   (P.CLASS,),                             "domain.md 2.3 [SC]"),
    Move(S.REPORTED,         A.REJECT,        (R.ACCEPTOR,),      S.REJECTED,         (P.GROUND, P.CITIZEN_TEXT),             "domain.md 2.4 [BJ][WF]"),
    Move(S.PENDING_FILING,   A.DECLINE,       REVIEWERS,          S.REJECTED,         (P.GROUND, P.CITIZEN_TEXT),             "domain.md 2.2 [NB], 2.4"),
    Move(S.PENDING_FILING,   A.FILE,          REVIEWERS,          S.PENDING_DISPATCH, (P.FILING_CONDITION,),                  "domain.md 2.3 [SC]"),
    Move(S.PENDING_DISPATCH, A.DISPATCH,      DISPATCHERS,        S.PENDING_SIGN,     (P.AGENCY, P.WORKER),                   "domain.md 2.3 [BJ]"),
    Move(S.PENDING_DISPATCH, A.RETURN_TO_INTAKE, DISPATCHERS,     S.REPORTED,         (P.REASON,),                            "domain.md 2.3 [SC]"),
    Move(S.PENDING_SIGN,     A.SIGN_FOR,      (R.WORKER,),        S.HANDLING,         (),                                     "domain.md 2.3"),
    Move(S.HANDLING,         A.FIRST_CONTACT, (R.WORKER,),        S.HANDLING,         (P.CONTACT_RESULT,),                    "domain.md 2.3 [WB]"),
    Move(S.HANDLING,         A.ARRIVE,        (R.WORKER,),        S.HANDLING,         (P.INTERIM_PHOTO,),                     "domain.md 2.3, 3.4 [YCP]"),
    Move(S.HANDLING,         A.SUBMIT,        (R.WORKER,),        S.PENDING_CONFIRM,  (P.AFTER_PHOTOS, P.REPLY_POINTS),       "domain.md 2.3"),
    *(Move(state,            A.TAKE_BACK,     (R.WORKER,),        S.HANDLING,         (),                                     "ours: undo for a few minutes") for state in HANDED_IN),
    Move(S.PENDING_CONFIRM,  A.CONFIRM,       (R.AGENCY_LEAD,),   S.FEEDBACK_REVIEW,  (),                                     "domain.md 2.3, 2.6 [SC]"),
    Move(S.PENDING_CONFIRM,  A.SEND_BACK,     (R.AGENCY_LEAD,),   S.HANDLING,         (P.REASON,),                            "domain.md 2.3 [SC]"),
    Move(S.FEEDBACK_REVIEW,  A.APPROVE,       (R.ACCEPTOR,),      S.CLOSED,           (P.CLOSING_CONDITION, P.AFTER_PHOTOS, P.REPLY_POINTS), "domain.md 2.3"),
    Move(S.FEEDBACK_REVIEW,  A.CLOSE,         REVIEWERS,          S.CLOSED,           (P.CLOSING_CONDITION, P.AFTER_PHOTOS),  "domain.md 2.3, 2.6"),
    Move(S.FEEDBACK_REVIEW,  A.REWORK,        SENDERS_BACK,       S.HANDLING,         (P.REASON,),                            "domain.md 2.3 [SC][NB]"),
    Move(S.PENDING_SIGN,     A.REASSIGN,      MOVERS,             S.PENDING_SIGN,     (P.WORKER,),                            "domain.md 2.3 assign"),
    Move(S.HANDLING,         A.REASSIGN,      MOVERS,             S.PENDING_SIGN,     (P.WORKER,),                            "domain.md 2.3 assign"),
    *(Move(state,            A.VOID,          (R.SHIFT_LEADER,),  S.VOIDED,           (P.REASON,),                            "domain.md 2.3 [UN]") for state in OPEN),
)
DUPLICATES: Final = (
    *(Move(state,            A.MERGE,         (R.ACCEPTOR, R.DISPATCH_OFFICER, R.OPERATOR), S.MERGED, (P.MASTER,),              "domain.md 2.3, 2.4") for state in BEFORE_WORK),
    Move(S.MERGED,           A.SPLIT,         (R.ACCEPTOR, R.SYSTEM), S.REPORTED,   (P.REASON,),                              "ours: merged by mistake, or its master came to nothing"),
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
    Move(S.HANDLING,         A.ADD_NOTE,      (R.WORKER,),        S.HANDLING,         (),                                     "domain.md 2.3"),
    *(Move(state,            A.DISCOUNT_PHOTO, (R.SYSTEM,),       state,              (),                                     "domain.md 4.1, bytes that are no picture") for state in OPEN),
    *(Move(state,            A.REVEAL_CALLER, (R.WORKER, R.OPERATOR), state,          (),                                     "domain.md 6, PIPL 51") for state in OPEN),
)
SUPERVISION: Final = (
    *(Move(state,            A.WHISTLE,       WHISTLERS,          state,              (P.WHISTLE_KIND, P.PARTNER, P.REASON),  "domain.md 2.4 [BJG][BJ]") for state in WITH_WORKER),
    *(Move(state,            A.RESPOND,       (R.AGENCY_LEAD,),   state,              (),                                     "domain.md 2.4 [BJ art. 16]") for state in WITH_WORKER),
    *(Move(state,            A.REPORT_PART,   (R.AGENCY_LEAD,),   state,              (P.REASON,),                            "domain.md 2.4 [BJ art. 14]") for state in WITH_WORKER),
    *(Move(state,            A.DECLINE_PART,  (R.AGENCY_LEAD,),   state,              (P.REASON,),                            "domain.md 2.4 [BJ art. 14]") for state in WITH_WORKER),
    *(Move(state,            A.GO_ON_ALONE,   WHISTLERS,          state,              (P.REASON,),                            "domain.md 2.4") for state in WITH_WORKER),
    *(Move(state,            A.ESCALATE,      (R.SYSTEM,),        state,              (),                                     "domain.md 3.5") for state in OPEN),
    *(Move(state,            A.RECKON,        (R.SYSTEM,),        state,              (),                                     "durability.md 2.2, 3 row 57") for state in OPEN),
    *(Move(state,            A.ACKNOWLEDGE,   ALERTED,            state,              (),                                     "domain.md 3.5") for state in OPEN),
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
LIFECYCLE: Final = (*MAIN_LINE, *CHECKS, *DUPLICATES, *FACTS, *SUPERVISION)
MOVES: Final = {(move.when, move.action): move for move in LIFECYCLE}


Guard = Callable[[Case, Actor], bool]
GUARDS: Final[dict[Action, tuple[Guard, ...]]] = {
    A.FIRST_CONTACT: (caller_can_be_reached, contact_not_settled),
    A.REVEAL_CALLER: (caller_can_be_reached,),
    A.ARRIVE: (is_urgent_and_not_arrived,),
    A.APPROVE: (has_order, is_inspected_where_due),
    A.CLOSE: (has_no_order, is_inspected_where_due),
    A.VERIFY_DONE: (holds_the_check,),
    A.INSPECT_DONE: (holds_the_check,),
    A.ATTACH_PHOTO: (is_in_ones_hands,),
    A.WAIVE_INSPECTION: (owes_inspection,),
    A.SUBMIT: (contact_made_or_excused, parts_settled),
    A.TAKE_BACK: (is_not_reviewed,),
    A.RESPOND: (has_to_respond,),
    A.REPORT_PART: (has_an_open_part,),
    A.DECLINE_PART: (has_an_open_part,),
    A.GO_ON_ALONE: (waits_for_others,),
    A.ACKNOWLEDGE: (is_alerted,),
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
}
"""What must be so although it is not evidence. A move whose guard fails is refused by its name."""

TimedGuard = Callable[[Case, datetime], bool]
IN_TIME: Final[dict[Action, tuple[TimedGuard, ...]]] = {
    A.TAKE_BACK: (soon_after_handing_in,),
}
"""What may be done only until a certain time. A card drawn earlier still offers it."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """What a move does to the clocks: one that starts while it rests goes on with what was left.

    `resumes` is for clocks that may not be there at all; `undoes` for those that go on as if the
    work had not been handed in, with nothing gained.
    """

    ends: tuple[ClockKind, ...] = ()
    starts: tuple[ClockKind, ...] = ()
    rests: tuple[ClockKind, ...] = ()
    resumes: tuple[ClockKind, ...] = ()
    undoes: tuple[ClockKind, ...] = ()


ALL_CLOCKS: Final = tuple(ClockKind)
ON_ORDERS: Final = (K.SUPERVISION, K.SUPERVISION_REVIEW)
CLOCKS: Final[dict[Action, Ticks]] = {
    A.REPORT: Ticks(starts=(K.ACCEPTANCE,)),
    A.REJECT: Ticks(ends=ALL_CLOCKS),
    A.SEND_VERIFY: Ticks(rests=(K.ACCEPTANCE,), ends=(K.VERIFICATION,), starts=(K.VERIFICATION,)),
    A.VERIFY_DONE: Ticks(ends=(K.VERIFICATION,), resumes=(K.ACCEPTANCE,)),
    A.CALL_OFF_CHECK: Ticks(ends=(K.VERIFICATION, K.INSPECTION), resumes=(K.ACCEPTANCE, K.REVIEW)),
    A.ACCEPT: Ticks(ends=(K.ACCEPTANCE,), starts=(K.FILING,)),
    A.DECLINE: Ticks(ends=ALL_CLOCKS),
    A.FILE: Ticks(ends=(K.FILING,), starts=(K.DISPATCH,)),
    A.DISPATCH: Ticks(
        ends=(K.DISPATCH,), starts=(K.DISPOSAL, K.SIGN_FOR, K.FIRST_CONTACT, K.ARRIVAL)
    ),
    A.RETURN_TO_INTAKE: Ticks(ends=(K.DISPATCH,), starts=(K.ACCEPTANCE,)),
    A.SIGN_FOR: Ticks(ends=(K.SIGN_FOR,)),
    A.FIRST_CONTACT: Ticks(ends=(K.FIRST_CONTACT,)),
    A.ARRIVE: Ticks(ends=(K.ARRIVAL,)),
    A.SUBMIT: Ticks(ends=(K.ARRIVAL,)),
    A.TAKE_BACK: Ticks(ends=(K.REVIEW,), undoes=(K.DISPOSAL, K.ARRIVAL)),
    A.CONFIRM: Ticks(rests=(K.DISPOSAL,), starts=(K.REVIEW,)),
    A.REWORK: Ticks(ends=(K.REVIEW,), starts=(K.DISPOSAL,)),
    A.SEND_INSPECT: Ticks(rests=(K.REVIEW,), ends=(K.INSPECTION,), starts=(K.INSPECTION,)),
    A.INSPECT_DONE: Ticks(ends=(K.INSPECTION,), resumes=(K.REVIEW,)),
    A.REASSIGN: Ticks(ends=(K.SIGN_FOR,), starts=(K.SIGN_FOR,)),
    A.MERGE: Ticks(ends=ALL_CLOCKS),
    A.SPLIT: Ticks(starts=(K.ACCEPTANCE,)),
    A.APPROVE: Ticks(ends=ALL_CLOCKS),
    A.CLOSE: Ticks(ends=ALL_CLOCKS),
    A.VOID: Ticks(ends=ALL_CLOCKS),
    A.SUPERVISE: Ticks(starts=(K.SUPERVISION,)),
    A.LIST_SUPERVISE: Ticks(ends=ON_ORDERS, starts=(K.SUPERVISION,)),
    A.REPLY_TO_ORDER: Ticks(ends=(K.SUPERVISION,), starts=(K.SUPERVISION_REVIEW,)),
    A.RETURN_REPLY: Ticks(ends=(K.SUPERVISION_REVIEW,), starts=(K.SUPERVISION,)),
    A.END_SUPERVISION: Ticks(ends=ON_ORDERS),
    A.CALL_OFF_SUPERVISION: Ticks(ends=ON_ORDERS),
}
"""Domain.md 2.3, column Clocks; 2.6 on when disposal stops. Arrival is a clock of P1 alone."""
