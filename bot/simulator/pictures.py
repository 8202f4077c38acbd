"""Pictures as Telegram keeps them: a photo in several sizes, and what a file really is."""

import io
import mimetypes
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

BOXES: Final = (90, 320, 800, 1280)
MOST_BYTES: Final = 10 * 1024 * 1024
MOST_WIDTH_AND_HEIGHT: Final = 10_000
MOST_RATIO: Final = 20
QUALITY: Final = 82

_READABLE = ("JPEG", "PNG", "GIF", "TIFF", "BMP", "WEBP")
_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"OggS", "audio/ogg"),
)
_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heif",
    b"avif": "image/avif",
}
_BY_NAME = {".heic": "image/heic", ".heif": "image/heif", ".webp": "image/webp"}
_KNOWN = mimetypes.MimeTypes()  # the built-in table alone: a machine's own would differ
_OFFICE = "application/vnd.openxmlformats-officedocument"
_BY_NAME |= {
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
}
_PHOTO_ENDINGS = frozenset({".jpg", ".jpeg", ".gif", ".png", ".tif", ".bmp"})
_WRONG_ENDING = "photo has unsupported extension. Use one of .jpg, .jpeg, .gif, .png, .tif or .bmp"
_CONTAINERS = frozenset({"application/zip"})


class PictureError(ValueError):
    """A picture the server refuses; the message is what comes after `Bad Request: `."""


@dataclass(frozen=True, slots=True)
class Size:
    """One stored size of a photo: a JPEG without metadata, width and height in pixels."""

    width: int
    height: int
    data: bytes


def compress(raw: bytes, file_name: str = "") -> list[Size]:
    """Make the sizes a phone would get, smallest first: upright, re-encoded, nothing else kept.

    Raises PictureError: IMAGE_PROCESS_FAILED for what is no picture (HEIC among it), is cut short,
    or weighs over 10 MB; PHOTO_INVALID_DIMENSIONS by the rules of messaging.md 1.4; a sentence
    for a name that ends like no photo (1.5).
    """
    ending = PurePath(file_name).suffix.lower()
    if ending and ending not in _PHOTO_ENDINGS:
        raise PictureError(_WRONG_ENDING)
    if len(raw) > MOST_BYTES:
        raise PictureError("IMAGE_PROCESS_FAILED")
    picture = _upright(raw)
    sizes: list[Size] = []
    for box in BOXES:
        smaller = picture.copy()
        smaller.thumbnail((box, box))
        if not sizes or smaller.width > sizes[-1].width or smaller.height > sizes[-1].height:
            sizes.append(_encoded(smaller))
    return sorted(sizes, key=lambda size: (len(size.data), size.width * size.height))


def _upright(raw: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(raw), formats=_READABLE) as opened:
            _check_dimensions(*opened.size)
            opened.draft("RGB", (BOXES[-1], BOXES[-1]))
            upright = ImageOps.exif_transpose(opened)
            return _flat(upright)
    except PictureError:
        raise
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
    ):
        raise PictureError("IMAGE_PROCESS_FAILED") from None


def _check_dimensions(width: int, height: int) -> None:
    ratio = max(width, height) / max(1, min(width, height))
    if width + height > MOST_WIDTH_AND_HEIGHT or ratio > MOST_RATIO:
        raise PictureError("PHOTO_INVALID_DIMENSIONS")


def _flat(picture: Image.Image) -> Image.Image:
    """Without transparency, which a JPEG has not: shown on white."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        paper = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(paper, layer).convert("RGB")
    return picture.convert("RGB")


def _encoded(picture: Image.Image) -> Size:
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY)
    return Size(picture.width, picture.height, out.getvalue())


def sniff(raw: bytes, file_name: str) -> str:
    """Name the MIME type of a file by its first bytes, else by its name."""
    by_name = _named(file_name)
    if raw[4:8] == b"ftyp":
        return _BRANDS.get(raw[8:12], by_name or "video/mp4")
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        return "image/webp"
    by_bytes = next((kind for magic, kind in _MAGIC if raw.startswith(magic)), None)
    if by_bytes in _CONTAINERS and by_name is not None:
        return by_name  # a spreadsheet is a zip inside
    return by_bytes or by_name or "application/octet-stream"


def _named(file_name: str) -> str | None:
    ending = PurePath(file_name).suffix.lower()
    return _BY_NAME.get(ending) or _KNOWN.guess_type(f"x{ending}", strict=False)[0]
