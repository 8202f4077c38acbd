"""A timer fires once, not before its time, whoever claims it."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.assembly import Storage
from tests.storage.city import City, HandClock
from workflows.ports import LeaseLostError, Timer

AN_HOUR = timedelta(hours=1)


async def armed(storage: Storage, *timers: Timer) -> None:
    async with storage.begin() as work:
        await work.arm(*timers)


async def test_a_timer_is_due_at_its_time_and_not_before(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    timer = Timer(case.id, "disposal", 0, 0, clock() + AN_HOUR)
    await armed(storage, timer)
    assert await storage.timers.next_due() == timer.due_at
    assert await storage.timers.claim(10, clock.advance(3599.999999)) == ()
    [due] = await storage.timers.claim(10, clock.advance(0.000001))
    assert Timer(due.case_id, due.kind, due.step, due.loop, due.due_at) == timer


async def test_a_fired_timer_stays_fired_for_ever(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    timer = Timer(case.id, "disposal", 0, 0, clock())
    await armed(storage, timer)
    [due] = await storage.timers.claim(10, clock())
    async with storage.begin() as work:
        await work.fired(due, clock(), "fired")
        await work.arm(replace(timer, due_at=clock() + AN_HOUR))
    assert await storage.timers.next_due() is None


async def test_arming_again_moves_a_timer_away_from_its_claimant(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    timer = Timer(case.id, "disposal", 0, 0, clock())
    await armed(storage, timer)
    [due] = await storage.timers.claim(10, clock())
    await armed(storage, timer)
    later = replace(timer, due_at=clock() + AN_HOUR)
    await armed(storage, later)
    with pytest.raises(LeaseLostError):
        async with storage.begin() as work:
            await work.fired(due, clock(), "fired")
    assert await storage.timers.next_due() == later.due_at


async def test_firing_may_arm_the_next_one_and_keep_itself(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    first = Timer(case.id, "disposal", 0, 0, clock())
    following = Timer(case.id, "disposal", 1, 0, clock() + AN_HOUR)
    await armed(storage, first)
    [due] = await storage.timers.claim(10, clock())
    async with storage.begin() as work:
        await work.arm(first, following)
        await work.disarm(case.id, keep=[following], why="escalate")
        await work.fired(due, clock(), "fired")
    assert await storage.timers.next_due() == following.due_at


async def test_disarming_leaves_other_cases_and_the_kept_alone(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case, other = await city.case(), await city.case()
    kept = Timer(case.id, "review", 0, 0, clock() + AN_HOUR)
    dropped = Timer(case.id, "disposal", 0, 0, clock())
    elsewhere = Timer(other.id, "disposal", 0, 0, clock())
    await armed(storage, kept, dropped, elsewhere)
    async with storage.begin() as work:
        await work.disarm(case.id, keep=[kept], why="submit")
    assert [due.case_id for due in await storage.timers.claim(10, clock())] == [other.id]
    assert len(await storage.timers.claim(10, clock.advance(3600))) == 2
    await armed(storage, dropped)
    assert [due.kind for due in await storage.timers.claim(10, clock())] == ["disposal"]


async def test_a_timer_given_back_waits_before_it_is_tried_again(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    await armed(storage, Timer(case.id, "disposal", 0, 0, clock()))
    [due] = await storage.timers.claim(10, clock())
    await storage.timers.release(due, "no such policy", clock() + timedelta(seconds=10))
    assert await storage.timers.claim(10, clock()) == ()
    assert len(await storage.timers.claim(10, clock.advance(10))) == 1
    with pytest.raises(LeaseLostError):
        await storage.timers.release(due, "late", clock())


async def test_a_dead_process_s_timer_fires_once_elsewhere(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    await armed(storage, Timer(case.id, "disposal", 0, 0, clock()))
    [lost] = await storage.timers.claim(10, clock())
    assert await neighbour.timers.claim(10, clock.advance(29)) == ()
    [found] = await neighbour.timers.claim(10, clock.advance(1))
    async with neighbour.begin() as work:
        await work.fired(found, clock(), "fired")
    with pytest.raises(LeaseLostError):
        async with storage.begin() as work:
            await work.fired(lost, clock(), "fired")


async def test_many_processes_never_share_a_timer(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    await armed(storage, *(Timer(case.id, "disposal", step, 0, clock()) for step in range(60)))
    taken: Counter[int] = Counter()

    async def sweep(door: Storage) -> None:
        while due := await door.timers.claim(4, clock()):
            assert len(due) <= 4
            taken.update(timer.id for timer in due)

    await asyncio.gather(*(sweep(door) for door in (storage, neighbour) * 2))
    assert len(taken) == 60
    assert set(taken.values()) == {1}
