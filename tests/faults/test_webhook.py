"""The webhook: what was answered is stored, and what was not comes again (durability.md 3)."""

import asyncio

import pytest

from tests.faults.house import House
from tests.faults.story import WORDS, Story
from tests.faults.webhook import Door, words

STORED = "SELECT count(*) FROM inbox"


@pytest.fixture
def door() -> Door:
    return Door()


async def test_an_update_that_was_stored_but_not_answered_comes_again_and_counts_once(
    house: House, story: Story, door: Door
) -> None:
    """Row 2."""
    life = await house.serve(**door.environment)
    house.trap("inbox.after_commit")
    await story.begin("the complaint")
    await life.dies()
    assert house.world.bot_of(house.token).queue
    life = await house.succeed(life, **door.environment)
    await house.quiet()
    assert await house.one(STORED) == 1
    assert len([text for text in house.sent(story.operator) if "📝" in text]) == 1
    await life.stops()
    await house.is_sound()


async def test_an_update_that_was_answered_is_read_by_the_next_process(
    house: House, story: Story, door: Door
) -> None:
    """Row 3: the messenger has forgotten it, so only our own table can know."""
    life = await house.serve(**door.environment)
    house.trap("inbox.after_claim")
    await story.begin("the complaint")
    await life.dies()
    assert not house.world.bot_of(house.token).queue
    life = await house.succeed(life, **door.environment)
    await house.quiet()
    assert WORDS[:6] in (await story.operator.messages())[-1].text
    await life.stops()
    await house.is_sound()


async def test_the_same_update_several_times_at_once_has_one_effect(
    house: House, story: Story, door: Door
) -> None:
    """Row 24."""
    life = await house.serve(**door.environment)
    update = words(house, story.operator.id, 1, "/me")
    answers = await asyncio.gather(*(door.knock(update) for _ in range(8)))
    await house.quiet()
    assert {status for status, _ in answers} == {200}
    assert await house.one(STORED) == 1
    assert len(house.sent(story.operator)) == 1
    await life.stops()


async def test_a_city_that_is_told_to_stop_turns_updates_away_until_it_has_gone(
    house: House, story: Story, door: Door
) -> None:
    """A send that hangs keeps the process for a while; the webhook must not take anything on."""
    life = await house.serve(**door.environment)
    await house.town.faults("delay", method="sendMessage", seconds=3)
    await story.operator.says("/me")
    await house.until(lambda: house.called("sendMessage"), "a send has begun")
    stopping = asyncio.ensure_future(life.stops())
    await house.until_async(lambda: _status(door, 503), "the door is closed")
    status, after = await door.knock(words(house, story.operator.id, 1, "/me"))
    await stopping
    assert (status, after) == (503, "30")
    assert await house.one(STORED) == 1
    assert len(house.sent(story.operator)) == 1
    await house.is_sound()


async def _status(door: Door, wanted: int) -> bool:
    return await door.readiness() == wanted
