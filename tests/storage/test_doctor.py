"""The doctor is silent when all is well and names what is not."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from storage.assembly import Storage
from tests.storage.city import City, HandClock
from workflows.cases.case import Case, RunningClock, State
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Pause, Unit
from workflows.people import SYSTEM, Role
from workflows.ports import Entry, Timer
from workflows.rails import Incoming

AN_HOUR = timedelta(hours=1)


def disposal(clock: HandClock, **changes: Any) -> RunningClock:
    now = clock()
    limit = Limit(4, Unit.URGENT_HOUR)
    blank = RunningClock(
        ClockKind.DISPOSAL, 0, now, limit, now + AN_HOUR, next_rung_at=now + AN_HOUR
    )
    return replace(blank, **changes)


async def watched(storage: Storage, city: City, clock: HandClock) -> Case:
    running = disposal(clock)
    case = await city.case(clocks=(running,))
    async with storage.begin() as work:
        await work.arm(Timer(case.id, "disposal", 0, 0, running.next_rung_at))
    return case


async def rules(storage: Storage, clock: HandClock) -> list[str]:
    return [finding.rule for finding in await storage.doctor.examine(clock())]


async def test_all_is_well_in_an_empty_and_in_a_watched_city(
    storage: Storage, city: City, clock: HandClock
) -> None:
    assert await rules(storage, clock) == []
    await watched(storage, city, clock)
    assert await rules(storage, clock) == []


@pytest.mark.parametrize(
    "change",
    [{"next_rung_at": None}, {"pauses": "now", "next_rung_at": None}],
    ids=["ladder used up", "clock at rest"],
)
async def test_a_case_may_wait_without_a_timer_if_it_says_so(
    storage: Storage, city: City, clock: HandClock, change: dict[str, Any]
) -> None:
    if "pauses" in change:
        change = {**change, "pauses": (Pause(clock()),)}
    await city.case(clocks=(disposal(clock, **change),))
    assert await rules(storage, clock) == []


@pytest.mark.parametrize("clocks", ["none", "ended", "rung to come"])
async def test_an_open_case_nobody_watches_is_named(
    storage: Storage, city: City, clock: HandClock, clocks: str
) -> None:
    running = disposal(clock)
    ended = replace(running, ended_at=clock())
    case = await city.case(
        clocks={"none": (), "ended": (ended,), "rung to come": (running,)}[clocks]
    )
    await city.case(state=State.CLOSED)
    [finding] = await storage.doctor.examine(clock())
    assert (finding.rule, finding.count) == ("no_timer", 1)
    assert finding.what.endswith(f": {case.id}")


async def test_a_second_ladder_without_its_timer_is_noticed(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await watched(storage, city, clock)
    both = (*case.clocks, disposal(clock, kind=ClockKind.SIGN_FOR))
    async with storage.begin() as work:
        await work.cases.write(case, replace(case, clocks=both))
    assert await rules(storage, clock) == ["no_timer"]


async def test_a_late_timer_is_noticed_unless_somebody_is_at_it(
    storage: Storage, city: City, clock: HandClock
) -> None:
    await watched(storage, city, clock)
    clock.advance(3660)
    assert await rules(storage, clock) == []
    clock.advance(1)
    assert await rules(storage, clock) == ["late_timer"]
    await storage.timers.claim(1, clock())
    assert await rules(storage, clock) == []


async def test_a_message_stuck_in_sending_is_noticed(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker)
    await storage.outbox.claim(1, clock())
    clock.advance(60)
    assert await rules(storage, clock) == []
    clock.advance(1)
    assert await rules(storage, clock) == ["stuck_send"]


async def test_dead_letters_and_old_orders_are_noticed(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker)
    [owed] = await storage.outbox.claim(1, clock())
    await storage.outbox.failed(owed, "400", clock())
    await city.owe(worker, sure=True)
    await city.owe(worker, sure=True, not_before=clock() + AN_HOUR)
    await city.owe(await city.person(), sure=True)
    await storage.outbox.claim(0, clock())
    clock.advance(1801)
    assert await rules(storage, clock) == ["late_message", "dead_letter"]


async def test_an_update_nobody_reads_is_noticed(storage: Storage, clock: HandClock) -> None:
    await storage.inbox.store("telegram", [Incoming("1", "7", "{}")], clock())
    clock.advance(121)
    assert await rules(storage, clock) == ["late_update"]


async def test_a_case_that_the_journal_does_not_know_so_is_noticed(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await watched(storage, city, clock)
    moved = replace(case, state=State.PENDING_FILING, version=1)
    async with storage.begin() as work:
        await work.cases.write(case, moved)
    assert await rules(storage, clock) == ["journal_differs"]
    line = Entry("accept", SYSTEM.id, Role.SYSTEM, clock(), case.id, 1, case.state, moved.state)
    looked = Entry("reveal_caller", SYSTEM.id, Role.SYSTEM, clock(), case.id)
    async with storage.begin() as work:
        await work.journal(line, looked)
    assert await rules(storage, clock) == []
    async with storage.database.begin() as connection:
        await connection.execute(text("UPDATE cases SET state = 'handling'"))
    assert await rules(storage, clock) == ["journal_differs"]
