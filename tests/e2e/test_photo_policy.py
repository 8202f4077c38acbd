"""What a filing condition asks of its photos: said on the card, refused by name, never a trap."""

import io
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from tests.cast import HE, WANG, ZHOU
from tests.city import LiveCity, Model, open_live_city
from tests.e2e.given import BARRIER, BIN, CLEAN, COVER, REPAIRED, reported, signed
from workflows.cases.case import Stage, State
from workflows.policy.load import SHIPPED

ROOT = Path(__file__).parents[2]
PHOTOS = ROOT.parent / "shared" / "data" / "photos"
real_photos = pytest.mark.skipif(
    not PHOTOS.is_dir(), reason="the folder of real photos does not stand beside this one"
)

TIMED = "gps_nikon_street.jpg"
"""A file whose camera says 2008 and a town far away."""
UNTIMED = "nodate_nokia_square.jpg"
"""A file that names its camera and no time."""
NOWHERE = "gps_nan_railway.jpg"
"""A file whose place is no number."""


def real(name: str) -> bytes:
    return (PHOTOS / name).read_bytes()


def without_time(name: str) -> bytes:
    """The same picture and place, with the camera's time taken out."""
    picture = Image.open(io.BytesIO(real(name)))
    notes = picture.getexif()
    place = dict(notes.get_ifd(0x8825))
    kept = Image.Exif()
    kept.get_ifd(0x8825).update(place)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=kept)
    return out.getvalue()


def photos_toml(folder: Path, old: str, new: str) -> Path:
    """A district's own photos.toml; everything else as shipped."""
    own = folder / "policy"
    own.mkdir()
    shipped = (SHIPPED / "photos.toml").read_text("utf-8")
    assert old in shipped
    (own / "photos.toml").write_text(shipped.replace(old, new, 1), "utf-8")
    return own


@pytest.fixture
async def strict_city(model: Model, folder: Path) -> AsyncIterator[LiveCity]:
    """Cleaners there send files."""
    own = photos_toml(folder, "[clean]\n", "[clean]\nas_file = true\n")
    async with open_live_city(folder, model=model, policy=own) as live:
        yield live
        await live.check()


@pytest.fixture
async def place_city(model: Model, folder: Path) -> AsyncIterator[LiveCity]:
    """The place of a file counts there for litter too."""
    strict = '[clean]\nfar = "refuse"\nwithin_metres = 300\n'
    own = photos_toml(folder, "[clean]\n", strict)
    async with open_live_city(folder, model=model, policy=own) as live:
        yield live
        await live.check()


async def hands(city: LiveCity, who: str, *files: bytes) -> None:
    for number, data in enumerate(files):
        await city[who].hands(data, f"IMG_{number}.jpg", "image/jpeg")


async def test_the_card_says_in_one_line_what_the_photo_must_show_and_why(city: LiveCity) -> None:
    await signed(city)
    card = await city[ZHOU].sees("#1", "📷 需要")
    line = next(line for line in card.text.splitlines() if "📷" in line)
    assert "原问题范围全部入镜" in line
    assert "让来电人看出整片都清干净了" in line
    assert "已收 0/2 张" in line


async def test_whoever_cannot_show_it_says_why_and_the_reviewer_decides(city: LiveCity) -> None:
    zhou, he = city[ZHOU], city[HE]
    await signed(city)
    refused = await zhou.presses("处置完成")
    assert "拍不了 1" in refused.text
    await zhou.says("拍不了 1")
    assert (await city.case(1)).state is State.HANDLING
    await zhou.says("拍不了 1 已清运，手机进水了")
    case = await city.case(1)
    assert case.state is State.FEEDBACK_REVIEW
    assert case.note == "已清运，手机进水了"
    await he.sees("#1", "照片 0/2 张", "手机进水了")
    await he.presses("结案")
    assert (await city.case(1)).state is State.CLOSED


async def test_what_was_said_of_the_first_round_excuses_nothing_in_the_second(
    city: LiveCity,
) -> None:
    await signed(city)
    await city[ZHOU].says("拍不了 1 手机进水了")
    await city[HE].says("退回 1 请补拍照片")
    await city[ZHOU].says("完成 1 又扫了一遍")
    await city[ZHOU].sees("已收 0 张，需要 2 张")
    assert (await city.case(1)).state is State.HANDLING


async def test_a_kind_takes_no_more_photos_than_its_policy_says(city: LiveCity) -> None:
    wang = city[WANG]
    await signed(city, COVER)
    await wang.shows(BARRIER, "到了")
    for shade in range(0, 210, 30):
        out = io.BytesIO()
        Image.new("RGB", (64, 48), (shade, 90, 0)).save(out, "JPEG")
        await wang.shows(out.getvalue())
    await wang.sees("6 张已经够了")
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 6


async def test_a_chat_photo_is_never_refused_for_the_time_and_place_it_has_lost(
    city: LiveCity,
) -> None:
    await signed(city, COVER)
    await city[WANG].shows(BARRIER, "到了")
    await city[WANG].shows_album(REPAIRED)
    await city[WANG].says("完成 已换新井盖")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
    await city[HE].sees_nothing_of("早于报案")


@real_photos
async def test_a_file_from_before_the_report_is_refused_by_that_one_requirement(
    city: LiveCity,
) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await hands(city, ZHOU, real(TIMED), real(UNTIMED))
    await zhou.sees("拍于报案之前", "#1")
    refused = await zhou.presses("处置完成")
    assert refused.show_alert
    assert "拍于2008" in refused.text.replace(" ", "")
    assert "已收" not in refused.text
    await zhou.shows(CLEAN[0])
    await zhou.says("完成 已清运")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
    await city[HE].sees("#1", "早于报案")


