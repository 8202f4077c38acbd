"""Questions that a request asks: the answers to choose from, and an answer in words."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from bot import times
from bot.cards.choices import Rows, pairs
from bot.cards.request import code_words
from bot.cards.setting import Setting, name
from bot.i18n import N_
from bot.plain import cut, one_line
from bot.sheet import Choice, Touch
from bot.texts.asking import DAYS_AT_HAND, PROOFS_AT_HAND, RETURN_CODES, SUSPENSION_GROUNDS
from workflows.cases.questions import KEYS, Question
from workflows.people import Agency
from workflows.rails import Offer
from workflows.requests.request import UNKNOWN_AGENCY

AGENCIES_MOST: Final = 9
LABEL_MOST: Final = 14
OF_REQUESTS: Final = (
    Question.RETURN_CODE,
    Question.WAITS_FOR,
    Question.DUTY_PROOF,
    Question.PROPOSED_AGENCY,
    Question.UNTIL,
    Question.DOCUMENT,
)


def today(setting: Setting) -> date:
    return setting.now.astimezone(setting.book.calendar.zone).date()


def request_rows(question: Question, agencies: Sequence[Agency], setting: Setting) -> Rows:
    """The answers ready to be chosen; none where only typing helps."""
    tongue, key = setting.tongue, KEYS[question]
    match question:
        case Question.RETURN_CODE:
            found = [(tongue(words), code.value) for code, words in RETURN_CODES.items()]
        case Question.WAITS_FOR:
            found = [(tongue(words), ground.value) for ground, words in SUSPENSION_GROUNDS.items()]
        case Question.DUTY_PROOF:
            found = [(tongue(label), tongue(words)) for label, words in PROOFS_AT_HAND]
        case Question.PROPOSED_AGENCY:
            found = [_agency(agency, setting) for agency in agencies[:AGENCIES_MOST]]
            found.append((tongue(N_("❔ Not known")), UNKNOWN_AGENCY))
        case Question.UNTIL:
            found = [_days(days, setting) for days in DAYS_AT_HAND]
        case _:
            found = []
    return pairs([Choice(label, Offer(Touch.ANSWER, {key: answer})) for label, answer in found])


def request_answer(
    question: Question, answer: str, agencies: Sequence[Agency], setting: Setting
) -> str:
    """What was answered, as the record has it."""
    match question:
        case Question.RETURN_CODE | Question.WAITS_FOR:
            return code_words(answer, setting)
        case Question.PROPOSED_AGENCY:
            known = next((a for a in agencies if a.code == answer), None)
            if known is None:
                return setting.tongue("not known")
            return name(setting.tongue.either(known.name, known.name_en))
        case Question.UNTIL:
            return times.whole_day(date.fromisoformat(answer), setting.tongue)
        case _:
            return cut(one_line(answer), 200)


def _agency(agency: Agency, setting: Setting) -> tuple[str, str]:
    words = one_line(setting.tongue.either(agency.name, agency.name_en))
    return f"🏢 {cut(words, LABEL_MOST)}", agency.code


def _days(days: int, setting: Setting) -> tuple[str, str]:
    until = today(setting) + timedelta(days=days)
    return setting.tongue("{n} days", n=days), until.isoformat()
