"""What a picture says of itself: read one by one, and never at the price of the picture."""

import io
import json
import sys
from asyncio.subprocess import PIPE, create_subprocess_exec
from datetime import datetime

import cv2
import numpy as np
import pytest
from PIL import Image

from storage.darkroom import HOUSE, UNREADABLE, _judged
from storage.fingerprint import fingerprint
from storage.pictures import developed
from tests.storage_vault.pictures_made_here import Vaults, in_chunks, noise, picture, with_exif
from workflows.cases.point import Point
from workflows.evidence.facts import PictureFacts

ROOMY = 4_000_000
EXIF, GPS, SOFTWARE = 0x8769, 0x8825, 0x0131
TAKEN, DIGITIZED, OFFSET = 0x9003, 0x9004, 0x9011
LUJIAZUI = {1: "N", 2: (31.0, 14.0, 24.0), 3: "E", 4: (121.0, 30.0, 0.0)}


def taken(
    taken: dict[int, object] | None = None,
    place: dict[int, object] | None = None,
    software: str = "",
) -> PictureFacts:
    """What is read of a picture whose camera wrote these notes."""
    exif = Image.Exif()
    exif[EXIF], exif[GPS] = taken or {}, place or {}
    if software:
        exif[SOFTWARE] = software
    facts, _ = developed(picture(exif=exif), ROOMY)
    return PictureFacts.from_json(json.loads(json.dumps(facts)))


def test_time_offset_place_and_program_are_read() -> None:
    read = taken({TAKEN: "2026:11:24 08:30:05", OFFSET: "+08:00"}, LUJIAZUI, "美图")
    assert read.captured == datetime(2026, 11, 24, 8, 30, 5)  # noqa: DTZ001  a wall clock
    assert (read.offset_minutes, read.point) == (480, Point(31.24, 121.5))
    assert (read.width, read.height) == (320, 240)


@pytest.mark.parametrize(
    "time", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026:13:41 99:99:99", "yesterday", ""]
)
def test_a_camera_whose_clock_was_never_set_tells_no_time(time: str) -> None:
    assert taken({TAKEN: time}, LUJIAZUI).captured is None


def test_a_second_note_of_the_time_stands_in_for_the_first() -> None:
    read = taken({TAKEN: "0000:00:00 00:00:00", DIGITIZED: "2026:11:24 08:30:05"})
    assert read.captured == datetime(2026, 11, 24, 8, 30, 5)  # noqa: DTZ001  a wall clock


@pytest.mark.parametrize("offset", ["+99:00", "Z", "8", "+08:00:00", "＋08:00"])
def test_an_offset_that_is_none_leaves_the_time(offset: str) -> None:
    read = taken({TAKEN: "2026:11:24 08:30:05", OFFSET: offset})
    assert read.captured is not None
    assert read.offset_minutes is None


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ({}, "nothing"),
        ({0: b"\2\3\0\0"}, "a version only"),
        ({1: "N", 2: (31.0, 14.0, 24.0)}, "half a position"),
        ({**LUJIAZUI, 1: "X"}, "no side of the equator"),
        ({**LUJIAZUI, 2: (95.0, 0.0, 0.0)}, "beyond the pole"),
        ({1: "N", 2: (0.0,) * 3, 3: "E", 4: (0.0,) * 3}, "a receiver that found nothing"),
    ],
)
def test_a_position_that_is_none_is_not_guessed(place: dict[int, object], why: str) -> None:
    read = taken({TAKEN: "2026:11:24 08:30:05"}, place)
    assert read.point is None, why
    assert read.captured is not None


def test_south_and_west_count_below_zero() -> None:
    assert taken(place={**LUJIAZUI, 1: "S", 3: "W"}).point == Point(-31.24, -121.5)


def test_a_program_s_name_is_short_and_printable() -> None:
    read = taken(software="Edit\x1b[31mor\n" + "x" * 500)
    assert read.software.startswith("Edit [31mor")
    assert len(read.software) == 64
    assert read.software.isprintable()


def test_the_fingerprint_is_the_perceptual_hash_that_others_know() -> None:
    """OpenCV's cosine transform has other last digits; a bit at the median may differ."""
    for number in range(3):
        image = Image.open(io.BytesIO(noise((40 + number, 30)))).resize((640, 480))
        grey = image.convert("L").resize((32, 32), Image.Resampling.LANCZOS)
        slow = cv2.dct(np.asarray(grey, dtype=np.float32))[:8, :8]
        known = int("".join(map(str, (slow > np.median(slow)).astype(int).ravel())), 2)
        assert (int(fingerprint(image), 16) ^ known).bit_count() <= 2


def test_a_copy_keeps_its_fingerprint_and_another_picture_has_another() -> None:
    image = Image.open(io.BytesIO(noise((90, 67)))).resize((1200, 900))
    saved = io.BytesIO()
    image.resize((500, 375)).point(lambda level: min(255, level * 1.1)).save(
        saved, "JPEG", quality=40
    )
    first = int(fingerprint(image), 16)
    assert (first ^ int(fingerprint(Image.open(saved)), 16)).bit_count() <= 6
    turned = fingerprint(image.transpose(Image.Transpose.ROTATE_90))
    assert (first ^ int(turned, 16)).bit_count() > 16


async def test_the_same_bytes_say_the_same_again_and_after_a_restart(vaults: Vaults) -> None:
    first = await vaults().keep(in_chunks(with_exif(6)))
    assert first.facts is not None
    assert first.facts.point is not None
    assert (await vaults().keep(in_chunks(with_exif(6)))).facts == first.facts


@pytest.mark.parametrize(
    "told", [b"", b"[]", b"{}", b"nonsense", b'{"captured": 7}', b"[" * 100_000, b"\xff\xfe"]
)
def test_an_answer_without_facts_is_no_picture(told: bytes) -> None:
    """A decoder that was taken over can say what it likes; it is not believed."""
    assert _judged(b"ok\n" + told + b"\njpeg", 0).problem == UNREADABLE


async def test_what_reads_hostile_bytes_has_nothing_of_the_house_loaded() -> None:
    asks = "import sys; sys.path.append(sys.argv[1]); import storage.pictures; print(*sys.modules)"
    asked = await create_subprocess_exec(
        sys.executable, "-I", "-c", asks, str(HOUSE), env={}, stdout=PIPE
    )
    loaded = set((await asked.communicate())[0].decode().split())
    ours = {name for name in loaded if name.partition(".")[0] in {"workflows", "bot", "wiring"}}
    assert not ours
    assert not loaded & {"sqlalchemy", "aiogram", "aiohttp", "storage.database", "storage.vault"}
    assert {name for name in loaded if name.startswith("storage.")} == {
        "storage.pictures",
        "storage.camera_notes",
        "storage.fingerprint",
        "storage.masking",
        "storage.masking.boxes",
        "storage.masking.cover",
        "storage.masking.faces",
        "storage.masking.plates",
    }
