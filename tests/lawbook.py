"""Named people, the shipped numbers and cases in any state, without a database or a chat."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from workflows.book import Book
from workflows.cases.case import (
    Action,
    Case,
    CaseId,
    ContactResult,
    Given,
    Order,
    Place,
    Source,
    Stage,
    State,
)
from workflows.cases.clockwork import tick
from workflows.cases.findings import DemandFinding, Outcome, Satisfaction, facts_for
from workflows.cases.machine import decide
from workflows.deadlines.calendar import NationalDays
from workflows.joint.part import Part, WhistleKind
from workflows.people import SYSTEM, Actor, AgencyCode, AreaCode, Person, PersonId, Post, Role
from workflows.policy.catalogue import ConditionId
from workflows.policy.load import load_policy

GRID = AreaCode("310112101-03")
STREET = AreaCode("310112101")
DISTRICT = AreaCode("310112")
ELSEWHERE = AreaCode("310115")
ROADS = AgencyCode("MUN-101")
WATER = AgencyCode("WTR-101")
MORNING = datetime(2026, 9, 22, 1, 0, tzinfo=UTC)
"""A Tuesday at nine in Shanghai."""

RESTS = Given(
    code="engineering",
    until=date(2026, 12, 22),
    resumes_at=datetime(2026, 12, 22, 0, 0, tzinfo=UTC),
    document="养护计划12号",
)
"""Three months of rest for engineering work."""

HOLE, RATTLE, BANNER, ENQUIRY = "01001-1", "01001-3", "H0003-1", "H0001-1"
"""Conditions: P1 with two photos, an ordinary one with two, two appeals that need none."""


def someone(number: int, name: str, *posts: Post) -> Actor:
    return Actor(Person(PersonId(number), name, "zh", posts))


LIN = someone(1, "林", Post(Role.WORKER, GRID, ROADS))
ZHOU = someone(2, "周", Post(Role.WORKER, GRID, ROADS))
QIAN = someone(3, "钱", Post(Role.WORKER, STREET, WATER))
HE = someone(4, "何", Post(Role.AGENCY_LEAD, DISTRICT, ROADS))
JIANG = someone(5, "江", Post(Role.AGENCY_LEAD, DISTRICT, WATER))
WANG = someone(6, "王", Post(Role.OPERATOR, DISTRICT))
SUN = someone(7, "孙", Post(Role.COLLECTOR, STREET))
TANG = someone(8, "唐", Post(Role.ACCEPTOR, STREET))
SHI = someone(9, "施", Post(Role.SHIFT_LEADER, DISTRICT))
PAN = someone(10, "潘", Post(Role.DISPATCH_OFFICER, STREET))
CHEN = someone(11, "陈", Post(Role.SUPERVISOR, DISTRICT))
GAO = someone(12, "高", Post(Role.DUTY_CHIEF, STREET))
BAI = someone(15, "白", Post(Role.DUTY_CHIEF, DISTRICT))
FANG = someone(13, "方", Post(Role.ADMIN), Post(Role.AUDITOR, DISTRICT))
MA = someone(
    99, "马", *(Post(role, ELSEWHERE, AgencyCode("X-1")) for role in Role if role != "system")
)
"""Holds every post there is, in another district: to our cases a stranger."""

YAO = someone(14, "姚", Post(Role.COLLECTOR, STREET))
"""Looks on site at what others have reported or done."""

CAST = (LIN, ZHOU, QIAN, HE, JIANG, WANG, SUN, YAO, TANG, SHI, PAN, CHEN, GAO, BAI, FANG, SYSTEM)


@cache
def book(profile: str = "full") -> Book:
    """The shipped policy with the national days of autumn 2026."""
    policy = load_policy()
    national = NationalDays(
        known=frozenset({2026, 2027}),
        off={date(2026, 10, day): "National Day" for day in range(1, 8)},
        made_up=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    )
    return Book(policy, policy.calendar(national), policy.profiles[profile])


def condition(code: str) -> Any:
    return book().policy.catalogue.conditions[ConditionId(code)]


def filed_under(code: str) -> Given:
    return Given(filing=book().filing(condition(code)), urgency=condition(code).urgency)


def draft(**changes: Any) -> Case:
    """What an operator has written down; a caller with a number waits for an answer."""
    blank = Case(
        id=CaseId(42),
        state=State.DRAFT,
        version=0,
        class_code="01001",
        place=Place("中山路口", None, GRID, "七宝镇三格"),
        words="井盖不见了",
        source=Source.OPERATOR,
        reported_by=WANG.id,
        reported_at=MORNING,
        changed_at=MORNING,
        profile="full",
        order=Order(caller="赵", phone_hint="138****1234"),
    )
    return replace(blank, **changes)


def patrol(**changes: Any) -> Case:
    """What a collector found: nobody called, and there is a photo."""
    found = {"source": Source.COLLECTOR, "reported_by": SUN.id, "order": None}
    return draft(**{**found, "photo_counts": {Stage.BEFORE: 1}, **changes})


def judged(under: str = HOLE, **changes: Any) -> Given:
    """Everything that a reviewer finds of a result; it fits the kind of appeal."""
    class_code = under.partition("-")[0]
    found = Given(
        closing_condition=under,
        fact=facts_for(class_code)[0],
        demand=DemandFinding.REASONABLE,
        outcome=Outcome.SOLVED,
        reply="市政所于9月22日09:10答复：已换新井盖",
    )
    return replace(found, **changes)


SATISFIED = Given(resolved=True, satisfaction=Satisfaction.SATISFIED)


def photos(number: int, stage: Stage = Stage.AFTER) -> Given:
    return Given(stage=stage, photos=number)


def whistle_for(agency: AgencyCode, at: datetime = MORNING) -> Given:
    """A whistle in an emergency, as the verb completes it."""
    due_at = at + timedelta(minutes=30)
    kind, asked = WhistleKind.EMERGENCY, "请到场围护"
    part = Part(agency, "供水所", "Water", kind, asked, HE.id, at, due_at)
    return Given(reason=asked, whistle=kind, partners=(agency,), parts=(part,))


def act(
    case: Case, actor: Actor, action: Action, given: Given | None = None, at: datetime = MORNING
) -> Case:
    """One move, decided and with its clocks moved. Raises Refused."""
    given = given or Given()
    moved = decide(case, action, actor, at, given)
    return tick(moved.case, action, at, given, book())


@dataclass(frozen=True)
class Road:
    """The main line as far as somebody wants to go, a minute a move."""

    case: Case = field(default_factory=draft)
    under: str = HOLE
    worker: Actor = LIN

    def __call__(self, state: State) -> Case:
        case, at = self.case, MORNING
        steps = self._steps()
        while case.state is not state:
            actor, action, given = steps.pop(0)
            case = act(case, actor, action, given, at)
            at += timedelta(minutes=1)
        return case

    def _steps(self) -> list[tuple[Actor, Action, Given]]:
        reporter = SUN if self.case.source is Source.COLLECTOR else WANG
        to_worker = Given(agency=ROADS, worker=self.worker.id)
        needed = condition(self.under).photo_min
        order = self.case.order
        ends = Action.APPROVE if order and order.phone_hint else Action.CLOSE
        called = Given(contact=ContactResult.REACHED)
        return [
            (reporter, Action.REPORT, Given()),
            (TANG, Action.ACCEPT, Given()),
            (SHI, Action.FILE, filed_under(self.under)),
            (PAN, Action.DISPATCH, to_worker),
            (self.worker, Action.SIGN_FOR, Given()),
            *[(self.worker, Action.FIRST_CONTACT, called)] * bool(self.case.order),
            (self.worker, Action.ADD_NOTE, Given(note="已换新井盖")),
            (self.worker, Action.ATTACH_PHOTO, photos(needed)),
            (self.worker, Action.SUBMIT, Given()),
            (HE, Action.CONFIRM, Given()),
            (TANG, ends, judged(self.under)),
            *[(WANG, Action.CALLBACK_OK, SATISFIED)] * (ends is Action.APPROVE),
        ]


TO_LOOK = Given(reason="请核实", checker=YAO.id)
BRANCHES: Mapping[State, tuple[State, Actor, Action, Given]] = {
    State.VERIFYING: (State.REPORTED, TANG, Action.SEND_VERIFY, TO_LOOK),
    State.INSPECTING: (State.FEEDBACK_REVIEW, TANG, Action.SEND_INSPECT, TO_LOOK),
    State.VOIDED: (State.REPORTED, SHI, Action.VOID, Given(reason="误报")),
    State.REJECTED: (
        State.REPORTED,
        TANG,
        Action.REJECT,
        Given(ground="not_government", told="不属于政府职责"),
    ),
    State.MERGED: (State.REPORTED, TANG, Action.MERGE, Given(master=CaseId(41))),
}
"""States beside the main line, and the one move that leads there."""


def suspended(case: Case) -> Case:
    """Made safe, asked for, granted and carried out."""
    at = case.changed_at
    if case.order is not None:
        called = Given(contact=ContactResult.REACHED)
        case = act(case, LIN, Action.FIRST_CONTACT, called, at)
    if case.urgency == "P1":
        case = act(case, LIN, Action.ATTACH_PHOTO, photos(1, Stage.INTERIM), at)
        case = act(case, LIN, Action.ARRIVE, None, at)
    case = act(case, HE, Action.ASK_SUSPENSION, RESTS, at)
    return act(act(case, PAN, Action.GRANT, None, at), SYSTEM, Action.SUSPEND, None, at)


def case_in(state: State, under: str = HOLE, start: Case | None = None) -> Case:
    """A case in this state, having come there by the main line."""
    if state in BRANCHES:
        leaves, actor, action, given = BRANCHES[state]
        return act(case_in(leaves, under, start), actor, action, given)
    if state is State.SUSPENDED:
        return suspended(case_in(State.HANDLING, under, start))
    return Road(start or draft(), under)(state)


def running_clocks(case: Case) -> Mapping[str, datetime | None]:
    return {clock.kind.value: clock.due_at for clock in case.clocks if clock.runs}
