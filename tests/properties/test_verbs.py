"""Whole verbs against a database: after every step the records agree with one another.

People report, act, answer questions and send photos; the clock strikes; somebody is dismissed.
A plain model remembers what each verb returned, and nothing in the database may say otherwise.
"""

import asyncio
import atexit
import itertools
import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Coroutine, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import func, select

from bot.exporting.writer import Writers
from bot.hearing.ear import CatalogueEar
from bot.hearing.likeness import TextLikeness
from bot.i18n import Speech
from bot.painter import Painter
from storage.assembly import Storage, open_storage
from storage.keyring import practice_keyring
from storage.migrating import migrate
from storage.owing import notice_from
from storage.rows.journal import journal
from storage.rows.outgoing import outbox
from storage.rows.rails import timers
from tests.lawbook import DISTRICT, ENQUIRY, GRID, HOLE, MORNING, RATTLE, STREET, book
from tests.planted import (
    HOME,
    NAME,
    NUMBERS,
    PHONE,
    SENTENCES,
    bytes_of,
    found_in,
    rows_of_all_tables,
    typed_about,
)
from workflows import Outside, Workflows, assemble
from workflows.cases.case import (
    Action,
    Case,
    CaseId,
    Given,
    PhotoRef,
    Picture,
    Place,
    Point,
    Source,
    Stage,
    State,
)
from workflows.cases.findings import facts_for
from workflows.cases.machine import offers
from workflows.cases.questions import QUESTIONS, Question
from workflows.cases.report_case import Report
from workflows.cases.show_work import Shown, stage_for
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit
from workflows.escalation.ladder import Ladder, Level, Quiet, Rung, RungCondition, Trigger
from workflows.importing.grids import GridShape
from workflows.joint.call_out import Ground, Reply, Wanted
from workflows.joint.call_people import CallPeople
from workflows.notices import Address, NoticeKind
from workflows.people import (
    Actor,
    Agency,
    AgencyCode,
    AreaCode,
    Grid,
    Person,
    PersonId,
    Post,
    Role,
)
from workflows.policy.load import load_policy
from workflows.ports import Caller, DueTimer, LeaseLostError
from workflows.privacy.access import Access
from workflows.privacy.carriage import WHOLE
from workflows.rails import Owed
from workflows.refusals import Refused
from workflows.requests.lifecycle import is_frozen

Result = TypeVar("Result")
WATER, STREET_OFFICE = AgencyCode("WTR-1"), AgencyCode("STR-1")
HERE = Point(31.2, 121.8)
SQUARE = '{"type": "Polygon", "coordinates": [[[121, 31], [122, 31], [122, 32], [121, 31]]]}'
POSTS = (
    *[(Role.WORKER, GRID, WATER)] * 2,
    (Role.WORKER, GRID, STREET_OFFICE),
    (Role.AGENCY_LEAD, DISTRICT, WATER),
    (Role.AGENCY_LEAD, DISTRICT, STREET_OFFICE),
    (Role.OPERATOR, DISTRICT, None),
    (Role.COLLECTOR, STREET, None),
    (Role.ACCEPTOR, STREET, None),
    (Role.SHIFT_LEADER, DISTRICT, None),
    (Role.DISPATCH_OFFICER, STREET, None),
    (Role.SUPERVISOR, DISTRICT, None),
    (Role.DUTY_CHIEF, STREET, None),
    (Role.DUTY_CHIEF, DISTRICT, None),
    (Role.ADMIN, AreaCode(""), None),
    (Role.AUDITOR, DISTRICT, None),
)
LEAVING = {Role.WORKER}
"""Who may be dismissed during a walk; the centre stays manned."""

FORWARD = (
    Action.ACCEPT,
    Action.FILE,
    Action.DISPATCH,
    Action.SIGN_FOR,
    Action.FIRST_CONTACT,
    Action.ADD_NOTE,
    Action.ARRIVE,
    Action.ATTACH_PHOTO,
    Action.SUBMIT,
    Action.CONFIRM,
    Action.APPROVE,
    Action.CLOSE,
    Action.CALLBACK_OK,
)
"""The main line; the first one that somebody is offered and that is not done yet."""

NOWHERE = Address("telegram", "0")
waits = st.sampled_from([1, 20, 45, 130, 600, 3000]).map(lambda m: timedelta(minutes=m))


class HandClock:
    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now


@cache
def template() -> Path:
    path = Path(tempfile.mkdtemp(prefix="paidan-verbs-")) / "template.db"
    atexit.register(shutil.rmtree, path.parent)
    asyncio.run(migrate(f"sqlite:///{path}"))
    return path


