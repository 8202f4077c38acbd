"""The intake form and questions: names of fields, what to type, reasons ready to be chosen."""

from typing import Final

from bot.i18n import N_
from workflows.cases.case import Action
from workflows.cases.questions import Question
from workflows.hotline.intake import Field
from workflows.requests.request import ReturnCode, SuspensionGround

FIELDS: Final[dict[Field, str]] = {
    Field.WORDS: N_("the caller's words"),
    Field.CLASS: N_("the class"),
    Field.CONDITION: N_("the condition"),
    Field.PLACE: N_("the place"),
    Field.CALLER: N_("who called"),
    Field.PHOTO: N_("a photo of it"),
    Field.AFTER: N_("photos of it now"),
    Field.GROUND: N_("the ground"),
    Field.TOLD: N_("what the caller is told"),
}

AWAITING: Final[dict[Field, str]] = {
    Field.WORDS: N_("Type or forward what the caller said."),
    Field.CLASS: N_("Choose the class, or type what it is about."),
    Field.CONDITION: N_("Choose what fits best."),
    Field.PLACE: N_("Send the location, or type where it is."),
    Field.CALLER: N_("Type the number, with the name if you have it: Wang 13812345678."),
    Field.PHOTO: N_("Send a photo of the defect."),
    Field.AFTER: N_("Send photos of it as it is now."),
    Field.GROUND: N_("On which ground is it not taken?"),
    Field.TOLD: N_("This is what the caller will be told. Press, or type it better."),
}
"""What the next message fills."""

FIELD_BUTTONS: Final[dict[Field, str]] = {
    Field.WORDS: N_("✏️ Words"),
    Field.CLASS: N_("📂 Class"),
    Field.CONDITION: N_("⚖️ Condition"),
    Field.PLACE: N_("📍 Place"),
    Field.CALLER: N_("📞 Caller"),
    Field.PHOTO: N_("🖼 Photo"),
    Field.AFTER: N_("🖼 Photo"),
    Field.GROUND: N_("🚫 Do not take"),
    Field.TOLD: N_("🗣 Tell them so"),
}

ASKED: Final[dict[Question, str]] = {
    Question.REASON: N_("Why? Choose, or simply type the reason."),
    Question.WORKER: N_("Who goes?"),
    Question.CONTACT: N_("How did the call to the caller go?"),
    Question.CONDITION: N_("Which condition is it filed under?"),
    Question.FACT: N_("What was found to be so?"),
    Question.DEMAND: N_("And what the caller demands?"),
    Question.OUTCOME: N_("How did it come out?"),
    Question.TICK: N_("Is the closing condition met?"),
    Question.REPLY: N_("The caller will hear this. Confirm it, or type other words."),
    Question.CONTACT_WORDS: N_("Why was no call possible? Please type it."),
    Question.FAILURE: N_("Why was the call in vain?"),
    Question.RESOLVED: N_("What does the caller say: is it solved?"),
    Question.SATISFACTION: N_("Is the caller satisfied?"),
    Question.CITIZENS_WORDS: N_(
        "It goes back to be done again. Please type what the caller said, in their own words."
    ),
    Question.GROUND: N_("On which ground is it not taken?"),
    Question.CITIZEN_TEXT: N_("This is what the caller will be told. Press, or type it better."),
    Question.WHAT_TO_CHECK: N_("What should be looked at? Choose, or simply type it."),
    Question.CHECK_RESULT: N_("What did the look on site show?"),
    Question.MASTER: N_("Into which case? Choose, or type its number."),
    Question.WHISTLE_KIND: N_("What kind of whistle? Only these three are allowed."),
    Question.PARTNER: N_("Which agency should come? You can whistle again for another."),
    Question.WRITTEN_WORDS: N_("What is asked of them? Choose, or simply type it."),
    Question.WITHIN: N_("Until when must they reply?"),
    Question.WRITTEN_REPLY: N_(
        "What was done, what was in the way, when will it be finished? Choose, or type the reply."
    ),
    Question.RETURN_CODE: N_("Why should it go back? Please choose."),
    Question.DUTY_PROOF: N_("What shows it? Choose, or type the duty list or map and its number."),
    Question.PROPOSED_AGENCY: N_("Whose duty is it then?"),
    Question.WAITS_FOR: N_("What does the work wait for?"),
    Question.UNTIL: N_("Until when? Choose, or type a date such as {example}."),
    Question.DOCUMENT: N_("Which document or plan? Please type its number or name."),
    Question.WHICH_CASE: N_("Which case is this for? What you sent is safe."),
}

