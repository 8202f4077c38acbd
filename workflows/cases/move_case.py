"""The verb behind every simple act: begin, look, decide, record."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from workflows.cases.case import NOTHING, Action, Case, CaseId, Given, Proof, State
from workflows.cases.discreet import discreetly
from workflows.cases.machine import may_see
from workflows.cases.record import Record
from workflows.cases.reveal_caller import count_look, show_number
from workflows.cases.routing import collector_for
from workflows.cases.step import Step
from workflows.emergency.look_up import under_for
from workflows.evidence.rules import lack_of_work
from workflows.hotline.read_out import signed
from workflows.hotline.scanning import without_numbers
from workflows.joint.whistle import Whistle, parts_for
from workflows.people import Actor, PersonId, Role
from workflows.policy.catalogue import ConditionId
from workflows.ports import Begin, Work
from workflows.refusals import Reason, Refused
from workflows.requests.catalogue import keep_route
from workflows.requests.dates import check_until, goes_on_at

OVER_AGENCIES: Final = (Role.DISPATCH_OFFICER, Role.SUPERVISOR, Role.DUTY_CHIEF, Role.ADMIN)
LONGEST_WORDS: Final = 500
"""Characters of what a caller says; more belongs into a new case."""
PROVES_SIGNING: Final = frozenset({Action.FIRST_CONTACT, Action.ARRIVE, Action.SUBMIT})
"""Whoever does this has accepted the work, button or no button."""


@dataclass(frozen=True, slots=True)
class MoveCase:
    """Do one thing of the law to one case, completing what the action needs from the books."""

    begin: Begin
    record: Record

    async def __call__(
        self, actor: Actor, case_id: CaseId, action: Action, given: Given = NOTHING
    ) -> Case:
        """Raises Refused; a refusal because of the state says who did what and when."""
        async with self.begin() as work:
            return await self.inside(work, actor, case_id, action, given)

    async def inside(
        self,
        work: Work,
        actor: Actor,
        case_id: CaseId,
        action: Action,
        given: Given = NOTHING,
    ) -> Case:
        """Do the same in a transaction that is already open."""
        case = await work.cases.get(case_id)
        given = (await discreetly(work, case, Step(action, actor, given))).given
        given = await self._complete(work, case, actor, action, given)
        looking = None
        if action is Action.REVEAL_CALLER:
            rules = self.record.book.policy.hotline.looks
            looking = await count_look(work, case, actor, self.record.now(), rules)
        details = {"unusual": [str(why) for why in looking.why]} if looking and looking.why else {}
        try:
            first = signed_first(case, actor) if action in PROVES_SIGNING else ()
            first += _noted_first(case, actor, given)
            after = await self.record(work, case, *first, Step(action, actor, given, details))
        except Refused as no:
            raise await who_was_first(work, no) from no
        if looking is not None:
            await show_number(work, looking, given.reason, after.version)
        if action in {Action.KEEP_ROUTE, Action.FORGET_ROUTE}:
            await keep_route(work, case, after)
        return after

    async def _complete(
        self, work: Work, case: Case, actor: Actor, action: Action, given: Given
    ) -> Given:
        match action:
            case Action.DISPATCH | Action.REASSIGN | Action.FORCE_ASSIGN if (
                given.worker is not None
            ):
                given = await self._to_worker(work, case, actor, given)
            case Action.APPROVE | Action.CLOSE:
                given = await self._judged(work, case, given)
            case Action.SUBMIT:
                _short_enough(given.unshown)
                photos = await work.photos.of(case.id)
                zone = self.record.book.calendar.zone
                given = replace(given, lack=lack_of_work(case, photos, zone))
            case Action.CALLBACK_OK | Action.REDO if given.citizens_words:
                given = replace(given, citizens_words=_without_numbers(given.citizens_words))
            case Action.FILE:
                given = await self._filed_under(work, case, actor, given)
            case Action.SEND_VERIFY | Action.SEND_INSPECT if given.checker is None:
                given = await self._to_collector(work, case, given)
            case Action.MERGE if given.master is not None:
                master = await self._open_master(work, actor, given.master)
                if master == case.id:
                    raise Refused(Reason.PROOF_MISSING, missing=[Proof.MASTER], case_id=case.id)
                given = replace(given, master=master)
            case Action.WHISTLE if given.whistle is not None:
                whistle = Whistle(case, actor, given, self.record.event_time(actor))
                given = replace(given, parts=await parts_for(work, whistle, self.record.book))
            case Action.ASK_SUSPENSION if given.until is not None:
                given = self._until(given, given.until)
        return self._told(given) if given.ground and not given.told else given

    async def _open_master(self, work: Work, actor: Actor, number: CaseId) -> CaseId:
        """The case that goes on in the end. Raises Refused(NO_SUCH_CASE | MASTER_ENDED)."""
        master = await work.cases.get(number)
        if master.merged_into is not None and master.state is State.MERGED:
            return await self._open_master(work, actor, master.merged_into)
        if not actor.is_system and not may_see(master, actor):
            raise Refused(Reason.NO_SUCH_CASE, case_id=number)
        if not master.is_open:
            raise Refused(Reason.MASTER_ENDED, case_id=number, state=master.state)
        return master.id

    async def _to_collector(self, work: Work, case: Case, given: Given) -> Given:
        """Raises Refused(NOBODY_TO_CHECK)."""
        checker = await collector_for(work, case, self.record.now())
        if checker is None:
            raise Refused(Reason.NOBODY_TO_CHECK, case_id=case.id)
        return replace(given, checker=checker)

    async def _to_worker(self, work: Work, case: Case, actor: Actor, given: Given) -> Given:
        """A worker brings their agency along; a lead has only their own agency's workers.

        Raises Refused(WORKER_ELSEWHERE).
        """
        assert given.worker is not None
        person = await work.people.get(given.worker)
        post = next(
            (p for p in person.posts_as(Role.WORKER) if p.covers(case.place.area)),
            next(person.posts_as(Role.WORKER), None),
        )
        elsewhere = post is not None and post.agency != case.agency
        abroad = elsewhere and not actor.person.holds(*OVER_AGENCIES)
        if post is None or abroad or not person.active:
            raise Refused(Reason.WORKER_ELSEWHERE, name=person.name, case_id=case.id)
        return replace(given, agency=post.agency)

    async def _judged(self, work: Work, case: Case, given: Given) -> Given:
        """With an order everything is said by name; without one the button ticks the condition.

        Raises Refused(TEXT_TOO_LONG).
        """
        if case.order is None:
            ticked = case.filing.condition_id if case.filing else ""
            return replace(given, closing_condition=given.closing_condition or ticked)
        book = self.record.book
        given = replace(given, calls_most=book.policy.hotline.calls_most)
        if not given.reply.strip():
            return given
        return replace(given, reply=(await signed(work, case, book)).answer(given.reply))

    def _told(self, given: Given) -> Given:
        """The ground's own sentence, where nobody has put it otherwise.

        Raises Refused(NO_SUCH_GROUND).
        """
        ground = self.record.book.policy.grounds.get(given.ground)
        if ground is None:
            raise Refused(Reason.NO_SUCH_GROUND)
        return replace(given, told=ground.told_zh)

    def _until(self, given: Given, until: date) -> Given:
        """Raises Refused: DATE_PAST, DATE_TOO_FAR."""
        book, now = self.record.book, self.record.now()
        today = now.astimezone(book.calendar.zone).date()
        check_until(until, today, book.policy.requests.rules.suspension_days)
        return replace(given, resumes_at=goes_on_at(until, book.calendar))

    async def _filed_under(self, work: Work, case: Case, actor: Actor, given: Given) -> Given:
        book = self.record.book
        chosen = given.condition_id or case.condition_id
        condition = book.policy.catalogue.conditions.get(ConditionId(chosen))
        if condition is None:
            return given
        under = await under_for(work, case, self.record.event_time(actor), book)
        filing = book.filing(condition, under)
        return replace(given, filing=filing, urgency=condition.urgency, emergency=under)


def _without_numbers(words: str) -> str:
    """One's own words, short enough to be read, without anybody's number. Raises Refused."""
    _short_enough(words)
    return without_numbers(words)


def _short_enough(words: str) -> None:
    """Raises Refused(TEXT_TOO_LONG)."""
    if len(words) > LONGEST_WORDS:
        raise Refused(Reason.TEXT_TOO_LONG, most=LONGEST_WORDS, length=len(words))


def _noted_first(case: Case, actor: Actor, given: Given) -> tuple[Step, ...]:
    """Why there is no photo is a note as well, where nothing else has been said of the work."""
    if not given.unshown.strip() or case.note:
        return ()
    return (Step(Action.ADD_NOTE, actor, Given(note=given.unshown)),)


def signed_first(case: Case, actor: Actor) -> tuple[Step, ...]:
    """Whoever sends proof of work has accepted the work."""
    return (Step(Action.SIGN_FOR, actor),) if case.state is State.PENDING_SIGN else ()


async def who_was_first(work: Work, no: Refused) -> Refused:
    """The same refusal with the name, act and time of whoever came before (NOT_NOW only)."""
    if no.reason is not Reason.NOT_NOW or "case_id" not in no.data:
        return no
    if no.data.get("at"):
        person = no.data.get("person")
        names = await work.people.names([PersonId(person)]) if person is not None else {}
        return Refused(no.reason, **no.data, who=next(iter(names.values()), ""))
    entry = await work.who_did(no.data["case_id"], no.data["action"])
    if entry is None:
        return no
    return Refused(
        no.reason,
        **no.data,
        who=entry.person_name,
        did=entry.action,
        at=entry.at.isoformat(),
    )
