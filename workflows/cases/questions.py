"""What must be asked before an act: read off the law's evidence, one question after the other."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from workflows.cases.case import Action, Case, CaseId, ContactResult, Given, Proof
from workflows.cases.check import Found
from workflows.cases.findings import DemandFinding, FactFinding, Outcome, Satisfaction
from workflows.cases.lifecycle import LIFECYCLE, MOVES
from workflows.cases.machine import PROOFS, must_be_redone
from workflows.hotline.draft import Draft, DraftKind
from workflows.joint.part import WhistleKind
from workflows.people import AgencyCode, PersonId


class Question(StrEnum):
    """What must be known before the act can go ahead."""

    REASON = "reason"
    WORKER = "worker"
    CONTACT = "contact"
    CONDITION = "condition"
    FACT = "fact"
    DEMAND = "demand"
    OUTCOME = "outcome"
    TICK = "tick"
    REPLY = "reply"
    CONTACT_WORDS = "contact_words"
    FAILURE = "failure"
    RESOLVED = "resolved"
    SATISFACTION = "satisfaction"
    CITIZENS_WORDS = "citizens_words"
    GROUND = "ground"
    CITIZEN_TEXT = "citizen_text"
    WHAT_TO_CHECK = "what_to_check"
    CHECK_RESULT = "check_result"
    MASTER = "master"
    WHISTLE_KIND = "whistle_kind"
    PARTNER = "partner"
    RETURN_CODE = "return_code"
    DUTY_PROOF = "duty_proof"
    PROPOSED_AGENCY = "proposed_agency"
    WAITS_FOR = "waits_for"
    UNTIL = "until"
    DOCUMENT = "document"
    WHICH_CASE = "which_case"


ASKED_FOR: Final = {
    Proof.REASON: Question.REASON,
    Proof.WORKER: Question.WORKER,
    Proof.CONTACT_RESULT: Question.CONTACT,
    Proof.FILING_CONDITION: Question.CONDITION,
    Proof.FACT_FINDING: Question.FACT,
    Proof.DEMAND_FINDING: Question.DEMAND,
    Proof.OUTCOME: Question.OUTCOME,
    Proof.CLOSING_CONDITION: Question.TICK,
    Proof.REPLY: Question.REPLY,
    Proof.CONTACT_WORDS: Question.CONTACT_WORDS,
    Proof.CALL_FAILURE: Question.FAILURE,
    Proof.RESOLVED: Question.RESOLVED,
    Proof.SATISFACTION: Question.SATISFACTION,
    Proof.CITIZENS_WORDS: Question.CITIZENS_WORDS,
    Proof.GROUND: Question.GROUND,
    Proof.CITIZEN_TEXT: Question.CITIZEN_TEXT,
    Proof.WHAT_TO_CHECK: Question.WHAT_TO_CHECK,
    Proof.CHECK_RESULT: Question.CHECK_RESULT,
    Proof.MASTER: Question.MASTER,
    Proof.WHISTLE_KIND: Question.WHISTLE_KIND,
    Proof.PARTNER: Question.PARTNER,
    Proof.RETURN_CODE: Question.RETURN_CODE,
    Proof.DUTY_PROOF: Question.DUTY_PROOF,
    Proof.PROPOSED_AGENCY: Question.PROPOSED_AGENCY,
    Proof.WAITS_FOR: Question.WAITS_FOR,
    Proof.UNTIL: Question.UNTIL,
    Proof.DOCUMENT: Question.DOCUMENT,
}
QUESTIONS: Final[dict[Action, tuple[Question, ...]]] = {
    move.action: tuple(ASKED_FOR[proof] for proof in move.given if proof in ASKED_FOR)
    for move in LIFECYCLE
    if any(proof in ASKED_FOR for proof in move.given)
}
"""Which actions need questions first, in the order in which they are asked."""

KEYS: Final = {
    Question.REASON: "reason",
    Question.WORKER: "worker",
    Question.CONTACT: "contact",
    Question.CONDITION: "condition_id",
    Question.FACT: "fact",
    Question.DEMAND: "demand",
    Question.OUTCOME: "outcome",
    Question.TICK: "closing_condition",
    Question.REPLY: "reply",
    Question.CONTACT_WORDS: "note",
    Question.FAILURE: "contact",
    Question.RESOLVED: "resolved",
    Question.SATISFACTION: "satisfaction",
    Question.CITIZENS_WORDS: "citizens_words",
    Question.GROUND: "ground",
    Question.CITIZEN_TEXT: "told",
    Question.WHAT_TO_CHECK: "reason",
    Question.CHECK_RESULT: "found",
    Question.MASTER: "master",
    Question.WHISTLE_KIND: "whistle",
    Question.PARTNER: "partners",
    Question.RETURN_CODE: "code",
    Question.DUTY_PROOF: "proof",
    Question.PROPOSED_AGENCY: "proposed",
    Question.WAITS_FOR: "code",
    Question.UNTIL: "until",
    Question.DOCUMENT: "document",
    Question.WHICH_CASE: "case",
}
"""Under which name the answer is kept; but for the last they are fields of `Given`."""

WORDS: Final = (
    "reason",
    "note",
    "condition_id",
    "closing_condition",
    "reply",
    "citizens_words",
    "ground",
    "told",
    "code",
    "proof",
    "proposed",
    "document",
)
CHOICES: Final[dict[str, Callable[[Any], Any]]] = {
    "contact": ContactResult,
    "fact": FactFinding,
    "demand": DemandFinding,
    "outcome": Outcome,
    "satisfaction": Satisfaction,
    "found": Found,
    "whistle": WhistleKind,
    "until": date.fromisoformat,
}
"""Answers by their names in `Given`: plain words, and one of several choices."""

TYPED: Final = frozenset(
    {
        Question.REASON,
        Question.CITIZEN_TEXT,
        Question.WHAT_TO_CHECK,
        Question.MASTER,
        Question.DUTY_PROOF,
        Question.UNTIL,
        Question.DOCUMENT,
        Question.REPLY,
        Question.CONTACT_WORDS,
        Question.CITIZENS_WORDS,
    }
)
"""Questions that a typed sentence answers."""

FOUND_FOR_THEM: Final = frozenset({Proof.AGENCY, Proof.CHECKER})
"""Evidence that nobody brings: it is worked out from the answers when the act is done."""

PARKED: Final = "show_work"
"""The question "which case?" for photos and words that are kept meanwhile."""

FRESH: Final = timedelta(minutes=30)
"""After this a typed sentence is no longer taken as the answer to an old question."""


LONG: Final = 12
"""No case has a number with so many digits."""


def next_question(case: Case, action: Action, given: Given) -> Question | None:
    """The first thing that the law still wants to know for this act; None if it knows enough."""
    asked = (ASKED_FOR[proof] for proof in _lacking(case, action, given) if proof in ASKED_FOR)
    return next(asked, None)


def beyond_asking(case: Case, action: Action, given: Given) -> tuple[Proof, ...]:
    """Evidence that no answer can bring, such as photos: it is asked for before anything else."""
    known = ASKED_FOR.keys() | FOUND_FOR_THEM
    return tuple(proof for proof in _lacking(case, action, given) if proof not in known)


def act_meant(case: Case, action: Action, given: Given) -> Action:
    """A callback that finds the thing undone is the beginning of its second handling."""
    if action is Action.CALLBACK_OK and must_be_redone(case, given):
        return Action.REDO
    return action


def _lacking(case: Case, action: Action, given: Given) -> Iterator[Proof]:
    """Where nobody waits for an answer, the button itself ticks the closing condition."""
    move = MOVES.get((case.state, action))
    for proof in move.given if move else ():
        is_ticked = proof is Proof.CLOSING_CONDITION and case.order is None
        if not is_ticked and not PROOFS[proof](case, given):
            yield proof


def question_of(draft: Draft) -> Question:
    """What an ASK draft asks now; one that was opened before there were chains asks the first."""
    action = draft.body["action"]
    if action == PARKED:
        return Question.WHICH_CASE
    return Question(draft.body.get("question", QUESTIONS[Action(action)][0]))


def takes_words(draft: Draft, now: datetime) -> bool:
    """Whether a typed sentence is the answer to this question."""
    if draft.kind is not DraftKind.ASK or now - draft.changed_at > FRESH:
        return False
    return question_of(draft) in TYPED


def given_from(answers: Mapping[str, Any]) -> Given:
    """The evidence inside the answers so far."""
    known: dict[str, Any] = {name: str(answers.get(name, "")) for name in WORDS}
    for name, kind in CHOICES.items():
        known[name] = kind(answers[name]) if answers.get(name) else None
    worker = answers.get("worker")
    master = str(answers.get("master", "")).lstrip("#").strip()
    return Given(
        worker=PersonId(int(worker)) if worker is not None else None,
        master=CaseId(int(master)) if master.isdecimal() and len(master) < LONG else None,
        partners=tuple(AgencyCode(code) for code in answers.get("partners", ())),
        resolved=answers.get("resolved"),
        **known,
    )


def answers_in(given: Given) -> dict[str, Any]:
    """What is known already when the first question is asked; `given_from` reads it back."""
    names = (*WORDS, *CHOICES, "worker", "master", "resolved")
    known = {name: getattr(given, name) for name in names}
    known["partners"] = list(given.partners)
    known["until"] = given.until.isoformat() if given.until else ""
    return {name: value for name, value in known.items() if value not in (None, "", [])}
