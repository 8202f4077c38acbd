"""Emergencies are kept whole, looked up by a case, exclusive, and due to one process at a time."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from storage.assembly import Storage
from tests.properties.test_emergencies import AREAS, BEGINNINGS, PLACES, approved, request
from tests.storage.city import City, HandClock
from workflows.approving.answer import Answer
from workflows.emergency.emergency import Emergency, answered, ended, extended, in_force
from workflows.emergency.under import EmergencyId, ModeKey, Under
from workflows.people import AreaCode, Person
from workflows.ports import LeaseLostError
from workflows.refusals import Reason, Refused

DISTRICT, LAKESIDE, YUNTAI = AREAS
A_TICK = timedelta(microseconds=1)


async def two(city: City) -> tuple[Person, Person]:
    return await city.person(name="高远"), await city.person(name="郑海")


async def opened(storage: Storage, emergency: Emergency) -> Emergency:
    async with storage.begin() as work:
        return await work.emergencies.open(emergency)


async def written(storage: Storage, before: Emergency, after: Emergency) -> None:
    async with storage.begin() as work:
        await work.emergencies.write(before, after)


async def test_everything_about_a_request_and_its_answer_comes_back(
    storage: Storage, city: City, clock: HandClock
) -> None:
    asker, approver = await two(city)
    wanted = replace(request(0, LAKESIDE, 12, clock()), asked_by=asker.id, asked=(approver.id,))
    asked = await opened(storage, wanted)
    assert asked == replace(wanted, id=asked.id)
    yes = answered(asked, Answer.APPROVED, approver.id, clock())
    await written(storage, asked, yes)
    seen = await storage.views.emergencies.one(asked.id)
    assert seen.emergency == yes
    assert seen.asker == asker
    assert seen.names == {asker.id: "高远", approver.id: "郑海"}
    over = ended(yes, asker.id, clock.advance(3600))
    await written(storage, yes, over)
    assert (await storage.views.emergencies.one(asked.id)).emergency == over


async def test_an_answer_to_old_news_is_not_written(
    storage: Storage, city: City, clock: HandClock
) -> None:
    asker, approver = await two(city)
    wanted = replace(request(0, LAKESIDE, 12, clock()), asked_by=asker.id)
    asked = await opened(storage, wanted)
    await written(storage, asked, answered(asked, Answer.REFUSED, approver.id, clock()))
    with pytest.raises(Refused) as refused:
        await written(storage, asked, answered(asked, Answer.APPROVED, approver.id, clock()))
    assert refused.value.reason is Reason.CHANGED_MEANWHILE


async def test_of_two_requests_for_one_area_at_once_one_is_kept(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    asker, _ = await two(city)
    wanted = replace(request(0, LAKESIDE, 12, clock()), asked_by=asker.id)
    results = await asyncio.gather(
        opened(storage, wanted), opened(neighbour, wanted), return_exceptions=True
    )
    kept = [each for each in results if isinstance(each, Emergency)]
    refused = [each for each in results if isinstance(each, Refused)]
    assert [no.reason for no in refused] == [Reason.CHANGED_MEANWHILE]
    [first] = kept
    await opened(storage, replace(wanted, area=YUNTAI))
    await opened(storage, replace(wanted, area=DISTRICT))
    longer = replace(wanted, extends=first.id)
    await opened(storage, longer)
    with pytest.raises(Refused):
        await opened(storage, longer)


@pytest.mark.parametrize("begin", BEGINNINGS, ids=["hour twice", "hour missing", "year end"])
async def test_the_statement_finds_what_the_rule_says(
    storage: Storage, city: City, begin: datetime
) -> None:
    """Street before district, the first instant in and the last one out, gaps and all."""
    asker, approver = await two(city)
    start = begin.astimezone(UTC)
    plan = (
        (DISTRICT, 0, 10),
        (LAKESIDE, 2, 3),
        (LAKESIDE, 5, 3),
        (YUNTAI, 9, 4),
        (DISTRICT, 11, 2),
    )
    rows: list[Emergency] = []
    for number, (area, after, hours) in enumerate(plan, start=1):
        at = start + timedelta(hours=after)
        row = approved(number, area, hours, at)
        row = replace(row, asked_by=asker.id, answered_by=approver.id, next_at=None)
        rows.append(await opened(storage, row))
    edges = {edge for row in rows for edge in (row.began_at, row.until) if edge is not None}
    async with storage.begin() as work:
        for at in sorted({edge + step for edge in edges for step in (-A_TICK, A_TICK * 0)}):
            for place in PLACES:
                found = await work.emergencies.in_force(place, at)
                assert found == in_force(rows, place, at)


async def test_a_case_keeps_what_it_came_in_under(
    storage: Storage, city: City, clock: HandClock
) -> None:
    under = Under(EmergencyId(3), ModeKey("typhoon"), "台风", "typhoon", clock())
    case = await city.case(emergency=under, profile="lean")
    seen = await storage.views.case(case.id)
    assert seen.case.emergency == under
    assert (await storage.views.case((await city.case()).id)).case.emergency is None


async def test_one_process_at_a_time_has_an_emergency_that_is_due(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    asker, approver = await two(city)
    wanted = replace(request(0, LAKESIDE, 12, clock()), asked_by=asker.id)
    asked = await opened(storage, wanted)
    assert await storage.due_emergencies.claim(10, clock()) == ()
    clock.advance(1801)
    [due] = await storage.due_emergencies.claim(10, clock())
    assert due.id == asked.id
    assert await neighbour.due_emergencies.claim(10, clock()) == ()
    clock.advance(31)
    [again] = await neighbour.due_emergencies.claim(10, clock())
    with pytest.raises(LeaseLostError):
        async with storage.begin() as work:
            await work.emergencies.finish(due)
    async with neighbour.begin() as work:
        await work.emergencies.write(asked, answered(asked, Answer.LAPSED, approver.id, clock()))
        await work.emergencies.finish(again)
    assert await storage.due_emergencies.claim(10, clock.advance(3600)) == ()


async def test_the_doctor_misses_an_end_that_nobody_was_told(
    storage: Storage, city: City, clock: HandClock
) -> None:
    asker, approver = await two(city)
    row = approved(1, LAKESIDE, 1, clock())
    await opened(storage, replace(row, asked_by=asker.id, answered_by=approver.id))
    assert await storage.doctor.examine(clock()) == ()
    at = clock.advance(2 * 3600)
    assert [found.rule for found in await storage.doctor.examine(at)] == ["late_emergency"]


async def test_the_list_shows_what_touches_ones_areas_and_what_is_over_page_by_page(
    storage: Storage, city: City, clock: HandClock
) -> None:
    asker, approver = await two(city)
    for number in range(5):
        past = approved(number, YUNTAI, 1, clock() - timedelta(days=9 - number))
        past = replace(past, asked_by=asker.id, answered_by=approver.id, next_at=None)
        await opened(storage, past)
    district = approved(9, DISTRICT, 9, clock())
    district = replace(district, asked_by=asker.id, answered_by=approver.id)
    now = await opened(storage, district)
    longer = await opened(
        storage, replace(request(0, DISTRICT, 5, clock()), asked_by=asker.id, extends=now.id)
    )
    views = storage.views.emergencies
    grid = AreaCode("319900001-01")
    by_the_lake = await views.page([grid], clock(), 4, 0)
    assert (by_the_lake.now, by_the_lake.past, by_the_lake.total) == ((now, longer), (), 0)
    everywhere = await views.page([AreaCode("")], clock(), 4, 4)
    assert (len(everywhere.past), everywhere.total) == (1, 5)
    assert everywhere.names[asker.id] == "高远"
    assert await views.holding(grid, clock()) == (now,)
    assert await views.holding(AreaCode(""), clock() + timedelta(hours=9)) == ()
    await written(storage, now, extended(now, 5))
    assert len(await views.holding(YUNTAI, clock() + timedelta(hours=9))) == 1
