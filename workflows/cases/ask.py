"""Questions before an act: a reason, a worker, a result of the call. Open ones are rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from workflows.cases.case import Action, Case, CaseId, ContactResult, Given, Proof
from workflows.cases.lifecycle import LIFECYCLE
from workflows.cases.machine import offers
from workflows.cases.move_case import MoveCase, who_was_first
from workflows.cases.show_work import PARKED, Shown, ShowWork, question_notice
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.people import Actor, PersonId
from workflows.ports import Begin, Work
from workflows.refusals import Reason, Refused


class Question(StrEnum):
    """What must be known before the act can go ahead."""

    REASON = "reason"
    WORKER = "worker"
    CONTACT = "contact"
    CONDITION = "condition"
    WHICH_CASE = "which_case"


ASKED_FOR: Final = {
    Proof.REASON: Question.REASON,
    Proof.WORKER: Question.WORKER,
    Proof.CONTACT_RESULT: Question.CONTACT,
    Proof.FILING_CONDITION: Question.CONDITION,
}
QUESTIONS: Final = {
    move.action: ASKED_FOR[proof]
    for move in LIFECYCLE
    for proof in move.given
    if proof in ASKED_FOR
}
"""Which actions need a question first: read off the law's evidence column."""

FRESH: Final = timedelta(minutes=30)
"""After this a typed sentence is no longer taken as the answer to an old question."""


def question_of(draft: Draft) -> Question:
    """What an ASK draft asks."""
    if draft.body["action"] == PARKED:
        return Question.WHICH_CASE
    return QUESTIONS[Action(draft.body["action"])]


@dataclass(frozen=True, slots=True)
class Ask:
    """Open the question that an action needs, if the law would let this person act at all."""

    begin: Begin
    move_case: MoveCase

    async def __call__(self, actor: Actor, case_id: CaseId, action: Action) -> None:
        """Raises Refused as the act itself would."""
        async with self.begin() as work:
            case = await work.cases.get(case_id)
            if action not in offers(case, actor):
                no = Refused(Reason.NOT_NOW, action=action, state=case.state, case_id=case.id)
                raise await who_was_first(work, no)
            body = {"action": action, "case": case_id}
            at = self.move_case.record.now()
            draft = await work.drafts.open(actor.id, DraftKind.ASK, body, at)
            await work.owe(question_notice(draft, at))
            await work.settle(actor.cause)


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer an open question, and act on it in the same transaction."""

    begin: Begin
    move_case: MoveCase
    show_work: ShowWork

    async def __call__(self, actor: Actor, draft: Draft, answer: Mapping[str, Any]) -> Case:
        """Answer keys are those of `Given`, or `case` for WHICH_CASE. Raises Refused."""
        async with self.begin() as work:
            asked = await work.drafts.get(draft.id)
            if asked.person != actor.id or asked.state is not DraftState.OPEN:
                raise Refused(Reason.NO_SUCH_DRAFT)
            case = await self._act(work, actor, asked, answer)
            at = self.move_case.record.now()
            done = replace(
                asked,
                state=DraftState.DONE,
                version=asked.version + 1,
                changed_at=at,
                body={**asked.body, "case": case.id, "answer": dict(answer)},
            )
            await work.drafts.write(asked, done)
            await work.owe(question_notice(done, at))
            await work.settle(actor.cause)
        return case

    async def _act(
        self, work: Work, actor: Actor, asked: Draft, answer: Mapping[str, Any]
    ) -> Case:
        if question_of(asked) is Question.WHICH_CASE:
            shown = Shown.from_json(asked.body["shown"])
            return await self.show_work.inside(work, actor, CaseId(answer["case"]), shown)
        action = Action(asked.body["action"])
        given = given_from(answer)
        return await self.move_case.inside(work, actor, asked.body["case"], action, given)


def takes_words(draft: Draft, now: datetime) -> bool:
    """Whether a typed sentence is the answer to this question."""
    if draft.kind is not DraftKind.ASK or now - draft.changed_at > FRESH:
        return False
    return question_of(draft) is Question.REASON


def given_from(answer: Mapping[str, Any]) -> Given:
    """The evidence inside an answer."""
    contact = answer.get("contact")
    worker = answer.get("worker")
    return Given(
        reason=str(answer.get("reason", "")),
        note=str(answer.get("note", "")),
        condition_id=str(answer.get("condition_id", "")),
        worker=PersonId(int(worker)) if worker is not None else None,
        contact=ContactResult(contact) if contact else None,
    )
