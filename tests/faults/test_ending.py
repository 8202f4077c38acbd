"""Asked to stop, killed again and again, or followed by another process (rows 11, 12, 32)."""

import random

import aiohttp
import pytest

from tests.faults.house import House
from tests.faults.story import Story

pytestmark = pytest.mark.soak
"""The simulator's aiohttp says so to itself when a picture is cut at an unlucky byte."""


async def test_a_stop_under_load_loses_nothing_and_sends_nothing_twice(
    house: House,
) -> None:
    """Row 12; the next process need not wait for any lease."""
    life = await house.serve()
    for number in range(6):
        for phone in house.phones.values():
            await phone.says(f"/help {number}")
    await house.until(lambda: house.all_sent() >= 4, "it is at work")
    await life.stops()
    halfway = house.all_sent()
    life = await house.serve()
    await house.quiet()
    await life.stops()
    assert 0 < halfway <= house.all_sent()
    assert await house.one("SELECT count(*) FROM inbox WHERE state = 'done'") == 24
    assert house.all_sent() == await house.one("SELECT count(*) FROM outbox WHERE state = 'sent'")
    await house.is_sound()


async def test_being_killed_again_and_again_under_load_loses_nothing(
    house: House, story: Story
) -> None:
    """Row 11, shortened: six deaths within seconds, at moments nobody chose."""
    life = await house.serve()
    await story.before("the note")
    notes = [f"第{number:02}句话" for number in range(24)]
    for batch in range(6):
        for note in notes[batch * 4 : batch * 4 + 4]:
            await story.worker.says(note)
        await house.world.bell.wait(random.uniform(0.0, 0.6))
        life.kill()
        life = await house.succeed(life)
    await house.quiet(40)
    await story.to_its_end()
    await life.stops()
    told = await house.one("SELECT note FROM cases")
    assert [told.count(note) for note in notes] == [1] * len(notes)
    assert (await house.deeds()).count("add_note") == len(notes) + 1
    assert (await house.deeds()).count("approve") == 1
    assert await house.one("SELECT count(*) FROM inbox WHERE state = 'poison'") == 0
    await house.doctor()


async def test_of_two_processes_one_asks_and_the_other_takes_over_when_it_dies(
    house: House, story: Story
) -> None:
    """Row 32."""
    first = await house.serve()
    second = house.born("serve")
    await house.until(lambda: "standby" in second.told(), "the second stands by")
    await story.before("the signature")
    assert "polling: polling" not in second.told()
    first.kill()
    await first.dies()
    acting = story.begin("the signature")
    await house.later(45)
    await house.until(lambda: "polling: polling" in second.told(), "the second asks")
    await house.quiet()
    await acting
    await story.to_its_end()
    await second.stops()
    await story.was_told()
    assert not [call for call in await house.town.calls("getUpdates") if call["status"] == 409]
    assert house.twice(story.worker) == {}
    await house.is_sound()


async def test_a_stranger_who_asks_with_our_token_is_reported_and_nothing_is_lost(
    house: House, story: Story
) -> None:
    """Row 32: a 409 while we hold the lease means that somebody else has the token."""
    life = await house.serve()
    url = f"{house.base}/bot{house.token}/getUpdates"
    async with aiohttp.ClientSession() as stranger, stranger.post(url, data={"timeout": 0}):
        pass
    await house.until(lambda: "polling: conflict" in life.told(), "it is reported")
    await story.operator.says("/me")
    await house.quiet()
    assert len(house.sent(story.operator)) == 1
    await life.stops()
    await house.is_sound()