NOBODY_ELSE: Final = N_(
    "Nobody else is on duty there now. Please call the agency, or try again later."
)

ANSWERED: Final[dict[Question, str]] = {
    Question.REASON: N_("Answered: {answer}"),
    Question.WORKER: N_("Goes to: {answer}"),
    Question.CONTACT: N_("Recorded: {answer}"),
    Question.CONDITION: N_("Filed under: {answer}"),
    Question.FACT: N_("Facts: {answer}"),
    Question.DEMAND: N_("Demand: {answer}"),
    Question.OUTCOME: N_("Outcome: {answer}"),
    Question.TICK: N_("Met: {answer}"),
    Question.REPLY: N_("Answer: {answer}"),
    Question.CONTACT_WORDS: N_("Because: {answer}"),
    Question.FAILURE: N_("Call: {answer}"),
    Question.RESOLVED: N_("Caller: {answer}"),
    Question.SATISFACTION: N_("Rated: {answer}"),
    Question.CITIZENS_WORDS: N_("Caller's words: {answer}"),
    Question.GROUND: N_("Not taken: {answer}"),
    Question.CITIZEN_TEXT: N_("The caller is told: {answer}"),
    Question.WHAT_TO_CHECK: N_("To look at: {answer}"),
    Question.CHECK_RESULT: N_("On site: {answer}"),
    Question.MASTER: N_("Merged into {answer}."),
    Question.WHISTLE_KIND: N_("Kind: {answer}"),
    Question.PARTNER: N_("Whistled for: {answer}"),
    Question.WRITTEN_WORDS: N_("Asked: {answer}"),
    Question.WITHIN: N_("To reply within: {answer}"),
    Question.WRITTEN_REPLY: N_("Reply: {answer}"),
    Question.RETURN_CODE: N_("Reason: {answer}"),
    Question.DUTY_PROOF: N_("Shown by: {answer}"),
    Question.PROPOSED_AGENCY: N_("Proposed: {answer}"),
    Question.WAITS_FOR: N_("Waits for: {answer}"),
    Question.UNTIL: N_("Until: {answer}"),
    Question.DOCUMENT: N_("Document: {answer}"),
    Question.WHICH_CASE: N_("Put on {answer}."),
}

