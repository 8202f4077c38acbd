"""Every enum has its words, every word has both languages, and no label outgrows its button."""

import ast
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from bot.cards.choices import BESIDE, FIRST, IN_A_LIST, TYPED_ONLY
from bot.cards.refusing import GUARDS as GUARD_WORDS
from bot.i18n import LANGUAGES, LOCALES, Speech, Tongue
from bot.painter import _BRUSHES
from bot.texts.asking import (
    ANSWERED,
    ASKED,
    AWAITING,
    FIELD_BUTTONS,
    FIELDS,
    REASONS,
    RETURN_CODES,
    SUSPENSION_GROUNDS,
)
from bot.texts.done import DONE
from bot.texts.emergency import ANSWERED_BY, EMERGENCY_PROMPTS
from bot.texts.evidence import CONTACTED, CONTACTS, MISSING
from bot.texts.joint import (
    ANSWERED_CALL,
    CALL_PROMPTS,
    GROUNDS,
    PART_ENDS,
    REPLIES,
    TALLIED,
    WHISTLES,
    WHOM,
)
from bot.texts.law import (
    ACTION_NAMES,
    ACTIONS,
    CLOCKS,
    SOURCES,
    STAGES,
    STATES,
    STATES_IN_SHORT,
    TIMELINESS,
)
from bot.texts.leads import BECAUSE, RUNGS, STUCK
from bot.texts.people import HELP, ROLES, SAID, URGENCIES
from bot.texts.refusing import REFUSALS
from bot.texts.requests import OUTCOMES, REQUESTS
from bot.texts.vocabulary import SPOKEN
from bot.texts.why import DAYS, STEPS, UNTOLD
from bot.times import LIMITS
from workflows.approving.answer import Answer
from workflows.cases.case import (
    Action,
    ContactResult,
    Proof,
    Source,
    Stage,
    State,
    Timeliness,
)
from workflows.cases.consequences import Because
from workflows.cases.lifecycle import GUARDS, IN_TIME
from workflows.cases.questions import QUESTIONS, Question
from workflows.deadlines.calendar import DayKind
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import StepKind, Unit
from workflows.emergency.form import EmergencyField
from workflows.escalation.climb import Untold
from workflows.escalation.ladder import Level
from workflows.hotline.intake import Field
from workflows.joint.call_form import EVERYBODY, CallField
from workflows.joint.call_out import CALLABLE, Ground, Reply
from workflows.joint.part import PartEnd, WhistleKind
from workflows.notices import NoticeKind
from workflows.people import Role
from workflows.policy.catalogue import Urgency
from workflows.refusals import Reason
from workflows.requests.request import RequestKind, RequestState, ReturnCode, SuspensionGround

BOT = Path(LOCALES).parent
KEYWORDS = {"N_": None, "tongue": None, "many": (1, 2)}
NOT_OURS = {"simulator", "telegram"}
SPEECH = Speech.load()
TURNS_TEXT = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


READY_MADE = {
    Question.REASON,
    Question.WHAT_TO_CHECK,
    Question.WRITTEN_WORDS,
    Question.WRITTEN_REPLY,
}
"""Questions that have reasons ready to be chosen."""


