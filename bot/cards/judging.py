"""Questions that are answered by one of a few choices, or by confirming proposed words."""

from collections.abc import Mapping
from typing import Any, Final

from bot.cards.choices import Rows, pairs
from bot.cards.setting import Setting
from bot.plain import cut, one_line
from bot.sheet import Choice, Touch
from bot.texts.evidence import CONTACTS
from bot.texts.hotline import DEMANDS, FACTS, FAILURES, OUTCOMES, RESOLVED, SATISFACTIONS
from workflows.cases.case import Case
from workflows.cases.findings import facts_for
from workflows.cases.questions import KEYS, Question
from workflows.hotline.draft import Draft
from workflows.rails import Offer

TICK_MOST: Final = 18
CHOSEN: Final[dict[Question, Mapping[Any, str]]] = {
    Question.CONTACT: CONTACTS,
    Question.FACT: FACTS,
    Question.DEMAND: DEMANDS,
    Question.OUTCOME: OUTCOMES,
    Question.FAILURE: FAILURES,
    Question.RESOLVED: RESOLVED,
    Question.SATISFACTION: SATISFACTIONS,
}
"""Questions with one button for each of a few answers."""
CONFIRMED: Final = frozenset({Question.TICK, Question.REPLY})


def ready(label: str, **args: object) -> Choice:
    return Choice(label, Offer(Touch.ANSWER, args))


def chosen_rows(question: Question, case: Case | None, setting: Setting) -> Rows:
    """All the answers there are; of facts those that fit the kind of appeal."""
    offered = tuple(CHOSEN[question])
    if question is Question.FACT and case is not None:
        offered = facts_for(case.class_code)
    words, key = CHOSEN[question], KEYS[question]
    return pairs([ready(setting.tongue(words[each]), **{key: each}) for each in offered])


def chosen_words(question: Question, answers: Mapping[str, Any], setting: Setting) -> str:
    given = answers[KEYS[question]]
    return setting.tongue(next(w for each, w in CHOSEN[question].items() if each == given))


def confirming_rows(draft: Draft, question: Question, case: Case, setting: Setting) -> Rows:
    """One tap on the words themselves."""
    if question is Question.TICK and case.filing is not None:
        label = f"☑️ {cut(closing_of(case, setting), TICK_MOST)}"
        return ((ready(label, closing_condition=case.filing.condition_id),),)
    preview = draft.body.get("preview")
    if not preview:
        return ()
    return ((ready(setting.tongue("✅ Answer like this"), reply=preview),),)


def proposed_lines(
    draft: Draft, question: Question, case: Case, setting: Setting
) -> tuple[str, ...]:
    """The words that the tap would confirm, or why there are none."""
    tongue, body = setting.tongue, draft.body
    if question is Question.TICK:
        return (tongue("☑️ Closes when: {closing}", closing=closing_of(case, setting)),)
    if body.get("too_long"):
        return (
            tongue(
                "The worker's note has {length} characters, {most} can be read out. "
                "Please type a shorter answer.",
                length=body["too_long"],
                most=body["most"],
            ),
        )
    preview = body.get("preview")
    return (tongue("🗣 “{preview}”", preview=one_line(preview)),) if preview else ()


def closing_of(case: Case, setting: Setting) -> str:
    filing = case.filing
    return setting.tongue.either(filing.closing_zh, filing.closing_en) if filing else ""
