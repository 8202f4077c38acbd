"""Many alerts for one chat become one digest, and nothing that was owed is lost by it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.assembly import Storage
from storage.gathering import MOST_MESSAGES, gather
from storage.rows.outgoing import outbox
from tests.storage.city import City, HandClock, PowerCutError
from tests.storage.test_outbox import send_all
from workflows.cases.case import Case
from workflows.notices import Address, Lane, Notice, NoticeKind, case_subject
from workflows.people import Person, Role
from workflows.ports import Timer
from workflows.rails import Owed

SOON = 5
"""Seconds for which a digest of alerts waits for more of them."""


async def alert(city: City, to: Person | Address, case: Case | None = None, **more: Any) -> Notice:
    case = case or await city.case()
    about = {"case_id": case.id, "subject": case_subject(case.id), "because": "L2"}
    kind = {"lane": Lane.ESCALATION, "loud": True, "sure": True}
    return await city.owe(to, **{**about, **kind, **more})


async def held(city: City, to: Person, case: Case | None = None, **more: Any) -> Notice:
    morning = city.clock() + timedelta(hours=9)
    return await alert(city, to, case, held=True, not_before=morning, **more)


async def chief(city: City, name: str = "郑") -> Person:
    return (await city.bound(role=Role.DUTY_CHIEF, agency=None, name=name))[0]


async def claim(storage: Storage, clock: HandClock) -> list[Owed]:
    return list(await storage.outbox.claim(100, clock()))


async def the_digest(storage: Storage, clock: HandClock) -> Owed:
    """It is made by one claim and goes with one a little later."""
    assert await claim(storage, clock) == []
    clock.advance(SOON)
    [owed] = await claim(storage, clock)
    assert owed.notice.kind is NoticeKind.DIGEST
    return owed


async def cases_in(storage: Storage, owed: Owed) -> set[int]:
    found = await storage.views.gathered(owed.notice.data["digest"])
    return {each.case.id for each in found}


async def test_three_alerts_are_three_messages(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng = await chief(city)
    keys = [(await alert(city, zheng)).key for _ in range(3)]
    assert await send_all(storage, clock) == keys


async def test_four_alerts_are_one_digest(storage: Storage, city: City, clock: HandClock) -> None:
    zheng = await chief(city)
    for _ in range(4):
        await alert(city, zheng)
    owed = await the_digest(storage, clock)
    assert await cases_in(storage, owed) == {1, 2, 3, 4}
    assert (owed.notice.loud, owed.notice.sure) == (True, True)
    await storage.outbox.sent(owed, {"id": "9"}, ["9"], clock())
    assert await claim(storage, clock) == []


async def test_a_storm_over_one_chat_is_no_storm_over_another(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng, shen = await chief(city), await chief(city, "沈")
    for _ in range(4):
        await alert(city, zheng)
    one = await alert(city, shen)
    assert [owed.notice.key for owed in await claim(storage, clock)] == [one.key]


async def test_orders_keep_cards_of_their_own_because_each_must_be_signed_for(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    orders = []
    for _ in range(5):
        case = await city.case()
        order = await alert(city, worker, case, because="new_order", lane=Lane.ORDER)
        orders.append(order.key)
    for _ in range(4):
        await alert(city, worker)
    assert await send_all(storage, clock) == orders
    clock.advance(SOON)
    [owed] = await claim(storage, clock)
    assert await cases_in(storage, owed) == {6, 7, 8, 9}


async def test_an_alert_joins_the_digest_that_has_not_gone_yet(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng = await chief(city)
    for _ in range(4):
        await alert(city, zheng, loud=False, sure=False)
    assert await claim(storage, clock) == []
    await alert(city, zheng)
    clock.advance(SOON)
    [owed] = await claim(storage, clock)
    assert await cases_in(storage, owed) == {1, 2, 3, 4, 5}
    assert (await storage.outbox.claim(1, clock())) == ()


async def test_a_digest_is_as_loud_and_as_sure_as_its_surest_message(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng = await chief(city)
    for number in range(4):
        await alert(city, zheng, loud=number == 2, sure=number == 3)
    owed = await the_digest(storage, clock)
    assert (owed.notice.loud, owed.notice.sure) == (True, True)


async def test_a_digest_of_unknown_fate_goes_again_once_as_its_alerts_would(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng = await chief(city)
    for _ in range(4):
        await alert(city, zheng)
    owed = await the_digest(storage, clock)
    await storage.outbox.unknown(owed, "timeout", clock())
    clock.advance(30)
    [again] = await claim(storage, clock)
    assert (again.id, again.unknowns) == (owed.id, 1)
    await storage.outbox.unknown(again, "timeout", clock())
    clock.advance(3600)
    assert await claim(storage, clock) == []


async def test_after_a_digest_the_next_few_alerts_come_as_themselves(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng = await chief(city)
    for _ in range(4):
        await alert(city, zheng)
    owed = await the_digest(storage, clock)
    await storage.outbox.sent(owed, {"id": "9"}, ["9"], clock())
    keys = [(await alert(city, zheng)).key for _ in range(2)]
    assert await send_all(storage, clock) == keys


async def test_one_line_a_case_and_the_latest_word_counts(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng, case = await chief(city), await city.case()
    for _ in range(3):
        await alert(city, zheng)
    await alert(city, zheng, case, because="L1")
    await alert(city, zheng, case, because="L2")
    owed = await the_digest(storage, clock)
    found = await storage.views.gathered(owed.notice.data["digest"])
    assert sorted((each.case.id, each.because) for each in found) == [
        (1, "L2"), (2, "L2"), (3, "L2"), (4, "L2"),
    ]  # fmt: skip


async def gather_and_fail(storage: Storage, clock: HandClock) -> None:
    async with storage.database.begin() as connection:
        await gather(connection, clock())
        raise PowerCutError


async def test_a_power_cut_while_they_are_put_together_leaves_all_of_them(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng = await chief(city)
    for _ in range(4):
        await alert(city, zheng)
    with pytest.raises(PowerCutError):
        await gather_and_fail(storage, clock)
    owed = await the_digest(storage, clock)
    assert await cases_in(storage, owed) == {1, 2, 3, 4}


async def test_two_senders_make_one_digest(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    zheng = await chief(city)
    for _ in range(12):
        await alert(city, zheng)
    await asyncio.gather(*(door.outbox.claim(5, clock()) for door in (storage, neighbour) * 3))
    clock.advance(SOON)
    both = [owed for door in (storage, neighbour) for owed in await door.outbox.claim(5, clock())]
    [owed] = both
    assert len(await cases_in(storage, owed)) == 12


async def test_a_group_gets_one_digest_as_well(
    storage: Storage, city: City, clock: HandClock
) -> None:
    group = Address("telegram", "-100777")
    for _ in range(4):
        await alert(city, group)
    owed = await the_digest(storage, clock)
    assert (owed.address, len(await cases_in(storage, owed))) == (group, 4)


async def test_a_thousand_alerts_are_put_together_piece_by_piece_into_one(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng = await chief(city)
    one = await alert(city, zheng)
    many = [replace(one, key=f"{one.key}:{number}") for number in range(2 * MOST_MESSAGES)]
    other = await alert(city, zheng)
    async with storage.begin() as work:
        await work.owe(*many)
    for _ in range(3):
        assert await claim(storage, clock) == []
    clock.advance(SOON)
    [owed] = await claim(storage, clock)
    await storage.outbox.sent(owed, {}, [], clock())
    assert await cases_in(storage, owed) == {one.case_id, other.case_id}
    assert await claim(storage, clock) == []
    assert await ends(storage) == {"in a digest": 2 * MOST_MESSAGES + 2, "": 1}


async def ends(storage: Storage) -> dict[str, int]:
    counting = select(outbox.c.why, func.count()).group_by(outbox.c.why)
    async with storage.database.reading() as connection:
        return {why or "": number for why, number in await connection.execute(counting)}


async def test_a_card_on_the_screen_still_changes_when_its_alert_is_in_a_digest(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng, case = await chief(city), await city.case()
    await city.owe(zheng, case_id=case.id, subject=case_subject(case.id))
    await send_all(storage, clock)
    await alert(city, zheng, case)
    for _ in range(3):
        await alert(city, zheng)
    [edit] = await claim(storage, clock)
    assert (edit.notice.case_id, edit.notice.lane, edit.is_new) == (case.id, Lane.EDIT, False)


# The morning


async def test_what_was_held_for_one_person_is_one_digest_in_the_morning(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng, shen = await chief(city), await chief(city, "沈")
    for _ in range(2):
        await held(city, zheng)
    single = await held(city, shen)
    assert await claim(storage, clock) == []
    clock.advance(9 * 3600 - 1)
    assert await claim(storage, clock) == []
    clock.advance(1)
    itself, digest = await claim(storage, clock)
    assert itself.notice.key == single.key
    assert digest.notice.kind is NoticeKind.DIGEST
    assert digest.notice.data["morning"] is True
    assert await cases_in(storage, digest) == {1, 2}


async def test_of_two_held_messages_about_one_case_the_later_goes_as_itself(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng, case = await chief(city), await city.case()
    await held(city, zheng, case, because="L1")
    later = await held(city, zheng, case, because="L2")
    clock.advance(9 * 3600)
    assert [owed.notice.key for owed in await claim(storage, clock)] == [later.key]


async def test_an_order_that_was_held_keeps_its_own_card(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    orders = [
        (await held(city, worker, because="new_order", lane=Lane.ORDER)).key for _ in range(3)
    ]
    clock.advance(9 * 3600)
    assert await send_all(storage, clock) == orders


async def test_until_the_morning_the_card_on_the_screen_goes_on_changing(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng, case = await chief(city), await city.case()
    waits = await held(city, zheng, case, loud=False)
    news = await city.owe(zheng, case_id=case.id, subject=case_subject(case.id))
    assert await send_all(storage, clock) == [news.key]
    clock.advance(9 * 3600)
    assert await send_all(storage, clock) == [waits.key]


# Catching up


async def late_timer(storage: Storage, city: City, clock: HandClock) -> Timer:
    case = await city.case()
    timer = Timer(case.id, "disposal", 0, 0, clock() - timedelta(seconds=30))
    async with storage.begin() as work:
        await work.arm(timer)
    return timer


async def test_while_ladders_are_caught_up_with_alerts_wait_for_one_another(
    storage: Storage, city: City, clock: HandClock
) -> None:
    timer = await late_timer(storage, city, clock)
    zheng = await chief(city)
    await alert(city, zheng)
    order = await city.owe(zheng, lane=Lane.ORDER)
    assert [owed.notice.key for owed in await claim(storage, clock)] == [order.key]
    for _ in range(3):
        await alert(city, zheng)
    async with storage.begin() as work:
        await work.disarm(timer.case_id, keep=(), why="caught up")
    clock.advance(SOON)
    assert await send_all(storage, clock) == []


async def test_an_alert_waits_two_minutes_for_others_and_no_longer(
    storage: Storage, city: City, clock: HandClock
) -> None:
    await late_timer(storage, city, clock)
    one = await alert(city, await chief(city))
    clock.advance(119)
    assert await claim(storage, clock) == []
    clock.advance(1)
    assert [owed.notice.key for owed in await claim(storage, clock)] == [one.key]


# What goes first


async def test_inside_one_chat_the_lanes_have_their_order(
    storage: Storage, city: City, clock: HandClock
) -> None:
    zheng = await chief(city)
    lanes = [Lane.DIGEST, Lane.EDIT, Lane.ANSWER, Lane.ORDER, Lane.ESCALATION]
    owed = {lane: (await city.owe(zheng, lane=lane)).key for lane in lanes}
    assert await send_all(storage, clock) == [owed[lane] for lane in sorted(lanes)]


async def test_between_chats_the_lanes_have_their_order_too(
    storage: Storage, city: City, clock: HandClock
) -> None:
    lanes = [Lane.DIGEST, Lane.EDIT, Lane.ANSWER, Lane.ORDER, Lane.ESCALATION]
    owed = {lane: (await city.owe(await chief(city, lane.name), lane=lane)).key for lane in lanes}
    first = [(await storage.outbox.claim(1, clock()))[0].notice.key for _ in lanes]
    assert first == [owed[lane] for lane in sorted(lanes)]


A_SECOND = 25
"""Messages that the messenger takes from one bot (durability.md 2.2)."""

ORDERS = 5000
STEP = 10
"""Seconds that pass between two looks, because 200 of them would make the test slow."""


async def test_of_five_thousand_orders_the_last_goes_after_two_hundred_seconds(
    storage: Storage, city: City, clock: HandClock
) -> None:
    """Alerts that stand together in a digest go before them, summaries after them (row 61)."""
    zheng = await chief(city)
    summary = await city.owe(zheng, kind=NoticeKind.SUMMARY, lane=Lane.DIGEST)
    began = clock()
    order = await city.owe(Address("telegram", "7"), lane=Lane.ORDER, because="new_order")
    async with storage.begin() as work:
        await work.owe(*(_order(order, number) for number in range(1, ORDERS)))
    for _ in range(4):
        await alert(city, zheng)
    left: dict[str, float] = {}
    while batch := await storage.outbox.claim(A_SECOND * STEP, clock()):
        for owed in batch:
            left[owed.notice.key] = (clock() - began).total_seconds()
            if owed.address.chat == "chat-1":
                await storage.outbox.sent(owed, {}, [], clock())
        clock.advance(STEP)
    orders = [key for key in left if key.startswith(order.key)]
    digest = next(key for key in left if key.startswith("digest:"))
    assert orders == [order.key, *(f"{order.key}:{number}" for number in range(1, ORDERS))]
    assert left[digest] == STEP
    assert left[summary.key] == left[orders[-1]] == ORDERS / A_SECOND
    late = [left[key] - place / A_SECOND for place, key in enumerate(orders)]
    assert min(late) > -STEP
    assert max(late) < 2 / A_SECOND


def _order(order: Notice, number: int) -> Notice:
    return replace(order, key=f"{order.key}:{number}", to=Address("telegram", f"chat {number}"))
