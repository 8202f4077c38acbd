"""Pictures for the vault's tests, each made from nothing."""

import io
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from functools import cache

import pillow_heif
from PIL import Image

from storage.vault import FileVault

Vaults = Callable[..., FileVault]
Files = Callable[[], list[str]]
RED_TOP = ((200, 30, 30), (30, 30, 200))


def picture(
    kind: str = "JPEG", size: tuple[int, int] = (320, 240), mode: str = "RGB", **more: object
) -> bytes:
    """Red above, blue below, so that it can be seen which way is up."""
    image = Image.new("RGB", size, RED_TOP[1])
    image.paste(RED_TOP[0], (0, 0, size[0], size[1] // 2))
    written = io.BytesIO()
    image.convert(mode).save(written, kind, **more)
    return written.getvalue()


def grey(kind: str, mode: str) -> bytes:
    """A grey area of level 156 of 255, in any of Pillow's modes."""
    image = Image.new("L", (64, 48), 156)
    image = Image.new("I;16", image.size, 156 * 256) if mode == "I;16" else image.convert(mode)
    written = io.BytesIO()
    image.save(written, kind)
    return written.getvalue()


def heic(size: tuple[int, int] = (320, 240)) -> bytes:
    """As an iPhone would store it, with a maker in its EXIF."""
    exif = Image.Exif()
    exif[0x010F] = "Secret Maker"
    written = io.BytesIO()
    image = Image.open(io.BytesIO(picture("PNG", size)))
    pillow_heif.from_pillow(image).save(written, quality=60, exif=exif.tobytes())
    return written.getvalue()


def noise(size: tuple[int, int]) -> bytes:
    written = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(written, "JPEG", quality=90)
    return written.getvalue()


def with_exif(orientation: int, *, size: tuple[int, int] = (320, 240)) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Secret Maker"
    exif[0x8825] = {1: "N", 2: (31.0, 5.0, 20.0), 3: "E", 4: (121.0, 22.0, 9.0)}
    return picture(size=size, exif=exif, comment=b"secret comment", icc_profile=b"secret profile")


@cache
def flat_png(width: int, height: int, *, rows: int | None = None) -> bytes:
    """A black PNG of any size in little space; with fewer `rows` than it promises, a lie."""
    packer = zlib.compressobj(9)
    row = bytes(width + 1)
    body = b"".join(packer.compress(row) for _ in range(rows or height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    )


async def in_chunks(data: bytes, size: int = 8192) -> AsyncIterator[bytes]:
    for begin in range(0, len(data), size):
        yield data[begin : begin + size]


def jpeg_segments(data: bytes) -> list[tuple[int, bytes]]:
    """Marker and content of every segment before the pixels."""
    at, found = 2, []
    while data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        found.append((data[at + 1], data[at + 4 : at + 2 + length]))
        at += 2 + length
    return found


def carries_metadata(data: bytes) -> bool:
    """Whether a JPEG holds anything but one bare header, the tables of its pixels, and pixels.

    Whatever else there is could tell where, when or by whom, or show a thumbnail of more.
    """
    (first, header), *others = jpeg_segments(data)
    bare = first == 0xE0 and header[:5] == b"JFIF\0" and header[12:] == b"\0\0"  # no thumbnail
    tables = {0xDB, 0xC0, 0xC4}
    beyond = data.find(b"\xff\xd9", data.find(b"\xff\xda")) + 2 != len(data)
    return not bare or beyond or any(marker not in tables for marker, _ in others)


def upper_and_lower(jpeg: bytes) -> tuple[str, str]:
    image = Image.open(io.BytesIO(jpeg)).convert("RGB")
    wide, high = image.size
    names = []
    for y in (high // 4, high * 3 // 4):
        red, _, blue = image.getpixel((wide // 2, y))
        names.append("red" if red > blue else "blue")
    return names[0], names[1]
