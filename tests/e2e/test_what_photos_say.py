"""What a photo says of itself: kept apart from what we saw, and believed of files alone."""

import csv
import io
import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from tests.cast import WANG, ZHOU
from tests.city import LiveCity
from tests.e2e.given import CLEAN, COVER, signed
from workflows.cases.case import Photo, PhotoState, Stage, State
from workflows.cases.point import Point

PHOTOS = Path(__file__).parents[3] / "shared" / "data" / "photos"
EXIF, GPS, TAKEN, OFFSET = 0x8769, 0x8825, 0x9003, 0x9011


def camera_file(colour: str) -> bytes:
    """As a phone stores it: taken at half past eight in Shanghai, at a place by the river."""
    exif = Image.Exif()
    exif[EXIF] = {TAKEN: "2026:09:01 08:30:00", OFFSET: "+08:00"}
    exif[GPS] = {1: "N", 2: (31.0, 14.0, 24.0), 3: "E", 4: (121.0, 30.0, 0.0)}
    out = io.BytesIO()
    shot = Image.new("RGB", (320, 240), colour)
    shot.paste(Image.radial_gradient("L").resize((160, 120)).convert("RGB"), (40, 60))
    shot.save(out, "JPEG", exif=exif)
    return out.getvalue()


async def only_photo(city: LiveCity) -> Photo:
    [photo] = (await city.view(1)).photos
    return photo


async def test_a_file_tells_when_and_where_and_three_times_are_kept_apart(city: LiveCity) -> None:
    zhou = city[ZHOU]
    await signed(city)
    said = city.now()
    await zhou.hands(camera_file("red"), "IMG_1.jpg", "image/jpeg")
    photo = await only_photo(city)
    assert photo.as_file
    assert photo.facts is not None
    assert photo.facts.captured == datetime(2026, 9, 1, 8, 30)  # noqa: DTZ001  a wall clock
    assert (photo.facts.offset_minutes, photo.facts.point) == (480, Point(31.24, 121.5))
    assert photo.said_at - said < timedelta(minutes=1)
    assert photo.received_at is not None
    assert photo.received_at >= photo.said_at


async def test_what_a_chat_photo_says_of_time_and_place_is_not_believed(city: LiveCity) -> None:
    await signed(city)
    await city[ZHOU].shows(camera_file("red"))
    photo = await only_photo(city)
    assert not photo.as_file
    assert photo.facts is not None
    assert (photo.facts.captured, photo.facts.point) == (None, None)
    assert photo.facts.fingerprint is not None


async def test_the_journal_can_prove_the_photo_and_never_says_where_it_was(city: LiveCity) -> None:
    await signed(city)
    await city[ZHOU].hands(camera_file("red"), "IMG_1.jpg", "image/jpeg")
    photo = await only_photo(city)
    [(details,)] = city.asks("SELECT details FROM journal WHERE action = 'photo_kept'")
    told = json.loads(details)
    assert told["sha256"] == photo.sha256
    assert (told["captured"], told["as_file"]) == ("2026-09-01T08:30:00", True)
    written = " ".join(row[0] for row in city.asks("SELECT details FROM journal"))
    assert "31.24" not in written
    assert "121.5" not in written


async def test_a_file_that_waited_for_its_case_still_is_a_file(city: LiveCity) -> None:
    """Two open cases: the picture is parked until the worker says which one is meant."""
    await city.dismiss("Maria")
    await signed(city)
    zhou = city[ZHOU]
    await signed(city, words="茶山卫生院门口的垃圾箱满溢，垃圾堆到人行道上了")
    await zhou.hands(camera_file("red"), "IMG_1.jpg", "image/jpeg")
    await zhou.presses("#2", on=await zhou.sees("这是哪一件的？"))
    [photo] = (await city.view(2)).photos
    assert photo.as_file


@pytest.mark.real_data
@pytest.mark.skipif(
    not (PHOTOS / "index.csv").exists(),
    reason="not run: the real photos of ../shared/data/photos are not on this machine",
)
@pytest.mark.parametrize(
    "names",
    [
        ["offset_nokia_harbour.jpg", "gps_nan_railway.jpg", "people/face_gps_zero.jpg"],
        ["offset_iphone_sign.heic", "exif_flower.webp", "orientation3.png"],
    ],
)
async def test_real_photos_sent_as_files_say_what_their_list_says(
    city: LiveCity, names: list[str]
) -> None:
    with (PHOTOS / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = {row["file"]: row for row in csv.DictReader(file)}
    await signed(city)
    for name in names:
        kind = f"image/{Path(name).suffix.removeprefix('.').replace('jpg', 'jpeg')}"
        await city[ZHOU].hands((PHOTOS / name).read_bytes(), Path(name).name, kind)
    photos = (await city.view(1)).photos
    assert [photo.sha256 for photo in photos] == [listed[name]["sha256"] for name in names]
    for photo, name in zip(photos, names, strict=True):
        assert photo.facts is not None
        captured = photo.facts.captured
        told = f"{captured:%Y:%m:%d %H:%M:%S}" if captured else ""
        assert told == listed[name]["captured_at"]
        zero_or_none = not listed[name]["lat"] or float(listed[name]["lat"]) == 0
        assert (photo.facts.point is None) == zero_or_none


async def sent_today(city: LiveCity, number: int) -> None:
    """So many photos of the same worker as the one that is there, on an older case.

    They were never fetched, so the journal has no line of them.
    """
    columns = [row[1] for row in city.asks("PRAGMA table_info(photo)") if row[1] != "id"]
    copied = ", ".join("'u' || n" if name == "unique_id" else name for name in columns)
    city.asks(
        f"WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < {number})"
        f" INSERT INTO photo ({', '.join(columns)}) SELECT {copied} FROM photo, many"
    )


async def test_who_has_sent_hundreds_of_photos_today_is_told_so_once_and_others_are_not_touched(
    city: LiveCity,
) -> None:
    zhou, wang = city[ZHOU], city[WANG]
    await signed(city)
    await signed(city, COVER)
    await zhou.shows(CLEAN[0])
    await sent_today(city, 299)
    city.excused = {"photo hash"}
    for shade in range(5):
        await zhou.shows(camera_file(f"rgb({shade * 40},0,0)"))
    assert await zhou.count("您今天已发 300 张照片") == 1
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 1
    await wang.shows(CLEAN[1])
    assert (await city.case(2)).photo_counts[Stage.INTERIM] == 1
    await zhou.says("完成 照片今天发不了了")
    assert (await city.case(1)).state is State.HANDLING, "the case stays open"
    await city.at("00:10")
    await zhou.shows(CLEAN[1])
    assert (await city.case(1)).photo_counts[Stage.AFTER] == 2
    assert {p.state for p in (await city.view(1)).photos} == {PhotoState.KEPT}
