"""Why somebody is told: lead-in lines of cards, alerts by rung, and why a case is stuck."""

from typing import Final

from bot.i18n import N_
from workflows.cases.consequences import Because
from workflows.escalation.ladder import Level
from workflows.escalation.waking import Instead

BECAUSE: Final[dict[Because, str]] = {
    Because.REGISTERED: N_("Registered. You will hear from us when it is closed."),
    Because.TO_ACCEPT: N_("New case: please accept it."),
    Because.TO_FILE: N_("Please choose the condition it is filed under."),
    Because.TO_VERIFY: N_("Please go and look, before it is filed."),
    Because.VERIFIED: N_("The collector has been there. Please go on with it."),
    Because.TO_INSPECT: N_("Please go and look whether it has been put right."),
    Because.INSPECTED: N_("The collector has looked at the work. Please judge it."),
    Because.CHECK_CALLED_OFF: N_("You need not go there any more. Thank you."),
    Because.REJECTED: N_("Not taken. Please tell the caller what stands below."),
    Because.BACK_AT_INTAKE: N_("Dispatch has returned this. Please look at it again."),
    Because.MERGED: N_("Merged into another case. You will hear when that one is closed."),
    Because.SPLIT: N_("This one stands alone again. Please take it on."),
    Because.TO_DISPATCH: N_("Please choose who will do it."),
    Because.NEW_ORDER: N_("New order: please sign for it."),
    Because.TAKEN_AWAY: N_("This order has gone to somebody else. Nothing more for you to do."),
    Because.TO_CONFIRM: N_("The work is handed in: please confirm it."),
    Because.TO_REVIEW: N_("The work is handed in: please look at the photos."),
    Because.TO_AUDIT: N_("Fixed by whoever found it, drawn for audit. Please look at the photos."),
    Because.SELF_FIXED: N_("Fixed on the spot and closed. Thank you."),
    Because.NOT_FIXED: N_("After an audit this goes on as an ordinary case, the reason is below."),
    Because.SENT_BACK: N_("Sent back: please do it again and send new photos."),
    Because.TO_CALL_BACK: N_("Approved. Please call the caller back and read this out."),
    Because.TO_REDO: N_("The caller says that it is not done: new work, new photos, new note."),
    Because.REOPENED: N_("Closed before, now open again: please do it once more."),
    Because.WARNED: N_("Warning order: the caller is not satisfied. Please take care of it."),
    Because.TAKEN_BACK: N_(
        "The worker has taken it back and goes on with it. Nothing to review for now."
    ),
    Because.CLOSED: N_("Closed. Please give the caller the answer below."),
    Because.VOIDED: N_("Voided. Nothing more to do."),
    Because.ASKED: N_("A request waits for your answer, please see below."),
    Because.GRANTED: N_("The request was granted."),
    Because.REFUSED: N_("The request was refused, the reason is below. The work goes on."),
    Because.WITHDRAWN: N_("The request was withdrawn. Nothing to decide any more."),
    Because.LAPSED: N_("The request has lapsed, because the case has moved on."),
    Because.RETURNED: N_("The return was granted: this order is taken back from you."),
    Because.TO_FORCE: N_(
        "Two agencies have returned this case. The district centre decides: "
        "please assign it for good."
    ),
    Because.FORCED: N_(
        "The district centre has assigned this case to your agency. It cannot be returned."
    ),
    Because.EXTENDED: N_("More time was granted: the new limit is below."),
    Because.TELL_EXTENDED: N_(
        "The work needs longer. Please tell the caller that it takes until the time below."
    ),
    Because.SUSPENDED: N_("The work is suspended: nothing to do until the day below."),
    Because.TELL_SUSPENDED: N_(
        "The work must wait. Please tell the caller why, and until when it rests."
    ),
    Because.RESUMED: N_("The suspension is over: the work goes on and the limit runs again."),
    Because.CALLED_AGAIN: N_("The caller has called again. Please go on with this one first."),
    Because.URGED: N_("You are being urged: please go on with this one first."),
    Because.URGED_IN_WRITING: N_("You are urged in writing. Your lead has a copy."),
    Because.URGE_COPIED: N_("For your information: a written urge has gone to the worker."),
    Because.SUPERVISED: N_("A supervision order: please see to it and reply in time."),
    Because.UNDER_SUPERVISION: N_("This case is under supervision now. Please do it first."),
    Because.LISTED: N_("On the district's list: please see to it yourself and reply in time."),
    Because.LISTING_COPIED: N_("This case is on the district's list of supervision now."),
    Because.ORDER_REPLIED: N_("The agency has replied to the order. Please judge the reply."),
    Because.REPLY_RETURNED: N_("Your reply was not enough. Please reply again in time."),
    Because.SUPERVISION_ENDED: N_("Your reply was accepted. The supervision order has ended."),
    Because.SUPERVISION_CALLED_OFF: N_(
        "The supervision order was called off. You need not reply any more."
    ),
    Because.ENDED_UNDER_SUPERVISION: N_("The case has ended, and its supervision order with it."),
    Because.STUCK: N_("The system cannot pass this case on. Please take it in hand."),
    Because.WHISTLED: N_("You are whistled for: please respond, then report your result."),
    Because.PART_ANSWERED: N_("A partner has responded."),
    Because.PART_ENDED: N_("A partner has reported the result of its part."),
    Because.PART_DECLINED: N_("A partner cannot do its part. Please read why."),
    Because.PART_LATE: N_("A whistle has not been answered in time. Please respond or step in."),
    Because.NOT_AWAITED: N_("Your part is no longer awaited. Nothing more to do."),
    Because.GO_ON: N_("You need not wait for the others. Please go on and hand it in."),
    Because.EXHAUSTED: N_(
        "Everybody has been told and nobody has acted. Nothing more will come by itself. "
        "Please see to it that somebody takes it in hand."
    ),
    Because.CHANGED: "",
}
"""A silent change needs no lead-in."""

