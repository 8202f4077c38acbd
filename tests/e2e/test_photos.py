"""Photos from workers: in any order, form and number, and those that cannot be used."""

import io

import pillow_heif
from PIL import Image

from handlers.terminal.demo_photos import View, photo
from tests.cast import HE, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BIN, CLEAN, reported, signed
from workflows.cases.case import PhotoState, Stage, State

SECOND = "站前广场的垃圾箱满溢，没人收"


def colour(name: str, kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), name).save(out, kind)
    return out.getvalue()


async def two_cases(city: LiveCity) -> None:
    """Both at the same worker."""
    await city.dismiss("Maria")
    await reported(city, BIN)
    await reported(city, SECOND)
    await city[ZHOU].presses("签收", on=await city[ZHOU].sees("#1"))
    await city[ZHOU].presses("签收", on=await city[ZHOU].sees("#2"))


async def test_a_bare_photo_with_two_open_cases_is_asked_about_and_kept(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await two_cases(city)
    await zhou.shows(CLEAN[0])
    question = await zhou.sees("这是哪一件的？发来的已收好")
    assert len(question.labels) == 2
    await zhou.presses("#2", on=question)
    await zhou.sees("已归到 #2")
    assert (await city.case(1)).photo_counts.get(Stage.AFTER, 0) == 0
    assert (await city.case(2)).photo_counts[Stage.AFTER] == 1


async def test_an_album_with_two_open_cases_asks_once(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await two_cases(city)
    await zhou.shows_album([*CLEAN, colour("green")])
    assert await zhou.count("这是哪一件的？") == 1
    await zhou.presses("#1 垃圾")
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 3


async def test_a_photo_that_answers_a_card_goes_to_that_case(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await two_cases(city)
    await zhou.shows(CLEAN[0], reply_to=await zhou.sees("#1"))
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 1
    await zhou.sees_nothing_of("这是哪一件的？")


async def test_an_album_of_five_counts_once_and_a_late_photo_joins(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    album = [colour(name) for name in ("red", "green", "blue", "yellow")]
    before = await zhou.loud()
    await zhou.shows_album(album)
    await zhou.shows(CLEAN[0])
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 5
    assert await zhou.count("已收 5/2 张") == 1
    assert await zhou.loud() == before
    kept = [p for p in (await city.view(1)).photos if p.state is PhotoState.KEPT]
    assert len({p.sha256 for p in kept}) == 5


async def test_an_item_twenty_seconds_late_still_belongs_to_its_album(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.shows_album([colour("red"), colour("blue")], delay=20)
    await city.fast_forward(seconds=21)
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 2
    await zhou.says("完成 已清运")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW


async def test_photos_as_files_are_evidence_too(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.hands(colour("red", "PNG"), "现场 “1”.png", "image/png")
    await zhou.hands(colour("blue"), "IMG_0002.JPG", "image/jpeg")
    heic = io.BytesIO()

    pillow_heif.register_heif_opener()
    Image.new("RGB", (320, 240), "green").save(heic, "HEIF")
    await zhou.hands(heic.getvalue(), "IMG_0003.HEIC", "image/heic")
    states = [p.state for p in (await city.view(1)).photos]
    assert states == [PhotoState.KEPT] * 3


async def test_a_file_that_is_no_picture_gets_a_sentence(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.hands(b"%PDF-1.7", "报告.pdf", "application/pdf")
    await zhou.sees("这种文件用不了。请发照片")
    assert (await city.case(1)).photo_counts == {}


async def test_a_photo_over_twenty_megabytes_is_refused_at_once(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.hands(colour("red") + b"\0" * 21_000_000, "big.jpg", "image/jpeg")
    await zhou.sees("照片超过", "请按“照片”发送")
    assert (await city.case(1)).photo_counts == {}


async def test_broken_bytes_are_refused_later_and_the_case_stays_open(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    whole = photo(View.CLEAN_CORNER)
    await zhou.hands(whole[: len(whole) // 3], "IMG_1.jpg", "image/jpeg")
    await zhou.sees("#1 有张照片打不开，请重拍一张发来")
    assert (await city.case(1)).state is State.HANDLING
    assert [p.state for p in (await city.view(1)).photos] == [PhotoState.REFUSED]


async def test_more_photos_than_needed_are_turned_away_politely(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    for shade in range(0, 200, 20):
        await zhou.shows(colour(f"rgb({shade},{shade},0)"))
    await zhou.sees("9 张已经够了")
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 9


async def test_a_photo_used_on_another_case_is_pointed_out_to_the_reviewer(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await two_cases(city)
    for number in (1, 2):
        card = await zhou.sees(f"#{number}")
        for each in (colour("red"), colour("blue")):
            await zhou.hands(each, "x.jpg", "image/jpeg", reply_to=card)
        await zhou.says(f"完成 {number} 已清运")
    await city[HE].sees("#2", "在 #1 用过")
