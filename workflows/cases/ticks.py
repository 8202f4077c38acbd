"""What each move does to the clocks of a case; a part of the law like the rows themselves."""

from dataclasses import dataclass
from typing import Final

from workflows.cases.case import Action
from workflows.deadlines.clocks import ClockKind

A, K = Action, ClockKind


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
        ends=(K.DISPATCH,),
        starts=(K.DISPOSAL, K.SIGN_FOR, K.FIRST_CONTACT, K.ARRIVAL, K.RETURN_WINDOW),
    ),
    A.FORCE_ASSIGN: Ticks(
        ends=(K.DISPATCH,), starts=(K.DISPOSAL, K.SIGN_FOR, K.FIRST_CONTACT, K.ARRIVAL)
    ),
    A.RETURN_TO_INTAKE: Ticks(ends=(K.DISPATCH,), starts=(K.ACCEPTANCE,)),
    **{
        action: Ticks(starts=(K.DECISION,))
        for action in (
            A.ASK_RETURN,
            A.ASK_EXTENSION,
            A.ASK_SUSPENSION,
            A.ASK_VOID,
            A.ASK_APPEAL,
        )
    },
    A.ENDORSE: Ticks(ends=(K.DECISION,), starts=(K.DECISION,)),
    **{action: Ticks(ends=(K.DECISION,)) for action in (A.GRANT, A.REFUSE, A.WITHDRAW, A.LAPSE)},
    A.RETURN: Ticks(
        ends=(K.SIGN_FOR, K.FIRST_CONTACT, K.ARRIVAL, K.RETURN_WINDOW),
        starts=(K.DISPATCH,),
        rests=(K.DISPOSAL,),
    ),
    A.SUSPEND: Ticks(ends=(K.RETURN_WINDOW,), starts=(K.SUSPENSION,), rests=(K.DISPOSAL,)),
    A.RESUME: Ticks(ends=(K.SUSPENSION,), starts=(K.DISPOSAL,)),
    A.SELF_FIX: Ticks(ends=(K.ACCEPTANCE,), starts=(K.REVIEW,)),
    A.SKIP_AUDIT: Ticks(ends=ALL_CLOCKS),
    A.NOT_FIXED: Ticks(ends=(K.REVIEW,), starts=(K.ACCEPTANCE,)),
    A.SIGN_FOR: Ticks(ends=(K.SIGN_FOR,)),
    A.FIRST_CONTACT: Ticks(ends=(K.FIRST_CONTACT,)),
    A.ARRIVE: Ticks(ends=(K.ARRIVAL,)),
    A.SUBMIT: Ticks(ends=(K.ARRIVAL, K.RETURN_WINDOW)),
    A.TAKE_BACK: Ticks(ends=(K.REVIEW,), undoes=(K.DISPOSAL, K.ARRIVAL, K.RETURN_WINDOW)),
    A.CONFIRM: Ticks(rests=(K.DISPOSAL,), starts=(K.REVIEW,)),
    A.REWORK: Ticks(ends=(K.REVIEW,), starts=(K.DISPOSAL,)),
    A.SEND_INSPECT: Ticks(rests=(K.REVIEW,), ends=(K.INSPECTION,), starts=(K.INSPECTION,)),
    A.INSPECT_DONE: Ticks(ends=(K.INSPECTION,), resumes=(K.REVIEW,)),
    A.REASSIGN: Ticks(ends=(K.SIGN_FOR,), starts=(K.SIGN_FOR,)),
    A.MERGE: Ticks(ends=ALL_CLOCKS),
    A.SPLIT: Ticks(starts=(K.ACCEPTANCE,)),
    A.APPROVE: Ticks(ends=(K.REVIEW,), starts=(K.CALLBACK,)),
    A.CALLBACK_FAILED: Ticks(ends=(K.CALLBACK,), starts=(K.CALLBACK,)),
    A.CALLBACK_OK: Ticks(ends=ALL_CLOCKS),
    A.REDO: Ticks(ends=(K.CALLBACK, K.DISPOSAL), starts=(K.DISPOSAL,)),
    A.REOPEN: Ticks(starts=(K.DISPOSAL,)),
    A.ANSWER_ALONG: Ticks(starts=(K.CALLBACK,)),
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

RECHECKED: Final = frozenset({A.REDO, A.REOPEN})
"""Disposal begins anew under the re-check limit (3.3 [JA]); its first round judges timeliness."""
