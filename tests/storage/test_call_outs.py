"""Call-outs are kept whole, come due to one process at a time, and are missed by the doctor."""

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.assembly import Storage
from tests.storage.city import City, HandClock
from workflows.joint.call_out import CallOut, Ground, Reply, Wanted, closed, replied
from workflows.joint.part import Part, WhistleKind
from workflows.people import AgencyCode, AreaCode, Role
from workflows.ports import LeaseLostError
from workflows.refusals import Reason, Refused

STREET = AreaCode("310112101")
WATER = AgencyCode("WTR-101")
WANTED = Wanted(STREET, "七宝镇", Ground.FLOOD, "泵站集合", Role.WORKER, place="泵站")
IN_FIVE = timedelta(minutes=5)


async def called_out(storage: Storage, city: City, clock: HandClock) -> CallOut:
    chief, lin, zhou = [await city.person() for _ in range(3)]
    async with storage.begin() as work:
        people = [lin.id, zhou.id]
        return await work.call_outs.open(chief.id, WANTED, people, clock(), clock() + IN_FIVE)


async def test_what_was_asked_and_answered_comes_back(
    storage: Storage, city: City, clock: HandClock
) -> None:
    call = await called_out(storage, city, clock)
    answered = replied(call, call.called[0].person, Reply.WHERE, "西渡码头", clock())
    async with storage.begin() as work:
        await work.call_outs.write(call, answered)
    seen = await storage.views.joint.call(call.id, clock())
    assert seen.call == answered
    assert seen.call.wanted == WANTED
    assert seen.recent == 1


async def test_an_answer_based_on_old_news_is_not_written(
    storage: Storage, city: City, clock: HandClock
) -> None:
    call = await called_out(storage, city, clock)
    async with storage.begin() as work:
        await work.call_outs.write(call, closed(call, call.by, clock()))
    late = replied(call, call.called[0].person, Reply.COMING, "", clock())
    with pytest.raises(Refused) as refused:
        async with storage.begin() as work:
            await work.call_outs.write(call, late)
    assert refused.value.reason is Reason.CHANGED_MEANWHILE
    assert await storage.views.joint.waiting_for(call.called[0].person) is None


async def test_one_process_at_a_time_has_a_call_out_that_is_due(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    call = await called_out(storage, city, clock)
    assert await storage.due_calls.claim(10, clock()) == ()
    clock.advance(301)
    [due] = await storage.due_calls.claim(10, clock())
    assert due.id == call.id
    assert await neighbour.due_calls.claim(10, clock()) == ()
    clock.advance(31)
    [again] = await neighbour.due_calls.claim(10, clock())
    with pytest.raises(LeaseLostError):
        async with storage.begin() as work:
            await work.call_outs.finish(due)
    async with neighbour.begin() as work:
        await work.call_outs.finish(again)


async def test_the_doctor_misses_a_call_out_that_nothing_will_follow(
    storage: Storage, city: City, clock: HandClock
) -> None:
    call = await called_out(storage, city, clock)
    assert await storage.doctor.examine(clock()) == ()
    async with storage.begin() as work:
        forgotten = replace(call, next_at=None, version=1)
        await work.call_outs.write(call, forgotten)
    assert [found.rule for found in await storage.doctor.examine(clock())] == ["late_call"]


async def test_a_case_waits_for_the_lead_of_an_open_part_and_no_longer(
    storage: Storage, city: City, clock: HandClock
) -> None:
    lead = await city.person(Role.AGENCY_LEAD, agency=WATER)
    kind, asked = WhistleKind.EMERGENCY, "请到场"
    part = Part(WATER, "供水所", "Water", kind, asked, lead.id, clock(), clock() + IN_FIVE)
    case = await city.case(parts=(part,))
    [waiting] = await storage.views.tasks(lead)
    assert waiting.parts == (part,)
    over = replace(case, parts=(replace(part, ended_at=clock()),), version=case.version + 1)
    async with storage.begin() as work:
        await work.cases.write(case, over)
    assert await storage.views.tasks(lead) == ()