REASONS: Final[dict[Action, tuple[tuple[str, str], ...]]] = {
    Action.SEND_BACK: (
        (N_("🧹 Not finished"), N_("The work is not finished; please complete it.")),
        (N_("📷 Photo unclear"), N_("The photo does not show the result; please take it again.")),
        (N_("✏️ Note missing"), N_("Please add in one sentence what was done.")),
    ),
    Action.REWORK: (
        (N_("🧹 Not finished"), N_("The work is not finished; please complete it.")),
        (N_("📷 Photo unclear"), N_("The photo does not show the result; please take it again.")),
        (N_("📍 Wrong place"), N_("The photo shows another place; please check the spot.")),
    ),
    Action.REVEAL_CALLER: (
        (N_("📞 To call them"), N_("To call the caller about this case.")),
        (N_("📍 Find the place"), N_("To ask the caller where exactly it is.")),
        (N_("☎️ They called us"), N_("The caller has called and we must call back.")),
    ),
    Action.REOPEN: (
        (N_("🗣 Caller objects"), N_("The caller does not accept the result.")),
        (N_("🚫 Not done"), N_("It was reported as done, but it is not.")),
    ),
    Action.NOT_FIXED: (
        (N_("🧹 Not fixed"), N_("It has not been put right; it goes on as an ordinary case.")),
        (N_("📷 Photo unclear"), N_("The photos do not show that it has been put right.")),
        (N_("📍 Wrong place"), N_("The photos show another place.")),
    ),
    Action.RETURN_TO_INTAKE: (
        (N_("🏛 Not ours to do"), N_("This is not a matter for our authority.")),
        (N_("📍 Place unclear"), N_("The place is unclear; please ask again.")),
        (N_("📂 Wrong class"), N_("The class does not fit; please choose another one.")),
    ),
    Action.SEND_VERIFY: (
        (N_("🔍 Is it there"), N_("Please see whether the problem is there.")),
        (N_("📍 Where exactly"), N_("Please find the exact place.")),
        (N_("📷 Photo missing"), N_("Please take a photo of the problem.")),
    ),
    Action.SEND_INSPECT: (
        (N_("🧹 Is it done"), N_("Please see whether it has been put right.")),
        (
            N_("📷 Photo unclear"),
            N_("The photos are unclear; please take one from the same spot."),
        ),
        (N_("🔁 Came back"), N_("Please see whether the problem has come back.")),
    ),
    Action.CALL_OFF_CHECK: (
        (N_("👤 Nobody can go"), N_("Nobody can go there now.")),
        (N_("📄 Clear by now"), N_("It is clear without looking.")),
    ),
    Action.WAIVE_INSPECTION: (
        (N_("👤 Nobody can go"), N_("Nobody can go there now.")),
        (N_("📷 Photos suffice"), N_("The photos show it beyond doubt.")),
    ),
    Action.SPLIT: (
        (N_("✋ By mistake"), N_("They are not the same; this one goes on by itself.")),
    ),
    Action.WHISTLE: (
        (N_("🚧 Come on site"), N_("Please come on site and secure the place with us.")),
        (N_("🔧 Own equipment"), N_("Equipment of yours is concerned; please put it right.")),
        (N_("👮 Enforce"), N_("Please take part in enforcement on site.")),
    ),
    Action.REPORT_PART: (
        (N_("✅ Put right"), N_("Our part has been put right.")),
        (N_("🚧 Made safe"), N_("Made safe for now; the repair is scheduled.")),
        (N_("👮 Enforced"), N_("We took part in enforcement on site.")),
    ),
    Action.DECLINE_PART: (
        (N_("⛔ Not ours"), N_("After a look on site: this is not our duty.")),
        (N_("🧰 Needs works"), N_("It needs works that cannot be done at once.")),
        (N_("👥 No crew"), N_("All our crews are out; please call us again later.")),
    ),
    Action.GO_ON_ALONE: (
        (N_("🧩 Ours is done"), N_("Our own work is done and does not depend on the others.")),
        (N_("⏳ Others follow"), N_("The others follow later under a case of their own.")),
        (N_("📞 By phone"), N_("Settled with the others on the telephone.")),
    ),
    Action.URGE_IN_WRITING: (
        (N_("⏰ Do it today"), N_("The limit is close or past; please finish it today.")),
        (N_("📍 Go at once"), N_("Please go there at once and say how it stands.")),
        (N_("📝 Explain"), N_("Please explain why it is late and when it will be done.")),
    ),
    Action.SUPERVISE: (
        (N_("🏃 Put it right"), N_("Please put it right within the limit and reply in writing.")),
        (N_("📝 Explain"), N_("Please explain why it is late and when it will be done.")),
        (N_("🔁 Many calls"), N_("Reported again and again; please solve it for good.")),
    ),
    Action.LIST_SUPERVISE: (
        (N_("🏃 Put it right"), N_("Please put it right within the limit and reply in writing.")),
        (N_("👔 Lead in person"), N_("The lead is to see to it in person and report the result.")),
        (N_("🔁 Many calls"), N_("Reported again and again; please solve it for good.")),
    ),
    Action.REPLY_TO_ORDER: (
        (N_("✅ Put right"), N_("It has been put right; the photos are in the case.")),
        (N_("🔧 Under way"), N_("Work is under way and will be finished within the limit.")),
        (N_("🧰 Needs works"), N_("It needs works that cannot be done at once; it is made safe.")),
    ),
    Action.RETURN_REPLY: (
        (N_("📄 Too vague"), N_("The reply does not say what was done; please be specific.")),
        (N_("🔍 Not put right"), N_("According to the photos it is not put right.")),
        (N_("📅 No date"), N_("Please say by when it will be finished.")),
    ),
    Action.CALL_OFF_SUPERVISION: (
        (N_("✋ By mistake"), N_("Opened by mistake.")),
        (N_("📞 By phone"), N_("Settled with the agency on the telephone.")),
        (N_("✅ Is done"), N_("It has been put right meanwhile; no reply is needed.")),
    ),
    Action.ASK_EXTENSION: (
        (N_("🧱 Material late"), N_("Material or parts have not come yet.")),
        (N_("🌧 Weather"), N_("The weather does not allow the work.")),
        (N_("🤝 Others needed"), N_("Other agencies have to do their part first.")),
    ),
    Action.ASK_VOID: (
        (N_("👥 Duplicate"), N_("Reported twice; the other case goes on.")),
        (N_("🔍 Not found"), N_("There is nothing of the kind on site.")),
        (N_("✋ By mistake"), N_("Registered by mistake.")),
    ),
    Action.ASK_APPEAL: (
        (N_("🌧 Weather"), N_("The weather did not allow the work.")),
        (N_("📨 Sent late"), N_("The case was sent to us late.")),
        (N_("🤝 Had to wait"), N_("We had to wait for other agencies.")),
    ),
    Action.REFUSE: (
        (N_("📋 Your own duty"), N_("By the duty list it is the agency's own duty.")),
        (N_("📄 Not shown"), N_("The grounds are not shown; please bring a document.")),
        (N_("⏰ It can be done"), N_("It can be done within the limit; please go on.")),
    ),
    Action.VOID: (
        (N_("👥 Duplicate"), N_("Reported twice; the other case goes on.")),
        (N_("🔍 Not found"), N_("There is nothing of the kind on site.")),
        (N_("✋ By mistake"), N_("Registered by mistake.")),
    ),
}
"""Label and sentence; the sentence is what stands in the record."""

