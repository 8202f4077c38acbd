"""Buttons point to rows, one process holds a lease, and a slot is taken once."""

import asyncio
from datetime import timedelta

from storage.assembly import Storage
from tests.storage.city import City, HandClock
from workflows.rails import Offer


async def test_a_button_says_nothing_by_itself_and_lasts_thirty_days(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker = await city.person()
    offers = (Offer("sign_for", {"case": 42, "version": 3}), Offer("more"))
    token = await storage.tokens.issue(worker.id, "case:42", offers, clock())
    other = await storage.tokens.issue(worker.id, "case:42", offers, clock())
    assert len(token) == 22
    assert token != other
    redeemed = await storage.tokens.redeem(token)
    assert (redeemed.person, redeemed.subject, redeemed.offers) == (worker.id, "case:42", offers)
    assert redeemed.expires_at == clock() + timedelta(days=30)
    assert await storage.tokens.redeem("x" * 22) is None
    assert await storage.retention.purge(clock.advance(38 * 86400)) == 2
    assert await storage.tokens.redeem(token) is None


async def test_a_lease_is_renewed_by_its_holder_and_inherited_when_it_runs_out(
    storage: Storage, clock: HandClock
) -> None:
    leases = storage.leases
    assert await leases.take("poll", "a", clock(), 30)
    assert not await leases.take("poll", "b", clock(), 30)
    assert await leases.take("poll", "a", clock.advance(20), 30)
    assert not await leases.take("poll", "b", clock.advance(29), 30)
    assert await leases.take("poll", "b", clock.advance(1), 30)
    await leases.give_up("poll", "a")
    assert not await leases.take("poll", "a", clock(), 30)
    await leases.give_up("poll", "b")
    assert await leases.take("poll", "a", clock(), 30)


async def test_of_all_who_reach_for_a_lease_at_once_one_gets_it(
    storage: Storage, neighbour: Storage, clock: HandClock
) -> None:
    reaching = [
        door.leases.take("poll", f"owner {number}", clock(), 30)
        for number, door in enumerate((storage, neighbour) * 5)
    ]
    assert sum(await asyncio.gather(*reaching)) == 1


async def test_a_slot_is_taken_once_over_all_processes(
    storage: Storage, neighbour: Storage, clock: HandClock
) -> None:
    reaching = [
        door.slots.take("digest", "2026-09-01T08", clock()) for door in (storage, neighbour) * 5
    ]
    assert sum(await asyncio.gather(*reaching)) == 1
    assert await storage.slots.take("digest", "2026-09-02T08", clock())
