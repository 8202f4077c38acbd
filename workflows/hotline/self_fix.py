"""Found it, fixed it: a collector reports and closes at once what is harmless (自处置)."""

from dataclasses import dataclass, replace

from workflows.book import Book
from workflows.cases.case import Action, Case, Given
from workflows.cases.report_case import ReportCase
from workflows.cases.step import Step
from workflows.hotline.draft import DraftState
from workflows.hotline.intake import Field, Intake, intake_of
from workflows.hotline.take_down import TakeDown, report_of
from workflows.notices import DraftId
from workflows.people import Actor
from workflows.policy.catalogue import ConditionId, FilingCondition
from workflows.ports import Begin
from workflows.refusals import Reason, Refused


def harmless(book: Book, intake: Intake) -> FilingCondition:
    """The condition, if its finder may fix it alone.

    Raises Refused: DRAFT_INCOMPLETE without a condition, NOT_FOR_SELF_FIX where it is dangerous.
    """
    condition = book.policy.catalogue.conditions.get(ConditionId(intake.condition_id))
    if condition is None:
        raise Refused(Reason.DRAFT_INCOMPLETE, missing=[Field.CLASS])
    if condition.urgency not in book.policy.checks.self_fix:
        raise Refused(Reason.NOT_FOR_SELF_FIX)
    return condition


@dataclass(frozen=True, slots=True)
class SelfFix:
    """Report it and hand it in as fixed; some of it is looked at by an acceptor, by lot."""

    begin: Begin
    take_down: TakeDown
    report_case: ReportCase

    async def __call__(self, actor: Actor, draft_id: DraftId) -> Case:
        """Raises Refused: NOT_FOR_SELF_FIX, DRAFT_INCOMPLETE, and what the law refuses."""
        book = self.report_case.record.book
        async with self.begin() as work:
            draft = await self.take_down.own(work, actor, draft_id)
            intake = intake_of(draft)
            condition = harmless(book, intake)
            missing = list(intake.missing(from_street=True))
            if len(intake.after) < max(condition.photo_min, 1):
                missing.append(Field.AFTER)
            if missing:
                raise Refused(Reason.DRAFT_INCOMPLETE, missing=missing)
            given = Given(filing=book.filing(condition), urgency=condition.urgency)
            steps = (Step(Action.REPORT, actor), Step(Action.SELF_FIX, actor, given))
            report = replace(report_of(intake, from_street=True), after=intake.after)
            case = await self.report_case.inside(work, actor, report, steps=steps)
            left = replace(intake, awaiting="", case_id=case.id)
            await self.take_down.write(work, actor, draft, left, DraftState.DONE)
        return case