CLOSED_WITHOUT_CALLER: Final = N_("Closed. Nobody is waiting for an answer.")

RUNGS: Final[dict[Level, str]] = {
    Level.L0: N_("Reminder: nobody has signed for this yet."),
    Level.L1: N_("The time limit for {clock} is almost used up."),
    Level.L2: N_("The time limit for {clock} is used up and it is not finished."),
    Level.L3: N_("Long past the time limit for {clock} and still open. Please step in."),
    Level.L4: N_("Far past the time limit for {clock}: under supervision of the district."),
    Level.L5: N_("Still open in spite of supervision ({clock}): on the district's list."),
}

EARLY: Final = N_(
    "Nobody nearer can be reached about the time limit for {clock}. "
    "You hear of it at once instead."
)
"""A rung that has come before its time."""

TOLD_AGAIN: Final = N_("{alert} Told again: nobody has acknowledged it.")
WORN_OFF: Final = N_("{alert} {who} acknowledged it ({time}), and it is still so.")

RESTING: Final[dict[Level, str]] = {
    Level.L0: N_("Review: this work has rested for another month. Is it still right to wait?"),
    Level.L1: N_("The suspension ends in a few days. Please prepare to go on."),
    Level.L2: N_("The suspension is over."),
}
"""What the clock says of suspended work."""

INSTEAD: Final[dict[Instead, str]] = {
    Instead.OFF_SHIFT: N_("🌙 {who} is off shift, so this comes to you."),
    Instead.DEADLINE: N_("🌙 It cannot wait for the morning, when {who} hears of it."),
}
"""Why somebody on duty hears at night what was meant for another person."""

STUCK: Final[dict[str, str]] = {
    "outside_every_grid": N_(
        "The place lies outside every grid, so nobody is responsible for it yet. "
        "Please check the place and choose who goes."
    ),
    "no_agency": N_(
        "No agency is set for this class in this area. Please choose a worker, "
        "and have the dispatch catalogue completed."
    ),
    "unreachable": N_(
        "The worker's chat cannot be reached: they have blocked this bot or left. "
        "Please call them, or choose somebody else."
    ),
    "nobody_on_duty": N_(
        "Nobody of the responsible agency is on duty in this grid. Please choose who goes."
    ),
    "unknown_class": N_(
        "The class of this case is not in the catalogue. Please have it filed under another one."
    ),
}
STUCK_OTHERWISE: Final = N_("It cannot go on by itself. Please choose who goes.")