@pytest.mark.parametrize(
    ("words", "every"),
    [
        pytest.param(STATES, State, id="states"),
        pytest.param(STATES_IN_SHORT, State, id="states in short"),
        pytest.param(ACTIONS, Action, id="labels"),
        pytest.param(ACTION_NAMES, Action, id="names of acts"),
        pytest.param(DONE, Action, id="toasts"),
        pytest.param(MISSING, Proof, id="evidence"),
        pytest.param(CONTACTS, ContactResult, id="results of a call"),
        pytest.param(CONTACTED, ContactResult, id="results of a call, told"),
        pytest.param(TIMELINESS, Timeliness, id="timeliness"),
        pytest.param(STAGES, Stage, id="captions"),
        pytest.param(REQUESTS, RequestKind, id="requests"),
        pytest.param(OUTCOMES, RequestState, id="what became of requests"),
        pytest.param(RETURN_CODES, ReturnCode, id="reasons for returns"),
        pytest.param(SUSPENSION_GROUNDS, SuspensionGround, id="grounds of suspension"),
        pytest.param(SOURCES, Source, id="sources"),
        pytest.param(CLOCKS, ClockKind, id="clocks"),
        pytest.param(BECAUSE, Because, id="lead-ins"),
        pytest.param(RUNGS, Level, id="rungs"),
        pytest.param(REFUSALS, Reason, id="refusals"),
        pytest.param(
            GUARD_WORDS,
            {g.__name__ for t in (GUARDS, IN_TIME) for gs in t.values() for g in gs},
            id="guards",
        ),
        pytest.param(ROLES, Role, id="roles"),
        pytest.param(HELP, Role, id="help"),
        pytest.param(URGENCIES, Urgency, id="urgencies"),
        pytest.param(FIELDS, Field, id="fields"),
        pytest.param(AWAITING, Field, id="prompts"),
        pytest.param(FIELD_BUTTONS, Field, id="buttons of fields"),
        pytest.param(ASKED, Question, id="questions"),
        pytest.param(ANSWERED, Question, id="answers"),
        pytest.param(DAYS, DayKind, id="days"),
        pytest.param(STEPS, StepKind, id="steps"),
        pytest.param(UNTOLD, Untold, id="alerts passed in silence"),
        pytest.param(LIMITS, Unit, id="limits"),
        pytest.param(WHISTLES, WhistleKind, id="kinds of whistle"),
        pytest.param(PART_ENDS, PartEnd, id="ends of a part"),
        pytest.param(GROUNDS, Ground, id="reasons of a call-out"),
        pytest.param(REPLIES, Reply, id="answers to a call-out"),
        pytest.param(ANSWERED_CALL, Reply, id="answers to a call-out, told"),
        pytest.param(TALLIED, {*Reply, None}, id="lines of the tally"),
        pytest.param(WHOM, {EVERYBODY, *CALLABLE}, id="whom one can call"),
        pytest.param(CALL_PROMPTS, CallField, id="questions of a call-out"),
        pytest.param(EMERGENCY_PROMPTS, EmergencyField, id="questions of an emergency"),
        pytest.param(ANSWERED_BY, Answer, id="what became of an emergency asked for"),
        pytest.param(
            REASONS,
            {a for a, qs in QUESTIONS.items() if READY_MADE & {*qs}},
            id="ready reasons",
        ),
    ],
)
def test_every_one_has_its_words(words: Mapping[str, object], every: Iterable[str]) -> None:
    assert set(words) == set(every)


def test_every_act_has_a_button_or_is_known_to_have_none() -> None:
    assert {*FIRST, *BESIDE, *IN_A_LIST, *TYPED_ONLY, Action.VOID} == set(Action)


def test_whatever_has_a_button_can_also_be_typed() -> None:
    assert {*FIRST, *BESIDE, *IN_A_LIST, Action.VOID} == set(SPOKEN)


def test_every_notice_is_painted_or_is_no_message_of_its_own() -> None:
    shown_otherwise = {
        NoticeKind.RECEIPT,
        NoticeKind.MENU,
    }
    assert set(_BRUSHES) == set(NoticeKind) - shown_otherwise


