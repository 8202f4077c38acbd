"""What must be asked before an act: read off the law's evidence, one question after the other."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from workflows.cases.case import Action, Case, CaseId, ContactResult, Given, Proof
from workflows.cases.check import Found
from workflows.cases.lifecycle import LIFECYCLE, MOVES
from workflows.cases.machine import PROOFS
from workflows.deadlines.limits import Limit
from workflows.hotline.draft import Draft, DraftKind
from workflows.joint.part import WhistleKind
from workflows.people import AgencyCode, PersonId


class Question(StrEnum):
    """What must be known before the act can go ahead."""

    REASON = "reason"
    WORKER = "worker"
    CONTACT = "contact"
    CONDITION = "condition"
    GROUND = "ground"
    CITIZEN_TEXT = "citizen_text"
    WHAT_TO_CHECK = "what_to_check"
    CHECK_RESULT = "check_result"
    MASTER = "master"
    WHISTLE_KIND = "whistle_kind"
    PARTNER = "partner"
    WRITTEN_WORDS = "written_words"
    WITHIN = "within"
    WRITTEN_REPLY = "written_reply"
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
    Proof.GROUND: Question.GROUND,
    Proof.CITIZEN_TEXT: Question.CITIZEN_TEXT,
    Proof.WHAT_TO_CHECK: Question.WHAT_TO_CHECK,
    Proof.CHECK_RESULT: Question.CHECK_RESULT,
    Proof.MASTER: Question.MASTER,
    Proof.WHISTLE_KIND: Question.WHISTLE_KIND,
    Proof.PARTNER: Question.PARTNER,
    Proof.WRITTEN_WORDS: Question.WRITTEN_WORDS,
    Proof.WITHIN: Question.WITHIN,
    Proof.WRITTEN_REPLY: Question.WRITTEN_REPLY,
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
    Question.GROUND: "ground",
    Question.CITIZEN_TEXT: "told",
    Question.WHAT_TO_CHECK: "reason",
    Question.CHECK_RESULT: "found",
    Question.MASTER: "master",
    Question.WHISTLE_KIND: "whistle",
    Question.PARTNER: "partners",
    Question.WRITTEN_WORDS: "reason",
    Question.WITHIN: "within",
    Question.WRITTEN_REPLY: "reason",
    Question.RETURN_CODE: "code",
    Question.DUTY_PROOF: "proof",
    Question.PROPOSED_AGENCY: "proposed",
    Question.WAITS_FOR: "code",
    Question.UNTIL: "until",
    Question.DOCUMENT: "document",
    Question.WHICH_CASE: "case",
}
"""Under which name the answer is kept; but for the last they are fields of `Given`."""

TYPED: Final = frozenset(
    {
        Question.REASON,
        Question.CITIZEN_TEXT,
        Question.WHAT_TO_CHECK,
        Question.MASTER,
        Question.WRITTEN_WORDS,
        Question.WRITTEN_REPLY,
        Question.DUTY_PROOF,
        Question.UNTIL,
        Question.DOCUMENT,
    }
)
"""Questions that a typed sentence answers."""

PARKED: Final = "show_work"
"""The question "which case?" for photos and words that are kept meanwhile."""

FRESH: Final = timedelta(minutes=30)
"""After this a typed sentence is no longer taken as the answer to an old question."""


LONG: Final = 12
"""No case has a number with so many digits."""


def next_question(case: Case, action: Action, given: Given) -> Question | None:
    """The first thing that the law still wants to know for this act; None if it knows enough."""
    move = MOVES.get((case.state, action))
    lacking = (p for p in move.given if not PROOFS[p](case, given)) if move else ()
    return next((ASKED_FOR[proof] for proof in lacking if proof in ASKED_FOR), None)


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
    contact = answers.get("contact")
    worker = answers.get("worker")
    found = answers.get("found")
    master = str(answers.get("master", "")).lstrip("#").strip()
    whistle = answers.get("whistle")
    within = answers.get("within")
    worker, until = answers.get("worker"), answers.get("until")
    return Given(
        ground=str(answers.get("ground", "")),
        told=str(answers.get("told", "")),
        found=Found(found) if found else None,
        master=CaseId(int(master)) if master.isdecimal() and len(master) < LONG else None,
        reason=str(answers.get("reason", "")),
        note=str(answers.get("note", "")),
        condition_id=str(answers.get("condition_id", "")),
        worker=PersonId(int(worker)) if worker is not None else None,
        contact=ContactResult(contact) if contact else None,
        whistle=WhistleKind(whistle) if whistle else None,
        within=Limit.parse(within) if within else None,
        partners=tuple(AgencyCode(code) for code in answers.get("partners", ())),
        code=str(answers.get("code", "")),
        proof=str(answers.get("proof", "")),
        proposed=str(answers.get("proposed", "")),
        until=date.fromisoformat(until) if until else None,
        document=str(answers.get("document", "")),
    )


def answers_in(given: Given) -> dict[str, Any]:
    """What is known already when the first question is asked; `given_from` reads it back."""
    known = {
        "reason": given.reason,
        "note": given.note,
        "condition_id": given.condition_id,
        "worker": given.worker,
        "contact": given.contact,
        "ground": given.ground,
        "told": given.told,
        "found": given.found,
        "master": given.master,
        "whistle": given.whistle,
        "within": str(given.within) if given.within else "",
        "partners": list(given.partners),
        "code": given.code,
        "proof": given.proof,
        "proposed": given.proposed,
        "until": given.until.isoformat() if given.until else "",
        "document": given.document,
    }
    return {name: value for name, value in known.items() if value}