@real_photos
async def test_whoever_has_a_wrong_clock_says_so_and_goes_on(city: LiveCity) -> None:
    await signed(city)
    await hands(city, ZHOU, real(TIMED), real(UNTIMED))
    await city[ZHOU].says("拍不了 1 手机时间不准，照片是刚拍的")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
    await city[HE].sees("#1", "早于报案", "手机时间不准")


@real_photos
async def test_a_file_without_time_or_place_is_held_against_nobody(city: LiveCity) -> None:
    await signed(city)
    await hands(city, ZHOU, real(UNTIMED), real("noexif_gravel.png"))
    await city[ZHOU].says("完成 已清运")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
    await city[HE].sees_nothing_of("⚠️ 第")


@real_photos
async def test_a_file_from_elsewhere_is_pointed_out_where_the_place_matters(
    city: LiveCity,
) -> None:
    wang = city[WANG]
    await signed(city, COVER)
    assert (await city.case(1)).place.point is not None
    await wang.shows(BARRIER, "到了")
    await hands(city, WANG, without_time(TIMED), real(UNTIMED))
    await wang.sees("不在现场附近")
    await wang.says("完成 已换新井盖")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
    await city[HE].sees("#1", "拍摄地点离现场")


@real_photos
async def test_where_the_class_needs_no_place_nobody_looks_at_it(city: LiveCity) -> None:
    await signed(city)
    await hands(city, ZHOU, without_time(TIMED), real(UNTIMED))
    await city[ZHOU].says("完成 已清运")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
    await city[HE].sees_nothing_of("拍摄地点")


@real_photos
async def test_a_district_may_refuse_what_was_taken_elsewhere(place_city: LiveCity) -> None:
    await signed(place_city)
    assert (await place_city.case(1)).place.point is not None
    await hands(place_city, ZHOU, without_time(TIMED), real(UNTIMED))
    refused = await place_city[ZHOU].presses("处置完成")
    assert "离现场" in refused.text
    await place_city[ZHOU].says("拍不了 1 定位不准")
    assert (await place_city.case(1)).state is State.FEEDBACK_REVIEW


@real_photos
async def test_a_place_that_is_no_number_is_no_place(place_city: LiveCity) -> None:
    await signed(place_city)
    await hands(place_city, ZHOU, real(NOWHERE))
    await place_city[ZHOU].sees_nothing_of("不在现场附近")


@real_photos
async def test_only_a_class_that_asks_for_files_refuses_chat_photos(
    strict_city: LiveCity,
) -> None:
    zhou = strict_city[ZHOU]
    await signed(strict_city)
    await zhou.sees("#1", "请按“文件”发送")
    await zhou.shows_album(CLEAN)
    assert await zhou.count("的照片要按“文件”发送") == 1
    refused = await zhou.presses("处置完成")
    assert "请按“文件”发处置后的照片" in refused.text
    await hands(strict_city, ZHOU, real(UNTIMED), real("noexif_gravel.png"))
    await zhou.says("完成 已清运")
    assert (await strict_city.case(1)).state is State.FEEDBACK_REVIEW


async def test_a_photo_is_taken_back_by_answering_it(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.shows_album(CLEAN)
    mine = [shown for shown in await zhou.looks() if not shown.from_bot]
    await zhou.says("撤回照片", reply_to=mine[-1])
    await zhou.sees("照片已从 #1 撤回")
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 1
    assert len((await city.view(1)).photos) == 1
    assert "photo_taken_back" in str(city.asks("SELECT action FROM journal"))
    refused = await zhou.presses("处置完成")
    assert "已收 1 张，需要 2 张" in refused.text
    await zhou.shows(CLEAN[1])
    await zhou.says("完成 已清运")
    assert (await city.case(1)).state is State.FEEDBACK_REVIEW
    await zhou.says("撤回照片 1")
    await zhou.sees("没有您可以撤回的照片", "请先撤回提交")
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 2


async def test_nobody_takes_back_somebody_elses_photo(city: LiveCity) -> None:
    await signed(city)
    await city[ZHOU].shows_album(CLEAN)
    await city[WANG].says("撤回照片 1")
    await city[WANG].sees("没有您可以撤回的照片")
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 2


async def test_with_two_open_cases_it_is_asked_whose_photo_is_meant(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await city.dismiss("Maria")
    for number, words in enumerate((BIN, "站前广场的垃圾箱满溢，没人收"), start=1):
        await reported(city, words)
        await zhou.presses("签收", on=await zhou.sees(f"#{number}"))
        await zhou.shows(CLEAN[number - 1], reply_to=await zhou.sees(f"#{number}"))
    await zhou.says("撤回照片")
    await zhou.sees("撤回照片 1")
    await zhou.says("撤回照片 2")
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 1
    assert (await city.case(2)).photo_counts[Stage.AFTER] == 0


async def test_an_edited_caption_changes_nothing_that_was_recorded(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    await zhou.shows(CLEAN[0], "清了一半")
    await zhou.edits("清了一半", "全部清完")
    await zhou.sees("改过的消息这里不作数")
    assert (await city.case(1)).note == "清了一半"
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 1


async def test_photos_in_the_chat_count_though_the_product_is_down_for_a_while(
    city: LiveCity,
) -> None:
    """The card that counts an album waits in the database, not in memory."""
    zhou = city[ZHOU]
    await reported(city, BIN)
    await zhou.presses("签收")
    await zhou.shows_album(CLEAN)
    await city.restart()
    await zhou.sees("#1", "已收 2/2 张")
