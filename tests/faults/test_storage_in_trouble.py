"""The database is full, or somebody else holds it: nothing is lost, and nobody waits too long."""

import asyncio
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.house import House
from tests.faults.lives import Life
from tests.faults.story import Story
from tests.faults.webhook import Door, words

pytestmark = pytest.mark.soak

STORED = "SELECT count(*) FROM inbox"
HELD_SECONDS = 8.0


@contextmanager
def full_disk(life: Life) -> Iterator[None]:
    """This process may not let any file grow, as if there were no room."""
    _, most = resource.prlimit(life.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (4096, most))
    yield
    resource.prlimit(life.pid, resource.RLIMIT_FSIZE, (most, most))


async def test_a_full_disk_turns_pushed_updates_away_until_there_is_room(
    house: House, story: Story
) -> None:
    """Row 17: 503 and when to come again; then the same update is taken."""
    door = Door()
    life = await house.serve(**door.environment)
    update = words(house, story.operator.id, 1, "/me")
    with full_disk(life):
        turned_away = await door.knock(update)
    taken, _ = await door.knock(update)
    await house.quiet()
    assert turned_away == (503, "30")
    assert taken == 200
    assert len(house.sent(story.operator)) == 1
    await life.stops()
    await house.doctor()


async def test_a_full_disk_keeps_the_offset_back_so_that_asking_again_gets_the_same(
    house: House, story: Story
) -> None:
    """Row 15, by polling."""
    life = await house.serve()
    with full_disk(life):
        await story.operator.says("/me")
        await house.until(lambda: "polling: failing" in life.told(), "storing has failed")
        assert [update.kind for update in house.world.bot_of(house.token).queue] == ["message"]
        assert await house.one(STORED) == 0
    await house.quiet()
    assert await house.one(STORED) == 1
    assert len(house.sent(story.operator)) == 1
    await life.stops()
    await house.doctor()


async def test_a_database_held_by_another_for_eight_seconds_delays_an_answer_and_no_more(
    house: House, story: Story
) -> None:
    """Row 14: the messenger hangs up after ten seconds."""
    door = Door()
    life = await house.serve(**door.environment)
    other = sqlite3.connect(house.folder / "city.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    loop = asyncio.get_running_loop()
    loop.call_later(HELD_SECONDS, other.rollback)
    knocked = loop.time()
    status, _ = await door.knock(words(house, story.operator.id, 1, "/me"))
    waited = loop.time() - knocked
    other.close()
    if status == 503:
        status, _ = await door.knock(words(house, story.operator.id, 1, "/me"))
    await house.quiet()
    assert status == 200
    assert waited < 10
    assert len(house.sent(story.operator)) == 1
    await life.stops()
    await house.doctor()


async def test_an_update_that_nobody_can_read_is_kept_and_its_neighbours_are_answered(
    house: House, story: Story
) -> None:
    """Row 28."""
    await story.operator.says("/me")
    await house.town.faults("undecodable_update")
    await story.operator.says("/me")
    await story.worker.says("/me")
    life = await house.serve()
    await house.quiet()
    states = await house.asks("SELECT state FROM inbox ORDER BY id")
    assert [row[0] for row in states] == ["done", "poison", "done"]
    assert house.all_sent() == 2
    await life.stops()
    await house.doctor()


async def test_what_the_messenger_sends_twice_is_done_once(house: House, story: Story) -> None:
    """Row 24, by polling."""
    life = await house.serve()
    await house.town.faults("duplicate_update")
    await story.operator.says("/me")
    await house.quiet()
    assert len(house.sent(story.operator)) == 1
    await life.stops()
    await house.doctor()
