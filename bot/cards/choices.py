"""Buttons of a case's card: what the law offers this reader, in the order they need it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from bot.chat import Weight
from bot.i18n import N_, Tongue
from bot.sheet import Choice, Touch
from bot.texts.law import ACTIONS
from workflows.cases.case import Action, Case, ContactResult, Stage, State
from workflows.cases.lifecycle import IN_TIME
from workflows.cases.machine import offers
from workflows.people import Actor, Role
from workflows.rails import Offer
from workflows.views import CaseView

MOST: Final = 5
"""Buttons on a card, and never more than two in a row (messaging.md 4.2)."""

A = Action
FIRST: Final = (
    A.SIGN_FOR,
    A.ARRIVE,
    A.SUBMIT,
    A.RESPOND,
    A.REPORT_PART,
    A.END_SUPERVISION,
    A.REPLY_TO_ORDER,
    A.FIRST_CONTACT,
    A.DISPATCH,
    A.CONFIRM,
    A.APPROVE,
    A.CLOSE,
    A.CALLBACK_OK,
    A.VERIFY_DONE,
    A.INSPECT_DONE,
    A.GRANT,
    A.ENDORSE,
    A.FORCE_ASSIGN,
    A.REFUSE,
    A.ACCEPT,
    A.FILE,
    A.ACKNOWLEDGE,
    A.URGE,
    A.REASSIGN,
)
"""Acts that take a case on; the first of them on offer is the one big button."""
BESIDE: Final = (
    A.TAKE_BACK,
    A.REWORK,
    A.NOT_FIXED,
    A.SEND_BACK,
    A.CALLBACK_FAILED,
    A.REDO,
    A.REOPEN,
    A.SEND_INSPECT,
    A.WAIVE_INSPECTION,
    A.SEND_VERIFY,
    A.MERGE,
    A.REJECT,
    A.DECLINE,
    A.RETURN_TO_INTAKE,
    A.CALL_OFF_CHECK,
    A.SPLIT,
    A.DECLINE_PART,
    A.RETURN_REPLY,
    A.SUPERVISE,
    A.LIST_SUPERVISE,
    A.GO_ON_ALONE,
    A.WHISTLE,
    A.URGE_IN_WRITING,
    A.CALL_OFF_SUPERVISION,
    A.WITHDRAW,
    A.RESUME,
    A.KEEP_ROUTE,
    A.FORGET_ROUTE,
    A.REVEAL_CALLER,
)
JUDGES: Final = frozenset({A.APPROVE, A.CLOSE, A.REWORK, A.CONFIRM, A.SEND_BACK})
"""Who may do one of these looks at the photos."""
COMPARED_AFTER: Final = 1
"""The comparison stands beside the way back, before what is rarer."""
LAST: Final = frozenset({A.SUPERVISE, A.LIST_SUPERVISE, A.URGE_IN_WRITING, A.CALL_OFF_SUPERVISION})
"""Behind the reasons why: whoever opens an order knows how it came so far."""
IN_A_LIST: Final = (
    A.ASK_RETURN,
    A.ASK_EXTENSION,
    A.ASK_SUSPENSION,
    A.ASK_VOID,
    A.ASK_APPEAL,
)
"""Requests: behind one button, which opens the list of those that are possible."""
TYPED_ONLY: Final = (
    A.REPORT,
    A.TAKE_OVER,
    A.TURN_AWAY,
    A.SELF_FIX,
    A.SKIP_AUDIT,
    A.CALL_AGAIN,
    A.CLOSE_ALONG,
    A.ANSWER_ALONG,
    A.ATTACH_PHOTO,
    A.ADD_LATE_PHOTO,
    A.ADD_NOTE,
    A.ESCALATE,
    A.LAPSE,
    A.RETURN,
    A.EXTEND,
    A.SUSPEND,
    A.EXEMPT,
    A.RECKON,
    A.DISCOUNT_PHOTO,
)
"""Acts without a button: they are photos, words, forms or the system's own."""
WHY_FOR: Final = (Role.SUPERVISOR, Role.DUTY_CHIEF)

