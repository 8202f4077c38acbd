"""One question before an act: a reason, a worker, a call's result, a condition, which case."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.cards.choices import Rows, each_alone, pairs
from bot.cards.facts import head, head_due, place_line
from bot.cards.form import condition_lines
from bot.cards.judging import (
    CHOSEN,
    CONFIRMED,
    answer,
    chosen_rows,
    chosen_words,
    closing_of,
    confirming_rows,
    proposed_lines,
)
from bot.cards.setting import Setting, brief, name
from bot.chat import Card
from bot.plain import cut, one_line
from bot.sheet import Choice, Sheet, Touch
from bot.texts.asking import ANSWERED, ASKED, NOBODY_ELSE, REASONS
from bot.texts.law import STATES_IN_SHORT
from workflows.cases.case import Action, Case
from workflows.cases.questions import KEYS, PARKED, QUESTIONS, Question, question_of
from workflows.hotline.draft import Draft, DraftState
from workflows.people import Person
from workflows.rails import Offer
from workflows.views import CaseView

CASES_MOST: Final = 5
PEOPLE_MOST: Final = 8
LABEL_MOST: Final = 14
REPLY_MOST: Final = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question may be about: the case, the worker's cases, the colleagues."""

    view: CaseView | None = None
    cases: Sequence[Case] = ()
    colleagues: Sequence[Person] = ()


def question_sheet(draft: Draft, asked: Asked, setting: Setting) -> Sheet:
    """The question with an answer a button; once it is answered, what was said."""
    question = question_of(draft)
    if draft.state is not DraftState.OPEN:
        return Sheet(_answered_card(draft, asked, setting))
    lines: tuple[str, ...] = (setting.tongue(ASKED[question]),)
    if question is Question.WHICH_CASE:
        return Sheet(_which_card(asked, setting), _case_rows(asked.cases, setting))
    view = asked.view
    if question is Question.CONDITION and view is not None:
        lines = (*lines, *condition_lines(view.case.class_code, setting))
    if question is Question.WORKER and not asked.colleagues:
        lines = (setting.tongue(NOBODY_ELSE),)
    if question in CONFIRMED and view is not None:
        lines = (*lines, *proposed_lines(draft, question, view.case, setting))
    top = head(view.case, setting) if view else lines[0]
    so_far = _answers(draft, asked, setting)
    shown = (*so_far, *(lines if view else lines[1:]), *_where(view, setting))
    rows = _rows(draft, question, asked, setting)
    return Sheet(Card(top, shown), (*rows, (_cancel(setting),)))


def _where(view: CaseView | None, setting: Setting) -> tuple[str, ...]:
    return (place_line(view.case, setting),) if view else ()


def _which_card(asked: Asked, setting: Setting) -> Card:
    lines = tuple(case_line(case, setting) for case in asked.cases[:CASES_MOST])
    return Card(setting.tongue(ASKED[Question.WHICH_CASE]), lines)


def case_line(case: Case, setting: Setting) -> str:
    """A line of a list; it begins with the number that can be typed."""
    state = setting.tongue(STATES_IN_SHORT[case.state])
    due = head_due(case, setting)
    return setting.tongue(
        "{number} {name} · {state} · {place}",
        number=case.id,
        name=setting.class_of(case),
        state=state if due == state else f"{state} · {due}",
        place=brief(case.place.words or case.place.area_name, 30),
    )


def _rows(draft: Draft, question: Question, asked: Asked, setting: Setting) -> Rows:
    tongue = setting.tongue
    match question:
        case Question.REASON:
            reasons = REASONS.get(Action(draft.body["action"]), ())
            return pairs([answer(tongue(label), reason=tongue(why)) for label, why in reasons])
        case _ if question in CHOSEN:
            return chosen_rows(question, asked.view.case if asked.view else None, setting)
        case _ if question in CONFIRMED and asked.view is not None:
            return confirming_rows(draft, question, asked.view.case, setting)
        case Question.WORKER:
            people = asked.colleagues[:PEOPLE_MOST]
            return pairs([answer(_person(p, people), worker=p.id) for p in people])
        case Question.CONDITION if asked.view is not None:
            entry = setting.entry(asked.view.case.class_code)
            conditions = entry.conditions if entry else ()
            return pairs(
                [answer(tongue("⚖️ No. {n}", n=c.number), condition_id=c.id) for c in conditions]
            )
        case _:
            return ()


def _case_rows(cases: Sequence[Case], setting: Setting) -> Rows:
    return each_alone(
        answer(
            setting.tongue(
                "#{number} {name}", number=case.id, name=cut(setting.class_of(case), LABEL_MOST)
            ),
            case=case.id,
        )
        for case in cases[:CASES_MOST]
    )


def _person(one: Person, people: Sequence[Person]) -> str:
    """A name; with the number of the person where two are called the same."""
    shown = one_line(one.name)
    twins = sum(one_line(other.name) == shown for other in people) > 1
    return f"👷 {cut(f'{shown} {one.id}' if twins else shown, LABEL_MOST)}"


def _cancel(setting: Setting) -> Choice:
    return Choice(setting.tongue("✖️ Cancel"), Offer(Touch.DROP_QUESTION))


def _answered_card(draft: Draft, asked: Asked, setting: Setting) -> Card:
    """What was said, question by question; of a dropped one that nothing was done."""
    lines = _answers(draft, asked, setting)
    if draft.state is DraftState.DROPPED or not lines:
        return Card(setting.tongue("Cancelled. Nothing was done."))
    case = draft.body.get("case")
    if question_of(draft) is Question.WHICH_CASE or case is None:
        return Card(lines[0])
    first = setting.tongue("#{number} · {answer}", number=case, answer=lines[0])
    return Card(first, lines[1:])


def _answers(draft: Draft, asked: Asked, setting: Setting) -> tuple[str, ...]:
    """One line for each question that has been answered so far, in the order they are asked."""
    answers = draft.body.get("answer", {})
    action = draft.body["action"]
    which = (Question.WHICH_CASE,) if action == PARKED else QUESTIONS[Action(action)]
    if action == Action.REDO:
        which = (Question.RESOLVED, Question.SATISFACTION, *which)
    return tuple(
        setting.tongue(ANSWERED[question], answer=_in_words(question, answers, asked, setting))
        for question in which
        if KEYS[question] in answers
    )


def _in_words(
    question: Question, answers: dict[str, object], asked: Asked, setting: Setting
) -> str:
    tongue = setting.tongue
    match question:
        case _ if question in CHOSEN:
            return chosen_words(question, answers, setting)
        case Question.TICK if asked.view is not None:
            return closing_of(asked.view.case, setting)
        case Question.WORKER:
            names = asked.view.names if asked.view else {}
            known = {int(number): name(each) for number, each in names.items()}
            return known.get(int(str(answers["worker"])), str(answers["worker"]))
        case Question.CONDITION:
            condition = setting.condition(str(answers["condition_id"]))
            return tongue.either(condition.zh, condition.en) if condition else "?"
        case Question.WHICH_CASE:
            return f"#{answers['case']}"
        case _:
            most = REPLY_MOST if question is Question.REPLY else 200
            return cut(one_line(str(answers.get(KEYS[question], ""))), most)
