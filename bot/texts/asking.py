"""The intake form and questions: names of fields, what to type, reasons ready to be chosen."""

from typing import Final

from bot.i18n import N_
from workflows.cases.case import Action
from workflows.cases.questions import Question
from workflows.hotline.intake import Field

FIELDS: Final[dict[Field, str]] = {
    Field.WORDS: N_("the caller's words"),
    Field.CLASS: N_("the class"),
    Field.CONDITION: N_("the condition"),
    Field.PLACE: N_("the place"),
    Field.CALLER: N_("who called"),
    Field.PHOTO: N_("a photo of it"),
}

AWAITING: Final[dict[Field, str]] = {
    Field.WORDS: N_("Type or forward what the caller said."),
    Field.CLASS: N_("Choose the class, or type what it is about."),
    Field.CONDITION: N_("Choose what fits best."),
    Field.PLACE: N_("Send the location, or type where it is."),
    Field.CALLER: N_("Type the number, with the name if you have it: Wang 13812345678."),
    Field.PHOTO: N_("Send a photo of the defect."),
}
"""What the next message fills."""

FIELD_BUTTONS: Final[dict[Field, str]] = {
    Field.WORDS: N_("✏️ Words"),
    Field.CLASS: N_("📂 Class"),
    Field.CONDITION: N_("⚖️ Condition"),
    Field.PLACE: N_("📍 Place"),
    Field.CALLER: N_("📞 Caller"),
    Field.PHOTO: N_("🖼 Photo"),
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
    Action.REOPEN: (
        (N_("🗣 Caller objects"), N_("The caller does not accept the result.")),
        (N_("🚫 Not done"), N_("It was reported as done, but it is not.")),
    ),
    Action.VOID: (
        (N_("👥 Duplicate"), N_("Reported twice; the other case goes on.")),
        (N_("🔍 Not found"), N_("There is nothing of the kind on site.")),
        (N_("✋ By mistake"), N_("Registered by mistake.")),
    ),
}
"""Label and sentence; the sentence is what stands in the record."""
