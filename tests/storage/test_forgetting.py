"""Each kind of data goes when its time is over and not before, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text

from storage.assembly import Storage
from storage.rows.approving import proposals
from storage.rows.cases import photos
from storage.rows.outgoing import outbox
from storage.rows.pages import page_links
from storage.rows.people import drafts
from storage.rows.rails import inbox, tokens
from tests.storage.city import City, HandClock
from tests.storage.test_journal import broken
from workflows.cases.case import CaseId, Order, PhotoState, State
from workflows.people import SYSTEM
from workflows.policy.load import load_policy
from workflows.ports import Caller
from workflows.privacy.kept import Hold
from workflows.privacy.retention import Kind
from workflows.refusals import Reason, Refused

PERIODS = load_policy().retention
PHONE = "13912340021"


async def full(storage: Storage, city: City, clock: HandClock) -> CaseId:
    """A case that has ended, with a row of every kind; a second one that is still open."""
    ended = await city.case(state=State.CLOSED, closed_at=clock(), order=Order(phone_hint="139"))
    still = await city.case()
    now = clock()
    for case in (ended, still):
        async with storage.begin() as work:
            await work.cases.keep_caller(case.id, Caller("王", PHONE))
        async with storage.database.begin() as connection:
            await connection.execute(insert(photos), [picture(case.id, now)])
    person = SYSTEM.id
    async with storage.database.begin() as connection:
        await connection.execute(insert(outbox), [message(ended.id, now)])
        form = {"kind": "case", "state": "done", "version": 1, "body": {"phone": PHONE}}
        times = {"opened_at": now, "changed_at": now}
        await connection.execute(insert(drafts), [{"person_id": person, **form, **times}])
        came = {"transport": "telegram", "raw_id": "1", "chat": "7", "raw": PHONE}
        await connection.execute(insert(inbox), [{**came, "received_at": now, "state": "done"}])
        button = {"token": "t", "person_id": person, "subject": "case:1", "offers": []}
        await connection.execute(insert(tokens), [{**button, "expires_at": now}])
        link = {"token_hash": "h", "person_id": person, "message_id": 1, "expires_at": now}
        await connection.execute(insert(page_links), [link])
        await connection.execute(insert(proposals), [import_of_people(now)])
    return ended.id


def import_of_people(now: object) -> dict[str, object]:
    return {
        "kind": "change",
        "what": {"list": "people", "file": "p.csv", "added": 1, "rows": [["沈", PHONE]]},
        "digest": "d",
        "area": "",
        "purpose": "",
        "operator": "root",
        "asked_by": SYSTEM.id,
        "asked_at": now,
        "asked": [],
        "lapses_at": now,
        "answer": "lapsed",
        "outcome": "",
        "version": 1,
        "fence": 0,
    }


def picture(case_id: CaseId, now: object) -> dict[str, object]:
    return {
        "case_id": case_id,
        "stage": "before",
        "sent_by": SYSTEM.id,
        "said_at": now,
        "ref": {"file": "x"},
        "unique_id": "u",
        "size": 1,
        "mime": "image/jpeg",
        "forwarded": False,
        "state": PhotoState.KEPT.value,
        "sha256": "a" * 64 if case_id == 1 else "b" * 64,
        "stored": "originals/x",
        "problem": "",
        "taken_back": False,
    }


def message(case_id: CaseId, now: object) -> dict[str, object]:
    return {
        "key": "k",
        "recipient": "person:0",
        "kind": "case",
        "subject": "case:1",
        "case_id": case_id,
        "because": "",
        "data": {"words": PHONE},
        "lane": 1,
        "loud": False,
        "sure": False,
        "secret": False,
        "fresh": False,
        "owed_at": now,
        "state": "sent",
        "unknowns": 0,
        "ended_at": now,
    }


@pytest.mark.parametrize("kind", list(Kind), ids=str)
async def test_a_kind_goes_the_day_after_its_period_and_the_ledger_knows(
    storage: Storage, city: City, clock: HandClock, kind: Kind
) -> None:
    await full(storage, city, clock)
    period, forgetting = PERIODS[kind], storage.forgetting
    clock.now += period.keep - timedelta(hours=1)
    assert await forgetting.forget(period, clock()) == 0
    clock.now += timedelta(hours=2)
    assert (await forgetting.kept(period, clock())).overdue == 1
    assert await forgetting.forget(period, clock()) == 1
    assert await forgetting.forget(period, clock()) == 0
    for sha256 in await forgetting.files():
        assert kind is Kind.PHOTOS
        await forgetting.file_gone(sha256)
    after = await forgetting.kept(period, clock())
    assert (after.overdue, after.gone, after.last) == (0, 1, clock())
    assert await broken(storage) is None


async def test_a_held_case_is_passed_over_and_counted_as_held(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await full(storage, city, clock)
    await storage.holds.hold(Hold(case, "court", "沈", clock()))
    clock.now += timedelta(days=3000)
    for kind in (Kind.CALLERS, Kind.PHOTOS, Kind.CASE_WORDS, Kind.MESSAGES):
        assert await storage.forgetting.forget(PERIODS[kind], clock()) == 0
        kept = await storage.forgetting.kept(PERIODS[kind], clock())
        assert (kept.overdue, kept.on_hold) == (0, 1)
    await storage.holds.lift(Hold(case, "over", "沈", clock()))
    assert await storage.forgetting.forget(PERIODS[Kind.CALLERS], clock()) == 1
    assert await storage.holds.in_force() == ()


async def test_one_hold_at_a_time_on_a_case_that_exists(
    storage: Storage, city: City, clock: HandClock
) -> None:
    case = await city.case()
    hold = Hold(case.id, "court", "沈", clock())
    with pytest.raises(LookupError, match="no hold"):
        await storage.holds.lift(hold)
    await storage.holds.hold(hold)
    with pytest.raises(LookupError, match="already"):
        await storage.holds.hold(hold)
    with pytest.raises(Refused) as no:
        await storage.holds.hold(Hold(CaseId(99), "court", "沈", clock()))
    assert no.value.reason is Reason.NO_SUCH_CASE
    assert list(await storage.holds.in_force()) == [hold]


async def test_a_picture_that_another_case_still_shows_keeps_its_file(
    storage: Storage, city: City, clock: HandClock
) -> None:
    await full(storage, city, clock)
    async with storage.database.begin() as connection:
        await connection.execute(text("UPDATE photo SET sha256 = 'same'"))
    clock.now += timedelta(days=800)
    assert await storage.forgetting.forget(PERIODS[Kind.PHOTOS], clock()) == 1
    assert await storage.forgetting.files() == ()
    assert (await storage.forgetting.kept(PERIODS[Kind.PHOTOS], clock())).overdue == 0


async def test_a_batch_is_small_and_two_processes_share_the_work(
    storage: Storage, neighbour: Storage, clock: HandClock
) -> None:
    row = {"person_id": SYSTEM.id, "subject": "x", "offers": [], "expires_at": clock()}
    async with storage.database.begin() as connection:
        await connection.execute(insert(tokens), [{**row, "token": f"t{n}"} for n in range(450)])
    clock.now += timedelta(days=8)
    period = PERIODS[Kind.BUTTONS]
    went = [await door.forgetting.forget(period, clock()) for door in (storage, neighbour) * 2]
    assert went == [200, 200, 50, 0]
    assert (await storage.forgetting.kept(period, clock())).gone == 450
