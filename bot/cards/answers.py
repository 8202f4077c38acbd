"""Answers to a question: which buttons it has, and how each answer reads once it is given."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.cards.alike import masters
from bot.cards.choices import Rows, each_alone, pairs
from bot.cards.judging import (
    CHOSEN,
    CONFIRMED,
    chosen_rows,
    chosen_words,
    closing_of,
    confirming_rows,
    ready,
)
from bot.cards.request_questions import OF_REQUESTS, request_answer, request_rows
from bot.cards.setting import Setting, name
from bot.plain import cut, one_line
from bot.texts.asking import REASONS
from bot.texts.checks import FOUND, FOUND_IN_SHORT
from bot.texts.joint import WHISTLES
from workflows.cases.case import Action, Case
from workflows.cases.check import Found
from workflows.cases.questions import KEYS, Question, question_of
from workflows.deadlines.limits import Limit
from workflows.hotline.draft import Draft
from workflows.joint.part import WhistleKind, open_part_of
from workflows.people import Agency, Person
from workflows.supervision.order import OrderKind
from workflows.views import CaseView

CASES_MOST: Final = 5
PEOPLE_MOST: Final = 8
LABEL_MOST: Final = 14
WORDS_MOST: Final = 200
REPLY_MOST: Final = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question may be about: the case, the worker's cases, the colleagues.

    `masters` are the proposed cases that the reader may see.
    """

    view: CaseView | None = None
    cases: Sequence[Case] = ()
    colleagues: Sequence[Person] = ()
    agencies: Sequence[Agency] = ()
    masters: Sequence[CaseView] = ()


def answer_rows(draft: Draft, asked: Asked, setting: Setting) -> Rows:
    """The buttons of the question that is open now."""
    return ROWS[question_of(draft)](draft, asked, setting)


def in_words(
    question: Question, answers: Mapping[str, Any], asked: Asked, setting: Setting
) -> str:
    """An answer as a person reads it; what was typed is shown as it was typed."""
    answer = answers.get(KEYS[question], "")
    answer = answer[0] if isinstance(answer, list) and answer else str(answer)
    if question in CHOSEN:
        return chosen_words(question, answers, setting)
    said = WORDS.get(question)
    return said(answer, asked, setting) if said else cut(one_line(answer), WORDS_MOST)


def proposed_text(draft: Draft, setting: Setting) -> str:
    """The sentence for the citizen that goes with the chosen ground."""
    ground = setting.book.policy.grounds.get(str(draft.body["answer"].get("ground", "")))
    return setting.tongue.either(ground.told_zh, ground.told_en) if ground else ""


def _chosen(draft: Draft, asked: Asked, setting: Setting) -> Rows:
    return chosen_rows(question_of(draft), asked.view.case if asked.view else None, setting)


def _confirmed(draft: Draft, asked: Asked, setting: Setting) -> Rows:
    return (
        confirming_rows(draft, question_of(draft), asked.view.case, setting) if asked.view else ()
    )


def _nothing_ready(_: Draft, __: Asked, ___: Setting) -> Rows:
    return ()


def _reasons(draft: Draft, _: Asked, setting: Setting) -> Rows:
    reasons = REASONS.get(Action(draft.body["action"]), ())
    return pairs(
        [ready(setting.tongue(label), reason=setting.tongue(why)) for label, why in reasons]
    )


def _limits(draft: Draft, _: Asked, setting: Setting) -> Rows:
    """How long the reply may take: the daily order and the district's list have their own."""
    listed = draft.body["action"] == Action.LIST_SUPERVISE
    kind = OrderKind.LISTED if listed else OrderKind.ORDER
    limits = setting.book.policy.supervision.within[kind]
    return pairs([ready(f"⏰ {setting.limit(limit)}", within=str(limit)) for limit in limits])


def _workers(_: Draft, asked: Asked, __: Setting) -> Rows:
    people = asked.colleagues[:PEOPLE_MOST]
    return pairs([ready(_person(p, people), worker=p.id) for p in people])


def _conditions(_: Draft, asked: Asked, setting: Setting) -> Rows:
    entry = setting.entry(asked.view.case.class_code) if asked.view else None
    numbered = entry.conditions if entry else ()
    return pairs(
        [ready(setting.tongue("⚖️ No. {n}", n=c.number), condition_id=c.id) for c in numbered]
    )


def _grounds(_: Draft, __: Asked, setting: Setting) -> Rows:
    grounds = setting.book.policy.grounds.values()
    return each_alone(ready(setting.tongue.either(g.zh, g.en), ground=g.code) for g in grounds)


def _told(draft: Draft, _: Asked, setting: Setting) -> Rows:
    told = proposed_text(draft, setting)
    return each_alone([ready(setting.tongue("🗣 Tell them so"), told=told)] * bool(told))


def _found(draft: Draft, _: Asked, setting: Setting) -> Rows:
    words = FOUND[Action(draft.body["action"])]
    return pairs([ready(setting.tongue(words[found]), found=found.value) for found in words])


def _masters(_: Draft, asked: Asked, s: Setting) -> Rows:
    return pairs([ready(label, master=n) for n, label in masters(asked.view, asked.masters, s)])


