"""What happens inside the picture process, seen without one."""

import io
import struct

import pillow_heif
import pytest
from PIL import Image

from storage.pictures import shareable
from tests.storage_vault.pictures_made_here import (
    carries_metadata,
    grey,
    heic,
    picture,
    upper_and_lower,
    with_exif,
)

MOST_PIXELS = 4_000_000


@pytest.fixture(autouse=True, scope="module")
def heic_can_be_read() -> None:
    """As the child does when it begins."""
    pillow_heif.register_heif_opener()


@pytest.mark.parametrize(
    "data",
    [picture("JPEG"), picture("PNG"), picture("WEBP"), heic(), with_exif(1)],
    ids=["JPEG", "PNG", "WebP", "HEIC", "JPEG with EXIF"],
)
def test_every_format_becomes_a_bare_jpeg(data: bytes) -> None:
    made = shareable(data, MOST_PIXELS)
    assert upper_and_lower(made) == ("red", "blue")
    assert not carries_metadata(made)


def test_a_picture_on_its_head_is_set_upright() -> None:
    assert upper_and_lower(shareable(with_exif(3), MOST_PIXELS)) == ("blue", "red")


@pytest.mark.parametrize(
    "exif",
    [
        pytest.param(b"II*\0\xff\xff\xff\xff", id="points beyond its end"),
        pytest.param(
            struct.pack("<2sHIHHHII", b"II", 42, 8, 1, 0x011A, 1, 1, 5) + bytes(4),
            id="resolution of one byte, which Pillow itself cannot open",
        ),
    ],
)
def test_an_exif_block_that_cannot_be_read_leaves_the_picture_as_it_lies(exif: bytes) -> None:
    data = picture(exif=b"Exif\0\0" + exif)
    assert upper_and_lower(shareable(data, MOST_PIXELS)) == ("red", "blue")


@pytest.mark.parametrize("mode", ["I;16", "LA", "P"])
def test_rare_kinds_of_colour_keep_their_brightness(mode: str) -> None:
    made = Image.open(io.BytesIO(shareable(grey("PNG", mode), MOST_PIXELS)))
    assert max(abs(level - 156) for level in made.getpixel((5, 5))) < 5


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert shareable(picture(), MOST_PIXELS) == shareable(picture(), MOST_PIXELS)
