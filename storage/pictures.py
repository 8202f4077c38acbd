"""Turns whatever somebody sent into a shareable picture, inside a process that may die of it.

Run in a process that waits with the decoders loaded and forks once for each picture. A fork has
the suspicious bytes and nothing else at hand: it may write no file, knows no secret of the house
and imports nothing of ours but what only reads pictures. Its answer is one line, `ok` or a
problem, and after `ok` a line of JSON, the picture's facts, and the JPEG (durability.md 5,
"Media bombs").
"""

import io
import json
import os
import re
import resource
import socket
import traceback
import warnings
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, BinaryIO, Final, NoReturn

import pillow_heif
from PIL import Image

from storage.camera_notes import orientation, told_by_camera
from storage.fingerprint import fingerprint
from storage.masking.cover import Cover, Covered, Masking, MaskingError

TOO_LARGE: Final = "too_large"
UNREADABLE: Final = "unreadable"
NOT_A_PICTURE: Final = "not_a_picture"

CODE_BYTES: Final = 4

LONG_SIDE: Final = 2560
"""Pixels: enough to read a lamp number, small enough to send."""
QUALITY: Final = 85
HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
ALSO_A_PROGRAM: Final = re.compile(
    rb"<\?php|<script|<html|<!doctype html|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c", re.IGNORECASE
)
PDF_HEADER_WITHIN: Final = 1024
UPRIGHT: Final[Mapping[int, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ON_ITS_SIDE: Final = frozenset(UPRIGHT[number] for number in (5, 6, 7, 8))
START_OF_SCAN: Final = b"\xda"
COLOUR_TRANSFORM: Final = 0xEE
NOTES: Final = frozenset({*range(0xE1, 0xF0), 0xFE} - {COLOUR_TRANSFORM})
WITH_HOLES: Final = frozenset({"LA", "La", "PA", "RGBA", "RGBa"})


class PictureRefusedError(Exception):
    """These bytes become no picture of ours; the argument is the problem's name."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def shareable(data: bytes, most_pixels: int) -> bytes:
    """The copy that may be shown, alone. Raises PictureRefusedError as `developed` does."""
    return developed(data, most_pixels)[1]


def developed(
    data: bytes, most_pixels: int, cover: Masking | None = None
) -> tuple[Mapping[str, Any], bytes]:
    """What the picture says of itself, and an upright JPEG of it that says nothing.

    The JPEG has no metadata and at most 2,560 pixels on its long side; the facts are those of
    `workflows.evidence.facts` as JSON.

    Raises PictureRefusedError with `not_a_picture` for other formats and for a picture that is
    a program, page or archive as well, `too_large` above `most_pixels` pixels, and
    `unreadable` for what breaks off or cannot be decoded; MaskingError if faces and plates
    cannot be looked for, for then it must not be shown. Without `cover` nothing is covered.
    """
    if not data:
        raise PictureRefusedError(UNREADABLE)
    kind = sniff(data)
    if not kind or is_something_else_too(data):
        raise PictureRefusedError(NOT_A_PICTURE)
    try:
        with warnings.catch_warnings(action="ignore"):
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _reencoded(data, kind, most_pixels, cover)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefusedError(TOO_LARGE) from error
    except (PictureRefusedError, MaskingError):
        raise
    except Exception as error:  # hostile bytes make decoders raise anything
        raise PictureRefusedError(UNREADABLE) from error


def sniff(data: bytes) -> str:
    """The decoder's name by the first bytes, never by a file name; empty if none is ours."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "HEIF"
    return ""


def is_something_else_too(data: bytes) -> bool:
    """Whether another program would open these same bytes as a page, script or archive.

    Plain bytes after the picture are no reason: phones append a film or a second picture.
    """
    if b"%PDF-" in data[:PDF_HEADER_WITHIN] or ALSO_A_PROGRAM.search(data):
        return True
    with suppress(zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return bool(zipfile.ZipFile(io.BytesIO(data)).namelist())
    return False


def _reencoded(
    data: bytes, kind: str, most_pixels: int, cover: Masking | None
) -> tuple[Mapping[str, Any], bytes]:
    if kind == "WEBP":
        _check(webp_size(data), most_pixels)
    image = _opened(data, kind)
    _check(image.size, most_pixels)
    told, size = told_by_camera(image), image.size
    turn = UPRIGHT.get(orientation(image))
    image = _in_plain_colours(image)
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    if turn is not None:
        image, size = image.transpose(turn), _turned(size, turn)
    # A new canvas takes the pixels and leaves behind whatever else the picture carried.
    canvas = Image.new("RGB", image.size, "white")
    canvas.paste(image, mask=image.getchannel("A") if image.mode == "RGBA" else None)
    shown = cover(canvas) if cover else Covered(canvas, 0, 0)
    written = io.BytesIO()
    shown.picture.save(written, "JPEG", quality=QUALITY)
    facts = {
        **told,
        "fingerprint": fingerprint(canvas),
        "faces": shown.faces,
        "plates": shown.plates,
        "width": size[0],
        "height": size[1],
    }
    return facts, written.getvalue()


def _turned(size: tuple[int, int], turn: Image.Transpose) -> tuple[int, int]:
    return (size[1], size[0]) if turn in ON_ITS_SIDE else size


def _opened(data: bytes, kind: str) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=[kind])
    except OSError:
        # Some cameras write EXIF that cannot be read; what they photographed still can.
        if kind != "JPEG":
            raise
        return Image.open(io.BytesIO(without_notes(data)), formats=[kind])


def without_notes(jpeg: bytes) -> bytes:
    """The JPEG without its comments and metadata, but with what its colours depend on."""
    kept, at = [jpeg[:2]], 2
    while jpeg[at : at + 1] == b"\xff" and jpeg[at + 1 : at + 2] != START_OF_SCAN:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] not in NOTES:
            kept.append(jpeg[at:end])
        at = end
    return b"".join((*kept, jpeg[at:]))


def _check(size: tuple[int, int], most_pixels: int) -> None:
    if size[0] * size[1] > most_pixels:
        raise PictureRefusedError(TOO_LARGE)


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height as the first chunk declares them, (0, 0) if it does not.

    The decoder takes memory for the whole canvas before it tells a size, so we look first.
    """
    head = data[20:30].ljust(10, b"\0")
    match data[12:16]:
        case b"VP8X":
            wide, high = (int.from_bytes(head[at : at + 3], "little") + 1 for at in (4, 7))
        case b"VP8L":
            bits = int.from_bytes(head[1:5], "little")
            wide, high = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8 ":
            wide, high = (int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (6, 8))
        case _:
            return 0, 0
    return wide, high


def _in_plain_colours(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey, of which a JPEG shows the upper 8
        image = image.point(lambda level: level / 256).convert("L")
    if image.mode in WITH_HOLES or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("RGB")


def _shut_in(memory_bytes: int, cpu_seconds: int) -> None:
    limits = {
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_AS: memory_bytes,
    }
    for limit, value in limits.items():
        # macOS cannot limit memory; pixels, time and the process itself still protect there.
        with suppress(ValueError):
            resource.setrlimit(limit, (value, value))


def develop(
    source: BinaryIO, answer: BinaryIO, most_pixels: int, limits: tuple[int, int], cover: Masking
) -> None:
    """Answer for the one picture within these limits: bytes of memory, seconds of CPU."""
    _shut_in(*limits)
    try:
        facts, jpeg = developed(source.read(), most_pixels, cover)
        word = b"\n".join((b"ok", json.dumps(facts).encode(), jpeg))
    except PictureRefusedError as refused:
        word = refused.problem.encode() + b"\n"
    answer.write(word)
    answer.flush()


def attend(line: socket.socket, most_pixels: int, memory_bytes: int, cpu_seconds: int) -> None:
    """Develop what is asked for on the line, each picture in a fork, until nobody holds the line.

    A question is one byte with two file handles: the picture, and where its answer goes. The
    reply is the fork's exit code. What attends has read no picture, so no fork knows another's.
    """
    Image.MAX_IMAGE_PIXELS = most_pixels
    pillow_heif.register_heif_opener()
    Image.preinit()
    cover = Cover()
    while True:
        asked, handles, _, _ = socket.recv_fds(line, 1, 2)
        if not asked:
            return
        fork = os.fork()
        if fork == 0:
            line.close()
            _in_the_fork(handles, most_pixels, (memory_bytes, cpu_seconds), cover)
        for handle in handles:
            os.close(handle)
        _, status = os.waitpid(fork, 0)
        with suppress(BrokenPipeError):
            line.sendall(os.waitstatus_to_exitcode(status).to_bytes(CODE_BYTES, signed=True))


def _in_the_fork(
    handles: list[int], most_pixels: int, limits: tuple[int, int], cover: Masking
) -> NoReturn:
    code = 1
    try:
        with os.fdopen(handles[0], "rb") as source, os.fdopen(handles[1], "wb") as answer:
            develop(source, answer, most_pixels, limits, cover)
        code = 0
    except Exception:  # noqa: BLE001  our own failure, told on the house's standard error
        traceback.print_exc()
    finally:
        os._exit(code)