PROOFS_AT_HAND: Final = (
    (N_("📋 Duty list"), N_("See our agency's duty list.")),
    (N_("🗺 Grid map"), N_("See the border on the grid map.")),
    (N_("📷 On site"), N_("Seen on site, photos are on the case.")),
)
"""What shows that a return is right, ready to be chosen."""

DAYS_AT_HAND: Final = (7, 30, 90)
"""Days of rest, ready to be chosen."""

RETURN_CODES: Final[dict[ReturnCode, str]] = {
    ReturnCode.NOT_MY_DUTY: N_("not our duty"),
    ReturnCode.WRONG_AREA: N_("outside our area"),
    ReturnCode.OWNERSHIP_UNCLEAR: N_("ownership unclear"),
    ReturnCode.DUPLICATE: N_("reported twice"),
    ReturnCode.INSUFFICIENT_INFO: N_("too little known"),
    ReturnCode.NEEDS_JOINT_ACTION: N_("needs several agencies"),
    ReturnCode.ALREADY_DONE: N_("done already"),
}

SUSPENSION_GROUNDS: Final[dict[SuspensionGround, str]] = {
    SuspensionGround.SEASON: N_("the season"),
    SuspensionGround.ENGINEERING: N_("engineering work"),
    SuspensionGround.OWNERSHIP: N_("ownership to be settled"),
    SuspensionGround.ENFORCEMENT_PROCEDURE: N_("a legal procedure"),
    SuspensionGround.FUNDING: N_("funding"),
}
