"""Names of what the law knows: states, actions and their toasts, evidence, clocks, results."""

from typing import Final

from bot.i18n import N_
from workflows.cases.case import Action, ContactResult, Proof, Source, Stage, State, Timeliness
from workflows.deadlines.clocks import ClockKind

STATES: Final[dict[State, str]] = {
    State.DRAFT: N_("Draft"),
    State.REPORTED: N_("Waiting to be accepted"),
    State.PENDING_FILING: N_("Waiting to be filed"),
    State.PENDING_DISPATCH: N_("Waiting for dispatch"),
    State.PENDING_SIGN: N_("Waiting to be signed for"),
    State.HANDLING: N_("In progress"),
    State.PENDING_CONFIRM: N_("Waiting for the agency"),
    State.FEEDBACK_REVIEW: N_("Under review"),
    State.SUSPENDED: N_("Suspended"),
    State.CLOSED: N_("Closed"),
    State.VOIDED: N_("Voided"),
}

STATES_IN_SHORT: Final[dict[State, str]] = {
    State.DRAFT: N_("draft"),
    State.REPORTED: N_("to accept"),
    State.PENDING_FILING: N_("to file"),
    State.PENDING_DISPATCH: N_("to dispatch"),
    State.PENDING_SIGN: N_("to sign"),
    State.HANDLING: N_("in progress"),
    State.PENDING_CONFIRM: N_("to confirm"),
    State.FEEDBACK_REVIEW: N_("in review"),
    State.SUSPENDED: N_("suspended"),
    State.CLOSED: N_("closed"),
    State.VOIDED: N_("voided"),
}
"""For first lines and lists, where a due time would stand if one were running."""

ACTIONS: Final[dict[Action, str]] = {
    Action.REPORT: N_("📝 Report"),
    Action.TAKE_OVER: N_("📥 Take over"),
    Action.ACCEPT: N_("📥 Accept"),
    Action.FILE: N_("🗂 File"),
    Action.DISPATCH: N_("📮 Dispatch"),
    Action.SIGN_FOR: N_("✅ Sign for"),
    Action.FIRST_CONTACT: N_("☎️ Contacted"),
    Action.ARRIVE: N_("📍 Arrived"),
    Action.ATTACH_PHOTO: N_("📷 Add photo"),
    Action.ADD_NOTE: N_("✏️ Add note"),
    Action.REVEAL_CALLER: N_("📞 Show number"),
    Action.SUBMIT: N_("🏁 Done"),
    Action.CONFIRM: N_("✅ Confirm"),
    Action.SEND_BACK: N_("↩️ Send back"),
    Action.REWORK: N_("↩️ Rework"),
    Action.APPROVE: N_("✅ Approve"),
    Action.CLOSE: N_("✅ Close case"),
    Action.VOID: N_("🗑 Void"),
    Action.ASK_RETURN: N_("↪️ Hand it back"),
    Action.ASK_EXTENSION: N_("⏳ More time"),
    Action.ASK_SUSPENSION: N_("⏸ Let it rest"),
    Action.ASK_VOID: N_("🗑 Ask to void it"),
    Action.ASK_APPEAL: N_("⚖️ Contest it"),
    Action.ENDORSE: N_("👍 Endorse"),
    Action.GRANT: N_("✅ Grant"),
    Action.REFUSE: N_("🚫 Refuse"),
    Action.WITHDRAW: N_("✖️ Withdraw"),
    Action.LAPSE: N_("💨 Lapse"),
    Action.RETURN: N_("↪️ Return"),
    Action.FORCE_ASSIGN: N_("🏛 Force assign"),
    Action.EXTEND: N_("⏳ Extend"),
    Action.SUSPEND: N_("⏸ Suspend"),
    Action.RESUME: N_("▶️ Resume"),
    Action.EXEMPT: N_("⚖️ Exempt"),
    Action.KEEP_ROUTE: N_("📒 Into catalogue"),
    Action.FORGET_ROUTE: N_("📒 Off catalogue"),
    Action.REASSIGN: N_("🔁 Reassign"),
    Action.ESCALATE: N_("⏫ Escalate"),
    Action.RECKON: N_("🗓 Reckon anew"),
    Action.DISCOUNT_PHOTO: N_("🚫 Discount photo"),
    Action.ACKNOWLEDGE: N_("👌 Got it"),
    Action.URGE: N_("🔔 Urge"),
}
"""Labels of buttons: a verb and one icon."""

