"""Two photos as one picture: turned to fit where they show one spot, else as they are."""

import io
from dataclasses import replace

import pytest
from PIL import Image

from storage.side_by_side import LIMITS, MOST_HELD, SideBySide


def written(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


WALL = Image.effect_noise((80, 60), 90).resize((800, 600), Image.Resampling.BICUBIC).convert("RGB")
PHOTOS = {
    "before": written(WALL),
    "after": written(WALL.rotate(4).crop((60, 40, 760, 560))),
    "elsewhere": written(Image.effect_noise((70, 90), 60).resize((700, 900)).convert("RGB")),
    "dark": written(Image.new("RGB", (640, 480))),
    "tiny": written(Image.new("RGB", (1, 1), "white")),
    "broken": b"\xff\xd8\xff no picture",
}


async def shared(name: str) -> bytes:
    if name not in PHOTOS:
        raise FileNotFoundError(name)
    return PHOTOS[name]


async def opened(beside: SideBySide, name: str) -> Image.Image:
    return Image.open(io.BytesIO(await beside.served(name)))


async def test_one_spot_from_two_sides_is_laid_over_and_shown_in_one_picture() -> None:
    beside = SideBySide(shared)
    made = await beside("before", "after")
    assert made is not None
    assert made.aligned
    picture = await opened(beside, made.sha256)
    assert (picture.format, picture.height) == ("JPEG", 520)
    left = picture.crop((150, 100, 550, 400)).convert("L")
    right = picture.crop((862, 100, 1262, 400)).convert("L")
    apart = [abs(a - b) for a, b in zip(left.tobytes(), right.tobytes(), strict=True)]
    assert sum(apart) / len(apart) < 8


@pytest.mark.parametrize("other", ["elsewhere", "dark", "tiny"])
async def test_where_nothing_agrees_both_are_shown_as_they_are(other: str) -> None:
    beside = SideBySide(shared)
    made = await beside("before", other)
    assert made is not None
    assert not made.aligned
    assert (await opened(beside, made.sha256)).format == "JPEG"


@pytest.mark.parametrize("other", ["broken", "not kept"])
async def test_what_cannot_be_compared_is_no_comparison(other: str) -> None:
    assert await SideBySide(shared)("before", other) is None


async def test_a_process_that_takes_too_long_or_too_much_is_ended() -> None:
    hurried = SideBySide(shared, replace(LIMITS, wall_seconds=0.05))
    assert await hurried("before", "after") is None
    starved = SideBySide(shared, replace(LIMITS, memory_bytes=64 * 1024 * 1024))
    assert await starved("before", "after") is None


async def test_nothing_is_made_twice_and_little_is_held() -> None:
    beside = SideBySide(shared)
    made = await beside("tiny", "tiny")
    assert await beside("tiny", "tiny") is made
    for number in range(MOST_HELD + 3):
        beside._hold((str(number), ""), "plain", bytes([number]))
    assert len(beside._held) == MOST_HELD
    assert await beside.served("after") == PHOTOS["after"]
