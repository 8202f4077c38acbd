"""An act with its questions: done at once where enough is known, else asked one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from workflows.book import Book
from workflows.cases.case import NOTHING, Action, Case, CaseId, Given
from workflows.cases.discreet import discreet_answers
from workflows.cases.machine import is_askable
from workflows.cases.move_case import MoveCase
from workflows.cases.questions import (
    ASKED_FOR,
    KEYS,
    Question,
    act_meant,
    answers_in,
    beyond_asking,
    given_from,
    next_question,
    question_of,
)
from workflows.cases.show_work import Shown, ShowWork, question_notice
from workflows.hotline.draft import Draft, DraftKind, DraftState
from workflows.hotline.read_out import signed
from workflows.notices import DraftId
from workflows.people import Actor
from workflows.ports import Begin, Work
from workflows.refusals import Reason, Refused
from workflows.requests.dates import check_until, date_in


@dataclass(frozen=True, slots=True)
class Ask:
    """Do it, or open the first question that it needs, if the law would let this person act."""

    begin: Begin
    move_case: MoveCase

    async def __call__(
        self, actor: Actor, case_id: CaseId, action: Action, given: Given = NOTHING
    ) -> Case | None:
        """The case after the act, None if something was asked. Raises Refused as the act would."""
        async with self.begin() as work:
            case = await work.cases.get(case_id)
            action = act_meant(case, action, given)
            question = next_question(case, action, given)
            if beyond_asking(case, action, given):
                return await self._must_be_shown(work, actor, case_id, action, given)
            at = self.move_case.record.now()
            if question is None or not is_askable(case, action, actor, actor.said_at or at):
                return await self.move_case.inside(work, actor, case_id, action, given)
            body = {
                "action": action,
                "case": case_id,
                "question": question,
                "answer": await discreet_answers(work, case, answers_in(given)),
                **await proposal(work, case, question, self.move_case.record.book),
            }
            draft = await work.drafts.open(actor.id, DraftKind.ASK, body, at)
            await work.owe(question_notice(draft, at))
            await work.settle(actor.cause)
        return None

    async def _must_be_shown(
        self, work: Work, actor: Actor, case_id: CaseId, action: Action, given: Given
    ) -> Case:
        """Say what no answer can bring, and nothing of what will be asked afterwards."""
        try:
            return await self.move_case.inside(work, actor, case_id, action, given)
        except Refused as no:
            missing = [p for p in no.data.get("missing", ()) if p not in ASKED_FOR]
            raise Refused(no.reason, **no.data | ({"missing": missing} if missing else {})) from no


async def proposal(work: Work, case: Case, question: Question, book: Book) -> dict[str, Any]:
    """What the caller would hear if the worker's own note is read out to them."""
    if question is not Question.REPLY or not case.note:
        return {}
    try:
        return {"preview": (await signed(work, case, book)).answer(case.note)}
    except Refused as no:
        return {"too_long": no.data["length"], "most": no.data["most"]}


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer an open question: ask the next one, or act on it in the same transaction."""

    begin: Begin
    move_case: MoveCase
    show_work: ShowWork

    async def __call__(
        self, actor: Actor, draft_id: DraftId, answer: Mapping[str, Any]
    ) -> Case | None:
        """Answer keys are those of `Given`, or `case` for WHICH_CASE.

        The case after the act, None if there is another question. Raises Refused.
        """
        async with self.begin() as work:
            asked = await self._open_one(work, actor, draft_id)
            about = asked.body.get("case")
            case = None if about is None else await work.cases.get(about)
            said = await discreet_answers(work, case, answer)
            answers = {**asked.body.get("answer", {}), **said}
            if "until" in answer:
                book = self.move_case.record.book
                most = book.policy.requests.rules.suspension_days
                check_until(date.fromisoformat(answer["until"]), self._today(), most)
            following = await self._following(work, asked, answers)
            if following is not None:
                await self._write(work, asked, {"answer": answers, **following})
                await work.settle(actor.cause)
                return None
            case = await self._act(work, actor, asked, answers)
            reply = case.order.reply if case.order and "reply" in answers else ""
            answers |= {"reply": reply} if reply else {}
            body = {"case": case.id, "answer": answers}
            await self._write(work, asked, body, DraftState.DONE)
            await work.settle(actor.cause)
        return case

    async def in_words(self, actor: Actor, draft: Draft, words: str) -> Case | None:
        """A typed sentence as the answer to the question that is open now. Raises Refused."""
        question = question_of(draft)
        said = words.strip()
        if question is Question.UNTIL:
            said = date_in(said, self._today()).isoformat()
        return await self(actor, draft.id, {KEYS[question]: said})

    def _today(self) -> date:
        record = self.move_case.record
        return record.now().astimezone(record.book.calendar.zone).date()

    async def drop(self, actor: Actor, draft_id: DraftId) -> None:
        """Leave it unanswered: nothing is done, and words are no longer taken as its answer."""
        async with self.begin() as work:
            asked = await self._open_one(work, actor, draft_id)
            await self._write(work, asked, {}, DraftState.DROPPED)
            await work.settle(actor.cause)

    async def _open_one(self, work: Work, actor: Actor, draft_id: DraftId) -> Draft:
        asked = await work.drafts.get(draft_id)
        if asked.person != actor.id or asked.state is not DraftState.OPEN:
            raise Refused(Reason.NO_SUCH_DRAFT)
        return asked

    async def _following(
        self, work: Work, asked: Draft, answers: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """Another question than the one just answered; asking the same twice helps nobody."""
        question = question_of(asked)
        if question is Question.WHICH_CASE:
            return None
        case, given = await work.cases.get(asked.body["case"]), given_from(answers)
        action = act_meant(case, Action(asked.body["action"]), given)
        following = next_question(case, action, given)
        if following is None or following is question:
            return None
        proposed = await proposal(work, case, following, self.move_case.record.book)
        return {"action": action, "question": following, **proposed}

    async def _act(
        self, work: Work, actor: Actor, asked: Draft, answers: Mapping[str, Any]
    ) -> Case:
        if question_of(asked) is Question.WHICH_CASE:
            shown = Shown.from_json(asked.body["shown"])
            return await self.show_work.inside(work, actor, CaseId(answers["case"]), shown)
        given = given_from(answers)
        case = await work.cases.get(asked.body["case"])
        action = act_meant(case, Action(asked.body["action"]), given)
        return await self.move_case.inside(work, actor, case.id, action, given)

    async def _write(
        self,
        work: Work,
        asked: Draft,
        body: Mapping[str, Any],
        state: DraftState = DraftState.OPEN,
    ) -> None:
        at = self.move_case.record.now()
        after = replace(
            asked,
            state=state,
            version=asked.version + 1,
            changed_at=at,
            body={**asked.body, **body},
        )
        await work.drafts.write(asked, after)
        await work.owe(question_notice(after, at))
