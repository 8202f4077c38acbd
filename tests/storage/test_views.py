"""Everybody sees what waits for them, and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.assembly import Storage
from tests.storage.city import City, HandClock
from workflows.cases.case import RunningClock, State
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Unit
from workflows.hotline.draft import DraftKind, DraftState
from workflows.notices import DraftId
from workflows.people import AgencyCode, AreaCode, Post, Role
from workflows.refusals import Reason, Refused


def due_in(clock: HandClock, hours: float) -> tuple[RunningClock, ...]:
    now = clock()
    limit = Limit(4, Unit.URGENT_HOUR)
    return (RunningClock(ClockKind.DISPOSAL, 0, now, limit, now + timedelta(hours=hours)),)


@pytest.mark.parametrize(
    ("post", "sees"),
    [
        ((Role.OPERATOR, "310112"), {"mine"}),
        ((Role.COLLECTOR, "310112"), {"mine"}),
        ((Role.ACCEPTOR, "310112"), {"mine", "filing", "review", "unplaced"}),
        ((Role.ACCEPTOR, "310112101-03"), {"mine", "filing", "review"}),
        ((Role.ACCEPTOR, "310113"), {"unplaced"}),
        ((Role.SHIFT_LEADER, ""), {"mine", "filing", "review", "unplaced"}),
        ((Role.DISPATCH_OFFICER, "310112101"), {"dispatch"}),
        ((Role.DUTY_CHIEF, "310112"), {"dispatch"}),
        ((Role.SUPERVISOR, "310112"), {"handling"}),
        ((Role.AGENCY_LEAD, "310112"), {"confirm", "handling"}),
        ((Role.WORKER, "310112"), {"sign"}),
        ((Role.ADMIN, ""), set()),
        ((Role.AUDITOR, ""), set()),
    ],
)
async def test_what_waits_for_a_role(
    storage: Storage, city: City, clock: HandClock, post: tuple[Role, str], sees: set[str]
) -> None:
    role, area = post
    reader = await city.person(role=role, area=area)
    other = await city.person()
    place = (await city.case(state=State.DRAFT)).place
    agency = AgencyCode("WTR-1")
    await city.case(words="mine", reported_by=reader.id)
    await city.case(words="unplaced", place=replace(place, area=None))
    await city.case(words="filing", state=State.PENDING_FILING)
    await city.case(words="dispatch", state=State.PENDING_DISPATCH)
    await city.case(words="sign", state=State.PENDING_SIGN, assignee=reader.id)
    await city.case(
        words="handling",
        state=State.HANDLING,
        assignee=other.id,
        agency=agency,
        clocks=due_in(clock, -1),
    )
    await city.case(words="confirm", state=State.PENDING_CONFIRM, agency=agency)
    await city.case(words="review", state=State.FEEDBACK_REVIEW)
    await city.case(words="closed", state=State.CLOSED, reported_by=reader.id, agency=agency)
    assert {case.words for case in await storage.views.tasks(reader)} == sees


async def test_tasks_come_nearest_due_first_and_at_most_a_hundred(
    storage: Storage, city: City, clock: HandClock
) -> None:
    officer = await city.person(role=Role.DISPATCH_OFFICER)
    await city.case(state=State.PENDING_DISPATCH, words="whenever")
    await city.case(state=State.PENDING_DISPATCH, words="later", clocks=due_in(clock, 2))
    await city.case(state=State.PENDING_DISPATCH, words="soon", clocks=due_in(clock, 1))
    found = await storage.views.tasks(officer)
    assert [case.words for case in found] == ["soon", "later", "whenever"]
    async with storage.begin() as work:
        for _ in range(100):
            await work.cases.open(found[2])
    assert len(await storage.views.tasks(officer)) == 100


async def test_somebody_without_a_post_has_no_tasks(storage: Storage, city: City) -> None:
    async with storage.begin() as work:
        nobody = await work.people.create("无", "zh", [])
    await city.case()
    assert await storage.views.tasks(nobody) == ()


async def test_a_case_is_shown_with_the_names_around_it(storage: Storage, city: City) -> None:
    operator = await city.person(role=Role.OPERATOR, name="接线员")
    worker = await city.person(name="林")
    case = await city.case(reported_by=operator.id, assignee=worker.id)
    view = await storage.views.case(case.id)
    assert view.names == {operator.id: "接线员", worker.id: "林"}
    assert (view.agency, view.grid) == (None, None)


async def test_colleagues_are_those_on_duty_except_the_present_worker(
    storage: Storage, city: City, clock: HandClock
) -> None:
    lin, wang = await city.person(), await city.person(name="王")
    await city.person(name="other agency", agency="LGT-1")
    case = await city.case(assignee=lin.id, agency=AgencyCode("WTR-1"))
    assert await storage.views.colleagues(case, clock()) == (wang,)


async def test_a_tally_counts_one_area(storage: Storage, city: City, clock: HandClock) -> None:
    since = clock() - timedelta(hours=8)
    late = await city.case(state=State.HANDLING, clocks=due_in(clock, -1))
    stuck = await city.case(state=State.PENDING_DISPATCH, stuck="no_agency")
    await city.case(state=State.CLOSED, closed_at=clock(), reported_at=since)
    await city.case(state=State.CLOSED, closed_at=since - timedelta(1), reported_at=since)
    await city.case(place=replace(late.place, area=AreaCode("310113")))
    tally = await storage.views.tally(AreaCode("310112"), since, clock())
    assert tally.open_by_state == {"handling": 1, "pending_dispatch": 1}
    assert (tally.overdue, tally.stuck) == ((late,), (stuck,))
    assert (tally.opened, tally.closed) == (4, 1)
    assert (await storage.views.tally(AreaCode(""), since, clock())).opened == 5


async def test_holders_of_a_role_are_found_whatever_else_they_hold(
    storage: Storage, city: City
) -> None:
    chief = await city.person(role=Role.DUTY_CHIEF)
    async with storage.begin() as work:
        both = await work.people.create("双", "zh", [Post(Role.SUPERVISOR), Post(Role.DUTY_CHIEF)])
        await work.people.dismiss((await work.people.create("去", "zh", both.posts)).id)
    assert await storage.views.holders(Role.DUTY_CHIEF) == (chief, both)


async def test_a_draft_survives_and_only_one_hand_writes_it(
    storage: Storage, city: City, clock: HandClock
) -> None:
    operator = await city.person(role=Role.OPERATOR)
    assert await storage.views.open_draft(operator.id) is None
    async with storage.begin() as work:
        await work.drafts.open(operator.id, DraftKind.INTAKE, {"words": "井盖"}, clock())
        draft = await work.drafts.open(operator.id, DraftKind.ASK, {"case": 1}, clock())
        assert await work.drafts.latest(operator.id) == draft
    assert await storage.views.draft(draft.id) == draft
    done = replace(draft, version=1, state=DraftState.DONE, body={"case": 1, "answer": "好"})
    async with storage.begin() as work:
        await work.drafts.write(draft, done)
    with pytest.raises(Refused) as refused:
        async with storage.begin() as work:
            await work.drafts.write(draft, done)
    assert refused.value.reason is Reason.CHANGED_MEANWHILE
    assert (await storage.views.open_draft(operator.id)).kind is DraftKind.INTAKE
    with pytest.raises(Refused) as refused:
        await storage.views.draft(DraftId(404))
    assert refused.value.reason is Reason.NO_SUCH_DRAFT