class DiedError(Exception):
    """The process is gone at this place; whatever it had not committed is void."""


class House(RuleBasedStateMachine):
    """A small city on a database of its own."""

    @initialize(data=st.data(), lean=st.booleans(), steps=st.integers(0, 12))
    def a_day_begins(self, data: st.DataObject, lean: bool, steps: int) -> None:
        """With one case somewhere on its way."""
        self.a_city_opens(lean=lean)
        self.the_work_goes_on(data, steps)

    def a_city_opens(self, *, lean: bool) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="paidan-verbs-"))
        self.runner = asyncio.Runner()
        self.clock = HandClock()
        self.numbers = itertools.count(1)
        self.known: dict[CaseId, Case] = {}
        self.gone: dict[PersonId, datetime] = {}
        self.held: tuple[DueTimer, ...] = ()
        self.painted = 0
        self.revealing: list[Owed] = []
        self.run(self._open(self.place(), lean))
        self.somebody_reports(HOLE, PHONE, placed=True)

    def place(self) -> str:
        """The URL of a database with the newest tables and nothing in them."""
        path = self.folder / "city.db"
        shutil.copy(template(), path)
        return f"sqlite:///{path}"

    async def _open(self, url: str, lean: bool) -> None:
        self.dies_at = ""
        self.storage: Storage = await open_storage(
            url, self.clock, practice_keyring(), reach=self.reach
        )
        grid = Grid(GRID, "三格", "七宝镇")
        shape = GridShape(grid, (), SQUARE, west=121, south=31, east=122, north=32)
        await self.storage.loading.replace_grids([shape])
        await self.storage.loading.add_agencies(
            [
                Agency(WATER, "WTR", "供水公司", "Water", DISTRICT),
                Agency(STREET_OFFICE, "STR", "街道办", "Street", DISTRICT),
            ]
        )
        self.people: list[Person] = []
        async with self.storage.begin() as work:
            for role, area, agency in POSTS:
                post = Post(role, area, agency)
                self.people.append(await work.people.create(f"{role}", "zh", [post]))
        rules, speech = book("lean" if lean else "full"), Speech.load()
        self.outside = Outside(
            self.storage.begin,
            self.clock,
            self.storage.views,
            self.storage.slots,
            CatalogueEar(load_policy()),
            TextLikeness(),
            lambda: f"token-{next(self.numbers)}",
            Writers(rules, speech, Path(gettempdir(), "paidan-exports")),
        )
        self.flows: Workflows = assemble(rules, self.outside)
        self.painter = Painter(self.storage.views, rules, speech, str, lambda _: WHOLE)

    def teardown(self) -> None:
        if hasattr(self, "runner"):
            lying_open = self._lying_open()
            self.run(self.storage.dispose())
            self.runner.close()
            shutil.rmtree(self.folder)
            assert lying_open == []

    @precondition(lambda self: len(self.known) < 3)
    @rule(
        condition=st.sampled_from([HOLE, RATTLE, ENQUIRY]),
        phone=st.sampled_from(["", PHONE]),
        placed=st.sampled_from([True, True, False]),
        hidden=st.booleans(),
    )
    def somebody_reports(
        self, condition: str, phone: str, *, placed: bool, hidden: bool = False
    ) -> None:
        report = Report(
            class_code=condition.partition("-")[0],
            condition_id=condition,
            place=Place("中山路口", HERE if placed else Point(1.0, 1.0)),
            words=f"井盖不见了，{(SENTENCES if phone else NUMBERS)[placed]}",
            source=Source.OPERATOR,
            caller=Caller(NAME, phone, address=HOME, hidden=hidden) if phone else None,
        )
        self._remember(self.run(self.flows.report_case(self.actor(Role.OPERATOR), report)))

    @rule(data=st.data(), times=st.integers(1, 12))
    def the_work_goes_on(self, data: st.DataObject, times: int) -> None:
        """Along the main line, a minute a step, by whoever is offered it."""
        case = self._some_case(data)
        for _ in range(times if case else 0):
            assert case is not None
            case = self.known[case.id]
            offered = self._offered(case)
            action = next((a for a in FORWARD if a in offered and not _needless(case, a)), None)
            if action is None:
                return
            self.clock.now += timedelta(minutes=1)
            self._do(data, case, action, self._as(offered[action][0]))

    @rule(data=st.data(), times=st.integers(1, 3))
    def people_do_what_they_are_offered(self, data: st.DataObject, times: int) -> None:
        for _ in range(times):
            case = self._some_case(data)
            offered = self._offered(case) if case else {}
            if case and offered:
                action = data.draw(st.sampled_from(sorted(offered)), label="action")
                person = data.draw(st.sampled_from(offered[action]), label="person")
                self._do(data, case, action, self._as(person))

    @rule(data=st.data(), action=st.sampled_from(sorted(Action)))
    def anybody_tries_anything(self, data: st.DataObject, action: Action) -> None:
        case = self._some_case(data)
        if case is not None:
            person = data.draw(st.sampled_from(self.people), label="person")
            given = Given(
                reason=data.draw(st.sampled_from(typed_about(case))), worker=self.people[0].id
            )
            actor = self._as(person)
            self._try(self.flows.move_case(actor, case.id, action, given), case)

    @rule(data=st.data(), about=st.booleans())
    def people_are_called_out(self, data: st.DataObject, *, about: bool) -> None:
        case = self._some_case(data) if about else None
        words = data.draw(st.sampled_from(typed_about(case)), label="sentence")
        number = None if case is None else case.id
        wanted = Wanted(GRID, "三格", Ground.OTHER, words, None, words, words, number)
        caller = CallPeople(self.clock, self.flows.book.policy.call_out)
        self.run(self._call_out(caller, wanted, words))

    async def _call_out(self, caller: CallPeople, wanted: Wanted, words: str) -> None:
        try:
            async with self.storage.begin() as work:
                call = await caller.inside(work, self.actor(Role.SUPERVISOR), wanted)
        except Refused:
            return
        first = next(p for p in self.people if p.id == call.called[0].person)
        await self.flows.answer_call(self._as(first), call.id, Reply.WHERE, words)
        await self.flows.close_call(self.actor(Role.SUPERVISOR), call.id)

    @rule(data=st.data(), looks=st.booleans())
    def an_auditor_reads(self, data: st.DataObject, *, looks: bool) -> None:
        case, auditor = self._some_case(data), self.actor(Role.AUDITOR)
        if case is not None and not looks:
            try:
                self.run(self.flows.audit.trail(auditor, case.id))
            except Refused:
                assert case.place.area is not None
        else:
            self.run(self.flows.audit.looks(auditor))

    @rule(wait=waits, at_once=st.booleans())
    def time_passes_and_the_clock_strikes(self, wait: timedelta, at_once: bool) -> None:
        """With a sweep at its end, or with all that was claimed kept for later."""
        self.clock.now += wait
        if not at_once:
            self.held += self.run(self.storage.timers.claim(5, self.clock()))
            return
        self.sweep()

    @rule()
    def a_slow_process_fires_what_it_claimed_long_ago(self) -> None:
        for timer in self.held:
            self._fire(timer)
        self.held = ()

    @rule(data=st.data())
    def somebody_leaves(self, data: st.DataObject) -> None:
        staying = [person for person in self.people if person.id not in self.gone]
        leaving = [person for person in staying if person.roles & LEAVING]
        if len(leaving) > 1 and data.draw(st.integers(0, 3)) == 0:
            person = data.draw(st.sampled_from(leaving), label="leaves")
            self.run(self.flows.invite.dismiss(self.actor(Role.ADMIN), person.id))
            self.gone[person.id] = self.clock()
            self.people.remove(person)

    @invariant()
    def the_doctor_finds_nothing(self) -> None:
        if hasattr(self, "storage"):
            found = self.run(self.storage.doctor.examine(self.clock()))
            assert [f for f in found if f.rule not in {"late_timer", "late_message"}] == []

    @invariant()
    def the_database_says_what_the_verbs_returned(self) -> None:
        if not hasattr(self, "storage"):
            return
        for case_id, case in self.known.items():
            assert self._read(case_id) == case

    @invariant()
    def whoever_audits_has_changed_nothing(self) -> None:
        if hasattr(self, "storage"):
            did = select(journal.c.action).where(journal.c.role == Role.AUDITOR.value).distinct()
            assert {row.action for row in self.rows(did)} <= {Access.AUDITED}

    @invariant()
    def nobody_reads_a_contact_but_whom_it_was_shown(self) -> None:
        """Every message as it would be sent now; those with a number again and again."""
        if not hasattr(self, "storage"):
            return
        for owed in (*self._newly_owed(), *self.revealing):
            sheet = self.run(self.painter.paint(owed, owed.owed_at))
            read = "" if sheet is None else sheet.card.plain() + str(sheet.offers)
            if owed.notice.kind is NoticeKind.CALLER and self._may_know(owed):
                read = read.replace(PHONE, "").replace(NAME, "").replace(HOME, "")
            assert found_in(read) == [], (owed.notice.kind, owed.reader, read)

    def _may_know(self, owed: Owed) -> bool:
        """Who may see a number at all, written down once more without the table."""
        assert owed.notice.case_id is not None
        assert owed.reader is not None
        case, person = self.known[owed.notice.case_id], owed.reader
        assert case.order is not None
        calls_back = case.state is State.PENDING_CALLBACK
        works = case.assignee == person.id and case.is_open and not case.order.hidden
        answers = case.reported_by == person.id and person.holds(Role.OPERATOR)
        return works or answers or (calls_back and person.holds(Role.OPERATOR, Role.ACCEPTOR))

    def _newly_owed(self) -> list[Owed]:
        fresh = select(outbox).where(outbox.c.id > self.painted).order_by(outbox.c.id)
        people = {person.id: person for person in self.people}
        found = []
        for row in self.rows(fresh):
            self.painted, reader = row.id, people.get(row.person_id)
            if reader is not None:
                notice = notice_from(row, practice_keyring())
                owed = Owed(row.id, 0, notice, NOWHERE, reader, "zh", {}, 0, 0, row.owed_at)
                found.append(owed)
                if notice.kind is NoticeKind.CALLER:
                    self.revealing.append(owed)
        return found

    def _lying_open(self) -> list[tuple[str, list[str]]]:
        """What of a contact can be read in any column of any table, or on the disk."""

        async def read() -> list[tuple[str, str]]:
            async with self.storage.database.reading() as connection:
                return list(await rows_of_all_tables(connection))

        files = [(file.name, bytes_of(file)) for file in sorted(self.folder.iterdir())]
        every = [*self.run(read()), *files]
        return [(place, seen) for place, text in every if (seen := found_in(text))]

    @invariant()
    def nothing_loud_is_owed_to_somebody_who_has_left(self) -> None:
        for person, at in getattr(self, "gone", {}).items():
            owed = select(outbox.c.key).where(
                outbox.c.person_id == person, outbox.c.loud, outbox.c.owed_at > at
            )
            assert self.rows(owed) == []

    @invariant()
    def no_message_is_owed_twice_and_no_rung_told_twice(self) -> None:
        if not hasattr(self, "storage"):
            return
        keys = self.rows(select(outbox.c.key).group_by(outbox.c.key).having(func.count() > 1))
        assert keys == []
        told = select(journal.c.case_id, journal.c.details).where(journal.c.action == "escalate")
        rungs = Counter(
            (row.case_id, details["clock"], details["rung"])
            for row in self.rows(told)
            if "rung" in (details := json.loads(row.details)) and "repeat" not in details
        )
        for (case_id, kind, rung), times in rungs.items():
            rounds = 1 + max(c.round for c in self.known[case_id].clocks if c.kind == kind)
            assert times <= rounds, (case_id, kind, rung)

    @invariant()
    def what_must_still_happen_has_its_timer(self) -> None:
        if not hasattr(self, "storage"):
            return
        columns = (timers.c.case_id, timers.c.kind, timers.c.step, timers.c.loop, timers.c.due_at)
        armed = {
            tuple(row) for row in self.rows(select(*columns).where(timers.c.state == "armed"))
        }
        wanted = {
            (case.id, clock.kind.value, clock.rungs_told, clock.round, clock.next_rung_at)
            for case in self.known.values()
            for clock in case.clocks
            if clock.runs and clock.next_rung_at is not None
        } | {
            (case.id, f"{clock.kind}.again", clock.alert.number, clock.round, clock.alert.again_at)
            for case in self.known.values()
            for clock in case.clocks
            if clock.runs and clock.alert is not None and clock.alert.again_at is not None
            if not is_frozen(case, clock.kind)
        }
        assert armed == wanted
        assert all(any(c.ended_at is None for c in case.clocks) for case in self._open_cases())

    def run(self, doing: Coroutine[Any, Any, Result]) -> Result:
        return self.runner.run(doing)

    def reach(self, place: str) -> None:
        if place == self.dies_at:
            self.dies_at = ""
            raise DiedError(place)

    def rows(self, question: Any) -> list[Any]:
        async def read() -> list[Any]:
            async with self.storage.database.reading() as connection:
                return list((await connection.execute(question)).all())

        return self.run(read())

    def _read(self, case_id: CaseId) -> Case:
        return self.run(self.storage.views.case(case_id)).case

    def _offered(self, case: Case) -> dict[Action, list[Person]]:
        found: dict[Action, list[Person]] = {}
        for person in self.people:
            for action in offers(case, self._as(person)):
                found.setdefault(action, []).append(person)
        return found

    def actor(self, role: Role) -> Actor:
        return self._as(next(person for person in self.people if person.holds(role)))

    def _as(self, person: Person) -> Actor:
        return Actor(person, said_at=self.clock())

    def _open_cases(self) -> list[Case]:
        return [case for case in self.known.values() if case.is_open]

    def _some_case(self, data: st.DataObject) -> Case | None:
        """Mostly one that is open."""
        some = self._open_cases() or list(self.known.values())
        return data.draw(st.sampled_from(some), label="case") if some else None

    def _remember(self, case: Case) -> None:
        self.known[case.id] = case

    def sweep(self) -> None:
        while due := self.run(self.storage.timers.claim(50, self.clock())):
            for timer in due:
                self._fire(timer)

    def _fire(self, timer: DueTimer) -> None:
        try:
            case = self.run(self.flows.fire_due(timer))
        except LeaseLostError:
            return
        if case is not None:
            self._remember(case)

    def _try(self, doing: Coroutine[Any, Any, Case | None], before: Case) -> None:
        """A refusal leaves no trace: the next invariants compare with what was known."""
        try:
            after = self.run(doing)
            assert after is not None, "everything was answered at once"
            self._remember(after)
        except Refused:
            assert self._read(before.id) == before

    def _do(self, data: st.DataObject, case: Case, action: Action, actor: Actor) -> None:
        """As the chat does it: photos and notes by showing, questions by asking first."""
        if action in {Action.ATTACH_PHOTO, Action.ADD_NOTE}:
            self._show(case, actor, pictures=2 if action is Action.ATTACH_PHOTO else 0)
        elif action in QUESTIONS:
            self._ask(data, case, action, actor)
        else:
            self._try(self.flows.move_case(actor, case.id, action), case)

    def _ask(self, data: st.DataObject, case: Case, action: Action, actor: Actor) -> None:
        """What lacks a photo is refused at once; what lacks nothing is done without asking."""
        try:
            after = self.run(self.flows.ask(actor, case.id, action))
        except Refused:
            assert self._read(case.id) == case
            return
        if after is not None:
            self._remember(after)
            return
        self._answer_all(data, case, actor)

    def _answer_all(self, data: st.DataObject, case: Case, actor: Actor) -> None:
        """Mostly at once; what was left empty is asked for once more, and refused then."""
        for _ in Question:
            draft = self.run(self.storage.views.open_draft(actor.id))
            assert draft is not None
            try:
                after = self.run(self.flows.answer(actor, draft.id, self._answer(data, case)))
            except Refused:
                assert self._read(case.id) == case
                return
            if after is not None:
                self._remember(after)
                return
        raise AssertionError("the questions never end")

    def _answer(self, data: st.DataObject, case: Case) -> dict[str, Any]:
        workers = [person.id for person in self.people if person.holds(Role.WORKER)]
        return {
            "reason": data.draw(st.sampled_from([*typed_about(case), ""]), label="reason"),
            "note": data.draw(st.sampled_from(typed_about(case)), label="note"),
            "proof": data.draw(st.sampled_from(typed_about(case)), label="proof"),
            "document": data.draw(st.sampled_from(typed_about(case)), label="document"),
            "told": data.draw(st.sampled_from(typed_about(case)), label="told"),
            "unshown": data.draw(st.sampled_from(typed_about(case)), label="unshown"),
            "worker": data.draw(st.sampled_from(workers), label="worker"),
            "contact": data.draw(st.sampled_from(["reached", "no_answer"]), label="contact"),
            "fact": facts_for(case.class_code)[0],
            "demand": data.draw(st.sampled_from(["reasonable", "excessive"]), label="demand"),
            "outcome": "solved",
            "closing_condition": case.filing.condition_id if case.filing else "",
            "reply": data.draw(
                st.sampled_from(["已换新井盖", *typed_about(case), ""]), label="reply"
            ),
            "resolved": data.draw(st.booleans(), label="resolved"),
            "satisfaction": data.draw(
                st.sampled_from(["satisfied", "dissatisfied"]), label="satisfaction"
            ),
            "citizens_words": data.draw(st.sampled_from([*typed_about(case), ""]), label="words"),
        }

    def _show(self, case: Case, actor: Actor, pictures: int) -> None:
        shown = Shown(
            pictures=tuple(self._picture() for _ in range(pictures)),
            words="" if pictures else typed_about(case)[next(self.numbers) % len(NUMBERS)],
            message=str(next(self.numbers)),
        )
        try:
            self.run(self.flows.show_work(actor, shown, case.id))
        except Refused:
            assert self._read(case.id) == case
        else:
            self._remember(self._read(case.id))

    def _picture(self) -> Picture:
        unique = f"picture-{next(self.numbers)}"
        return Picture(PhotoRef("telegram", {"file_id": unique}), unique)


