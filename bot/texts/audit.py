"""What the auditor says to those on watch: each rule as a line of a letter, and the letter."""

from typing import Final

from bot.i18n import N_
from workflows.auditing.faults import Rule

FAULTS: Final[dict[Rule, str]] = {
    Rule.DATABASE: N_("The database cannot be read"),
    Rule.NOBODY_SERVES: N_("Nobody serves the city: no process sends messages"),
    Rule.NO_TIMER: N_("Open cases wait without a timer"),
    Rule.LATE_TIMER: N_("Timers are more than a minute late"),
    Rule.STUCK_SEND: N_("Messages hang in sending for over a minute"),
    Rule.LATE_MESSAGE: N_("Messages that must arrive wait for over half an hour"),
    Rule.LATE_CALL: N_("Call-outs stand open and nothing will follow"),
    Rule.LATE_PROPOSAL: N_("Proposals wait for a second person for over four hours"),
    Rule.DEAD_LETTER: N_("Messages were given up"),
    Rule.LATE_UPDATE: N_("What people wrote waits unread for over two minutes"),
    Rule.POISON_UPDATE: N_("Updates could not be read and were put aside"),
    Rule.LATE_PHOTO: N_("Photos are not fetched from the messenger for over half an hour"),
    Rule.CHAIN_BROKEN: N_("The journal is not as it was written"),
    Rule.JOURNAL_DIFFERS: N_("Cases are not where the journal left them"),
    Rule.HOLIDAY_DATA: N_("Days off are not known: limits are provisional"),
    Rule.MESSENGER: N_("Updates do not find their way from the messenger to us"),
    Rule.NOTEBOOK: N_("The auditor cannot keep its notebook"),
}

SUBJECT_NEW: Final = N_("[Paidan] Something is wrong: {what}")
SUBJECT_MORE: Final = N_("[Paidan] Something is wrong: {what}, and more")
SUBJECT_STILL: Final = N_("[Paidan] Still wrong: {what}")
SUBJECT_OVER: Final = N_("[Paidan] Better: {what}")
SUBJECT_WELL: Final = N_("[Paidan] All is well again")

NEW: Final = N_("New:")
STILL: Final = N_("Still so:")
OVER: Final = N_("Over:")
ALL_WELL: Final = N_("Everything that the auditor looks at is well again.")
COUNT: Final = N_("How many: {n}")
AT_LEAST: Final = N_("How many: {n} or more")
CASES: Final = N_("Cases: {cases}")
DETAIL: Final = N_("Detail: {detail}")
SINCE: Final = N_("Since: {time}")
FROM_UNTIL: Final = N_("{what}: from {since} until {until}")
WHAT_TO_DO: Final = N_("What to do: {page}")
SEEN_AT: Final = N_("Seen at {time} ({zone}).")
