"""Faces and plates on real photos: covered on the copy, untouched in the original."""

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from storage.masking.boxes import Box, surest
from storage.masking.cover import smear
from storage.vault import FileVault
from tests.masking.measuring import NO_DATA, PHOTOS, marked
from tests.storage_vault.pictures_made_here import in_chunks


def colours(picture: Image.Image, box: Box) -> int:
    """How much there is to see: 0 for a plain wall."""
    place = (int(box.left), int(box.top), int(box.right), int(box.bottom))
    grey = picture.convert("L").crop(place)
    steps = [
        abs(grey.getpixel((x, y)) - grey.getpixel((x - 1, y)))
        for y in range(grey.height)
        for x in range(1, grey.width)
    ]
    return sum(steps) // len(steps)


def test_what_is_covered_cannot_be_read_any_more() -> None:
    picture = Image.new("RGB", (200, 80), "white")
    pen = ImageDraw.Draw(picture)
    for x in range(20, 180, 8):
        pen.line((x, 20, x, 60), fill="black", width=3)
    plate = Box(20, 20, 180, 60)
    before = colours(picture, plate)
    smear(picture, plate)
    assert before > 20
    assert colours(picture, plate) <= 2


def test_one_face_found_twice_is_one_face() -> None:
    near, same, other = Box(0, 0, 10, 10, 0.9), Box(1, 1, 11, 11, 0.5), Box(40, 40, 50, 50, 0.4)
    assert surest([same, other, near]) == [near, other]


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_find_on_a_turned_picture_lies_where_it_lay(quarters: int) -> None:
    picture = Image.new("L", (60, 30))
    picture.paste(255, (10, 5, 20, 9))
    box = picture.rotate(90 * quarters, expand=True).getbbox()
    assert box is not None
    assert Box(*box).turned_back(quarters, 60, 30) == Box(10, 5, 20, 9)


@pytest.mark.real_data
@pytest.mark.skipif(not (PHOTOS / "index.csv").exists(), reason=f"not run: {NO_DATA}")
@pytest.mark.parametrize(
    ("name", "faces", "plates"),
    [("people/two_officials.jpg", 2, 0), ("people/car_plate_front.jpg", 0, 1)],
)
async def test_nobody_is_recognised_on_the_copy_and_the_original_is_untouched(
    tmp_path: Path, name: str, faces: int, plates: int
) -> None:
    vault = FileVault(tmp_path, most_bytes=20_000_000, most_pixels=50_000_000)
    data = (PHOTOS / name).read_bytes()
    kept = await vault.keep(in_chunks(data))
    shown = Image.open(io.BytesIO(await vault.served(kept.sha256)))
    intact = await vault.matches(kept.sha256)
    await vault.close()
    assert kept.facts is not None
    assert kept.facts.faces >= faces
    assert kept.facts.plates >= plates
    assert (kept.sha256, intact) == (hashlib.sha256(data).hexdigest(), True)
    for _, box in marked()[name]:
        assert colours(shown, box) < colours(Image.open(io.BytesIO(data)), box) / 2
