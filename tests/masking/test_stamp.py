"""The strip of words below a shown copy, and the font it is written in."""

import io
from collections.abc import Iterator

from PIL import Image, ImageFont

from storage.stamping.copies import StampedCopies
from storage.stamping.stamp import FONT, stamped

LINES = ("#42  2026-11-24 16:13", "虹桥路 12 号门口", "徐汇区环卫所")


def jpeg(wide: int = 800, high: int = 600) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (wide, high), "white").save(written, "JPEG")
    return written.getvalue()


def gb2312() -> Iterator[str]:
    """Every character of levels 1 and 2."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            if not (row == 0xD7 and cell > 0xF9):
                yield bytes((row, cell)).decode("gb2312")


def test_the_font_shows_every_character_of_gb_2312() -> None:
    font = ImageFont.truetype(str(FONT), 20)
    missing = bytes(font.getmask("\U0001f9ff"))
    letters = list(gb2312())
    assert len(letters) == 6763
    assert [each for each in letters if bytes(font.getmask(each)) in {missing, b""}] == []
    assert FONT.with_name("OFL.txt").read_text("utf-8").startswith("Copyright")


def test_the_stamp_hides_nothing_of_the_picture() -> None:
    made = Image.open(io.BytesIO(stamped(jpeg(), LINES)))
    assert made.width == 800
    assert made.height > 600
    assert made.crop((0, 0, 800, 590)).getextrema() == ((255, 255),) * 3
    strip = made.crop((0, 605, 800, made.height)).convert("L")
    assert strip.getextrema()[0] < 60
    assert strip.getextrema()[1] > 200


def test_a_long_place_is_broken_and_a_novel_is_cut() -> None:
    one = Image.open(io.BytesIO(stamped(jpeg(), ("路",))))
    two = Image.open(io.BytesIO(stamped(jpeg(), ("路" * 60,))))
    novel = Image.open(io.BytesIO(stamped(jpeg(40, 40), ("路" * 500,))))
    assert two.height > one.height
    assert novel.height < 160


def test_without_words_the_copy_stays_as_it_is() -> None:
    assert stamped(jpeg(), ()) == jpeg()


async def test_a_copy_for_several_people_is_made_once() -> None:
    asked: list[str] = []

    async def served(sha256: str) -> bytes:
        asked.append(sha256)
        return jpeg()

    copies = StampedCopies(served)
    first = await copies("ab", LINES)
    assert await copies("ab", LINES) == first
    assert await copies("ab", ("#43",)) != first
    assert asked == ["ab", "ab"]