def _needless(case: Case, action: Action) -> bool:
    shown = case.photo_counts.get(stage_for(case), 0)
    return {
        Action.FIRST_CONTACT: case.order is not None and case.order.contact is not None,
        Action.ADD_NOTE: case.note != "",
        Action.ARRIVE: case.photo_counts.get(Stage.INTERIM, 0) == 0,
        Action.ATTACH_PHOTO: shown >= 2,
    }.get(action, False)


House.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=16,
    deadline=None,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


class TestVerbs(House.TestCase):
    """Runs the machine."""


@pytest.fixture
def house() -> Iterator[House]:
    """The same city, walked by hand: what a walk has found once is kept as an example."""
    opened = House()
    opened.a_city_opens(lean=True)
    yield opened
    opened.teardown()


def test_what_a_worker_who_has_left_should_hear_is_heard_by_the_agencys_lead(house: House) -> None:
    (case,) = house.known.values()
    worker = next(person for person in house.people if person.id == case.assignee)
    lead = next(person for person in house.people if person.holds(Role.AGENCY_LEAD))
    house.run(house.flows.invite.dismiss(house.actor(Role.ADMIN), worker.id))
    house.clock.now += timedelta(minutes=1)
    house.run(house.flows.move_case(house.actor(Role.DUTY_CHIEF), case.id, Action.URGE))
    urged = select(outbox.c.person_id).where(outbox.c.because == "urged")
    assert [row.person_id for row in house.rows(urged)] == [lead.id]


