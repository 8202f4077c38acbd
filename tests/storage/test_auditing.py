"""The auditor is silent when all is well, names what is not, and can write nothing."""

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import audit_passes, chain_watch
from storage.assembly import Storage
from storage.audit_checks import CHECKS, GUESSED
from storage.auditing import SERVING, StoredAuditing
from storage.database import connect, connect_read_only
from tests.storage.city import City, HandClock
from tests.storage.test_doctor import disposal, watched
from workflows.auditing.faults import Fault, Progress, Rule
from workflows.cases.case import Photo, PhotoRef, Picture, Stage, State
from workflows.cases.clockwork import timers_of
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Pause
from workflows.escalation.alert import Alert
from workflows.escalation.ladder import Level
from workflows.people import SYSTEM, Role
from workflows.ports import Entry, StorageDownError, Timer
from workflows.rails import SENDER, Incoming


class Auditor:
    """One auditor with its memory; each look is a minute after the one before."""

    def __init__(self, storage: StoredAuditing, clock: HandClock) -> None:
        self.auditing, self.clock, self.progress = storage, clock, Progress()
        self.behind = False

    async def faults(self) -> dict[Rule, Fault]:
        look = await self.auditing.look(self.clock(), self.progress)
        self.progress, self.behind = look.progress, look.behind
        return {fault.rule: fault for fault in look.faults}

    async def finds(self) -> list[Rule]:
        return list(await self.faults())


@pytest.fixture
async def auditing(url: str) -> AsyncIterator[StoredAuditing]:
    database = connect_read_only(url)
    yield StoredAuditing(database, calendar_until=2026)
    await database.dispose()


@pytest.fixture
async def auditor(
    storage: Storage, auditing: StoredAuditing, clock: HandClock
) -> AsyncIterator[Auditor]:
    """Somebody serves the city all the while."""
    await storage.leases.take(SENDER, "engine", clock(), 10**9)
    return Auditor(auditing, clock)


async def breaks(storage: Storage, *statements: str) -> None:
    """Somebody who has the database does what the product never would."""
    async with storage.database.begin() as connection:
        if storage.database.is_sqlite:
            for event in ("update", "delete"):
                drop = f"DROP TRIGGER IF EXISTS journal_is_only_added_to_{event}"
                await connection.execute(text(drop))
            await connection.execute(text("DROP TRIGGER IF EXISTS chain_head_only_moves_on"))
        else:
            await connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            await connection.execute(text(statement))


async def write_lines(storage: Storage, clock: HandClock, count: int) -> None:
    line = Entry("looked", SYSTEM.id, Role.SYSTEM, clock())
    async with storage.begin() as work:
        await work.journal(*[line] * count)


