"""THE LAW: one row per allowed move, and the conditions that are not evidence.

A row reads: when the case is so, someone may do this, namely these roles, and it becomes
that, given this evidence. The machine reads it, `run.py docs`
prints it, the tests walk it, and the buttons on a card are computed from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from workflows.cases.case import OPEN, WITH_WORKER, Action, Case, ContactResult, Proof, State
from workflows.deadlines.clocks import ClockKind
from workflows.people import Actor, Role

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
ALERTED: Final = (R.AGENCY_LEAD, R.SUPERVISOR, R.DUTY_CHIEF)
MOVERS: Final = (R.AGENCY_LEAD, R.DISPATCH_OFFICER, R.SUPERVISOR, R.DUTY_CHIEF)
CALLERS_BACK: Final = (R.OPERATOR, R.ACCEPTOR)
"""Whoever took the call, and whoever stands in: no callback waits for somebody who has left."""
REOPENERS: Final = (R.OPERATOR, R.SUPERVISOR)

JUDGED: Final = (
    P.AFTER_PHOTOS,
    P.FACT_FINDING,
    P.DEMAND_FINDING,
    P.OUTCOME,
    P.CLOSING_CONDITION,
    P.REPLY,
)
"""What a result is judged by; without an order nobody appealed, so nothing is found of that."""

# fmt: off
MAIN_LINE: Final = (
    #    when it is          someone may      namely              and it becomes      given                                   source
    Move(S.DRAFT,            A.REPORT,        REPORTERS,          S.REPORTED,         (P.CLASS, P.PLACE, P.PHOTO_BEFORE),     "domain.md 2.3 [BJ]"),
    Move(S.DRAFT,            A.TAKE_OVER,     (R.SYSTEM,),        S.CLOSED,           (P.CLASS,),                             "history of another system"),
    Move(S.REPORTED,         A.ACCEPT,        (R.ACCEPTOR,),      S.PENDING_FILING,   (P.CLASS,),                             "domain.md 2.3 [SC]"),
    Move(S.PENDING_FILING,   A.FILE,          REVIEWERS,          S.PENDING_DISPATCH, (P.FILING_CONDITION,),                  "domain.md 2.3 [SC]"),
    Move(S.PENDING_DISPATCH, A.DISPATCH,      DISPATCHERS,        S.PENDING_SIGN,     (P.AGENCY, P.WORKER),                   "domain.md 2.3 [BJ]"),
    Move(S.PENDING_SIGN,     A.SIGN_FOR,      (R.WORKER,),        S.HANDLING,         (),                                     "domain.md 2.3"),
    Move(S.HANDLING,         A.FIRST_CONTACT, (R.WORKER,),        S.HANDLING,         (P.CONTACT_RESULT, P.CONTACT_WORDS),    "domain.md 2.3 [WB]"),
    Move(S.HANDLING,         A.ARRIVE,        (R.WORKER,),        S.HANDLING,         (P.INTERIM_PHOTO,),                     "domain.md 2.3, 3.4 [YCP]"),
    Move(S.HANDLING,         A.SUBMIT,        (R.WORKER,),        S.PENDING_CONFIRM,  (P.AFTER_PHOTOS, P.REPLY_POINTS),       "domain.md 2.3"),
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
    *(Move(state,            A.VOID,          (R.SHIFT_LEADER,),  S.VOIDED,           (P.REASON,),                            "domain.md 2.3 [UN]") for state in OPEN),
)
FACTS: Final = (
    Move(S.HANDLING,         A.ATTACH_PHOTO,  (R.WORKER,),        S.HANDLING,         (),                                     "domain.md 4.1"),
    Move(S.HANDLING,         A.ADD_NOTE,      (R.WORKER,),        S.HANDLING,         (),                                     "domain.md 2.3"),
    *(Move(state,            A.DISCOUNT_PHOTO, (R.SYSTEM,),       state,              (),                                     "domain.md 4.1, bytes that are no picture") for state in OPEN),
    *(Move(state,            A.REVEAL_CALLER, (R.WORKER, R.OPERATOR), state,          (),                                     "domain.md 6, PIPL 51") for state in OPEN if state is not S.PENDING_CALLBACK),
    Move(S.PENDING_CALLBACK, A.REVEAL_CALLER, CALLERS_BACK,       S.PENDING_CALLBACK, (),                                     "domain.md 6, PIPL 51"),
)
SUPERVISION: Final = (
    *(Move(state,            A.ESCALATE,      (R.SYSTEM,),        state,              (),                                     "domain.md 3.5") for state in OPEN),
    *(Move(state,            A.RECKON,        (R.SYSTEM,),        state,              (),                                     "durability.md 2.2, 3 row 57") for state in OPEN),
    *(Move(state,            A.ACKNOWLEDGE,   ALERTED,            state,              (),                                     "domain.md 3.5") for state in OPEN),
    *(Move(state,            A.URGE,          ALERTED,            state,              (),                                     "domain.md 2.4") for state in WITH_WORKER),
)
# fmt: on
LIFECYCLE: Final = (*MAIN_LINE, *FACTS, *SUPERVISION)
MOVES: Final = {(move.when, move.action): move for move in LIFECYCLE}


Guard = Callable[[Case, Actor], bool]


def caller_can_be_reached(case: Case, _: Actor) -> bool:
    """A number was left."""
    return case.order is not None and case.order.phone_hint != ""


def callback_is_possible(case: Case, actor: Actor) -> bool:
    """Who left a number is called back before it is over (domain.md 2.4 [JN])."""
    return caller_can_be_reached(case, actor)


def nobody_to_call_back(case: Case, actor: Actor) -> bool:
    return not caller_can_be_reached(case, actor)


def calls_are_left(case: Case, _: Actor) -> bool:
    return case.order is not None and not case.order.calls_used_up


def somebody_worked_on_it(case: Case, _: Actor) -> bool:
    """Cases of another system and the like never had a worker here who could do it again."""
    return case.assignee is not None


def contact_not_settled(case: Case, _: Actor) -> bool:
    """First contact is owed until the caller was reached; a failed attempt may be repeated."""
    return case.order is not None and case.order.contact is not ContactResult.REACHED


def contact_made_or_excused(case: Case, _: Actor) -> bool:
    """With a caller who left a number, first contact was made or its failure recorded (2.3)."""
    order = case.order
    return order is None or order.phone_hint == "" or order.contact is not None


def is_urgent_and_not_arrived(case: Case, _: Actor) -> bool:
    """Arrival and making safe is a milestone of P1 only (domain.md 3.4)."""
    return case.urgency == "P1" and case.arrived_at is None


def is_alerted(case: Case, _: Actor) -> bool:
    """A rung or a dead end has told somebody, so there is something to acknowledge."""
    return case.stuck != "" or any(
        clock.rungs_told for clock in case.clocks if clock.ended_at is None
    )


GUARDS: Final[dict[Action, tuple[Guard, ...]]] = {
    A.FIRST_CONTACT: (caller_can_be_reached, contact_not_settled),
    A.REVEAL_CALLER: (caller_can_be_reached,),
    A.ARRIVE: (is_urgent_and_not_arrived,),
    A.SUBMIT: (contact_made_or_excused,),
    A.APPROVE: (callback_is_possible,),
    A.CLOSE: (nobody_to_call_back,),
    A.CALLBACK_FAILED: (calls_are_left,),
    A.REOPEN: (somebody_worked_on_it,),
    A.ACKNOWLEDGE: (is_alerted,),
}
"""What must be so although it is not evidence. A move whose guard fails is refused by its name."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """What a move does to the clocks: disposal that starts again goes on with what was left."""

    ends: tuple[ClockKind, ...] = ()
    starts: tuple[ClockKind, ...] = ()
    rests: tuple[ClockKind, ...] = ()


ALL_CLOCKS: Final = tuple(ClockKind)
CLOCKS: Final[dict[Action, Ticks]] = {
    A.REPORT: Ticks(starts=(K.ACCEPTANCE,)),
    A.ACCEPT: Ticks(ends=(K.ACCEPTANCE,), starts=(K.FILING,)),
    A.FILE: Ticks(ends=(K.FILING,), starts=(K.DISPATCH,)),
    A.DISPATCH: Ticks(
        ends=(K.DISPATCH,), starts=(K.DISPOSAL, K.SIGN_FOR, K.FIRST_CONTACT, K.ARRIVAL)
    ),
    A.SIGN_FOR: Ticks(ends=(K.SIGN_FOR,)),
    A.FIRST_CONTACT: Ticks(ends=(K.FIRST_CONTACT,)),
    A.ARRIVE: Ticks(ends=(K.ARRIVAL,)),
    A.SUBMIT: Ticks(ends=(K.ARRIVAL,)),
    A.CONFIRM: Ticks(rests=(K.DISPOSAL,), starts=(K.REVIEW,)),
    A.REWORK: Ticks(ends=(K.REVIEW,), starts=(K.DISPOSAL,)),
    A.REASSIGN: Ticks(ends=(K.SIGN_FOR,), starts=(K.SIGN_FOR,)),
    A.APPROVE: Ticks(ends=(K.REVIEW,), starts=(K.CALLBACK,)),
    A.CALLBACK_FAILED: Ticks(ends=(K.CALLBACK,), starts=(K.CALLBACK,)),
    A.CALLBACK_OK: Ticks(ends=ALL_CLOCKS),
    A.REDO: Ticks(ends=(K.CALLBACK, K.DISPOSAL), starts=(K.DISPOSAL,)),
    A.REOPEN: Ticks(starts=(K.DISPOSAL,)),
    A.CLOSE: Ticks(ends=ALL_CLOCKS),
    A.VOID: Ticks(ends=ALL_CLOCKS),
}
"""Domain.md 2.3, column Clocks; 2.6 on when disposal stops. Arrival is a clock of P1 alone."""

RECHECKED: Final = frozenset({A.REDO, A.REOPEN})
"""Disposal begins anew under the re-check limit (3.3 [JA]); its first round judges timeliness."""
