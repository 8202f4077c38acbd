"""Names of what the law knows: states, actions and their toasts, evidence, clocks, results."""

from typing import Final

from bot.i18n import N_
from workflows.cases.case import Action, ContactResult, Proof, Source, Stage, State, Timeliness
from workflows.deadlines.clocks import ClockKind

STATES: Final[dict[State, str]] = {
    State.DRAFT: N_("Draft"),
    State.REPORTED: N_("Waiting to be accepted"),
    State.VERIFYING: N_("Being verified on site"),
    State.PENDING_FILING: N_("Waiting to be filed"),
    State.PENDING_DISPATCH: N_("Waiting for dispatch"),
    State.PENDING_SIGN: N_("Waiting to be signed for"),
    State.HANDLING: N_("In progress"),
    State.PENDING_CONFIRM: N_("Waiting for the agency"),
    State.FEEDBACK_REVIEW: N_("Under review"),
    State.INSPECTING: N_("Being inspected on site"),
    State.CLOSED: N_("Closed"),
    State.VOIDED: N_("Voided"),
    State.REJECTED: N_("Not taken"),
    State.MERGED: N_("Merged into another case"),
}

STATES_IN_SHORT: Final[dict[State, str]] = {
    State.DRAFT: N_("draft"),
    State.REPORTED: N_("to accept"),
    State.VERIFYING: N_("verifying"),
    State.PENDING_FILING: N_("to file"),
    State.PENDING_DISPATCH: N_("to dispatch"),
    State.PENDING_SIGN: N_("to sign"),
    State.HANDLING: N_("in progress"),
    State.PENDING_CONFIRM: N_("to confirm"),
    State.FEEDBACK_REVIEW: N_("in review"),
    State.INSPECTING: N_("inspecting"),
    State.CLOSED: N_("closed"),
    State.VOIDED: N_("voided"),
    State.REJECTED: N_("not taken"),
    State.MERGED: N_("merged"),
}
"""For first lines and lists, where a due time would stand if one were running."""

ACTIONS: Final[dict[Action, str]] = {
    Action.REPORT: N_("📝 Report"),
    Action.TAKE_OVER: N_("📥 Take over"),
    Action.ACCEPT: N_("📥 Accept"),
    Action.REJECT: N_("🚫 Do not take"),
    Action.SEND_VERIFY: N_("🔍 Verify"),
    Action.VERIFY_DONE: N_("🔍 Verified"),
    Action.DECLINE: N_("🚫 Do not file"),
    Action.FILE: N_("🗂 File"),
    Action.DISPATCH: N_("📮 Dispatch"),
    Action.RETURN_TO_INTAKE: N_("↩️ To intake"),
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
    Action.SEND_INSPECT: N_("🔍 Inspect"),
    Action.INSPECT_DONE: N_("🔍 Inspected"),
    Action.CALL_OFF_CHECK: N_("✋ Call off"),
    Action.WAIVE_INSPECTION: N_("⏭ Do without"),
    Action.APPROVE: N_("✅ Approve"),
    Action.CLOSE: N_("✅ Close case"),
    Action.MERGE: N_("🔗 Merge"),
    Action.SPLIT: N_("✂️ Split off"),
    Action.CLOSE_ALONG: N_("✅ Close along"),
    Action.VOID: N_("🗑 Void"),
    Action.REASSIGN: N_("🔁 Reassign"),
    Action.ESCALATE: N_("⏫ Escalate"),
    Action.RECKON: N_("🗓 Reckon anew"),
    Action.WHISTLE: N_("📯 Whistle"),
    Action.RESPOND: N_("🤝 Respond"),
    Action.REPORT_PART: N_("🏁 Part done"),
    Action.DECLINE_PART: N_("🚫 Cannot do"),
    Action.GO_ON_ALONE: N_("⏩ Go on alone"),
    Action.DISCOUNT_PHOTO: N_("🚫 Discount photo"),
    Action.ACKNOWLEDGE: N_("👌 Got it"),
    Action.URGE: N_("🔔 Urge"),
}
"""Labels of buttons: a verb and one icon."""

