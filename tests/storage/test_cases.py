"""A case comes back as it was written, and two people cannot both change it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from storage.assembly import Storage
from tests.storage.city import City, PowerCutError, begin_and_fail, caller_of
from workflows.cases.case import (
    Action,
    CaseId,
    ContactResult,
    Filing,
    Order,
    Place,
    Point,
    RunningClock,
    Source,
    Stage,
    State,
    Timeliness,
)
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Pause, Unit
from workflows.hotline.duplicates import NEIGHBOURS
from workflows.people import AgencyCode, AreaCode
from workflows.ports import Caller
from workflows.refusals import Reason, Refused

NOON = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


async def test_a_full_case_comes_back_as_it_was_written(storage: Storage, city: City) -> None:
    worker = await city.person()
    limit = Limit(Decimal("1.5"), Unit.WORK_DAY)
    clock = RunningClock(
        kind=ClockKind.DISPOSAL,
        round=1,
        started_at=NOON,
        limit=limit,
        due_at=NOON + timedelta(hours=7, microseconds=3),
        provisional=True,
        pauses=(Pause(NOON, NOON + timedelta(hours=1)), Pause(NOON + timedelta(hours=2))),
        rungs_told=2,
        next_rung_at=NOON + timedelta(hours=3),
    )
    filing = Filing("01001-1", limit, {"rungs": []}, 2, True, "v1", "复位", "back", "两张", "two")
    order = Order(
        "王",
        "138****1234",
        contact=ContactResult.REACHED,
        contacted_at=NOON,
        contact_note="说在家",
        reply="已修好",
        calls=2,
    )
    opened = await city.case(
        place=Place("中山路", Point(31.15, 121.36), AreaCode("310112101-03"), "七宝镇"),
        words="井盖坏了 🕳️ <b>快来</b> \u202e",
        source_number="SH-1",
        system_takes=frozenset({Action.ACCEPT, Action.FILE}),
        urgency="P1",
        condition_id="01001-1",
        filing=filing,
        agency=AgencyCode("WTR-1"),
        assignee=worker.id,
        order=order,
        arrived_at=NOON,
        note="在修",
        latest_reason="再看看",
        rework_count=2,
        self_fixed=True,
        stuck="no_agency",
        clocks=(clock, replace(clock, kind=ClockKind.SIGN_FOR, ended_at=NOON)),
        closed_at=NOON,
        timeliness=Timeliness.ON_TIME,
        photo_counts={Stage.BEFORE: 1, Stage.AFTER: 2},
    )
    view = await storage.views.case(opened.id)
    assert view.case == opened


async def test_what_no_database_can_hold_is_left_out_of_words(
    storage: Storage, city: City
) -> None:
    opened = await city.case(words="a\0b\ud83d", note="\0")
    case = (await storage.views.case(opened.id)).case
    assert (case.words, case.note) == ("ab?", "")


async def test_times_come_back_in_utc_whatever_zone_they_were_said_in(
    storage: Storage, city: City
) -> None:
    beijing = NOON.astimezone(timezone(timedelta(hours=8)))
    opened = await city.case(reported_at=beijing)
    case = (await storage.views.case(opened.id)).case
    assert case.reported_at == NOON
    assert case.reported_at.tzinfo is UTC


async def test_a_time_without_a_zone_is_refused(city: City) -> None:
    with pytest.raises(Exception, match="has no zone"):
        await city.case(reported_at=datetime(2026, 9, 1, 12, 0))  # noqa: DTZ001


async def test_a_decision_made_on_old_news_is_not_written(storage: Storage, city: City) -> None:
    before = await city.case()
    async with storage.begin() as work:
        await work.cases.write(before, replace(before, state=State.PENDING_FILING, version=1))
    with pytest.raises(Refused) as refused:
        async with storage.begin() as work:
            await work.cases.write(before, replace(before, state=State.VOIDED, version=1))
    assert refused.value.reason is Reason.CHANGED_MEANWHILE
    assert (await storage.views.case(before.id)).case.state is State.PENDING_FILING


async def test_an_error_leaves_no_trace_of_the_transaction(storage: Storage, city: City) -> None:
    case = await city.case()
    void = replace(case, state=State.VOIDED, version=1)
    with pytest.raises(PowerCutError):
        await begin_and_fail(storage, lambda work: work.cases.write(case, void))
    assert (await storage.views.case(case.id)).case == case


async def test_an_unknown_case_is_refused(storage: Storage) -> None:
    with pytest.raises(Refused) as refused:
        await storage.views.case(CaseId(404))
    assert refused.value.reason is Reason.NO_SUCH_CASE


async def test_a_source_number_finds_its_case_and_an_empty_one_none(
    storage: Storage, city: City
) -> None:
    case = await city.case(source_number="311-77", source=Source.IMPORT)
    await city.case()
    await city.case()
    async with storage.begin() as work:
        found = await work.cases.by_source_numbers(["311-77", "311-78", ""])
        assert found == {"311-77": case.id}


async def test_a_source_number_cannot_be_imported_twice(city: City) -> None:
    await city.case(source_number="311-77")
    with pytest.raises(Exception, match=r"(?i)unique"):
        await city.case(source_number="311-77")


async def test_the_caller_is_kept_apart_from_the_case(storage: Storage, city: City) -> None:
    case = await city.case()
    async with storage.begin() as work:
        assert await work.cases.caller(case.id) is None
        await work.cases.keep_caller(case.id, Caller("王建国", "13800001234"))
        await work.cases.keep_caller(case.id, Caller("王建国", "13900001234"))
    assert await caller_of(storage, case.id) == Caller("王建国", "13900001234")
    assert "1390000" not in repr(await storage.views.case(case.id))


async def test_a_workers_cases_come_nearest_due_first(storage: Storage, city: City) -> None:
    worker = await city.person()
    limit = Limit(4, Unit.URGENT_HOUR)
    for hours in (None, 5, 2):
        due_at = NOON + timedelta(hours=hours) if hours else None
        clocks = (RunningClock(ClockKind.DISPOSAL, 0, NOON, limit, due_at),)
        await city.case(state=State.HANDLING, assignee=worker.id, clocks=clocks)
    await city.case(state=State.CLOSED, assignee=worker.id)
    async with storage.begin() as work:
        found = await work.cases.in_hands_of(worker.id)
    assert [case.id for case in found] == [3, 2, 1]


async def test_neighbours_are_the_newest_open_cases_of_the_district(
    storage: Storage, city: City
) -> None:
    """With those outside every grid, which may lie anywhere; nothing of another district."""
    here, elsewhere = AreaCode("310112101-03"), AreaCode("310113101-03")
    told: dict[str, dict[str, Any]] = {
        "两天前": {"reported_at": NOON - timedelta(days=2)},
        "四天前": {"reported_at": NOON - timedelta(days=4)},
        "已结案": {"reported_at": NOON, "state": State.CLOSED},
        "刚才": {"reported_at": NOON, "place": Place("中山路", Point(31.15, 121.36), here)},
        "别的区": {"reported_at": NOON, "place": Place("中山路", None, elsewhere)},
        "网格外": {"reported_at": NOON, "place": Place("某处", None, None)},
    }
    for words, case in told.items():
        await city.case(words=words, **case)
    since = NOON - timedelta(hours=72)
    async with storage.begin() as work:
        found = await work.cases.recent("310112", since)
        nowhere = await work.cases.recent("", since)
    assert [each.words for each in found] == ["网格外", "刚才", "两天前"]
    assert found[1].place == told["刚才"]["place"]
    assert [each.words for each in nowhere] == ["网格外"]


async def test_never_more_neighbours_than_can_be_compared_at_once(
    storage: Storage, city: City
) -> None:
    for _ in range(NEIGHBOURS + 3):
        last = await city.case()
    async with storage.begin() as work:
        found = await work.cases.recent("310112", NOON - timedelta(days=1))
    assert len(found) == NEIGHBOURS
    assert found[0].id == last.id
