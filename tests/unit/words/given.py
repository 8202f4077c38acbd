"""Cases, people and views as a card may meet them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.cards.setting import Setting
from bot.i18n import Speech
from workflows.book import Book
from workflows.cases.case import (
    Case,
    CaseId,
    ContactResult,
    Order,
    Photo,
    PhotoId,
    PhotoRef,
    Place,
    Point,
    RunningClock,
    Source,
    Stage,
    State,
)
from workflows.cases.clockwork import reckon
from workflows.deadlines.calendar import NationalDays
from workflows.deadlines.clocks import ClockKind
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
from workflows.policy.catalogue import ConditionId
from workflows.policy.load import load_policy
from workflows.ports import Written
from workflows.views import CaseView

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday, ten in the morning in Shanghai."""
GRID = AreaCode("310112101-03")
STREET = AreaCode("310112101")
DISTRICT = AreaCode("310112")
AGENCY = Agency(AgencyCode("MUN-101"), "MUN", "河东镇市政所", "Hedong Municipal Office", STREET)
LIN, ZHOU, CHEN = PersonId(7), PersonId(3), PersonId(9)
NAMES = {LIN: "林秀英", ZHOU: "周敏", CHEN: "陈刚", PersonId(0): "system"}
PHONE = "13812345678"

SPEECH = Speech.load()
POLICY = load_policy()
BOOK = Book(POLICY, POLICY.calendar(NationalDays()), POLICY.profiles["lean"])
ZH, EN = SPEECH.in_("zh"), SPEECH.in_("en")


def setting(language: str = "zh", after: timedelta = timedelta(minutes=20)) -> Setting:
    return Setting(SPEECH.in_(language), BOOK, AT + after)


def person(role: Role, number: int = CHEN, language: str = "zh") -> Person:
    inside = AGENCY.code if role in {Role.WORKER, Role.AGENCY_LEAD} else None
    area = GRID if role is Role.WORKER else DISTRICT
    name = NAMES.get(PersonId(number), "陈刚")
    return Person(PersonId(number), name, language, (Post(role, area, inside),))


def lin() -> Actor:
    return Actor(person(Role.WORKER, LIN))


def zhou() -> Actor:
    return Actor(person(Role.OPERATOR, ZHOU))


def chen(role: Role) -> Actor:
    return Actor(person(role))


def case(
    state: State = State.HANDLING,
    condition: str = "01001-1",
    *,
    with_caller: bool = True,
    **changes: Any,
) -> Case:
    filed = BOOK.policy.catalogue.conditions[ConditionId(condition)]
    order = Order("王", "138****5678") if with_caller else None
    plain = Case(
        id=CaseId(42),
        state=state,
        version=5,
        class_code=filed.class_code,
        place=Place("一号路 120 号门口", Point(31.1, 121.4), GRID, "河东镇第三网格"),
        words="井盖破损，行人绕行，请尽快处理",
        source=Source.OPERATOR,
        reported_by=ZHOU,
        reported_at=AT,
        changed_at=AT,
        profile="lean",
        urgency=filed.urgency,
        condition_id=filed.id,
        filing=BOOK.filing(filed),
        agency=AGENCY.code,
        assignee=LIN,
        order=order,
        clocks=(RunningClock(ClockKind.DISPOSAL, 0, AT, filed.limit, None),),
    )
    before_dispatch = {State.REPORTED, State.PENDING_FILING, State.PENDING_DISPATCH}
    if state in before_dispatch:
        plain = replace(plain, clocks=(), agency=None, assignee=None)
    made = replace(plain, **changes)
    return replace(made, clocks=tuple(reckon(made, clock, BOOK) for clock in made.clocks))


def did(
    action: str, who: PersonId, minutes: int, role: Role = Role.WORKER, **more: Any
) -> Written:
    return Written(
        action=action,
        person=who,
        role=role,
        at=AT + timedelta(minutes=minutes),
        case_id=CaseId(42),
        person_name=NAMES[who],
        **more,
    )


def photo(number: int, stage: Stage, **changes: Any) -> Photo:
    ref = PhotoRef("telegram", {"file_id": f"f{number}"})
    plain = Photo(PhotoId(number), CaseId(42), stage, LIN, AT, ref, f"u{number}")
    return replace(plain, **changes)


def view(of: Case, *journal: Written, photos: tuple[Photo, ...] = ()) -> CaseView:
    grid = Grid(GRID, "第三网格", "河东镇")
    agency = AGENCY if of.agency else None
    return CaseView(of, photos, NAMES, agency, grid, journal)


def reached(of: Case) -> Case:
    assert of.order is not None
    order = replace(of.order, contact=ContactResult.REACHED, contacted_at=AT)
    return replace(of, order=order)