ACTION_NAMES: Final[dict[Action, str]] = {
    Action.REPORT: N_("reported"),
    Action.TAKE_OVER: N_("taken over from another system"),
    Action.ACCEPT: N_("accepted"),
    Action.REJECT: N_("did not take it"),
    Action.SEND_VERIFY: N_("sent a collector to verify"),
    Action.VERIFY_DONE: N_("verified it on site"),
    Action.DECLINE: N_("declined filing"),
    Action.FILE: N_("filed"),
    Action.DISPATCH: N_("dispatched"),
    Action.RETURN_TO_INTAKE: N_("returned it to intake"),
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
    Action.SEND_INSPECT: N_("sent a collector to inspect"),
    Action.INSPECT_DONE: N_("inspected it on site"),
    Action.CALL_OFF_CHECK: N_("called off the look on site"),
    Action.WAIVE_INSPECTION: N_("did without the inspection"),
    Action.APPROVE: N_("approved and closed"),
    Action.CLOSE: N_("closed the case"),
    Action.MERGE: N_("merged it into another case"),
    Action.SPLIT: N_("split it off again"),
    Action.CLOSE_ALONG: N_("closed it along with its master"),
    Action.VOID: N_("voided the case"),
    Action.REASSIGN: N_("reassigned"),
    Action.ESCALATE: N_("raised an alert"),
    Action.RECKON: N_("worked the limits out anew"),
    Action.WHISTLE: N_("whistled for another agency"),
    Action.RESPOND: N_("responded to the whistle"),
    Action.REPORT_PART: N_("reported the result of a part"),
    Action.DECLINE_PART: N_("reported that a part cannot be done"),
    Action.GO_ON_ALONE: N_("let it go on without the others"),
    Action.DISCOUNT_PHOTO: N_("discounted an unusable photo"),
    Action.ACKNOWLEDGE: N_("acknowledged the alert"),
    Action.URGE: N_("urged"),
}
"""What was done, after the name of whoever did it."""

DONE: Final[dict[Action, str]] = {
    Action.REPORT: N_("#{case} registered {time}"),
    Action.TAKE_OVER: N_("#{case} taken over {time}"),
    Action.ACCEPT: N_("#{case} accepted {time}"),
    Action.REJECT: N_("#{case} not taken {time}"),
    Action.SEND_VERIFY: N_("#{case} a collector verifies {time}"),
    Action.VERIFY_DONE: N_("#{case} verification recorded {time}"),
    Action.DECLINE: N_("#{case} not filed {time}"),
    Action.FILE: N_("#{case} filed {time}"),
    Action.DISPATCH: N_("#{case} dispatched {time}"),
    Action.RETURN_TO_INTAKE: N_("#{case} returned to intake {time}"),
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
    Action.SEND_INSPECT: N_("#{case} a collector inspects {time}"),
    Action.INSPECT_DONE: N_("#{case} inspection recorded {time}"),
    Action.CALL_OFF_CHECK: N_("#{case} look on site called off {time}"),
    Action.WAIVE_INSPECTION: N_("#{case} goes on without inspection {time}"),
    Action.APPROVE: N_("#{case} approved and closed {time}"),
    Action.CLOSE: N_("#{case} closed {time}"),
    Action.MERGE: N_("#{case} merged {time}"),
    Action.SPLIT: N_("#{case} split off {time}"),
    Action.CLOSE_ALONG: N_("#{case} closed along {time}"),
    Action.VOID: N_("#{case} voided {time}"),
    Action.REASSIGN: N_("#{case} reassigned {time}"),
    Action.ESCALATE: N_("#{case} alert raised {time}"),
    Action.RECKON: N_("#{case} limits worked out anew {time}"),
    Action.WHISTLE: N_("#{case} whistled {time}"),
    Action.RESPOND: N_("#{case} response recorded {time}"),
    Action.REPORT_PART: N_("#{case} result of your part recorded {time}"),
    Action.DECLINE_PART: N_("#{case} recorded {time}: your part cannot be done"),
    Action.GO_ON_ALONE: N_("#{case} goes on without the others {time}"),
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
    Proof.WHISTLE_KIND: N_("Please choose what kind of whistle it is."),
    Proof.PARTNER: N_("Please choose the agency that should come."),
    Proof.REASON: N_("Please say why."),
    Proof.GROUND: N_("Please choose the ground on which it is not taken."),
    Proof.CITIZEN_TEXT: N_("Please type what the caller is told."),
    Proof.MASTER: N_("Please choose the case it is merged into, or type its number."),
    Proof.WHAT_TO_CHECK: N_("Please say what should be looked at."),
    Proof.CHECKER: N_("No collector is free there; please choose later."),
    Proof.CHECK_PHOTO: N_("Please send a photo of how it is first."),
    Proof.CHECK_RESULT: N_("Please say what the look on site showed."),
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
    Stage.CHECK: N_("On site"),
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
    ClockKind.VERIFICATION: N_("verification"),
    ClockKind.DISPATCH: N_("dispatch"),
    ClockKind.SIGN_FOR: N_("signing"),
    ClockKind.FIRST_CONTACT: N_("first contact"),
    ClockKind.ARRIVAL: N_("arrival"),
    ClockKind.DISPOSAL: N_("disposal"),
    ClockKind.REVIEW: N_("review"),
    ClockKind.INSPECTION: N_("inspection"),
}
