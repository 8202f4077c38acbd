"""A case comes in: by a form, a forwarded message, a patrol, a file. One verb for all of them."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from workflows.cases.alike import Alike
from workflows.cases.case import (
    Action,
    Case,
    CaseId,
    Order,
    Picture,
    Place,
    Source,
    Stage,
    State,
)
from workflows.cases.discreet import discreet, private
from workflows.cases.record import Record
from workflows.cases.step import Step
from workflows.emergency.look_up import under_at
from workflows.hotline.duplicates import alike, component_in, in_words, proposed
from workflows.hotline.masking import mask
from workflows.hotline.understand import Likeness
from workflows.people import DISTRICT_CODE_LENGTH, Actor
from workflows.policy.catalogue import ClassCode, ConditionId
from workflows.ports import Begin, Caller, Work
from workflows.refusals import Reason, Refused


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody reports. `caller` None means that nobody waits for an answer.

    `reported_at` is when it was said; `ended_at` is set only for history from another system,
    and `note` is then what was answered there. `after` are pictures of what its finder fixed.
    """

    class_code: str
    place: Place
    words: str
    source: Source
    condition_id: str = ""
    source_number: str = ""
    note: str = ""
    caller: Caller | None = None
    pictures: tuple[Picture, ...] = ()
    after: tuple[Picture, ...] = ()
    reported_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReportCase:
    """Open a case, keep the caller apart, and let the law take it as far as the profile goes."""

    begin: Begin
    record: Record
    likeness: Likeness

    async def __call__(self, actor: Actor, report: Report, *, quiet: bool = False) -> Case:
        """Raises Refused(NO_SUCH_CLASS) or PROOF_MISSING."""
        async with self.begin() as work:
            return await self.inside(work, actor, report, quiet=quiet)

    async def inside(
        self,
        work: Work,
        actor: Actor,
        report: Report,
        *,
        quiet: bool = False,
        steps: tuple[Step, ...] = (),
    ) -> Case:
        """Do the same in a transaction that is already open.

        `steps` are what happens to it instead of being reported; the law says what they need.
        """
        if not steps or report.class_code:
            self._check(report)
        draft = await self._draft(work, actor, report)
        if not quiet and report.ended_at is None and not steps:
            draft = replace(draft, alike=await self._alike(work, actor, draft, report))
        case = await work.cases.open(draft)
        if caller := _kept_apart(report):
            await work.cases.keep_caller(case.id, caller)
        for stage, pictures in _photos(report).items():
            for picture in pictures:
                await work.photos.add(case.id, stage, actor, case.reported_at, picture)
        if report.ended_at is not None:
            ended = replace(actor, said_at=report.ended_at)
            return await self.record(work, case, Step(Action.TAKE_OVER, ended), quiet=True)
        steps = steps or (Step(Action.REPORT, actor),)
        return await self.record(work, case, *steps, quiet=quiet)

    async def _alike(
        self, work: Work, actor: Actor, case: Case, report: Report
    ) -> tuple[Alike, ...]:
        """What it may be a duplicate of; a person looks at both and decides."""
        rules = self.record.book.policy.checks
        since = case.reported_at - timedelta(hours=rules.same_within_hours)
        phone = report.caller.phone if report.caller else ""
        candidates = await work.cases.candidates(case, phone, since)
        neighbours = await work.cases.recent(_district(case, actor), since)
        worded = in_words(case, neighbours, self.likeness, rules)
        return proposed(alike(case, candidates, rules), worded)

    def _check(self, report: Report) -> None:
        catalogue = self.record.book.policy.catalogue
        if ClassCode(report.class_code) not in catalogue.classes:
            raise Refused(Reason.NO_SUCH_CLASS, class_code=report.class_code)
        condition = catalogue.conditions.get(ConditionId(report.condition_id))
        if report.condition_id and (
            condition is None or condition.class_code != report.class_code
        ):
            raise Refused(Reason.NO_SUCH_CLASS, class_code=report.condition_id)

    async def _draft(self, work: Work, actor: Actor, report: Report) -> Case:
        book, now = self.record.book, self.record.now()
        said_at = min(report.reported_at or actor.said_at or now, now)
        place = await locate(work, report.place)
        under = None
        if report.ended_at is None:
            under = await under_at(work, place.area, said_at, book)
        profile = book.profile_under(under)
        theirs = private(report.caller, place.words)
        place = replace(place, words=discreet(place.words, *theirs))
        return Case(
            id=CaseId(0),
            state=State.DRAFT,
            version=0,
            class_code=report.class_code,
            condition_id=report.condition_id,
            place=place,
            words=discreet(report.words, *theirs),
            component=component_in(f"{report.words} {report.place.words}"),
            note=discreet(report.note, *theirs),
            source=report.source,
            source_number=report.source_number,
            reported_by=actor.id,
            reported_at=said_at,
            changed_at=said_at,
            profile=profile.name,
            system_takes=profile.system_takes,
            emergency=under,
            order=_order(report.caller),
            photo_counts={stage: len(shown) for stage, shown in _photos(report).items()},
        )


async def locate(work: Work, place: Place) -> Place:
    """Find the grid by the point; without one by the longest place name in the words."""
    if place.point is not None:
        grid = await work.places.grid_at(place.point)
        area = (grid.code, f"{grid.street}{grid.name}") if grid else (None, "")
        return replace(place, area=area[0], area_name=area[1])
    named = await work.places.grid_named(place.words)
    if named is None:
        return replace(place, area=None, area_name="")
    grid, _, point = named
    return replace(place, area=grid.code, area_name=f"{grid.street}{grid.name}", point=point)


def _district(case: Case, actor: Actor) -> str:
    """Where duplicates are looked for; outside every grid it is that of whoever reports."""
    areas = (case.place.area or "", *(post.area for post in actor.person.posts))
    return next((a[:DISTRICT_CODE_LENGTH] for a in areas if len(a) >= DISTRICT_CODE_LENGTH), "")


def _photos(report: Report) -> dict[Stage, tuple[Picture, ...]]:
    shown = {Stage.BEFORE: report.pictures, Stage.AFTER: report.after}
    return {stage: pictures for stage, pictures in shown.items() if pictures}


def _kept_apart(report: Report) -> Caller | None:
    """Name, number, and the words themselves if they hold numbers that the case must not show."""
    caller = report.caller or Caller()
    theirs = private(caller, report.place.words)
    words = report.words if discreet(report.words, *theirs) != report.words else ""
    kept = replace(caller, words=words, hidden=False)
    return kept if kept != Caller() else None


def _order(caller: Caller | None) -> Order | None:
    if caller is None:
        return None
    return Order(caller=caller.name[:1], phone_hint=mask(caller.phone), hidden=caller.hidden)