async def test_in_an_empty_and_in_a_watched_city_the_auditor_is_silent(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    assert await auditor.finds() == []
    await watched(storage, city, clock)
    assert await auditor.finds() == []
    assert await auditor.finds() == []


async def test_the_auditor_cannot_write(storage: Storage, auditing: StoredAuditing) -> None:
    taking = text("INSERT INTO setting (name, value) VALUES ('a', 'b')")
    for way_in in (auditing.database.reading, auditing.database.begin):
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            async with way_in() as connection:
                await connection.execute(taking)
    async with storage.database.reading() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM setting"))).scalar_one() == 0


async def test_the_auditor_makes_no_file_where_there_is_none(tmp_path: Path) -> None:
    database = connect_read_only(f"sqlite:///{tmp_path / 'nowhere.db'}")
    with pytest.raises(StorageDownError):
        await StoredAuditing(database, 2026).look(datetime(2026, 9, 1, tzinfo=UTC), Progress())
    await database.dispose()
    assert not os.path.exists(tmp_path / "nowhere.db")  # noqa: ASYNC240, PTH110


async def test_tables_that_are_not_ours_are_a_fault_and_no_crash(bare_url: str) -> None:
    nothing = connect(bare_url)
    async with nothing.begin() as connection:
        await connection.execute(text("CREATE TABLE cases (id INTEGER)"))
    await nothing.dispose()
    database = connect_read_only(bare_url)
    with pytest.raises(StorageDownError):
        await StoredAuditing(database, 2026).look(datetime(2026, 9, 1, tzinfo=UTC), Progress())
    await database.dispose()


async def test_nobody_serving_is_noticed_after_a_minute(
    storage: Storage, auditing: StoredAuditing, clock: HandClock
) -> None:
    auditor = Auditor(auditing, clock)
    await storage.leases.take(SENDER, "engine", clock(), 30)
    assert await auditor.finds() == []
    clock.advance(89)
    assert await auditor.finds() == []
    clock.advance(1)
    assert await auditor.finds() == [Rule.NOBODY_SERVES]
    await storage.leases.take(SENDER, "the next", clock(), 30)
    assert await auditor.finds() == []


async def test_whoever_hands_over_within_a_minute_raises_no_alarm(
    storage: Storage, auditing: StoredAuditing, clock: HandClock
) -> None:
    auditor = Auditor(auditing, clock)
    await storage.leases.take(SENDER, "engine", clock(), 30)
    await storage.leases.give_up(SENDER, "engine")
    assert await auditor.finds() == []
    clock.advance(59)
    assert await auditor.finds() == []
    clock.advance(1)
    assert await auditor.finds() == [Rule.NOBODY_SERVES]


@pytest.mark.parametrize("clocks", ["none", "ended", "rung to come"])
async def test_an_open_case_that_nobody_watches_is_named_until_somebody_does(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor, clocks: str
) -> None:
    running = disposal(clock)
    ended = replace(running, ended_at=clock())
    given = {"none": (), "ended": (ended,), "rung to come": (running,)}[clocks]
    case = await city.case(clocks=given)
    await city.case(state=State.CLOSED)
    for _ in range(3):  # found by the pass once, looked at again every time
        fault = (await auditor.faults())[Rule.NO_TIMER]
        assert (fault.count, fault.cases) == (1, (case.id,))
    await breaks(storage, "UPDATE cases SET state = 'closed'")
    assert await auditor.finds() == []


async def test_a_second_ladder_without_its_timer_is_noticed(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    case = await watched(storage, city, clock)
    both = (*case.clocks, disposal(clock, kind=ClockKind.SIGN_FOR))
    async with storage.begin() as work:
        await work.cases.write(case, replace(case, clocks=both))
    assert await auditor.finds() == [Rule.NO_TIMER]
    async with storage.begin() as work:
        await work.arm(Timer(case.id, "sign_for", 0, 0, clock()))
    assert await auditor.finds() == []


async def test_a_promise_to_tell_again_needs_its_timer_unless_the_ladder_stands(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    alert = Alert(Level.L1, clock(), (SYSTEM.id,), again_at=clock() + timedelta(minutes=30))
    told = disposal(clock, rungs_told=1, next_rung_at=None, alert=alert)
    case = await city.case(clocks=(told,))
    assert await auditor.finds() == [Rule.NO_TIMER]
    async with storage.begin() as work:
        await work.arm(*timers_of(case))
    assert await auditor.finds() == []
    await city.case(clocks=(replace(told, pauses=(Pause(clock()),)),))
    assert await auditor.finds() == []


async def test_a_case_that_changes_is_looked_at_at_once_however_many_there_are(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    case = await watched(storage, city, clock)
    await auditor.finds()
    auditor.progress = replace(auditor.progress, timed=10**6, weighed=10**6, compared=10**6)
    line = Entry("moved", SYSTEM.id, Role.SYSTEM, clock(), case.id, 1, "reported", "handling")
    async with storage.begin() as work:
        await work.journal(line)
        await work.disarm(case.id, keep=(), why="a mistake")
    auditor.progress = replace(auditor.progress, timed=10**6, weighed=10**6, compared=10**6)
    assert await auditor.finds() == [Rule.NO_TIMER]


async def test_the_passes_reach_every_case_and_begin_anew(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor, monkeypatch: Any
) -> None:
    for name, part in (("TIMED", 3), ("WEIGHED", 2), ("COMPARED", 2), ("CANDIDATES", 2)):
        monkeypatch.setattr(audit_passes, name, part)
    every = [await watched(storage, city, clock) for _ in range(7)]
    assert await auditor.finds() == []
    both = (*every[-1].clocks, disposal(clock, kind=ClockKind.SIGN_FOR))
    async with storage.begin() as work:
        await work.cases.write(every[-1], replace(every[-1], clocks=both))
    found = [await auditor.finds() for _ in range(4)]
    assert found[-1] == [Rule.NO_TIMER]
    assert found[0] == []


async def test_a_late_timer_is_noticed_unless_somebody_is_at_it(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    case = await watched(storage, city, clock)
    clock.advance(3660)
    assert await auditor.finds() == []
    clock.advance(1)
    assert (await auditor.faults())[Rule.LATE_TIMER].cases == (case.id,)
    await storage.timers.claim(1, clock())
    assert await auditor.finds() == []


async def test_a_timer_that_fails_again_and_again_is_late_although_it_is_put_off(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    await watched(storage, city, clock)
    clock.advance(3700)
    for _ in range(5):
        [timer] = await storage.timers.claim(1, clock())
        await storage.timers.release(timer, "KeyError", clock() + timedelta(seconds=30))
        assert await auditor.finds() == [Rule.LATE_TIMER]
        clock.advance(30)
    await storage.timers.claim(1, clock())
    assert await auditor.finds() == [Rule.LATE_TIMER]


async def test_a_message_stuck_in_sending_is_noticed(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker)
    await storage.outbox.claim(1, clock())
    clock.advance(60)
    assert await auditor.finds() == []
    clock.advance(1)
    assert await auditor.finds() == [Rule.STUCK_SEND]


async def test_an_order_that_does_not_go_out_is_noticed_after_half_an_hour(
    city: City, clock: HandClock, auditor: Auditor
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker, sure=True)
    await city.owe(worker, sure=False)
    clock.advance(1800)
    assert await auditor.finds() == []
    clock.advance(1)
    assert (await auditor.faults())[Rule.LATE_MESSAGE].count == 1


async def test_an_order_that_waited_for_the_morning_is_not_late_in_the_morning(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    worker, _ = await city.bound()
    night = timedelta(hours=10)
    await city.owe(worker, sure=True, not_before=clock() + night)
    clock.advance(night.total_seconds() + 60)
    for found in ([], [], [], [Rule.LATE_MESSAGE]):
        assert await auditor.finds() == found
        [owed] = await storage.outbox.claim(1, clock())
        later = clock() + timedelta(minutes=16)
        await storage.outbox.retry(owed, "503", later, counts=False)
        clock.advance(961)


async def test_messages_that_were_given_up_are_noticed_where_they_had_to_arrive(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    worker, _ = await city.bound()
    await city.owe(worker)
    [owed] = await storage.outbox.claim(1, clock())
    await storage.outbox.unknown(owed, "timeout", clock())
    assert await auditor.finds() == []
    await city.owe(worker)
    [owed] = await storage.outbox.claim(1, clock())
    await storage.outbox.failed(owed, "400", clock())
    assert (await auditor.faults())[Rule.DEAD_LETTER].count == 1
    await city.owe(worker, sure=True, loud=True)
    for _ in range(2):
        [owed] = await storage.outbox.claim(1, clock())
        await storage.outbox.unknown(owed, "timeout", clock())
        clock.advance(31)
    assert (await auditor.faults())[Rule.DEAD_LETTER].count == 2


async def test_updates_that_nobody_reads_or_can_read_are_noticed(
    storage: Storage, clock: HandClock, auditor: Auditor
) -> None:
    await storage.inbox.store("telegram", [Incoming("1", "7", "{}")], clock())
    clock.advance(120)
    assert await auditor.finds() == []
    clock.advance(1)
    assert await auditor.finds() == [Rule.LATE_UPDATE]
    [row] = await storage.inbox.claim(1, clock())
    await storage.inbox.poison(row, "not an update", clock())
    assert await auditor.finds() == [Rule.POISON_UPDATE]


async def test_a_photo_that_is_not_fetched_is_noticed(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    case = await watched(storage, city, clock)
    picture = Picture(PhotoRef("telegram", {"file_id": "x"}), "u1", 9, "image/jpeg")
    async with storage.begin() as work:
        photo = await work.photos.add(case.id, Stage.AFTER, SYSTEM, clock(), picture)
    assert isinstance(photo, Photo)
    clock.advance(1800)
    assert await auditor.finds() == []
    clock.advance(1)
    assert (await auditor.faults())[Rule.LATE_PHOTO].cases == (case.id,)
    async with storage.begin() as work:
        await work.photos.take_back(photo.id)
    assert await auditor.finds() == []


async def test_a_call_out_that_nobody_watches_is_noticed(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    chief = await city.person()
    await breaks(storage, CALL_OUT.format(by=chief.id, at=clock().isoformat(sep=" ")))
    assert await auditor.finds() == [Rule.LATE_CALL]
    await breaks(storage, "UPDATE call_out SET closed_at = called_at")
    assert await auditor.finds() == []


CALL_OUT = (
    "INSERT INTO call_out (called_by, called_at, area, area_name, ground, ground_words, sentence, "
    "place, version, reminded) VALUES ({by}, '{at}', '', '', 'flood', '', 'come', '', 0, 0)"
)


async def test_a_line_that_was_changed_is_found_on_the_way_through_the_old_lines(
    storage: Storage, clock: HandClock, auditor: Auditor, monkeypatch: Any
) -> None:
    monkeypatch.setattr(chain_watch, "OLD_LINES", 4)
    await write_lines(storage, clock, 10)
    for _ in range(4):
        assert await auditor.finds() == []
    await breaks(storage, "UPDATE journal SET action = 'never' WHERE seq = 6")
    found = [await auditor.faults() for _ in range(4)]
    assert found[-1][Rule.CHAIN_BROKEN].detail == "from line 6 on"
    assert Rule.CHAIN_BROKEN in await auditor.faults()
    await breaks(storage, "UPDATE journal SET action = 'looked' WHERE seq = 6")
    assert await auditor.finds() == []


async def test_new_lines_are_followed_in_the_minute_in_which_they_are_written(
    storage: Storage, clock: HandClock, auditor: Auditor, monkeypatch: Any
) -> None:
    monkeypatch.setattr(chain_watch, "NEW_LINES", 4)
    await write_lines(storage, clock, 2)
    assert await auditor.finds() == []
    await write_lines(storage, clock, 6)
    assert await auditor.finds() == []
    assert auditor.behind
    assert await auditor.finds() == []
    assert not auditor.behind
    assert auditor.progress.head is not None
    assert auditor.progress.head.seq == 8
    await write_lines(storage, clock, 1)
    await breaks(storage, "UPDATE journal SET action = 'never' WHERE seq = 9")
    assert (await auditor.faults())[Rule.CHAIN_BROKEN].detail == "from line 9 on"


async def test_a_history_that_was_cut_off_or_written_anew_no_longer_leads_to_what_was_seen(
    storage: Storage, clock: HandClock, auditor: Auditor
) -> None:
    await write_lines(storage, clock, 5)
    assert await auditor.finds() == []
    seen = auditor.progress
    head = "UPDATE chain_head SET seq = 4, hash = (SELECT hash FROM journal WHERE seq = 4)"
    await breaks(storage, "DELETE FROM journal WHERE seq = 5", head)
    assert (await auditor.faults())[Rule.CHAIN_BROKEN].detail == "from line 5 on"
    clock.advance(1)
    await write_lines(storage, clock, 3)  # whole again, and yet another history
    auditor.progress = seen
    assert (await auditor.faults())[Rule.CHAIN_BROKEN].detail == "from line 5 on"
    newcomer = Auditor(auditor.auditing, clock)
    assert await newcomer.finds() == []


async def test_a_case_that_the_journal_does_not_know_so_is_noticed(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    case = await watched(storage, city, clock)
    moved = replace(case, state=State.PENDING_FILING, version=1)
    line = Entry("accept", SYSTEM.id, Role.SYSTEM, clock(), case.id, 1, case.state, moved.state)
    async with storage.begin() as work:
        await work.cases.write(case, moved)
        await work.journal(line)
    assert await auditor.finds() == []
    await breaks(storage, "UPDATE cases SET state = 'handling'")
    assert (await auditor.faults())[Rule.JOURNAL_DIFFERS].cases == (case.id,)


async def test_from_the_middle_of_december_next_years_days_off_must_be_known(
    storage: Storage, city: City, clock: HandClock, auditor: Auditor
) -> None:
    case = await watched(storage, city, clock)
    await breaks(storage, "UPDATE cases SET provisional = true, due_at = reported_at")
    clock.now = datetime(2026, 12, 14, 8, tzinfo=UTC)
    assert Rule.HOLIDAY_DATA not in await auditor.faults()
    clock.now = datetime(2026, 12, 15, 8, tzinfo=UTC)
    fault = (await auditor.faults())[Rule.HOLIDAY_DATA]
    assert (fault.cases, fault.detail) == ((case.id,), "days off of 2027")
    auditor.auditing = replace(auditor.auditing, calendar_until=2027)
    assert Rule.HOLIDAY_DATA not in await auditor.faults()


async def test_counting_stops_where_it_would_begin_to_cost(
    storage: Storage, clock: HandClock, auditor: Auditor
) -> None:
    many = [Incoming(str(number), "7", "{}") for number in range(250)]
    await storage.inbox.store("telegram", many, clock())
    clock.advance(121)
    fault = (await auditor.faults())[Rule.LATE_UPDATE]
    assert (fault.count, fault.more) == (200, True)


QUESTIONS = {
    **{check.rule: check.wrong.limit(201) for check in CHECKS},
    Rule.HOLIDAY_DATA: GUESSED.limit(201),
    Rule.NOBODY_SERVES: SERVING,
    "end of a slice": audit_passes.END_OF_SLICE,
    "without a timer": audit_passes.WITHOUT_TIMER,
    "open ones": audit_passes.OPEN_ONES.limit(9),
    "all cases": audit_passes.ALL_ONES.limit(9),
    "new lines": chain_watch.FOLLOWING.limit(9),
    "one line": chain_watch.HASH_OF,
    "armed for": audit_passes.ARMED_FOR,
    "stored form": audit_passes.STORED,
    "whole cases": audit_passes.WHOLE,
    "differing": audit_passes.DIFFERING,
}


OWN_PART = ("SCAN anon_1", "")
"""What a question has just found by an index itself."""

LITERALLY = {"literal_binds": True}


@pytest.mark.parametrize("name", QUESTIONS)
async def test_no_question_reads_a_whole_table(storage: Storage, name: str) -> None:
    """SQLite says SCAN without an index; PostgreSQL, told to dislike it, says Seq Scan."""
    question = QUESTIONS[name]
    at = datetime(2026, 9, 1, tzinfo=UTC)
    of = {"now": at, "before": at, "after": 0, "until": 9, "of": 1, "these": [1, 2]}
    given = {k: v for k, v in of.items() if k in question.compile().params}
    dialect = storage.database.reader.dialect
    written = question.params(given).compile(dialect=dialect, compile_kwargs=LITERALLY)
    explain = "EXPLAIN QUERY PLAN" if storage.database.is_sqlite else "EXPLAIN"
    async with storage.database.reading() as connection:
        if not storage.database.is_sqlite:
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = (await connection.exec_driver_sql(f"{explain} {written}")).all()
    lines = [" ".join(map(str, row)) for row in plan]
    whole = [one for one in lines if "Seq Scan" in one or "SCAN " in one.replace(*OWN_PART)]
    bad = [one for one in whole if " INDEX " not in one]
    assert bad == [], lines
