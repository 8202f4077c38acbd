"""What evidence is still missing, and how a call to the caller went."""

from typing import Final

from bot.i18n import N_
from workflows.cases.case import ContactResult, Proof
from workflows.evidence.lack import Lacking

MISSING: Final[dict[Proof, str]] = {
    Proof.CLASS: N_("Please choose what it is about first."),
    Proof.PLACE: N_("Please say where it is: send the location or type it."),
    Proof.PHOTO_BEFORE: N_("Please send a photo of the problem."),
    Proof.HARMLESS: N_(
        "This is too dangerous to be closed by whoever found it. Please report it."
    ),
    Proof.BOTH_PHOTOS: N_("Please send photos of before and after."),
    Proof.FILING_CONDITION: N_("Please choose the condition it is filed under."),
    Proof.AGENCY: N_("Please choose a worker; the agency comes with them."),
    Proof.WORKER: N_("Please choose who will do it."),
    Proof.CONTACT_RESULT: N_("Please say how the call to the caller went."),
    Proof.INTERIM_PHOTO: N_("Please send a photo of the barrier and the warning sign first."),
    Proof.AFTER_PHOTOS: N_(
        "Please send the closing photos first: {photos} of {needed} are here. "
        "Cannot be shown? Type: cannot show {case}, and why."
    ),
    Proof.PHOTO_AS_FILE: N_(
        "Please send the closing photos as files: a chat photo has lost its time and place. "
        "Cannot? Type: cannot show {case}, and why."
    ),
    Proof.PHOTO_IN_TIME: N_(
        "The file says that a photo was taken {time}, before the case was reported. "
        "Please take a new one. Cannot? Type: cannot show {case}, and why."
    ),
    Proof.PHOTO_ON_SITE: N_(
        "The file says that a photo was taken {metres} m from the place. "
        "Please take one on site. Cannot? Type: cannot show {case}, and why."
    ),
    Proof.OF_SAME_SET: N_("Only late photos of an album that is here can be added now."),
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
    Proof.WHISTLE_KIND: N_("Please choose what kind of whistle it is."),
    Proof.PARTNER: N_("Please choose the agency that should come."),
    Proof.WRITTEN_WORDS: N_("Please write what is asked."),
    Proof.WITHIN: N_("Please choose until when they must reply."),
    Proof.WRITTEN_REPLY: N_("Please write what was done and what was in the way."),
    Proof.REASON: N_("Please say why."),
    Proof.GROUND: N_("Please choose the ground on which it is not taken."),
    Proof.CITIZEN_TEXT: N_("Please type what the caller is told."),
    Proof.MASTER: N_("Please choose the case it is merged into, or type its number."),
    Proof.WHAT_TO_CHECK: N_("Please say what should be looked at."),
    Proof.CHECKER: N_("No collector is free there; please choose later."),
    Proof.CHECK_PHOTO: N_("Please send a photo of how it is first."),
    Proof.CHECK_RESULT: N_("Please say what the look on site showed."),
    Proof.RETURN_CODE: N_("Please choose the reason for returning it."),
    Proof.DUTY_PROOF: N_("Please name the duty list or the map that shows it."),
    Proof.PROPOSED_AGENCY: N_("Please say whose duty it is, or that you do not know."),
    Proof.WAITS_FOR: N_("Please choose what the work waits for."),
    Proof.UNTIL: N_("Please say until when it rests."),
    Proof.DOCUMENT: N_("Please give the number of the document, or the plan."),
}
"""What to send, one sentence for each piece of evidence."""

LACKS: Final[dict[Lacking, str]] = {
    Lacking.AS_FILE: N_("⚠️ Closing photo {n} was not sent as a file, as this class asks."),
    Lacking.EARLY: N_("⚠️ Closing photo {n}: its file says {time}, before the case was reported."),
    Lacking.FAR: N_("⚠️ Closing photo {n}: its file says {metres} m from the place."),
}
"""What the reviewer reads of a photo; a person decides what it means."""

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
