"""What stands still is set going once, with a line in the journal that says who wanted it."""

import asyncio
import json
from dataclasses import replace
from typing import Any

from storage.assembly import Storage
from tests.storage.city import City, HandClock
from tests.storage.test_auditing import breaks
from tests.storage.test_doctor import disposal, watched
from workflows.auditing.mending import Kept, Order
from workflows.ports import Timer
from workflows.rails import Incoming

ORDER = Order("王磊 (root@city)", "the network was down")


async def lines(storage: Storage) -> list[tuple[str, dict[str, Any]]]:
    async with storage.database.reading() as connection:
        rows = await connection.exec_driver_sql("SELECT action, details FROM journal ORDER BY seq")
        return [(row.action, json.loads(row.details)) for row in rows]


async def failed(storage: Storage, city: City, clock: HandClock, **changes: Any) -> int:
    worker, _ = await city.bound()
    await city.owe(worker, **changes)
    [owed] = await storage.outbox.claim(1, clock())
    await storage.outbox.failed(owed, "400", clock())
    return owed.id


async def test_where_all_is_well_nothing_stands_still(
    storage: Storage, city: City, clock: HandClock
) -> None:
    await watched(storage, city, clock)
    stuck = await storage.mending.stuck()
    assert (stuck.cases, stuck.sends, stuck.letters, stuck.updates) == ((), (), (), ())


async def test_every_unwatched_case_is_found(
    storage: Storage, city: City, clock: HandClock
) -> None:
    await watched(storage, city, clock)
    unwatched = await city.case(clocks=(disposal(clock),))
    assert (await storage.mending.stuck()).cases == (unwatched.id,)


async def test_a_given_up_message_goes_out_again_from_the_beginning(
    storage: Storage, city: City, clock: HandClock
) -> None:
    number = await failed(storage, city, clock)
    [letter] = (await storage.mending.stuck()).letters
    assert (letter.number, letter.why, letter.wiped) == (number, "400", False)
    assert await storage.mending.try_again(Kept.LETTERS, {number}, ORDER) == (number,)
    [owed] = await storage.outbox.claim(1, clock())
    assert (owed.id, owed.attempts) == (number, 0)
    assert await lines(storage) == [
        ("continue_letters", {"by": ORDER.operator, "why": ORDER.why, "number": number})
    ]


async def test_two_operators_at_once_send_each_message_once(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    numbers = [await failed(storage, city, clock) for _ in range(5)]
    both = await asyncio.gather(
        *(each.mending.try_again(Kept.LETTERS, None, ORDER) for each in (storage, neighbour))
    )
    assert sorted(number for done in both for number in done) == numbers
    assert len(await lines(storage)) == 5


async def test_what_held_a_callers_number_is_not_sent_again_but_may_be_put_aside(
    storage: Storage, city: City, clock: HandClock
) -> None:
    number = await failed(storage, city, clock, secret=True, data={"phone": "138"})
    assert (await storage.mending.stuck()).letters[0].wiped
    assert await storage.mending.try_again(Kept.LETTERS, {number}, ORDER) == ()
    assert await storage.mending.put_aside(Kept.LETTERS, {number}, ORDER) == (number,)
    assert (await storage.mending.stuck()).letters == ()


async def test_an_update_put_aside_as_unreadable_is_read_again(
    storage: Storage, clock: HandClock
) -> None:
    await storage.inbox.store("telegram", [Incoming("1", "7", "{}")], clock())
    [row] = await storage.inbox.claim(1, clock())
    await storage.inbox.poison(row, "KeyError", clock())
    assert await storage.mending.try_again(Kept.UPDATES, None, ORDER) == (row.id,)
    [again] = await storage.inbox.claim(1, clock())
    assert (again.id, again.attempts) == (row.id, 1)
    await storage.inbox.poison(again, "KeyError", clock())
    assert await storage.mending.put_aside(Kept.UPDATES, {row.id}, ORDER) == (row.id,)
    assert (await storage.mending.stuck()).updates == ()
    assert [action for action, _ in await lines(storage)] == [
        "continue_updates",
        "put_aside_updates",
    ]


async def test_what_a_dead_sender_held_goes_again_or_ends_as_its_class_has_it(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    for sure in (True, False):
        worker, _ = await city.bound()
        await city.owe(worker, sure=sure)
    [order, notice] = await storage.outbox.claim(2, clock())
    assert (await storage.mending.stuck()).sends == ()
    clock.advance(31)
    assert (await storage.mending.stuck()).sends == (order.id, notice.id)
    both = await asyncio.gather(
        *(each.mending.classify_sends(ORDER) for each in (storage, neighbour))
    )
    assert sorted(map(len, both)) == [0, 2]
    assert (await storage.mending.stuck()).sends == ()
    assert len(await lines(storage)) == 2
    clock.advance(31)
    [again] = await storage.outbox.claim(2, clock())
    assert again.id == order.id


async def test_a_timer_comes_back_even_if_it_was_marked_fired_by_mistake(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await watched(storage, city, clock)
    timer = Timer(case.id, "disposal", 0, 0, clock())
    await breaks(storage, "UPDATE timer SET state = 'fired'")
    async with storage.begin() as work:
        await work.arm(timer)
    assert await storage.timers.next_due() is None
    other = replace(timer, step=1)
    async with storage.begin() as work:
        assert await work.rearm(timer, other) == 2
        assert await work.rearm(timer, other) == 0
        assert await work.rearm() == 0
    assert await storage.timers.next_due() == clock()
