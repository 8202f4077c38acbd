"""Photos that look re-used: the reviewer sees why, the worker reads the same, nobody is judged."""

import io

from PIL import Image, ImageEnhance

from tests.cast import HE, LIN, MARIA, ZHOU
from tests.city import LiveCity
from tests.e2e.given import BIN, CLEAN, LITTER, handed_in, reported, signed
from workflows.cases.case import PhotoState, State

SECOND = "站前广场的垃圾箱满溢，没人收"


def saved_again(data: bytes, quality: int = 60) -> bytes:
    """The same picture, smaller and brighter: other bytes, the same look."""
    image = Image.open(io.BytesIO(data))
    smaller = image.resize((image.width * 2 // 3, image.height * 2 // 3))
    return written(ImageEnhance.Brightness(smaller).enhance(1.1), quality)


def written(image: Image.Image, quality: int = 85, **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, **more)
    return out.getvalue()


def by_program(data: bytes, name: str) -> bytes:
    """As a program for editing leaves it."""
    image = Image.open(io.BytesIO(data))
    notes = image.getexif()
    notes[0x0131] = name
    return written(image, exif=notes.tobytes())


async def second_done_with(city: LiveCity, *photos: bytes) -> int:
    """A second case of the same worker, shown done with these."""
    await city.dismiss("Maria")
    number = await reported(city, SECOND)
    await city[ZHOU].presses("签收", on=await city[ZHOU].sees(f"#{number}"))
    card = await city[ZHOU].sees(f"#{number}")
    for each in photos:
        await city[ZHOU].shows(each, reply_to=card)
    await city[ZHOU].says(f"完成 {number} 已清运")
    return number


async def test_a_photo_saved_anew_is_recognised_and_its_earlier_case_shown(city: LiveCity) -> None:
    await handed_in(city)
    number = await second_done_with(city, *(saved_again(each) for each in CLEAN))
    card = await city[HE].sees(f"#{number}", "看着像 #1 里的，请比一比")
    assert (await city.case(number)).state is State.FEEDBACK_REVIEW
    await city[HE].presses("对比", on=card)
    compared = await city[HE].sees("🖼 对比")
    assert "照片像是别的件里的" in compared.text
    assert "不作评判" in compared.text
    await city[HE].presses("#1", on=compared)
    await city[HE].sees("#1", "提交")


async def test_whoever_sent_it_reads_the_same_reasons_in_kind_words(city: LiveCity) -> None:
    await handed_in(city)
    number = await second_done_with(city, *(saved_again(each) for each in CLEAN))
    await city[ZHOU].says(f"/case {number}")
    card = await city[ZHOU].sees(f"#{number}", "复核时可能会多看一眼")
    assert "有照片和别的件里的很像" in card.text
    assert "不是怪您" in card.text


async def test_a_flagged_photo_refuses_nothing_and_is_approved_like_any(city: LiveCity) -> None:
    await handed_in(city)
    number = await second_done_with(city, *(saved_again(each) for each in CLEAN))
    card = await city[HE].sees(f"#{number}", "看着像 #1")
    await city[HE].presses("结案", on=card)
    assert all(p.state is PhotoState.KEPT for p in (await city.view(number)).photos)


async def test_black_nights_look_like_nothing(city: LiveCity) -> None:
    """Two pictures of the dark are no re-use of each other."""
    dark = [written(Image.new("RGB", (640, 480), (level, level, level + 2))) for level in (3, 5)]
    await signed(city)
    for each in dark:
        await city[ZHOU].shows(each)
    await city[ZHOU].says("完成 已清运")
    again = [written(Image.new("RGB", (640, 480), (level, level, level))) for level in (4, 6)]
    number = await second_done_with(city, *again)
    await city[HE].sees(f"#{number}", "请看照片审核")
    await city[HE].sees_nothing_of("看着像")


async def test_a_forwarded_and_an_edited_photo_are_hints_of_their_own(city: LiveCity) -> None:
    await signed(city)
    await city[ZHOU].hands(by_program(CLEAN[0], "Adobe Photoshop 25.1"), "a.jpg", "image/jpeg")
    await city[ZHOU].shows(CLEAN[1])
    await city.fast_forward(minutes=30)
    await city[ZHOU].says("完成 已清运")
    card = await city[HE].sees("建议多看一眼", "修图软件")
    assert "分钟就提交" not in card.text


async def test_the_list_of_reviews_has_the_doubtful_first(city: LiveCity) -> None:
    await handed_in(city)
    number = await second_done_with(city, *(saved_again(each) for each in CLEAN))
    await city[HE].says("/reviews")
    page = await city[HE].sees("有 2 件等您复核")
    lines = [line for line in page.text.splitlines() if "垃圾" in line]
    assert lines[0].startswith(str(number))
    assert "照片像是别的件里的" in lines[0]


async def test_reviews_are_for_those_who_review(city: LiveCity) -> None:
    await city[HE].says("/reviews")
    await city[HE].sees("没有等您复核的件")
    await city[ZHOU].says("/reviews")
    await city[ZHOU].sees_nothing_of("等您复核的")


async def test_before_and_after_are_compared_by_a_button_or_in_words(city: LiveCity) -> None:
    await handed_in(city)
    await city[HE].says("/compare 1")
    await city[HE].sees("🖼 对比", "还没有可比的")
    await city[MARIA].says("/compare 1")
    await city[MARIA].sees_nothing_of("🖼")


async def shown_before_and_after(city: LiveCity) -> None:
    """Reported with a photo, handed in with others."""
    lin = city[LIN]
    await lin.says(BIN)
    await lin.shows(LITTER)
    await lin.presses("匿名")
    await lin.presses("登记")
    await city[ZHOU].presses("签收")
    await city[ZHOU].shows_album(CLEAN)
    await city[ZHOU].says("完成 已清运，周边冲洗干净")


async def test_before_and_after_come_as_one_picture_in_place_of_the_last(city: LiveCity) -> None:
    await shown_before_and_after(city)
    he = city[HE]
    await he.presses("对比", on=await he.sees("处置结果已提交"))
    assert await he.count("左：处置前；右：处置后") == len(CLEAN)
    await he.sees("🖼 对比", "#1")
    await city[ZHOU].says("/compare 1")
    await city[ZHOU].sees("左：处置前；右：处置后")