ACTION_NAMES: Final[dict[Action, str]] = {
    Action.REPORT: N_("reported"),
    Action.TAKE_OVER: N_("taken over from another system"),
    Action.ACCEPT: N_("accepted"),
    Action.FILE: N_("filed"),
    Action.DISPATCH: N_("dispatched"),
    Action.SIGN_FOR: N_("signed for"),
    Action.FIRST_CONTACT: N_("recorded the first contact"),
    Action.ARRIVE: N_("arrived on site"),
    Action.ATTACH_PHOTO: N_("added a photo"),
    Action.ADD_NOTE: N_("added a note"),
    Action.REVEAL_CALLER: N_("looked at the caller's number"),
    Action.SUBMIT: N_("handed in the work"),
    Action.CONFIRM: N_("confirmed"),
    Action.SEND_BACK: N_("sent it back"),
    Action.REWORK: N_("asked for rework"),
    Action.APPROVE: N_("approved and closed"),
    Action.CLOSE: N_("closed the case"),
    Action.VOID: N_("voided the case"),
    Action.ASK_RETURN: N_("asked to return it"),
    Action.ASK_EXTENSION: N_("asked for more time"),
    Action.ASK_SUSPENSION: N_("asked to suspend it"),
    Action.ASK_VOID: N_("asked to void it"),
    Action.ASK_APPEAL: N_("contested being late"),
    Action.ENDORSE: N_("endorsed the request"),
    Action.GRANT: N_("granted the request"),
    Action.REFUSE: N_("refused the request"),
    Action.WITHDRAW: N_("withdrew the request"),
    Action.LAPSE: N_("let the request lapse"),
    Action.RETURN: N_("revoked the assignment"),
    Action.FORCE_ASSIGN: N_("assigned it for good"),
    Action.EXTEND: N_("extended the limit"),
    Action.SUSPEND: N_("suspended the work"),
    Action.RESUME: N_("resumed the work"),
    Action.EXEMPT: N_("exempted the lateness"),
    Action.KEEP_ROUTE: N_("wrote it into the dispatch catalogue"),
    Action.FORGET_ROUTE: N_("took it out of the dispatch catalogue"),
    Action.REASSIGN: N_("reassigned"),
    Action.ESCALATE: N_("raised an alert"),
    Action.RECKON: N_("worked the limits out anew"),
    Action.DISCOUNT_PHOTO: N_("discounted an unusable photo"),
    Action.ACKNOWLEDGE: N_("acknowledged the alert"),
    Action.URGE: N_("urged"),
}
"""What was done, after the name of whoever did it."""

DONE: Final[dict[Action, str]] = {
    Action.REPORT: N_("#{case} registered {time}"),
    Action.TAKE_OVER: N_("#{case} taken over {time}"),
    Action.ACCEPT: N_("#{case} accepted {time}"),
    Action.FILE: N_("#{case} filed {time}"),
    Action.DISPATCH: N_("#{case} dispatched {time}"),
    Action.SIGN_FOR: N_("#{case} signed for {time}"),
    Action.FIRST_CONTACT: N_("#{case} first contact recorded {time}"),
    Action.ARRIVE: N_("#{case} arrival recorded {time}"),
    Action.ATTACH_PHOTO: N_("#{case} photo received {time}"),
    Action.ADD_NOTE: N_("#{case} note kept {time}"),
    Action.REVEAL_CALLER: N_("#{case} the number comes as a message; this look is on record"),
    Action.SUBMIT: N_("#{case} handed in {time}, now under review"),
    Action.CONFIRM: N_("#{case} confirmed {time}"),
    Action.SEND_BACK: N_("#{case} sent back {time}"),
    Action.REWORK: N_("#{case} sent back for rework {time}"),
    Action.APPROVE: N_("#{case} approved and closed {time}"),
    Action.CLOSE: N_("#{case} closed {time}"),
    Action.VOID: N_("#{case} voided {time}"),
    Action.ASK_RETURN: N_("#{case} return asked for {time}"),
    Action.ASK_EXTENSION: N_("#{case} more time asked for {time}"),
    Action.ASK_SUSPENSION: N_("#{case} suspension asked for {time}"),
    Action.ASK_VOID: N_("#{case} void asked for {time}"),
    Action.ASK_APPEAL: N_("#{case} lateness contested {time}"),
    Action.ENDORSE: N_("#{case} request endorsed {time}, now with whoever decides"),
    Action.GRANT: N_("#{case} request granted {time}"),
    Action.REFUSE: N_("#{case} request refused {time}"),
    Action.WITHDRAW: N_("#{case} request withdrawn {time}"),
    Action.LAPSE: N_("#{case} request lapsed {time}"),
    Action.RETURN: N_("#{case} returned {time}"),
    Action.FORCE_ASSIGN: N_("#{case} assigned for good {time}"),
    Action.EXTEND: N_("#{case} extended {time}"),
    Action.SUSPEND: N_("#{case} suspended {time}"),
    Action.RESUME: N_("#{case} resumed {time}"),
    Action.EXEMPT: N_("#{case} exempted {time}"),
    Action.KEEP_ROUTE: N_("#{case} is in the dispatch catalogue now {time}; press again to undo"),
    Action.FORGET_ROUTE: N_("#{case} is out of the dispatch catalogue {time}"),
    Action.REASSIGN: N_("#{case} reassigned {time}"),
    Action.ESCALATE: N_("#{case} alert raised {time}"),
    Action.RECKON: N_("#{case} limits worked out anew {time}"),
    Action.DISCOUNT_PHOTO: N_("#{case} photo discounted {time}"),
    Action.ACKNOWLEDGE: N_("#{case} acknowledged {time}"),
    Action.URGE: N_("#{case} the worker has been urged {time}"),
}
"""The answer to a press."""