def test_every_reason_for_being_stuck_has_its_sentence() -> None:
    routing = (BOT.parent / "workflows/cases/routing.py").read_text()
    following = (BOT.parent / "workflows/cases/follow_through.py").read_text()
    lost = (BOT.parent / "workflows/escalation/lost_contact.py").read_text()
    named = {
        node.value
        for source in (routing, following, lost)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(STUCK) <= named
    assert set(STUCK) == {
        "outside_every_grid",
        "no_agency",
        "nobody_on_duty",
        "unknown_class",
        "unreachable",
    }


def test_every_short_answer_that_anybody_owes_has_its_sentence() -> None:
    owed = {
        found
        for folder in ("workflows", "handlers")
        for path in (BOT.parent / folder).rglob("*.py")
        for found in re.findall(r'"what": "(\w+)"', path.read_text())
    }
    photo_problems = {f"photo_{p}" for p in ("too_large", "unreadable", "not_a_picture")}
    assert owed | photo_problems <= set(SAID)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_catalogue_has_exactly_the_sentences_of_the_sources(code: str) -> None:
    assert {message.id for message in _messages(code)} == set(_in_sources())


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sentence_is_left_empty_or_fuzzy(code: str) -> None:
    lacking = [m.id for m in _messages(code) if m.fuzzy or not all(_forms(m.string))]
    assert lacking == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_both_languages_fill_the_same_places(code: str) -> None:
    wrong = [message.id for message in _messages(code) if not _same_places(message)]
    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_sentence_can_turn_the_text_around_it(code: str) -> None:
    every = [form for m in _messages(code) for form in (*_forms(m.id), *_forms(m.string))]
    assert [form for form in every if TURNS_TEXT.search(form)] == []


def test_chinese_is_chinese() -> None:
    """Only names, commands and signs may stay as they are in the source."""
    same = {m.id for m in _messages("zh") if isinstance(m.id, str) and m.id == m.string}
    latin = {text for text in same if re.search(r"[A-Za-z]{2,}", re.sub(r"{\w+}", "", text))}
    assert latin == {"中文 / English"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_label_is_a_verb_and_one_icon(code: str) -> None:
    tongue = SPEECH.in_(code)
    labels = [*ACTIONS.values(), *CONTACTS.values(), *FIELD_BUTTONS.values()]
    labels += [*WHISTLES.values(), *GROUNDS.values(), *REPLIES.values(), *WHOM.values()]
    labels += [label for reasons in REASONS.values() for label, _ in reasons]
    too_long = [tongue(label) for label in labels if not fits_a_button(tongue(label), tongue)]
    assert too_long == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_two_buttons_of_one_card_never_read_the_same(code: str) -> None:
    tongue = SPEECH.in_(code)
    labels = [tongue(label) for label in ACTIONS.values()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("zh", "zh"),
        ("zh-hans", "zh"),
        ("zh_TW", "zh"),
        ("ZH-hant", "zh"),
        ("en-GB", "en"),
        ("", "en"),
        ("fr", "en"),
        ("zha", "en"),
    ],
)
def test_a_phone_that_speaks_chinese_is_answered_in_chinese(code: str, expected: str) -> None:
    assert SPEECH.in_(code).code == expected


def test_braces_that_people_write_stay_braces() -> None:
    said = SPEECH.in_("zh")("Reported: {words}", words="{dot} <b>{0}</b> %s")
    assert said == "上报：{dot} <b>{0}</b> %s"


def fits_a_button(label: str, tongue: Tongue) -> bool:
    """One icon, then at most six Chinese or fourteen Latin characters (messaging.md 4.2)."""
    icon, _, words = label.partition(" ")
    is_icon = all(unicodedata.category(sign) in {"So", "Mn", "Sk"} for sign in icon)
    most = 6 if tongue.code == "zh" else 14
    return is_icon and 0 < len(words) <= most


def _messages(code: str) -> list[Message]:
    with (LOCALES / code / "LC_MESSAGES" / "paidan.po").open("rb") as file:
        return [message for message in read_po(file, locale=code) if message.id]


def _in_sources() -> dict[str | tuple[str, ...], str]:
    found: dict[str | tuple[str, ...], str] = {}
    for path in BOT.rglob("*.py"):
        if NOT_OURS & set(path.relative_to(BOT).parts):
            continue
        with path.open("rb") as file:
            for _, message, _, _ in extract("python", file, KEYWORDS):
                found[message if isinstance(message, str) else tuple(message)] = path.name
    return found


def _forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _same_places(message: Message) -> bool:
    """A singular may do without its number; nothing else may be missing or invented."""
    wanted = _places(_forms(message.id)[-1])
    *singular, last = (_places(form) for form in _forms(message.string))
    return last == wanted and all(places | {"n"} == wanted | {"n"} for places in singular)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
