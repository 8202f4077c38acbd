"""Every refusal as one sentence that says what to do next."""

from typing import Final

from bot.i18n import N_
from bot.texts.refusing_alone import ALONE
from workflows.refusals import Reason

REFUSALS: Final[dict[Reason, str]] = {
    Reason.NOT_YOURS: N_("This one is not for you to do. /tasks shows what is waiting for you."),
    Reason.NOT_NOW: N_("That is not possible at this point. /case {case} shows where it stands."),
    Reason.CHANGED_MEANWHILE: N_("Somebody was quicker. Look at the card again, then try again."),
    Reason.PROOF_MISSING: N_("Something is still missing: {missing}"),
    Reason.NO_SUCH_CASE: N_("There is no case {case} here. /tasks shows your numbers."),
    Reason.NO_SUCH_PERSON: N_("We do not know this person. Please check the number or name."),
    Reason.NO_SUCH_CLASS: N_(
        "The catalogue has no class {code}. Please choose one from the list."
    ),
    Reason.NO_SUCH_STATE: N_("We know no state “{state}”. /board shows all there are."),
    Reason.NO_SUCH_DRAFT: N_("This form is no longer open. /new begins a new one."),
    Reason.NO_SUCH_SYNONYM: N_("There is no such correction. /synonyms lists them."),
    Reason.TAUGHT_BY_YOU: N_("Taught by you ({time}): somebody else must undo it."),
    Reason.UNDONE_ALREADY: N_("{who} has undone it already ({time}). Nothing more to do."),
    Reason.NO_CONTACT: N_("No number was left for this case. Go on without a call."),
    Reason.LOOKED_ENOUGH: N_(
        "You have looked at {most} numbers within a day; that is as many as there may be. "
        "The next one is possible {time}; until then please ask a colleague."
    ),
    Reason.BUTTON_EXPIRED: N_("This button is too old. /tasks brings fresh ones."),
    Reason.BUTTON_NOT_YOURS: N_("This button was made for somebody else. /tasks shows yours."),
    Reason.STRANGER: N_(
        "Hello! This is the city's dispatch service. We do not know you yet: "
        "please ask your administrator for an invitation link."
    ),
    Reason.DISMISSED: N_(
        "Your access has ended. If that is a mistake, please speak to your administrator."
    ),
    Reason.INVITE_USED: N_(
        "This invitation has been used. Please ask your administrator for a new one."
    ),
    Reason.INVITE_EXPIRED: N_(
        "This invitation has expired. Please ask your administrator for a new one."
    ),
    Reason.INVITE_UNKNOWN: N_(
        "This invitation is not known here. Please open the whole link you were given."
    ),
    Reason.INVITE_TOO_OFTEN: N_(
        "Too many invitations that are not known here. Please ask your administrator, "
        "and open the link again after {time}."
    ),
    Reason.INVITE_NOT_PRIVATE: N_(
        "An invitation only works in a private chat. Please open the link there."
    ),
    Reason.ALREADY_BOUND: N_(
        "This account already belongs to somebody. Please ask your administrator."
    ),
    Reason.UNKNOWN_WORDS: N_("We did not understand that. /help shows what you can say."),
    Reason.WHICH_CASE: N_("Which one? Put its number behind it, for example “{example}”."),
    Reason.NO_OPEN_CASE: N_("You have no open case for that. /tasks shows what is waiting."),
    Reason.NOT_A_PICTURE: N_(
        "We cannot use that file. Please send a photo (JPEG, PNG, WebP or HEIC) or type text."
    ),
    Reason.PHOTO_TOO_LARGE: N_(
        "The photo is larger than {most} MB. Please send it as a photo, not as a file."
    ),
    Reason.PHOTO_UNREADABLE: N_("The photo cannot be opened. Please take it again and send it."),
    Reason.PHOTO_NOT_NEEDED: N_("No photo is needed from you here. /tasks shows what is."),
    Reason.NO_SUCH_PHOTO: N_(
        "No photo of yours can be taken back here. What is handed in is taken back first: "
        "“take back 42”."
    ),
    Reason.NO_PHOTO_ASKED: N_(
        "No photo is needed for #{case}, and none is kept. One sentence about it is enough."
    ),
    Reason.PHOTOS_OF_TODAY: N_(
        "You have sent {most} photos today, which is all that one person may. "
        "After midnight you can send more; words always arrive."
    ),
    Reason.TOO_MANY_PHOTOS: N_("{most} photos are enough. You can hand the work in now."),
    Reason.DRAFT_INCOMPLETE: N_("The form is not complete. Still missing: {fields}."),
    Reason.TEXT_TOO_LONG: N_("That is {length} characters; please keep to {most}."),
    Reason.BAD_INVITE_FORM: N_(
        "Please write: /invite NAME ROLE AREA [AGENCY]. Roles: {roles}. "
        "For example: /invite 王磊 worker 310112101-03 MUN-101"
    ),
    Reason.BAD_LANGUAGE: N_("We speak 中文 and English. Please write /lang zh or /lang en."),
    Reason.MASTER_ENDED: N_(
        "#{case} has ended and takes no more cases in. Please choose another."
    ),
    Reason.NOBODY_TO_CHECK: N_(
        "No collector is on duty there who is not a party to it. "
        "Please try later, or go on without a look on site."
    ),
    Reason.NOT_FOR_SELF_FIX: N_(
        "This is too dangerous to be closed by whoever found it. Please report it."
    ),
    Reason.NO_SUCH_GROUND: N_("This ground is no longer in use. Please choose another."),
    Reason.NO_SUCH_AGENCY: N_("We know no agency {name}. Please choose one from the list."),
    Reason.NOBODY_AT_AGENCY: N_(
        "Nobody of {name} is on duty, so a whistle would reach nobody. "
        "Please telephone them, or ask the duty chief."
    ),
    Reason.PART_IS_OPEN: N_("{name} is on this case already. /case {case} shows where it stands."),
    Reason.CALL_NOT_YOURS: N_("Only a supervisor or the duty chief may call people out."),
    Reason.CALL_ELSEWHERE: N_(
        "{code} is outside your area. Please choose a street or grid of your own: /call"
    ),
    Reason.CALL_INCOMPLETE: N_("The call is not complete: please say in one sentence what to do."),
    Reason.CALL_CLOSED: N_("{who} closed this call ({time}). Nothing more to do."),
    Reason.CALL_NOT_FOR_YOU: N_("You were not called by this one. Nothing to answer."),
    Reason.NO_SUCH_CALL: N_("We do not know this call. /call begins a new one."),
    Reason.NOBODY_TO_CALL: N_(
        "Nobody is on duty there now ({name}). Please choose another area or role, or telephone."
    ),
    Reason.BAD_DATE: N_("That is no date we can read. Please type it like {example}."),
    Reason.DATE_PAST: N_("{date} is not in the future. Please type a later day."),
    Reason.DATE_TOO_FAR: N_("{date} is too far away. The last possible day is {last}."),
    Reason.NO_SUCH_SHIFT: N_("This shift is no longer on the roster. /duty shows how it stands."),
    Reason.SHIFT_CHANGED: N_(
        "{who} has given this shift to somebody else ({time}). /duty shows how it stands."
    ),
    Reason.SHIFT_BEGUN: N_("This shift began {time}; only what is to come can change hands."),
    Reason.NOT_SAME_POST: N_(
        "{name} does not hold the same post there. Please choose somebody else."
    ),
    Reason.TWO_AT_ONCE: N_(
        "{name} has another shift then (from {time}). "
        "Please choose another, or say that it is meant."
    ),
    Reason.NO_SHIFTS: N_("No shift of yours is on the roster. /duty shows who is on duty."),
    Reason.NO_SUCH_SWAP: N_("We do not know this swap. /duty begins a new one."),
    Reason.SWAP_WAITS: N_(
        "A swap of this shift has waited for {name} since {time}. Please have it withdrawn first."
    ),
    Reason.SWAP_ENDED: N_("{who} has settled this swap already ({time}). Nothing more to do."),
    Reason.SWAP_LAPSED: N_("This swap has lapsed ({time}). /duty begins a new one."),
    Reason.NOT_YOUR_SWAP: N_("This one is between two others. /duty shows what is yours."),
    Reason.ROSTER_NOT_YOURS: N_(
        "Only whoever leads or supervises them changes somebody else's shift. "
        "You can swap your own: /duty"
    ),
    Reason.IS_AWAY: N_("{name} is away until {time}. Please choose somebody else."),
    Reason.AWAY_ALREADY: N_("You are away then already, until {time}. End that first: /duty"),
    Reason.AWAY_ENDED: N_("{who} ended this already ({time}). Nothing more to do."),
    Reason.AWAY_BACKWARDS: N_(
        "{date} is before {last}. Please type the last day of your absence."
    ),
    Reason.NO_SUCH_ABSENCE: N_("We do not know this absence. /duty shows how it stands."),
    Reason.WORKER_ELSEWHERE: N_("{name} does not work in this area now. Please choose another."),
    **ALONE,
}

