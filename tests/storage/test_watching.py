"""What a monitor asks: quick on any city, the same on both databases."""

from datetime import timedelta
from typing import Any

from sqlalchemy import event

from storage.watching import STATEMENTS, StoredWatching
from tests.storage.city import City
from workflows.figures import Queue
from workflows.notices import Lane
from workflows.rails import Incoming

WALKS_ALLOWED = {"lease"}
"""A table of a handful of rows."""


async def seen(city: City) -> Any:
    return await city.storage.watching.queues(city.clock())


async def test_an_idle_city_has_nothing_waiting(city: City) -> None:
    queues = await seen(city)
    assert (queues.inbox, queues.timers, queues.fetch) == (Queue(), Queue(), Queue())
    assert (queues.outbox, queues.sending, queues.parked, queues.dead) == ({}, 0, 0, 0)


async def test_updates_wait_since_the_oldest_came(city: City) -> None:
    since = city.clock()
    await city.storage.inbox.store("telegram", [Incoming("1", "5", "{}")], since)
    city.clock.advance(60)
    await city.storage.inbox.store("telegram", [Incoming("2", "5", "{}")], city.clock())
    assert (await seen(city)).inbox == Queue(2, since)


async def test_messages_wait_by_lane_from_when_they_may_go(city: City) -> None:
    """One may go now; one only in the morning; one was put off by the messenger's budget."""
    person, _ = await city.bound()
    began = city.clock()
    morning = began + timedelta(hours=8)
    await city.owe(person, lane=Lane.ORDER)
    await city.owe(person, lane=Lane.ESCALATION, not_before=morning)
    city.clock.advance(30)
    (owed,) = await city.storage.outbox.claim(1, city.clock())
    again = city.clock() + timedelta(seconds=5)
    await city.storage.outbox.retry(owed, "budget", again, counts=False)
    city.clock.advance(300)
    (owed,) = await city.storage.outbox.claim(1, city.clock())
    later = city.clock() + timedelta(seconds=5)
    await city.storage.outbox.retry(owed, "budget", later, counts=False)
    queues = await seen(city)
    assert queues.outbox[Lane.ORDER] == Queue(1, again)
    assert (queues.outbox[Lane.ESCALATION], queues.later[Lane.ESCALATION]) == (Queue(), 1)
    city.clock.now = morning + timedelta(minutes=1)
    assert (await seen(city)).outbox[Lane.ESCALATION] == Queue(1, morning)


async def test_whoever_asks_whether_rows_can_be_kept_leaves_none_behind(city: City) -> None:
    await city.storage.leases.take("sender", "somebody", city.clock(), 30)
    await city.storage.watching.can_write("me", city.clock())
    queues = await seen(city)
    held = city.clock() + timedelta(seconds=30)
    assert queues.leases == {"sender": ("somebody", held)}


async def test_no_look_reads_a_whole_table(city: City) -> None:
    """On SQLite, whose plans say what they walk; PostgreSQL has the same indexes."""
    database = city.storage.database
    assert isinstance(city.storage.watching, StoredWatching)
    if not database.is_sqlite:
        return
    async with database.reading() as connection:
        walks = []
        for statement in STATEMENTS:
            walks += await _walks(connection, statement, city.clock())
    assert walks == []


async def _walks(connection: Any, statement: Any, at: Any) -> list[str]:
    """Steps of SQLite's plan that read a table from end to end, or sort more than they must."""
    asked: list[tuple[str, Any]] = []

    def overhear(_c: Any, _cursor: Any, words: str, values: Any, *_: Any) -> None:
        asked.append((words, values))

    event.listen(connection.sync_connection, "before_cursor_execute", overhear)
    await connection.execute(statement, {"at": at})
    event.remove(connection.sync_connection, "before_cursor_execute", overhear)
    words, values = asked[0]
    plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values)
    return [step for row in plan if is_a_walk(step := row[3])]


def is_a_walk(step: str) -> bool:
    table = step.removeprefix("SCAN ").split()[0]
    whole = step.startswith("SCAN") and "INDEX" not in step and table not in WALKS_ALLOWED
    return whole and table != "CONSTANT" and not table.startswith(("anon", "(subquery"))


def test_a_walk_is_seen() -> None:
    assert is_a_walk("SCAN outbox")
    assert not is_a_walk("SCAN inbox USING INDEX ix_inbox_waiting")
    assert not is_a_walk("SEARCH timer USING INDEX ix_timer_armed (due_at<?)")
