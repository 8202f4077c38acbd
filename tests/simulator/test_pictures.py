"""Photos as Telegram keeps them: several sizes, upright, no trace of where they were taken."""

import io

import pytest
from PIL import Image

from bot.simulator.pictures import PictureError, compress, sniff

ORIENTATION, GPS = 0x0112, 0x8825


def picture(
    width: int, height: int, form: str = "JPEG", mode: str = "RGB", turn: int = 0
) -> bytes:
    drawn = Image.linear_gradient("L").resize((width, height)).convert(mode)
    exif = Image.Exif()
    if turn:
        exif[ORIENTATION] = turn
        exif.get_ifd(GPS)[1] = "N"
    out = io.BytesIO()
    drawn.save(out, form, exif=exif) if turn else drawn.save(out, form)
    return out.getvalue()


def test_a_photo_has_sizes_smallest_first() -> None:
    sizes = compress(picture(3000, 2000))
    assert [(size.width, size.height) for size in sizes] == [
        (90, 60),
        (320, 213),
        (800, 533),
        (1280, 853),
    ]
    assert [len(size.data) for size in sizes] == sorted(len(size.data) for size in sizes)


def test_a_small_photo_is_not_blown_up() -> None:
    assert [(size.width, size.height) for size in compress(picture(200, 100))] == [
        (90, 45),
        (200, 100),
    ]
    assert [(size.width, size.height) for size in compress(picture(40, 40))] == [(40, 40)]


def test_metadata_is_gone_and_the_picture_upright() -> None:
    raw = picture(400, 200, turn=6)
    assert dict(Image.open(io.BytesIO(raw)).getexif())
    sizes = compress(raw)
    assert (sizes[-1].width, sizes[-1].height) == (200, 400)
    for size in sizes:
        kept = Image.open(io.BytesIO(size.data))
        assert kept.format == "JPEG"
        assert not dict(kept.getexif())
        assert raw != size.data


@pytest.mark.parametrize(
    ("form", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("GIF", "P"), ("BMP", "RGB"), ("PNG", "LA")]
)
def test_other_kinds_become_jpeg(form: str, mode: str) -> None:
    assert compress(picture(100, 100, form, mode))[-1].data.startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(("width", "height"), [(6000, 4001), (2101, 100)])
def test_impossible_dimensions_are_refused(width: int, height: int) -> None:
    with pytest.raises(PictureError, match=r"^PHOTO_INVALID_DIMENSIONS$"):
        compress(picture(width, height))


@pytest.mark.parametrize(
    "raw",
    [b"", b"not a picture", picture(900, 900)[:3000], picture(10, 10) + b"\0" * 10 * 1024 * 1024],
)
def test_what_is_no_usable_picture_is_refused(raw: bytes) -> None:
    with pytest.raises(PictureError, match=r"^IMAGE_PROCESS_FAILED$"):
        compress(raw)


def test_a_name_that_ends_like_no_photo_is_refused() -> None:
    assert compress(picture(9, 9), "现场.JPG")
    with pytest.raises(PictureError, match=r"^photo has unsupported extension\. Use one of \.jpg"):
        compress(picture(9, 9), "IMG_1.HEIC")


@pytest.mark.parametrize(
    ("raw", "name", "kind"),
    [
        (picture(9, 9), "现场 1", "image/jpeg"),
        (picture(9, 9, "PNG"), "x.jpg", "image/png"),
        (b"\0\0\0\x18ftypheic", "IMG_1.HEIC", "image/heic"),
        (
            b"PK\x03\x04",
            "表.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (b"PK\x03\x04", "x", "application/zip"),
        (b"hello", "说明.TXT", "text/plain"),
        (b"RIFF\0\0\0\0WEBP", "", "image/webp"),
        (b"", "", "application/octet-stream"),
    ],
)
def test_a_file_is_known_by_its_bytes_first(raw: bytes, name: str, kind: str) -> None:
    assert sniff(raw, name) == kind
