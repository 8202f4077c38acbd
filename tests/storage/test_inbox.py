"""Updates are stored once, handled once, and in order within each chat."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta

import pytest

from storage.assembly import Storage
from tests.storage.city import HandClock, PowerCutError, begin_and_fail
from workflows.ports import LeaseLostError
from workflows.rails import Incoming

A_MINUTE = timedelta(minutes=1)
A_MOMENT = timedelta(seconds=3)


def said(*numbers: int, chat: str = "7") -> list[Incoming]:
    return [Incoming(str(number), chat, f'{{"update_id": {number}}}') for number in numbers]


async def test_the_same_update_is_stored_once(storage: Storage, clock: HandClock) -> None:
    assert await storage.inbox.store("telegram", said(5, 6), clock()) == 2
    assert await storage.inbox.store("telegram", said(6, 7), clock()) == 1
    assert await storage.inbox.store("wecom", said(6), clock()) == 1
    assert await storage.inbox.waiting() == 4


async def test_the_same_update_arriving_twice_at_once_is_stored_once(
    storage: Storage, neighbour: Storage, clock: HandClock
) -> None:
    both = await asyncio.gather(
        *(door.inbox.store("telegram", said(1), clock()) for door in (storage, neighbour) * 4)
    )
    assert sum(both) == 1


async def test_a_chat_is_handled_in_order_and_chats_side_by_side(
    storage: Storage, clock: HandClock
) -> None:
    await storage.inbox.store("telegram", said(1, 2) + said(3, chat="8"), clock())
    first = await storage.inbox.claim(10, clock())
    assert [row.raw_id for row in first] == ["1", "3"]
    assert await storage.inbox.claim(10, clock()) == ()
    await storage.inbox.done(first[0], clock())
    assert [row.raw_id for row in await storage.inbox.claim(10, clock())] == ["2"]


async def test_updates_without_a_chat_wait_for_nobody(storage: Storage, clock: HandClock) -> None:
    await storage.inbox.store("telegram", said(1, 2, chat=""), clock())
    assert len(await storage.inbox.claim(10, clock())) == 2


async def test_many_processes_never_share_an_update(
    storage: Storage, neighbour: Storage, clock: HandClock
) -> None:
    for chat in range(40):
        await storage.inbox.store("telegram", said(chat, chat=str(chat)), clock())
    taken: Counter[int] = Counter()

    async def work(door: Storage) -> None:
        while rows := await door.inbox.claim(3, clock()):
            assert len(rows) <= 3
            taken.update(row.id for row in rows)

    await asyncio.gather(work(storage), work(neighbour), work(storage), work(neighbour))
    assert len(taken) == 40
    assert set(taken.values()) == {1}


async def test_an_act_settles_its_update_in_the_same_transaction(
    storage: Storage, clock: HandClock
) -> None:
    await storage.inbox.store("telegram", said(1), clock())
    [row] = await storage.inbox.claim(1, clock())
    with pytest.raises(PowerCutError):
        await begin_and_fail(storage, lambda work: work.settle(row.cause))
    assert await storage.inbox.waiting() == 1
    async with storage.begin() as work:
        await work.settle(row.cause)
    assert await storage.inbox.waiting() == 0
    await storage.inbox.done(row, clock())


async def test_one_update_may_carry_two_acts_of_one_process(
    storage: Storage, clock: HandClock
) -> None:
    await storage.inbox.store("telegram", said(1), clock())
    [row] = await storage.inbox.claim(1, clock())
    for _ in range(2):
        async with storage.begin() as work:
            await work.settle(row.cause)
    assert await storage.inbox.waiting() == 0


async def test_a_cause_that_is_no_update_settles_nothing(storage: Storage) -> None:
    async with storage.begin() as work:
        await work.settle(None)
        await work.settle("import:row 7")
        await work.settle("telegram")


async def test_whoever_slept_through_the_lease_cannot_act_any_more(
    storage: Storage, neighbour: Storage, clock: HandClock
) -> None:
    await storage.inbox.store("telegram", said(1), clock())
    [mine] = await storage.inbox.claim(1, clock())
    clock.advance(31)
    [theirs] = await neighbour.inbox.claim(1, clock())
    assert (mine.id, theirs.fence) == (theirs.id, mine.fence + 1)
    with pytest.raises(LeaseLostError):
        await storage.inbox.done(mine, clock())
    with pytest.raises(LeaseLostError):
        async with storage.begin() as work:
            await work.settle(mine.cause)
    async with neighbour.begin() as work:
        await work.settle(theirs.cause)
    with pytest.raises(LeaseLostError):
        async with storage.begin() as work:
            await work.settle(mine.cause)


async def test_poison_keeps_out_of_its_neighbours_way(storage: Storage, clock: HandClock) -> None:
    await storage.inbox.store("telegram", said(1, 2), clock())
    [row] = await storage.inbox.claim(1, clock())
    await storage.inbox.poison(row, "no such field", clock())
    assert [row.raw_id for row in await storage.inbox.claim(10, clock())] == ["2"]


async def test_a_retry_waits_its_time_and_keeps_its_place(
    storage: Storage, clock: HandClock
) -> None:
    await storage.inbox.store("telegram", said(1, 2), clock())
    [row] = await storage.inbox.claim(1, clock())
    await storage.inbox.retry(row, "the database was busy", clock() + A_MINUTE)
    assert await storage.inbox.claim(10, clock()) == ()
    [again] = await storage.inbox.claim(10, clock.advance(60))
    assert (again.raw_id, again.attempts) == ("1", 2)


async def test_polling_goes_on_after_the_last_number_even_if_numbers_began_anew(
    storage: Storage, clock: HandClock
) -> None:
    assert await storage.inbox.highest("telegram") is None
    await storage.inbox.store("telegram", said(900, 901), clock())
    await storage.inbox.store("telegram", [Incoming("junk-1", "", "{")], clock())
    assert await storage.inbox.highest("telegram") == 901
    await storage.inbox.store("telegram", said(12), clock())
    assert await storage.inbox.highest("telegram") == 12


async def test_finished_updates_are_kept_for_eight_days(
    storage: Storage, clock: HandClock
) -> None:
    await storage.inbox.store("telegram", said(1) + said(2, chat="8"), clock())
    first, _ = await storage.inbox.claim(2, clock())
    await storage.inbox.done(first, clock())
    assert await storage.retention.purge(clock.advance(7 * 86400)) == 0
    assert await storage.retention.purge(clock.advance(86401)) == 1
    assert await storage.inbox.waiting() == 1


async def put_aside(storage: Storage, cause: str, until: datetime) -> None:
    async with storage.begin() as work:
        await work.put_aside(cause, until)


async def test_what_is_put_aside_lets_its_chat_pass_and_comes_again_behind_it(
    storage: Storage, clock: HandClock
) -> None:
    await storage.inbox.store("telegram", said(1, 2, 3), clock())
    [album] = await storage.inbox.claim(10, clock())
    await put_aside(storage, album.cause, clock() + A_MOMENT)
    assert await storage.inbox.done(album, clock()) is False
    [second] = await storage.inbox.claim(10, clock())
    assert (second.raw_id, second.aside) == ("2", False)
    assert await storage.inbox.done(second, clock()) is True
    clock.advance(seconds=3)
    [third] = await storage.inbox.claim(10, clock())
    assert third.raw_id == "3", "all that is here goes before it"
    assert await storage.inbox.claim(10, clock()) == ()
    await storage.inbox.done(third, clock())
    [again] = await storage.inbox.claim(10, clock())
    assert (again.raw_id, again.aside) == ("1", True)
    await storage.inbox.store("telegram", said(4), clock())
    assert await storage.inbox.claim(10, clock()) == (), "one at a time"
    assert await storage.inbox.done(again, clock()) is True
    assert [row.raw_id for row in await storage.inbox.claim(10, clock())] == ["4"]


async def test_whoever_dies_with_what_was_put_aside_leaves_it_to_the_next(
    storage: Storage, neighbour: Storage, clock: HandClock
) -> None:
    await storage.inbox.store("telegram", said(1), clock())
    [album] = await storage.inbox.claim(10, clock())
    await put_aside(storage, album.cause, clock() + A_MOMENT)
    clock.advance(seconds=3)
    await storage.inbox.claim(10, clock())
    clock.advance(seconds=60)
    [again] = await neighbour.inbox.claim(10, clock())
    assert again.aside
    with pytest.raises(LeaseLostError):
        await put_aside(storage, album.cause, clock() + A_MOMENT)
    assert await neighbour.inbox.done(again, clock())
