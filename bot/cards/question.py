"""One question before an act: a reason, a worker, a call's result, a condition, which case."""

from collections.abc import Sequence
from datetime import timedelta

from bot.cards.alike import both_sides
from bot.cards.answers import CASES_MOST, Asked, answer_rows, in_words, proposed_text
from bot.cards.facts import head, head_due, place_line
from bot.cards.form import condition_lines
from bot.cards.judging import CONFIRMED, proposed_lines
from bot.cards.request_questions import today
from bot.cards.setting import Setting, brief
from bot.chat import Card
from bot.sheet import Choice, Sheet, Touch
from bot.texts.asking import ANSWERED, ASKED, NOBODY_ELSE
from bot.texts.law import STATES_IN_SHORT
from workflows.cases.case import Action, Case
from workflows.cases.questions import KEYS, PARKED, QUESTIONS, Question, question_of
from workflows.hotline.draft import Draft, DraftState
from workflows.people import Person
from workflows.rails import Offer
from workflows.views import CaseView


def question_sheet(draft: Draft, asked: Asked, setting: Setting) -> Sheet:
    """The question with an answer a button; once it is answered, what was said."""
    question = question_of(draft)
    if draft.state is not DraftState.OPEN:
        return Sheet(_answered_card(draft, asked, setting))
    example = today(setting) + timedelta(days=45)
    lines: tuple[str, ...] = (setting.tongue(ASKED[question], example=example),)
    if question is Question.WHICH_CASE:
        return Sheet(_which_card(asked, setting), answer_rows(draft, asked, setting))
    view = asked.view
    if question is Question.CONDITION and view is not None:
        lines = (*lines, *condition_lines(view.case.class_code, setting))
    if question is Question.CITIZEN_TEXT:
        lines = (*lines, setting.tongue("“{words}”", words=proposed_text(draft, setting)))
    if question is Question.MASTER and view is not None:
        lines = (*lines, *both_sides(view, asked.masters, setting))
    if question is Question.WORKER and not asked.colleagues:
        lines = (setting.tongue(NOBODY_ELSE),)
    if question in CONFIRMED and view is not None:
        lines = (*lines, *proposed_lines(draft, question, view.case, setting))
    top = head(view.case, setting) if view else lines[0]
    so_far = _answers(draft, asked, setting)
    where = () if question is Question.MASTER else _where(view, setting)
    shown = (*so_far, *(lines if view else lines[1:]), *where)
    rows = answer_rows(draft, asked, setting)
    return Sheet(Card(top, shown), (*rows, (_cancel(setting),)))


def proposed_first(people: Sequence[Person], view: CaseView) -> list[Person]:
    """Those of the agency that a granted return has named stand first."""
    agency = view.proposed.code if view.proposed else None
    return sorted(people, key=lambda p: all(post.agency != agency for post in p.posts))


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
        setting.tongue(ANSWERED[question], answer=in_words(question, answers, asked, setting))
        for question in which
        if KEYS[question] in answers
    )