Rows = tuple[tuple[Choice, ...], ...]


def choices(view: CaseView, reader: Actor, tongue: Tongue, now: datetime | None = None) -> Rows:
    """At most five: one primary alone in its row, danger alone in the last.

    With `now` nothing is offered for which it is too late.
    """
    case = view.case
    offered = [
        a for a in offers(case, reader) if _is_wanted(a, view, reader) and _in_time(a, case, now)
    ]
    main = next((action for action in FIRST if action in offered), None)
    danger = A.VOID in offered and main is not None
    others = [a for a in (*FIRST, *BESIDE) if a in offered and a is not main]
    beside = [Choice(tongue(ACTIONS[a]), Offer(a)) for a in others if a not in LAST]
    beside += _asks(view, offered, tongue)
    if _can_be_compared(view, offered):
        beside.insert(
            COMPARED_AFTER,
            Choice(tongue(N_("🖼 Compare")), Offer(Touch.COMPARE, {"case": case.id})),
        )
    if reader.person.holds(*WHY_FOR) and case.is_open:
        beside.append(Choice(tongue(N_("❓ Why")), Offer(Touch.WHY, {"case": case.id})))
    beside += [Choice(tongue(ACTIONS[a]), Offer(a)) for a in others if a in LAST]
    room = MOST - (main is not None) - danger
    return (
        *_alone(tongue, main, Weight.PRIMARY),
        *pairs(beside[:room]),
        *_alone(tongue, A.VOID if danger else None, Weight.DANGER),
    )


def _can_be_compared(view: CaseView, offered: Sequence[Action]) -> bool:
    """For whoever judges the work: a photo of before and of after, or one like another."""
    stages = {photo.stage for photo in view.photos if photo.sha256}
    return bool(JUDGES & {*offered}) and (
        bool(view.alike) or stages >= {Stage.BEFORE, Stage.AFTER}
    )


def _asks(view: CaseView, offered: Sequence[Action], tongue: Tongue) -> list[Choice]:
    """One request by its own name, several behind one button; a void alone is only typed."""
    asks = [action for action in IN_A_LIST if action in offered]
    if len(asks) > 1:
        return [Choice(tongue(N_("📨 Ask for …")), Offer(Touch.REQUESTS, {"case": view.case.id}))]
    return [Choice(tongue(ACTIONS[a]), Offer(a)) for a in asks if a is not A.ASK_VOID]


def pairs(beside: Sequence[Choice]) -> Rows:
    """Two in a row, as wide as a thumb."""
    return tuple(tuple(beside[i : i + 2]) for i in range(0, len(beside), 2))


def each_alone(every: Iterable[Choice]) -> Rows:
    """One in a row: for labels that are longer than a verb."""
    return tuple((choice,) for choice in every)


def is_acknowledged(view: CaseView) -> bool:
    """Whether somebody has said that they know of the latest alert."""
    if view.case.alarm.known_at is not None:
        return True
    last = next(
        (e.action for e in reversed(view.journal) if e.action in {A.ESCALATE, A.ACKNOWLEDGE}),
        None,
    )
    return last == A.ACKNOWLEDGE


def owes_contact(case: Case) -> bool:
    """A caller left a number and has not been reached."""
    order = case.order
    return order is not None and order.is_for_worker and order.contact != ContactResult.REACHED


def _in_time(action: Action, case: Case, now: datetime | None) -> bool:
    return now is None or all(guard(case, now) for guard in IN_TIME.get(action, ()))


def _is_wanted(action: Action, view: CaseView, reader: Actor) -> bool:
    case = view.case
    if action is A.REVEAL_CALLER:
        as_worker = case.assignee == reader.id
        return not as_worker or (case.state is State.HANDLING and owes_contact(case))
    if action is A.MERGE:
        return bool(case.alike)
    if action is A.LIST_SUPERVISE:
        return case.supervision is not None
    return not (action is A.ACKNOWLEDGE and is_acknowledged(view))


def _alone(tongue: Tongue, action: Action | None, weight: Weight) -> Rows:
    return ((Choice(tongue(ACTIONS[action]), Offer(action), weight),),) if action else ()
