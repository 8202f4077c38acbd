"""Deaths beside the main line: at the command line, in a migration, on PostgreSQL, on the wire."""

import os
import signal
from pathlib import Path

import pytest

from tests.faults.house import LEASES, House, open_house
from tests.faults.lives import Midwife
from tests.faults.story import ALBUM, Story

pytestmark = pytest.mark.soak

A_QUARTER = 16 * 60
"""Seconds after which an order that nobody signed for is told again, and one minute more."""


async def test_the_real_command_line_dies_at_its_named_place_and_its_doctor_is_content_after(
    house: House, story: Story
) -> None:
    """`python run.py serve` with PAIDAN_FAILPOINT, as anybody can do it by hand."""
    life = house.born_by_hand("serve", PAIDAN_FAILPOINT="inbox.after_commit:2")
    await house.is_up(life, 0, 60)
    await story.does("the complaint")
    acting = story.begin("the form")
    life = await house.succeed(life)
    await house.quiet()
    await acting
    await story.to_its_end()
    await life.stops()
    await story.was_told()
    doctor = house.born_by_hand("doctor")
    assert await doctor.end(60) == 0, doctor.told()
    assert "All is well." in doctor.told()


async def test_a_city_killed_while_it_makes_its_tables_makes_them_when_it_starts_again(
    midwife: Midwife, tmp_path: Path
) -> None:
    """Row 10."""
    async with open_house(midwife, tmp_path, f"sqlite:///{tmp_path / 'new.db'}") as house:
        house.trap("migration.middle")
        life = house.born("serve")
        assert await life.end() == -signal.SIGKILL
        life = await house.succeed(life)
        await house.phones["林晓"].says("你好")
        await house.quiet()
        assert house.all_sent() == 1
        await life.stops()
        await house.is_sound()


async def test_what_a_dead_process_left_of_a_photo_is_swept_away_by_the_next(
    house: House, story: Story
) -> None:
    """Row 9: the half of a file never gets a name, and does not stay."""
    life = await house.serve()
    await story.before("the barrier")
    house.trap("photo.in_stream")
    await story.begin("the barrier")
    await life.dies()
    incoming = house.folder / "photos" / "incoming"
    assert len(list(incoming.iterdir())) == 1
    life = await house.succeed(life)
    await house.quiet()
    assert list(incoming.iterdir()) == []
    assert len(await house.photo_bytes()) == 1
    await life.stops()
    await house.is_sound()


async def test_an_order_whose_answer_is_lost_every_time_comes_twice_and_no_more(
    house: House, story: Story
) -> None:
    """Row 36: each time the messenger delivers and the line drops."""
    life = await house.serve()
    await story.before("the form")
    chat = story.worker.id
    await house.town.faults("drop", method="sendMessage", chat=chat, delivered=True, count=0)
    await story.does("the form")
    orders = [shown for shown in await story.worker.messages() if "✅ 签收" in shown.labels]
    assert ["重发" in shown.text for shown in orders] == [False, True]
    await house.town.no_faults()
    await story.to_its_end()
    await life.stops()
    await story.was_told()
    await house.is_sound()


async def test_a_process_that_slept_past_its_leases_does_nothing_a_second_time(
    house: House, story: Story
) -> None:
    """Row 51: another has taken over when the first wakes up in the middle of its work."""
    first = await house.serve()
    await story.before("the form")
    os.kill(first.pid, signal.SIGSTOP)
    acting = story.begin("the form")
    await house.later(LEASES)
    second = await house.serve()
    await house.quiet()
    await acting
    os.kill(first.pid, signal.SIGCONT)
    await story.to_its_end()
    await first.stops()
    await second.stops()
    await story.was_told()
    assert [house.twice(phone) for phone in house.phones.values()] == [{}, {}, ALBUM, {}]
    await house.is_sound()


async def test_deaths_on_postgresql_change_nothing_either(house_on_postgresql: House) -> None:
    """The main rows once more, one after the other: 6, then 1, 3, 4, 5 and 8."""
    house = house_on_postgresql
    story = Story(house)
    life = await house.serve()
    await story.before("the signature")
    house.trap("timer.after_claim")
    await house.later(A_QUARTER)
    life = await house.succeed(life)
    await house.until_it_is(1, "SELECT count(*) FROM journal WHERE action = 'escalate'")
    await house.quiet()
    for act, place in (
        ("the signature", "inbox.before_commit"),
        ("the call", "work.before_commit"),
        ("the arrival", "work.after_commit"),
        ("the note", "inbox.after_claim"),
        ("the approval", "outbox.before_result"),
    ):
        await story.before(act)
        house.trap(place)
        acting = story.begin(act)
        life = await house.succeed(life)
        await house.quiet()
        await acting
    await story.to_its_end()
    await life.stops()
    await story.was_told("escalate")
    await house.is_sound()


async def test_a_messenger_that_is_deaf_at_first_delays_the_start_and_no_more(
    house: House, story: Story
) -> None:
    """Who we are and where updates go is asked again; only sends must not be."""
    await house.town.faults("drop", method="getMe", count=2)
    await house.town.faults("502", method="deleteWebhook", count=1)
    life = await house.serve()
    await story.does("the complaint")
    assert len(house.sent(story.operator)) == 1
    await life.stops()
    await house.is_sound()