WHO_WAS_FIRST: Final = N_("{who} has {did} already ({time}). Nothing more to do.")
NOT_THERE_YET: Final = N_("#{case} is not there: {who} has {did} ({time}), so it is {state}.")
NOTHING_ASKED: Final = N_("Nobody has asked for anything on this case.")
ENDED_ALREADY: Final = N_("#{case} has ended: {state}. Nothing more to do.")

NEVER_SUPERVISED: Final = N_("No supervision order has been opened on this case.")

GUARDS: Final[dict[str, str]] = {
    "caller_can_be_reached": N_("No number was left for this case. Go on without a call."),
    "caller_may_be_known": N_(
        "The complaint is about an agency, so the hotline alone calls. Go on without a call."
    ),
    "contact_not_settled": N_("The caller has been reached already. Go on with the work."),
    "contact_made_or_excused": N_(
        "Please call the caller first, then say how it went: “contacted” or the button."
    ),
    "is_urgent_and_not_arrived": N_("No arrival is recorded for this one. Go on with the work."),
    "callback_is_possible": N_("Nobody can be called back here. Please use “close”."),
    "nobody_to_call_back": N_("The caller is to be called back. Please use “approve”."),
    "calls_are_left": N_("Enough calls in vain are recorded. You may close it now."),
    "somebody_worked_on_it": N_("Nobody here has worked on it. Please report it anew: /new"),
    "soon_after_handing_in": N_(
        "{who} handed it in ({time}); it can be taken back for {minutes} minutes only. "
        "Please ask the reviewer to send it back."
    ),
    "is_not_reviewed": N_(
        "{who} has {did} ({time}): it is being reviewed and cannot be taken back."
    ),
    "no_order_stands": N_("{who} has opened a supervision order already ({time}). One at a time."),
    "is_not_listed": N_("{who} has put it on the district's list already ({time})."),
    "order_stands": N_(
        "No supervision order stands here any more: {who} ended the last one ({time})."
    ),
    "awaits_reply": N_("{who} has replied already ({time}). The reply waits to be judged."),
    "is_replied": N_(
        "The agency has not replied yet to the order of {who} ({time}). "
        "It can only be called off, with a reason."
    ),
    "lists_for_the_district": N_(
        "Only who supervises the whole district puts a case on its list. "
        "“supervise” opens an order of your own."
    ),
    "may_take_it_off_the_list": N_(
        "{who} put it on the district's list ({time}). Only who supervises the whole district "
        "judges the reply."
    ),
    "parts_settled": N_(
        "Another agency's part is still open. Wait for its report, or have the lead say why "
        "it goes on without: “go on alone” and the reason."
    ),
    "waits_for_others": N_("No other agency's part is open. Go on as usual."),
    "has_to_respond": N_("Your agency has responded already, or was not whistled for."),
    "has_an_open_part": N_("Your agency's part has ended already. Nothing more to report."),
    "has_order": N_("Nobody has called about this one. Please register the call by itself."),
    "has_no_order": N_("A caller waits for an answer. Please let it go the usual way."),
    "is_own_find": N_("Only what you have found on patrol yourself can be closed this way."),
    "is_self_fixed": N_("A worker has done this one. Send it back instead: rework."),
    "is_not_drawn": N_("The lot fell on this one: an acceptor looks at the photos first."),
    "is_workers": N_("Whoever found it has fixed it. Type instead: not fixed, with the reason."),
    "is_inspected_where_due": N_(
        "This one must be inspected on site before it is closed: press “inspect”."
    ),
    "owes_inspection": N_("No inspection is due here. Go on with the review."),
    "holds_the_check": N_("This look was given to another collector."),
    "is_in_ones_hands": N_("This is in somebody else's hands. /tasks shows what is yours."),
    "somebody_must_move": N_("It has ended, so there is nobody to urge."),
    "no_request_waits": N_(
        "{who} has asked for this already ({time}): {request}. It has to be answered first."
    ),
    "nobody_asks_to_hand_it_on": N_(
        "{who} has asked ({time}): {request}. Whistle once that has been answered."
    ),
    "request_waits": N_("{who} ({time}): {request} {outcome}. Nothing to decide any more."),
    "is_not_endorsed_yet": N_(
        "{who} has endorsed it already ({time}). It waits for whoever decides."
    ),
    "is_endorsed": N_("{who} has asked ({time}), but nobody has endorsed it yet: {request}."),
    "decides_for_somebody_else": N_(
        "You had a part in this request ({request}, {time}). Somebody else has to decide it."
    ),
    "is_the_askers_own": N_("{who} has asked ({time}); only they can withdraw it."),
    "agency_has_not_returned_it": N_(
        "Your agency has asked to return it before; {who} decided that ({time}). "
        "Once is all there is."
    ),
    "was_not_forced": N_("{who} of the district has assigned it for good ({time}). No return."),
    "not_for_the_district": N_(
        "Two agencies have returned this case, the last return was granted by {who} ({time}). "
        "Only the district centre can assign it now."
    ),
    "for_the_district": N_("Assigning for good comes after two agencies have returned a case."),
    "speaks_for_the_district": N_("Only the duty chief of the whole district assigns for good."),
    "extensions_are_left": N_(
        "It has been extended as often as possible, last by {who} ({time})."
    ),
    "was_not_suspended": N_("It has been suspended once, granted by {who} ({time})."),
    "was_made_safe": N_("Please make the place safe first: a photo of the barrier and the sign."),
    "was_late": N_("This case was not closed late, so there is nothing to contest."),
    "was_not_appealed": N_("It has been contested once; {who} decided that ({time})."),
    "in_the_return_window": N_(
        "It can be returned within {limit} after dispatch; that ended {time}."
    ),
    "before_it_is_late": N_(
        "It has been late since {time}. More time can only be asked for before that."
    ),
    "return_was_granted": N_("No return has been granted."),
    "extension_was_granted": N_("No extension has been granted."),
    "suspension_was_granted": N_("No suspension has been granted."),
    "appeal_was_granted": N_("No appeal has been granted."),
    "decided_by_a_person": N_("Nobody has granted a void."),
    "has_lapsed": N_("Nothing has lapsed here."),
    "was_disputed": N_(
        "Nobody has disputed whose duty this is, so there is nothing to write down."
    ),
    "route_is_not_kept": N_("It stands in the dispatch catalogue already."),
    "route_is_kept": N_("It does not stand in the dispatch catalogue."),
    "is_not_known_yet": N_("{who} has acknowledged it already ({time}). Nothing more to press."),
    "is_alerted": N_("There is no alert on this case, so there is nothing to acknowledge."),
}
"""Why an action does not fit although the state does, by the name of the law's condition."""
