"""Albums come photo by photo: one set, one act, one answer, however late the last photo is."""

from datetime import timedelta

from handlers.terminal.demo_town import DISTRICT
from tests.cast import HE, LIN, ZHOU
from tests.city import LiveCity, Resident
from tests.e2e.given import BIN, CLEAN, LITTER, reported, signed
from tests.e2e.test_photos import SECOND, colour
from tests.e2e.test_self_fix import TANG
from workflows.cases.case import Stage, State
from workflows.cases.show_work import SET_CLOSES
from workflows.people import Post, Role

SHADES = [f"rgb({shade},0,90)" for shade in range(0, 200, 20)]
DONE = "完成 已清运，周边冲洗干净"
JUST_BEFORE = SET_CLOSES - timedelta(milliseconds=1)


async def sends_and_waits(city: LiveCity, worker: Resident, **more: object) -> None:
    """An album with a word is on its way, and its set is still open."""
    await worker.phone.sends_album(CLEAN, DONE, **more)
    await city._turn()


async def test_a_word_on_the_first_photo_counts_for_the_whole_album(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.shows_album(CLEAN, caption=DONE)
    case = await city.case(1)
    assert case.state is State.FEEDBACK_REVIEW
    assert case.photo_counts[Stage.AFTER] == 2
    assert (await city.deeds(1)).count("submit") == 1
    await zhou.sees_nothing_of("请先发")


async def test_the_word_waits_until_the_set_has_closed(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await sends_and_waits(city, zhou)
    city._advance(JUST_BEFORE)
    await city._turn()
    assert (await city.case(1)).state is State.HANDLING
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 2
    handed_in = city.now()
    await city.settle()
    case = await city.case(1)
    assert case.state is State.FEEDBACK_REVIEW
    assert case.handed_in is not None
    assert case.handed_in.at <= handed_in - JUST_BEFORE, "as of when it was said"


async def test_a_single_photo_with_a_word_waits_for_nothing(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.shows(CLEAN[0])
    before = city.now()
    await zhou.phone.sends_photo(CLEAN[1], DONE)
    await city._turn()
    assert city.now() == before
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW


async def test_the_word_survives_the_end_of_the_process(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await sends_and_waits(city, zhou)
    await city.restart(down=timedelta(seconds=20))
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
    assert (await city.deeds(1)).count("submit") == 1


async def test_two_of_ten_twenty_seconds_late_join_and_hand_in_nothing_again(
    city: LiveCity,
) -> None:
    """durability.md 3, row 35; the tenth is one more than anybody needs."""
    zhou = city[ZHOU]
    await signed(city)
    await zhou.shows_album([colour(each) for each in SHADES], caption=DONE, delay=20, late=2)
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 8
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
    heard = await zhou.loud()
    await city.fast_forward(seconds=41)
    case = await city.case(1)
    assert case.photo_counts[Stage.AFTER] == 9
    assert case.state is State.FEEDBACK_REVIEW
    deeds = await city.deeds(1)
    assert (deeds.count("submit"), deeds.count("add_late_photo")) == (1, 1)
    assert await zhou.count("9 张已经够了") == 1
    assert await zhou.loud() == heard
    await city[HE].sees("#1", "9")


async def test_too_many_photos_of_one_album_are_turned_away_once(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.shows(CLEAN[0])
    await zhou.shows(CLEAN[1])
    await zhou.shows_album([colour(each) for each in SHADES])
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 9
    assert await zhou.count("9 张已经够了") == 1


async def test_what_is_missing_is_said_once_and_one_more_word_is_enough(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.shows_album(CLEAN, caption=DONE, delay=20)
    assert await zhou.count("已收 1 张，需要 2 张") == 1
    assert (await city.case(1)).state is State.HANDLING
    await city.fast_forward(seconds=21)
    await zhou.says(DONE)
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW


async def test_a_late_photo_follows_its_album_and_not_the_only_open_case(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await city.dismiss("Maria")
    await signed(city)
    await reported(city, SECOND)
    await zhou.presses("签收", on=await zhou.sees("#2"))
    album = [*CLEAN, colour("green")]
    await zhou.shows_album(album, caption="完成 1 已清运", delay=20, late=1)
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
    await city.fast_forward(seconds=21)
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 3
    assert (await city.case(2)).photo_counts == {}


async def test_an_answer_about_an_album_says_it_of_its_late_photos_too(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await city.dismiss("Maria")
    await signed(city)
    await reported(city, SECOND)
    await zhou.presses("签收", on=await zhou.sees("#2"))
    await zhou.shows_album([*CLEAN, colour("green")], delay=20, late=1)
    await zhou.presses("#2", on=await zhou.sees("这是哪一件的？"))
    await city.fast_forward(seconds=21)
    assert (await city.case(2)).photo_counts[Stage.AFTER] == 3
    assert await zhou.count("这是哪一件的？") == 0


async def test_a_late_photo_of_a_report_joins_it_and_begins_no_other(city: LiveCity) -> None:
    tang = await city.joins(TANG, Post(Role.COLLECTOR, DISTRICT))
    await tang.shows_album([LITTER, colour("green")], caption=BIN, delay=20)
    await tang.presses("登记")
    assert (await city.case(1)).photo_counts[Stage.BEFORE] == 1
    await city.fast_forward(seconds=21)
    assert (await city.case(1)).photo_counts[Stage.BEFORE] == 2
    assert await city.cases() == 1


async def test_a_caption_edited_later_changes_nothing_that_was_recorded(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.shows_album(CLEAN, caption=DONE)
    note = (await city.case(1)).note
    await zhou.edits("完成", "完成 其实没有清运")
    assert (await city.case(1)).note == note
    assert (await city.deeds(1)).count("submit") == 1


async def test_somebody_elses_album_opens_no_door_to_a_case(city: LiveCity) -> None:
    await signed(city)
    await city[ZHOU].shows_album(CLEAN)
    await city[LIN].shows(colour("green"))
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 2
