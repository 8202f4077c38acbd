"""What is owed is sent in order, as often as it must be, to nobody who must be left alone."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.assembly import Storage
from storage.next_message import claim_messages
from tests.storage.city import City, HandClock
from workflows.cases.case import CaseId
from workflows.notices import Address, Lane, NoticeKind, case_subject
from workflows.people import Role

HALF_A_MINUTE = timedelta(seconds=30)
SUBJECT = case_subject(CaseId(1))


async def claimed_keys(storage: Storage, clock: HandClock) -> list[str]:
    return [owed.notice.key for owed in await storage.outbox.claim(100, clock())]


async def send_all(
    storage: Storage, clock: HandClock, receipt: dict[str, int] | None = None
) -> list[str]:
    keys = []
    while batch := await storage.outbox.claim(100, clock()):
        for owed in batch:
            number = f"m{owed.id}"
            assert await storage.outbox.sent(owed, receipt or {"id": number}, [number], clock())
            keys.append(owed.notice.key)
    return keys


async def test_owing_the_same_thing_twice_is_owing_it_once(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, address = await city.bound()
    notice = await city.owe(worker, data={"x": [1, "二"]}, because="dispatch", sure=True)
    async with storage.begin() as work:
        await work.owe(notice, replace(notice, because="again"))
    [owed] = await storage.outbox.claim(10, clock())
    assert owed.notice == notice
    assert (owed.address, owed.reader, owed.language) == (address, worker, "zh")
    assert await storage.outbox.sent(owed, {}, [], clock())
    async with storage.begin() as work:
        await work.owe(notice)
    assert await storage.outbox.claim(10, clock()) == ()


async def test_a_stranger_is_answered_in_the_language_the_notice_says(
    storage: Storage, city: City, clock: HandClock
) -> None:
    await city.owe(Address("telegram", "99"), data={"language": "en"})
    [owed] = await storage.outbox.claim(10, clock())
    assert (owed.reader, owed.language, owed.address.chat) == (None, "en", "99")


async def test_urgent_lanes_go_first_and_one_message_per_chat_at_a_time(
    storage: Storage, city: City, clock: HandClock
) -> None:
    lin, _ = await city.bound()
    wang, _ = await city.bound(name="王")
    digest = await city.owe(lin, lane=Lane.DIGEST)
    alarm = await city.owe(lin, lane=Lane.ESCALATION)
    order = await city.owe(wang, lane=Lane.ORDER)
    first = await storage.outbox.claim(10, clock())
    assert [owed.notice.key for owed in first] == [alarm.key, order.key]
    assert await storage.outbox.claim(10, clock()) == ()
    await storage.outbox.sent(first[0], {}, [], clock())
    assert await claimed_keys(storage, clock) == [digest.key]


async def test_two_senders_never_send_to_one_chat_at_once(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    people = [(await city.bound(name=str(number)))[0] for number in range(6)]
    for person in people * 4:
        await city.owe(person)
    sent: Counter[int] = Counter()
    in_flight: set[str] = set()

    async def send(door: Storage) -> None:
        for _ in range(40):
            for owed in await door.outbox.claim(2, clock()):
                assert owed.address.chat not in in_flight
                in_flight.add(owed.address.chat)
                await asyncio.sleep(0)
                in_flight.discard(owed.address.chat)
                assert await door.outbox.sent(owed, {}, [], clock())
                sent[owed.id] += 1

    await asyncio.gather(send(storage), send(neighbour))
    assert len(sent) == 24
    assert set(sent.values()) == {1}


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
async def test_a_claim_waits_for_the_one_before_it(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock
) -> None:
    """Else an alarm owed in between would go out beside the message already in flight."""
    worker, _ = await city.bound()
    await city.owe(worker)
    async with asyncio.TaskGroup() as group, storage.database.begin() as connection:
        assert await claim_messages(connection, 1, "first", clock())
        await city.owe(worker, lane=Lane.ESCALATION)
        second = group.create_task(neighbour.outbox.claim(1, clock()))
        while not await waits_for_a_lock(storage):
            pass
    assert second.result() == ()


async def waits_for_a_lock(storage: Storage) -> bool:
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    async with storage.database.reading() as connection:
        return bool((await connection.execute(waiting)).scalar_one())


async def test_later_news_takes_the_place_of_quiet_earlier_news(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    await city.card(worker)
    await city.card(worker, number=2)
    latest = await city.card(worker)
    assert sorted(await send_all(storage, clock)) == ["key-3", latest.key]


async def test_of_two_new_messages_that_were_asked_for_the_later_one_goes(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    await city.card(worker, fresh=True)
    latest = await city.card(worker, fresh=True)
    assert await send_all(storage, clock) == [latest.key]


async def test_quiet_news_gives_way_to_a_loud_message_still_waiting(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    loud = await city.card(worker, loud=True)
    await city.card(worker)
    assert await send_all(storage, clock) == [loud.key]


async def test_two_loud_messages_are_both_heard(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    keys = [(await city.card(worker, loud=True)).key for _ in range(2)]
    assert await send_all(storage, clock) == keys


async def test_a_card_that_was_asked_for_is_not_lost_to_quiet_news(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    asked = await city.card(worker, fresh=True)
    await city.card(worker)
    assert await send_all(storage, clock) == [asked.key]


async def test_supersession_stays_within_one_person(
    storage: Storage, city: City, clock: HandClock
) -> None:
    lin, _ = await city.bound()
    wang, _ = await city.bound(name="王")
    for_lin = await city.card(lin)
    for_wang = await city.card(wang)
    assert sorted(await send_all(storage, clock)) == [for_lin.key, for_wang.key]


async def test_the_live_message_is_the_last_one_sent_about_the_subject(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, address = await city.bound()
    await city.card(worker)
    await send_all(storage, clock, {"id": 1})
    assert await storage.doorbell.subject_of(address, "m1") == SUBJECT
    await city.card(worker, loud=True)
    [owed] = await storage.outbox.claim(1, clock())
    assert owed.live == {"id": 1}
    await storage.outbox.sent(owed, {"id": 2}, ["m2", "m3"], clock())
    async with storage.begin() as work:
        assert await work.shown_to(SUBJECT) == (worker.id,)
    assert await storage.doorbell.subject_of(address, "m3") == SUBJECT


async def test_a_reply_to_a_question_about_a_case_means_the_case(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, address = await city.bound()
    case = await city.case()
    await city.owe(worker, kind=NoticeKind.ASK, case_id=case.id)
    await send_all(storage, clock)
    assert await storage.doorbell.subject_of(address, "m1") == case_subject(case.id)
    assert await storage.doorbell.subject_of(address, "m2") is None


async def test_a_message_is_not_sent_before_its_time(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    due = clock() + HALF_A_MINUTE
    await city.owe(worker, not_before=due)
    assert await storage.outbox.claim(1, clock()) == ()
    assert await storage.outbox.next_due(clock()) == due
    clock.advance(30)
    assert len(await storage.outbox.claim(1, clock())) == 1
    assert await storage.outbox.next_due(clock()) is None


async def test_a_held_chat_is_left_alone_and_others_go_on(
    storage: Storage, city: City, clock: HandClock
) -> None:
    lin, address = await city.bound()
    wang, _ = await city.bound(name="王")
    await city.owe(lin)
    to_wang = await city.owe(wang)
    await storage.outbox.hold(address, clock() + 2 * HALF_A_MINUTE)
    await storage.outbox.hold(address, clock() + HALF_A_MINUTE)
    assert await claimed_keys(storage, clock) == [to_wang.key]
    assert await storage.outbox.next_due(clock()) == clock() + 2 * HALF_A_MINUTE
    clock.advance(59)
    assert await storage.outbox.claim(1, clock()) == ()
    assert len(await storage.outbox.claim(1, clock.advance(1))) == 1


async def test_everybody_can_be_held_at_once(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker)
    await storage.outbox.hold(None, clock() + HALF_A_MINUTE)
    assert await storage.outbox.claim(1, clock()) == ()
    assert await storage.outbox.next_due(clock()) == clock() + HALF_A_MINUTE
    assert len(await storage.outbox.claim(1, clock.advance(30))) == 1


async def test_messages_wait_for_a_person_who_is_not_bound_yet(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker = await city.person()
    notice = await city.owe(worker)
    assert await storage.outbox.claim(1, clock()) == ()
    assert await storage.outbox.next_due(clock()) is None
    await city.bind(worker, Address("telegram", "5"))
    assert await claimed_keys(storage, clock) == [notice.key]


async def test_whoever_blocked_us_gets_everything_when_they_come_back(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, address = await city.bound()
    keys = [(await city.owe(worker)).key for _ in range(2)]
    [owed] = await storage.outbox.claim(1, clock())
    await storage.outbox.unreachable(owed, "bot was blocked by the user", clock())
    keys.append((await city.owe(worker)).key)
    assert await storage.outbox.claim(1, clock()) == ()
    await storage.doorbell.came_back(address)
    assert await send_all(storage, clock) == keys


async def test_whoever_left_is_not_written_to(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, address = await city.bound()
    await city.owe(worker)
    await storage.doorbell.left(address)
    assert await storage.outbox.claim(1, clock()) == ()
    await storage.doorbell.came_back(address)
    assert len(await storage.outbox.claim(1, clock())) == 1


async def test_a_dismissed_person_gets_nothing_more(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker)
    async with storage.begin() as work:
        await work.people.dismiss(worker.id)
    assert await storage.outbox.claim(1, clock()) == ()


@pytest.mark.parametrize("sure", [True, False], ids=["order", "digest"])
async def test_a_message_of_unknown_fate_goes_again_only_if_it_must_arrive(
    storage: Storage, city: City, clock: HandClock, sure: bool
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker, sure=sure)
    [owed] = await storage.outbox.claim(1, clock())
    await storage.outbox.unknown(owed, "timeout", clock())
    assert await storage.outbox.claim(1, clock.advance(29)) == ()
    again = await storage.outbox.claim(1, clock.advance(1))
    assert [owed.unknowns for owed in again] == ([1] if sure else [])


@pytest.mark.parametrize("sure", [True, False], ids=["order", "digest"])
async def test_a_sender_that_died_leaves_an_unknown_behind(
    storage: Storage, neighbour: Storage, city: City, clock: HandClock, sure: bool
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker, sure=sure)
    [owed] = await storage.outbox.claim(1, clock())
    assert await neighbour.outbox.sweep_stuck(clock.advance(29)) == 0
    assert await neighbour.outbox.sweep_stuck(clock.advance(1)) == 1
    assert await storage.outbox.sent(owed, {}, [], clock()) is False
    assert await neighbour.outbox.claim(1, clock()) == ()
    again = await neighbour.outbox.claim(1, clock.advance(30))
    assert [owed.unknowns for owed in again] == ([1] if sure else [])


@pytest.mark.parametrize("died", [True, False], ids=["the sender died", "no answer came"])
async def test_an_order_of_unknown_fate_comes_twice_at_most(
    storage: Storage, city: City, clock: HandClock, died: bool
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker, sure=True)
    for _ in range(2):
        [owed] = await storage.outbox.claim(1, clock.advance(30))
        if died:
            await storage.outbox.sweep_stuck(clock.advance(30))
        else:
            await storage.outbox.unknown(owed, "timeout", clock())
    assert await storage.outbox.claim(1, clock.advance(3600)) == ()


@pytest.mark.parametrize("died", [True, False], ids=["the sender died", "no answer came"])
async def test_an_edit_of_unknown_fate_is_made_again_for_it_shows_nothing_twice(
    storage: Storage, city: City, clock: HandClock, died: bool
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker, subject="case:1")
    [owed] = await storage.outbox.claim(1, clock())
    await storage.outbox.sent(owed, {"message": 1}, ["1"], clock())
    await city.owe(worker, subject="case:1")
    [owed] = await storage.outbox.claim(1, clock())
    if died:
        await storage.outbox.sweep_stuck(clock.advance(30))
    else:
        await storage.outbox.unknown(owed, "timeout", clock())
    [again] = await storage.outbox.claim(1, clock.advance(30))
    assert (again.id, again.unknowns, again.is_new) == (owed.id, 1, False)


async def test_a_retry_after_a_flood_warning_costs_no_attempt(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker)
    [owed] = await storage.outbox.claim(1, clock())
    await storage.outbox.retry(owed, "429", clock() + HALF_A_MINUTE, counts=False)
    [owed] = await storage.outbox.claim(1, clock.advance(30))
    assert owed.attempts == 0
    await storage.outbox.retry(owed, "refused", clock() + HALF_A_MINUTE, counts=True)
    [owed] = await storage.outbox.claim(1, clock.advance(30))
    assert owed.attempts == 1


async def test_a_failed_message_is_kept_and_can_be_sent_once_more(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    notice = await city.owe(worker)
    [owed] = await storage.outbox.claim(1, clock())
    await storage.outbox.failed(owed, "400 can't parse entities", clock())
    [letter] = await storage.dead_letters.latest()
    assert (letter.notice, letter.why) == (notice, "400 can't parse entities")
    assert await storage.dead_letters.requeue(letter.id)
    assert not await storage.dead_letters.requeue(letter.id)
    assert await claimed_keys(storage, clock) == [notice.key]


async def test_what_no_longer_makes_sense_is_not_sent(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker)
    [owed] = await storage.outbox.claim(1, clock())
    await storage.outbox.superseded(owed, "acknowledged meanwhile", clock())
    assert await storage.outbox.claim(1, clock()) == ()


async def test_a_group_that_moved_is_followed_once(
    storage: Storage, city: City, clock: HandClock
) -> None:
    worker, old = await city.bound()
    await city.card(worker)
    await send_all(storage, clock)
    new = Address("telegram", "-100500")
    await city.card(worker)
    await storage.outbox.moved(old, new)
    await storage.outbox.moved(old, new)
    [owed] = await storage.outbox.claim(1, clock())
    assert (owed.address, owed.live) == (new, None)
    assert (await storage.doorbell.person_at(new)).id == worker.id


async def test_a_secret_is_forgotten_once_it_is_told(
    storage: Storage, city: City, clock: HandClock, neighbour: Storage
) -> None:
    operator, _ = await city.bound(role=Role.OPERATOR, agency=None)
    await city.owe(operator, secret=True, data={"phone": "13800001234"})
    [owed] = await storage.outbox.claim(1, clock())
    assert owed.notice.data == {"phone": "13800001234"}
    await storage.outbox.failed(owed, "gone", clock())
    [letter] = await neighbour.dead_letters.latest()
    assert letter.notice.data == {}
