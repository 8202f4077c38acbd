"""A complaint that is not taken: turned away on the form, on a ground, in words, on record."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from workflows.cases.case import Action, Case, Given
from workflows.cases.report_case import ReportCase
from workflows.cases.step import Step
from workflows.hotline.draft import DraftState
from workflows.hotline.intake import Field, intake_of
from workflows.hotline.take_down import TakeDown, report_of
from workflows.notices import DraftId
from workflows.people import Actor
from workflows.policy.policy import Ground
from workflows.ports import Begin
from workflows.refusals import Reason, Refused

EMERGENCY: Final = "emergency"
OTHER_BODY: Final = "other_body"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Words that mean danger to life now, and the number that is to be called."""

    number: str
    words: tuple[str, ...]


def alarm_in(words: str, grounds: Mapping[str, Ground]) -> Alarm | None:
    """What speaks for an emergency, by the words in grounds.toml; people decide what it is."""
    known = grounds[EMERGENCY].words if EMERGENCY in grounds else {}
    heard = (Alarm(number, tuple(w for w in each if w in words)) for number, each in known.items())
    return max((a for a in heard if a.words), key=lambda a: len(a.words), default=None)


@dataclass(frozen=True, slots=True)
class TurnAway:
    """Say on the form that it is not taken (domain.md 2.4); the case stays on record."""

    begin: Begin
    take_down: TakeDown
    report_case: ReportCase

    async def __call__(self, actor: Actor, draft_id: DraftId, ground: str, told: str) -> Case:
        """A case that has ended, with its ground and the words said to whoever called.

        Raises Refused: NO_SUCH_GROUND, DRAFT_INCOMPLETE while nothing is written down.
        """
        known = self.report_case.record.book.policy.grounds.get(ground)
        if known is None:
            raise Refused(Reason.NO_SUCH_GROUND)
        async with self.begin() as work:
            draft = await self.take_down.own(work, actor, draft_id)
            intake = intake_of(draft)
            if not (intake.words or intake.pictures):
                raise Refused(Reason.DRAFT_INCOMPLETE, missing=[Field.WORDS])
            given = Given(ground=ground, told=told.strip() or known.told_zh)
            topic = "" if intake.class_code else intake.elsewhere
            step = Step(Action.TURN_AWAY, actor, given, {"topic": topic} if topic else {})
            report = report_of(intake, from_street=False)
            case = await self.report_case.inside(work, actor, report, steps=(step,))
            left = replace(intake.without_caller(), awaiting="", case_id=case.id, ground=ground)
            await self.take_down.write(work, actor, draft, left, DraftState.DONE)
        return case