MISSING: Final[dict[Proof, str]] = {
    Proof.CLASS: N_("Please choose what it is about first."),
    Proof.PLACE: N_("Please say where it is: send the location or type it."),
    Proof.PHOTO_BEFORE: N_("Please send a photo of the problem."),
    Proof.FILING_CONDITION: N_("Please choose the condition it is filed under."),
    Proof.AGENCY: N_("Please choose a worker; the agency comes with them."),
    Proof.WORKER: N_("Please choose who will do it."),
    Proof.CONTACT_RESULT: N_("Please say how the call to the caller went."),
    Proof.INTERIM_PHOTO: N_("Please send a photo of the barrier and the warning sign first."),
    Proof.AFTER_PHOTOS: N_("Please send the closing photos first: {photos} of {needed} are here."),
    Proof.REPLY_POINTS: N_("Please type one sentence that we can tell the caller."),
    Proof.CLOSING_CONDITION: N_("Please check the closing condition first."),
    Proof.REASON: N_("Please say why."),
    Proof.RETURN_CODE: N_("Please choose the reason for returning it."),
    Proof.DUTY_PROOF: N_("Please name the duty list or the map that shows it."),
    Proof.PROPOSED_AGENCY: N_("Please say whose duty it is, or that you do not know."),
    Proof.GROUND: N_("Please choose what the work waits for."),
    Proof.UNTIL: N_("Please say until when it rests."),
    Proof.DOCUMENT: N_("Please give the number of the document, or the plan."),
}
"""What to send, one sentence for each piece of evidence."""

CONTACTS: Final[dict[ContactResult, str]] = {
    ContactResult.REACHED: N_("📞 Reached"),
    ContactResult.PHONE_OFF: N_("📴 Phone off"),
    ContactResult.NO_ANSWER: N_("🔕 No answer"),
    ContactResult.OTHER: N_("❔ Not possible"),
}

CONTACTED: Final[dict[ContactResult, str]] = {
    ContactResult.REACHED: N_("The caller was reached ({time})."),
    ContactResult.PHONE_OFF: N_("Called ({time}): the caller's phone was off."),
    ContactResult.NO_ANSWER: N_("Called ({time}): nobody answered."),
    ContactResult.OTHER: N_("Called ({time}): the caller could not be reached."),
}

TIMELINESS: Final[dict[Timeliness, str]] = {
    Timeliness.ON_TIME: N_("in time"),
    Timeliness.OVERDUE: N_("late"),
    Timeliness.OVERDUE_EXEMPT: N_("late (exempted)"),
}

STAGES: Final[dict[Stage, str]] = {
    Stage.BEFORE: N_("Before"),
    Stage.INTERIM: N_("Made safe"),
    Stage.AFTER: N_("After"),
}
"""Captions of pictures."""

SOURCES: Final[dict[Source, str]] = {
    Source.OPERATOR: N_("the hotline"),
    Source.COLLECTOR: N_("a patrol"),
    Source.IMPORT: N_("an import"),
}

CLOCKS: Final[dict[ClockKind, str]] = {
    ClockKind.ACCEPTANCE: N_("acceptance"),
    ClockKind.FILING: N_("filing"),
    ClockKind.DISPATCH: N_("dispatch"),
    ClockKind.SIGN_FOR: N_("signing"),
    ClockKind.FIRST_CONTACT: N_("first contact"),
    ClockKind.ARRIVAL: N_("arrival"),
    ClockKind.DISPOSAL: N_("disposal"),
    ClockKind.REVIEW: N_("review"),
    ClockKind.RETURN_WINDOW: N_("returning"),
    ClockKind.DECISION: N_("the request"),
    ClockKind.SUSPENSION: N_("suspension"),
}