def test_a_number_on_its_way_is_not_shown_to_whoever_has_lost_the_work_meanwhile(
    house: House,
) -> None:
    (case,) = house.known.values()
    worker = next(person for person in house.people if person.id == case.assignee)
    other = next(p for p in house.people if p.holds(Role.WORKER) and p.id != worker.id)
    reason, chief = Given(reason="核对门牌"), house.actor(Role.DUTY_CHIEF)
    act = house.flows.move_case
    house._remember(house.run(act(house._as(worker), case.id, Action.REVEAL_CALLER, reason)))
    house._newly_owed()
    asked = house.revealing[0]
    shown = house.run(house.painter.paint(asked, house.clock()))
    assert shown is not None
    assert PHONE in shown.card.plain()
    house._remember(house.run(act(chief, case.id, Action.REASSIGN, Given(worker=other.id))))
    late = house.run(house.painter.paint(asked, house.clock()))
    assert late is not None
    assert found_in(late.card.plain()) == []


def test_a_timer_that_comes_too_early_by_the_new_calendar_is_not_the_last_one(
    house: House,
) -> None:
    (case,) = house.known.values()
    limit = house.flows.book.policy.ladders
    later = replace(limit, stages={**limit.stages, ClockKind.SIGN_FOR: an_hour_past()})
    policy = replace(house.flows.book.policy, ladders=later)
    house.flows = assemble(replace(house.flows.book, policy=policy), house.outside)
    house.clock.now += timedelta(minutes=16)
    house.sweep()
    signing = select(timers.c.due_at).where(timers.c.kind == "sign_for", timers.c.state == "armed")
    assert [row.due_at for row in house.rows(signing)] == [MORNING + timedelta(minutes=75)]
    house.clock.now = MORNING + timedelta(minutes=76)
    house.sweep()
    told = select(journal.c.details).where(journal.c.action == "escalate")
    assert [
        json.loads(row.details)["clock"]
        for row in house.rows(told)
        if json.loads(row.details)["clock"] == "sign_for"
    ] == ["sign_for"]
    assert house.known[case.id].is_open


def an_hour_past() -> Ladder:
    trigger = Trigger(past=Limit.parse("60 min"))
    tell = (Role.AGENCY_LEAD,)
    return Ladder((Rung(Level.L2, trigger, RungCondition.UNSIGNED, tell, Quiet.BREAK),))