def _whistles(_: Draft, __: Asked, setting: Setting) -> Rows:
    return each_alone(ready(_kind(k, setting), whistle=k.value) for k in WhistleKind)


def _partners(_: Draft, asked: Asked, setting: Setting) -> Rows:
    free = [agency for agency in asked.agencies if asked.view and _is_free(agency, asked.view)]
    return each_alone(
        ready(f"🏢 {_agency(agency, setting)}", partners=[agency.code])
        for agency in free[:PEOPLE_MOST]
    )


def _is_free(agency: Agency, view: CaseView) -> bool:
    """Not the agency that has the case, nor one with a part in it that is still open."""
    case = view.case
    return agency.code != case.agency and open_part_of(case.parts, (agency.code,)) is None


def _kind(kind: WhistleKind, setting: Setting) -> str:
    """The kind with its limit: choosing one is choosing how fast they must come."""
    limit = setting.limit(setting.book.policy.whistle[kind])
    return setting.tongue("{kind} · {limit}", kind=setting.tongue(WHISTLES[kind]), limit=limit)


def _agency(agency: Agency, setting: Setting) -> str:
    return cut(name(setting.tongue.either(agency.name, agency.name_en)), LABEL_MOST)


def _of_request(draft: Draft, asked: Asked, setting: Setting) -> Rows:
    return request_rows(question_of(draft), asked.agencies, setting)


def _cases(_: Draft, asked: Asked, setting: Setting) -> Rows:
    return each_alone(
        ready(
            setting.tongue(
                "#{number} {name}", number=case.id, name=cut(setting.class_of(case), LABEL_MOST)
            ),
            case=case.id,
        )
        for case in asked.cases[:CASES_MOST]
    )


ROWS: Final[dict[Question, Callable[[Draft, Asked, Setting], Rows]]] = {
    Question.REASON: _reasons,
    Question.WORKER: _workers,
    **dict.fromkeys(CHOSEN, _chosen),
    **dict.fromkeys(CONFIRMED, _confirmed),
    Question.CONTACT_WORDS: _nothing_ready,
    Question.CITIZENS_WORDS: _nothing_ready,
    Question.CONDITION: _conditions,
    Question.GROUND: _grounds,
    Question.CITIZEN_TEXT: _told,
    Question.WHAT_TO_CHECK: _reasons,
    Question.CHECK_RESULT: _found,
    Question.MASTER: _masters,
    Question.WHISTLE_KIND: _whistles,
    Question.PARTNER: _partners,
    Question.WRITTEN_WORDS: _reasons,
    Question.WITHIN: _limits,
    Question.WRITTEN_REPLY: _reasons,
    **dict.fromkeys(OF_REQUESTS, _of_request),
    Question.WHICH_CASE: _cases,
}
"""Which buttons each question has; a typed question may have some that are ready made."""


def _worker_named(answer: str, asked: Asked, _: Setting) -> str:
    names = asked.view.names if asked.view else {}
    known = {str(number): name(each) for number, each in names.items()}
    return known.get(answer, answer)


def _condition_named(answer: str, _: Asked, setting: Setting) -> str:
    condition = setting.condition(answer)
    return setting.tongue.either(condition.zh, condition.en) if condition else "?"


def _ground_named(answer: str, _: Asked, setting: Setting) -> str:
    ground = setting.book.policy.grounds.get(answer)
    return setting.tongue.either(ground.zh, ground.en) if ground else answer


def _agency_named(answer: str, asked: Asked, setting: Setting) -> str:
    known = next((agency for agency in asked.agencies if agency.code == answer), None)
    return _agency(known, setting) if known else answer


def _request_named(question: Question) -> Callable[[str, Asked, Setting], str]:
    return lambda answer, asked, setting: request_answer(question, answer, asked.agencies, setting)


WORDS: Final[dict[Question, Callable[[str, Asked, Setting], str]]] = {
    Question.WORKER: _worker_named,
    Question.TICK: lambda _, asked, s: closing_of(asked.view.case, s) if asked.view else "",
    Question.REPLY: lambda answer, _, __: cut(one_line(answer), REPLY_MOST),
    Question.CONDITION: _condition_named,
    Question.GROUND: _ground_named,
    Question.CHECK_RESULT: lambda answer, _, s: s.tongue(FOUND_IN_SHORT[Found(answer)]),
    Question.WHISTLE_KIND: lambda answer, _, s: s.tongue(WHISTLES[WhistleKind(answer)]),
    Question.PARTNER: _agency_named,
    Question.MASTER: lambda answer, _, __: f"#{answer.lstrip('#')}",
    Question.WITHIN: lambda answer, _, setting: setting.limit(Limit.parse(answer)),
    **{question: _request_named(question) for question in OF_REQUESTS},
    Question.WHICH_CASE: lambda answer, _, __: f"#{answer}",
}
"""How an answer reads that was not typed."""


def _person(one: Person, people: Sequence[Person]) -> str:
    """A name; with the number of the person where two are called the same."""
    shown = one_line(one.name)
    twins = sum(one_line(other.name) == shown for other in people) > 1
    return f"👷 {cut(f'{shown} {one.id}' if twins else shown, LABEL_MOST)}"
