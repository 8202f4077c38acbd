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
    State.PENDING_CALLBACK: N_("Waiting for the callback"),
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
    State.PENDING_CALLBACK: N_("to call back"),
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
    Action.CALLBACK_FAILED: N_("🔕 Not reached"),
    Action.CALLBACK_OK: N_("☎️ Called back"),
    Action.REDO: N_("🔂 Do again"),
    Action.REOPEN: N_("🔓 Reopen"),
    Action.VOID: N_("🗑 Void"),
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
    Action.APPROVE: N_("approved the result"),
    Action.CLOSE: N_("closed the case"),
    Action.CALLBACK_FAILED: N_("called back in vain"),
    Action.CALLBACK_OK: N_("called back and closed"),
    Action.REDO: N_("called back: to be done again"),
    Action.REOPEN: N_("opened the case again"),
    Action.VOID: N_("voided the case"),
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
    Action.APPROVE: N_("#{case} approved {time}, now to be called back"),
    Action.CLOSE: N_("#{case} closed {time}"),
    Action.CALLBACK_FAILED: N_("#{case} the call in vain is recorded {time}"),
    Action.CALLBACK_OK: N_("#{case} called back and closed {time}"),
    Action.REDO: N_("#{case} goes back to be done again {time}"),
    Action.REOPEN: N_("#{case} opened again {time}"),
    Action.VOID: N_("#{case} voided {time}"),
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
    Proof.FACT_FINDING: N_("Please say what was found to be so."),
    Proof.DEMAND_FINDING: N_("Please say whether the demand is reasonable."),
    Proof.OUTCOME: N_("Please say how it came out."),
    Proof.REPLY: N_("Please say what the caller will hear."),
    Proof.CONTACT_WORDS: N_("Please say in words why the call was not possible."),
    Proof.CALL_FAILURE: N_("Please say why the call was in vain."),
    Proof.RESOLVED: N_("Please say whether it is solved for the caller."),
    Proof.SATISFACTION: N_("Please say whether the caller is satisfied."),
    Proof.NOT_CONTESTED: N_("The caller is not content: please have it done again."),
    Proof.CITIZENS_WORDS: N_("Please type what the caller said."),
    Proof.REASON: N_("Please say why."),
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
    ClockKind.CALLBACK: N_("the callback"),
}
