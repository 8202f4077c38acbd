"""Signs of life, old cards in batches, and leases after the clock was set back."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from storage.assembly import Storage
from storage.rows.outgoing import outbox
from tests.storage.city import City, HandClock
from workflows.outages.keep_alive import KeepAlive
from workflows.outages.live_again import A_BATCH, LiveAgain
from workflows.outages.outage import Outage, Why
from workflows.people import Person
from workflows.policy.load import load_policy
from workflows.ports import Timer

AN_HOUR = timedelta(hours=1)
RULES = load_policy().outages


async def shown(city: City, storage: Storage, reader: Person, cases: int) -> None:
    """So many open cases, each with a card on the reader's screen."""
    for _ in range(cases):
        case = await city.case()
        await city.card(reader, case.id)
        [owed] = await storage.outbox.claim(1, city.clock())
        assert await storage.outbox.sent(owed, {"message": case.id}, [str(case.id)], city.clock())


async def test_of_two_processes_that_start_at_once_one_finds_the_gap(
    storage: Storage, neighbour: Storage, clock: HandClock
) -> None:
    await KeepAlive(storage.begin, clock, RULES)(Why.DOWN)
    clock.advance(600)
    starts = [KeepAlive(each.begin, clock, RULES)(Why.DOWN) for each in (storage, neighbour)]
    found = [outage for outage in await asyncio.gather(*starts) if outage]
    assert [(each.from_at, each.to_at) for each in found] == [
        (clock() - timedelta(minutes=10), clock())
    ]


async def test_while_any_process_lives_nobody_is_away(
    storage: Storage, neighbour: Storage, clock: HandClock
) -> None:
    await KeepAlive(storage.begin, clock, RULES)(Why.DOWN)
    clock.advance(600)
    await KeepAlive(storage.begin, clock, RULES)()
    clock.advance(10)
    assert await KeepAlive(neighbour.begin, clock, RULES)(Why.DOWN) is None


async def test_old_cards_are_owed_once_each_whoever_goes_on_after_a_crash(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    reader, _ = await city.bound()
    await shown(city, storage, reader, A_BATCH + 2)
    async with storage.begin() as work:
        await work.outages.note(Outage(clock() - AN_HOUR, clock()), old_cards=True)
    assert await LiveAgain(storage.begin)() == A_BATCH
    assert await LiveAgain(neighbour.begin)() == 2
    assert await LiveAgain(neighbour.begin)() == 0
    assert await LiveAgain(storage.begin)() is None
    async with storage.database.reading() as connection:
        keys = list((await connection.execute(select(outbox.c.key))).scalars())
    again = [key for key in keys if key.startswith("outage:")]
    assert len(again) == len(set(again)) == A_BATCH + 2


async def test_what_was_sent_after_the_outage_is_not_old(
    storage: Storage, city: City, clock: HandClock
) -> None:
    reader, _ = await city.bound()
    async with storage.begin() as work:
        await work.outages.note(Outage(clock() - AN_HOUR, clock()), old_cards=True)
    clock.advance(1)
    await shown(city, storage, reader, 1)
    assert await LiveAgain(storage.begin)() == 0


async def test_a_lease_given_before_a_step_back_does_not_last_an_hour_longer(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    async with storage.begin() as work:
        await work.arm(Timer(case.id, "disposal", 0, 0, clock() - 2 * AN_HOUR))
    assert await storage.timers.claim(10, clock())
    assert await storage.leases.take("sender", storage.owner, clock(), 30)
    clock.advance(-3600)
    assert await neighbour.timers.claim(10, clock.advance(60)) == ()
    async with neighbour.begin() as work:
        assert await work.outages.loosen(clock()) == 2
    clock.advance(31)
    assert len(await neighbour.timers.claim(10, clock())) == 1
    assert await neighbour.leases.take("sender", neighbour.owner, clock(), 30)
