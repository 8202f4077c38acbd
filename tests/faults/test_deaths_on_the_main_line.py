"""Killed at a named place while one case is told, and followed by another process: the same end.

durability.md 3, rows 1 to 5 and 7 to 9.
"""

import asyncio

import pytest

from tests.faults.house import House
from tests.faults.story import AFTER, ALBUM, NOTE, Story

pytestmark = pytest.mark.filterwarnings("ignore:unread_data:DeprecationWarning")
"""The simulator's aiohttp says so to itself when a picture is cut at an unlucky byte."""

RARELY = pytest.mark.soak
"""One death or two of each kind every time; the others are as long, and `make soak` has them."""

PLACES = [
    pytest.param("the form", "inbox.before_commit", id="before a press is stored"),
    pytest.param(
        "the signature",
        "inbox.after_commit",
        id="before a stored press is confirmed",
        marks=RARELY,
    ),
    pytest.param("the call", "inbox.after_claim", id="before claimed words are read"),
    pytest.param("the submission", "work.before_commit", id="inside the transaction of a case"),
    pytest.param("the arrival", "work.after_commit", id="before a press that counted is answered"),
    pytest.param("the form", "outbox.after_claim", id="before an order is sent"),
    pytest.param("the approval", "outbox.before_result", id="before a sent result is on record"),
    pytest.param("the note", "outbox.after_claim", id="before an edit is sent", marks=RARELY),
    pytest.param("the barrier", "photo.after_claim", id="before a photo is fetched", marks=RARELY),
    pytest.param("the album", "photo.in_stream", id="in the middle of a photo"),
    pytest.param("the barrier", "photo.before_seal", id="before a fetched photo is on record"),
]


@pytest.mark.parametrize(("act", "place"), PLACES)
async def test_a_killed_city_goes_on_as_if_nothing_had_happened(
    house: House, story: Story, act: str, place: str
) -> None:
    life = await house.serve()
    await story.before(act)
    house.trap(place)
    acting = story.begin(act)
    life = await house.succeed(life)
    await house.quiet()
    await acting
    await story.to_its_end()
    await life.stops()
    await story.was_told()
    assert [house.twice(phone) for phone in house.phones.values()] == [{}, {}, ALBUM, {}]
    assert "已结案" in (await story.worker.card("#1")).text
    await house.is_sound()


async def test_an_order_that_may_have_arrived_comes_once_more_and_each_copy_counts_once(
    house: House, story: Story
) -> None:
    """Row 8: killed between the messenger's yes and our record of it."""
    life = await house.serve()
    await story.before("the form")
    house.kill_after(life, "sendMessage", story.worker)
    acting = story.begin("the form")
    life = await house.succeed(life)
    await house.quiet()
    await acting
    first, second = (m for m in await story.worker.messages() if "✅ 签收" in m.labels)
    assert "重发" not in first.text
    assert "重发" in second.text
    said = await story.worker.presses("签收", on=first)
    again = await story.worker.presses("签收", on=first)
    await house.quiet()
    assert "已签收" in said.text
    assert again.text
    assert again.text != said.text
    story.after("the signature")
    await story.to_its_end()
    await life.stops()
    await story.was_told()
    await house.is_sound()


async def test_a_card_that_lost_its_life_behind_its_album_comes_with_one_album_more(
    house: House, story: Story
) -> None:
    """The messenger has the pictures, the card with the buttons is not yet on its way."""
    life = await house.serve()
    await story.before("the submission")
    house.kill_after(life, "sendMediaGroup", story.reviewer)
    acting = story.begin("the submission")
    life = await house.succeed(life)
    await house.quiet()
    await acting
    await story.to_its_end()
    await life.stops()
    await story.was_told()
    assert house.twice(story.reviewer) == {"现场防护": 2, "处置后": 4}
    assert sum("请看照片审核" in words for words in house.sent(story.reviewer)) == 1
    await house.is_sound()


async def test_a_ladder_that_was_killed_at_its_rung_tells_it_once(
    house: House, story: Story
) -> None:
    """Row 6: the timer is claimed and its case not yet moved."""
    life = await house.serve()
    await story.before("the signature")
    house.trap("timer.after_claim")
    await house.later(16 * 60)
    life = await house.succeed(life)
    await house.until_it_is(1, "SELECT count(*) FROM journal WHERE action = 'escalate'")
    await house.quiet()
    assert (await house.deeds()).count("escalate") == 1
    await story.to_its_end()
    await life.stops()
    assert house.twice(story.worker) == {}
    await house.is_sound()


async def test_the_word_of_an_album_is_done_once_whoever_dies_before_its_set_has_closed(
    house: House, story: Story
) -> None:
    """Row 35: the photos are on record, and their word is a row that waits."""
    life = await house.serve()
    await story.before("the album")
    sending = asyncio.ensure_future(story.worker.sends_album(AFTER, f"完成 {NOTE}"))
    await house.until_it_is(1, "SELECT count(*) FROM inbox WHERE aside")
    life.kill()
    life = await house.succeed(life)
    await house.quiet()
    await sending
    story.after("the submission")
    await story.to_its_end()
    await life.stops()
    await story.was_told()
    await house.is_sound()
