"""Who people are to us: roles, urgency in words, help by role, and what else we say to them."""

from typing import Final

from bot.i18n import N_
from workflows.people import Role
from workflows.policy.catalogue import Urgency

ROLES: Final[dict[Role, str]] = {
    Role.OPERATOR: N_("hotline operator"),
    Role.COLLECTOR: N_("grid inspector"),
    Role.ACCEPTOR: N_("acceptance desk"),
    Role.SHIFT_LEADER: N_("shift leader"),
    Role.DISPATCH_OFFICER: N_("dispatch officer"),
    Role.AGENCY_LEAD: N_("agency lead"),
    Role.WORKER: N_("worker"),
    Role.SUPERVISOR: N_("supervisor"),
    Role.DUTY_CHIEF: N_("duty chief"),
    Role.ADMIN: N_("administrator"),
    Role.AUDITOR: N_("auditor"),
    Role.SYSTEM: N_("the system"),
}

URGENCIES: Final[dict[Urgency, str]] = {
    Urgency.P1: N_("P1 dangerous"),
    Urgency.P2: N_("P2 serious"),
    Urgency.P3: N_("P3 ordinary"),
    Urgency.P4: N_("P4 can be planned"),
}

HELP: Final[dict[Role, str]] = {
    Role.OPERATOR: N_(
        "Type or forward what the caller said and we make a form of it. /new begins an empty one. "
        "Look it over, send it. When it is done you call back, with the answer to read out, "
        "and record what they say: “called back 42”, “not reached 42”, “do again 42”."
    ),
    Role.COLLECTOR: N_(
        "Send a photo with a sentence, then the location: that is a report. "
        "/new begins an empty form."
    ),
    Role.ACCEPTOR: N_(
        "Finished work comes to you with photos before and after. "
        "Approve it: what was found is a few taps, then the caller's answer. "
        "Or send it back with a reason: “rework 42 not clean”."
    ),
    Role.SHIFT_LEADER: N_(
        "You file and close cases, and you may void one: “void 42” and the reason."
    ),
    Role.DISPATCH_OFFICER: N_("Cases without a worker come to you. Choose who goes."),
    Role.AGENCY_LEAD: N_(
        "You confirm your agency's work and hear when something runs late. "
        "You can urge or reassign from the alert itself. "
        "A supervision order is answered from its card, or: “reply to order 42” and your reply."
    ),
    Role.WORKER: N_(
        "Your orders come as cards. Buttons work, words do too: “sign 42”, “arrived”, "
        "“contacted”, “done”. A photo goes to your open order by itself; with several, "
        "reply to the card. Where no photo can show it: “cannot show 42” and why. "
        "A wrong photo goes when you answer it with “take back photo”."
    ),
    Role.SUPERVISOR: N_(
        "Alerts come to you when nobody moves. Acknowledge, urge or reassign from the alert. "
        "“supervise 42” opens a supervision order, “list supervise 42” puts the case on the "
        "district's list, “written urge 42” goes to the lead too; /supervised shows what stands. "
        "A summary comes in the morning and in the evening. "
        "/export makes a file of cases; /approvals shows what waits for you as second person."
    ),
    Role.DUTY_CHIEF: N_(
        "Whatever the system cannot pass on comes to you with the reason, and alerts when "
        "something is long overdue. Choose who goes, urge, or acknowledge: then it is not "
        "repeated for a while, and comes again with your name if it is not done by then. "
        "Who is duty chief of the whole district approves and ends emergencies: /emergency. "
        "/export makes a file of cases; /approvals shows what waits for you as second person."
    ),
    Role.ADMIN: N_(
        "/invite NAME ROLE AREA [AGENCY] lets somebody in; the link works once. "
        "/emergency switches a street or a district to a mode such as typhoon, once somebody else "
        "approves it. Imports of many rows and other policy take two people: /approvals"
    ),
    Role.AUDITOR: N_(
        "You read what was done and by whom, and change nothing: /trail 42 has every line of a "
        "case, /looks who looked at callers' numbers, /why 42 how it was decided. /export makes "
        "a file of cases, without anything of a caller. Each of your own readings stands in the "
        "log too."
    ),
    Role.SYSTEM: "",
}

SAID: Final[dict[str, str]] = {
    "language_chosen": N_("We speak English to you from now on."),
    "find_what": N_(
        "What are you looking for? Type a case number, the source's number, words of the place "
        "or a class."
    ),
    "find_what_or_whom": N_(
        "What are you looking for? Type a case number, the source's number, words of the place, "
        "a class, or the caller's number; a search by a number stands in the log."
    ),
    "photo_too_large": N_(
        "A photo for #{case} is too large to keep. Please send it again as a photo, not as a file."
    ),
    "photo_unreadable": N_(
        "A photo for #{case} could not be opened. Please take it again and send it."
    ),
    "photo_not_a_picture": N_(
        "What you sent for #{case} is not a picture. Please send a photo of the place."
    ),
    "photo_taken_back": N_(
        "The photo is off #{case} and counts no longer. You can send another one."
    ),
    "photo_as_file": N_(
        "#{case} asks for photos as files: a chat photo has lost its time and place. "
        "Please send it as a file; if you cannot, say so when you hand in: “cannot show {case}”."
    ),
    "photo_early": N_(
        "By its file a photo for #{case} was taken before the case was reported. "
        "If it is an old one, please take a new one; if the camera's clock is wrong, say so "
        "when you hand in: “cannot show {case}”, and why."
    ),
    "photo_far": N_(
        "By its file a photo for #{case} was taken some way from the place. If it is the wrong "
        "one, please send another; if it is right, add a sentence for the reviewer."
    ),
    "invite_used": N_("✅ {name} has used the invitation and is in."),
    "invites_guessed": N_(
        "⚠️ Somebody outside tried {number} invitations that do not exist. That chat is not "
        "listened to for an hour; nobody came in."
    ),
    "place_not_needed": N_(
        "No location is needed from you, and we do not keep it. /tasks shows what is waiting."
    ),
    "correction_not_taken": N_(
        "An edited message changes nothing here: what you said first stays on record. "
        "Please send the correction as a new message."
    ),
}
"""Short answers, by the name that the notice carries."""
