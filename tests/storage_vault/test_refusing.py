import io
import struct
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import pillow_heif
import pytest

from storage.darkroom import DarkroomError, Limits
from storage.pictures import PictureRefusedError, shareable, sniff, webp_size
from storage.vault import FileVault
from tests.storage_vault.pictures_made_here import (
    Files,
    Vaults,
    flat_png,
    heic,
    in_chunks,
    picture,
)

MIB = 1024 * 1024


def archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        file.writestr("run.js", "alert(1)")
    return written.getvalue()


def huge_webp() -> bytes:
    """A header that promises 16,383 x 16,383 pixels."""
    data = picture("WEBP", mode="RGBA")
    side = (16383 - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + b"\x10\0\0\0" + side + side
    body = b"WEBP" + chunk + data[12:]
    return b"RIFF" + struct.pack("<I", len(body)) + body


def tiny_png_that_says_it_is_huge() -> bytes:
    return flat_png(20_000, 20_000, rows=1)


def heic_that_says_it_is_huge() -> bytes:
    data = heic()
    size = data.index(b"ispe") + 8
    return data[:size] + struct.pack(">II", 20_000, 20_000) + data[size + 8 :]


REFUSED = [
    pytest.param(b"", "unreadable", id="zero bytes"),
    pytest.param(b"\xff\xd8\xff", "unreadable", id="nothing but a beginning"),
    pytest.param(picture()[:-600], "unreadable", id="truncated JPEG"),
    pytest.param(picture("PNG")[:-60], "unreadable", id="truncated PNG"),
    pytest.param(picture("WEBP")[:-30], "unreadable", id="truncated WebP"),
    pytest.param(b"\0\0\0\x18ftypheic" + bytes(400), "unreadable", id="hollow HEIC"),
    pytest.param(b"\xff\xd8\xff\xe0" + b"no picture" * 90, "unreadable", id="JPEG by name only"),
    pytest.param(tiny_png_that_says_it_is_huge(), "too_large", id="bomb of a few bytes"),
    pytest.param(heic_that_says_it_is_huge(), "too_large", id="HEIC that promises too much"),
    pytest.param(flat_png(2001, 2000), "too_large", id="one row too many for us"),
    pytest.param(huge_webp(), "too_large", id="WebP that promises a square mile"),
    pytest.param(b"#!/bin/sh\nrm -rf /\n", "not_a_picture", id="script named .jpg"),
    pytest.param(picture("GIF"), "not_a_picture", id="GIF"),
    pytest.param(picture("TIFF"), "not_a_picture", id="TIFF"),
    pytest.param(picture("BMP"), "not_a_picture", id="BMP"),
    pytest.param(b"%PDF-1.7\n" + bytes(99), "not_a_picture", id="PDF"),
    pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture", id="SVG"),
    pytest.param(b"MZ" + bytes(500), "not_a_picture", id="program"),
    pytest.param(archive(), "not_a_picture", id="archive"),
    pytest.param(picture() + archive(), "not_a_picture", id="JPEG that is an archive too"),
    pytest.param(
        picture(comment=b"<?php system($_GET[0]); ?>"), "not_a_picture", id="JPEG that is PHP too"
    ),
    pytest.param(
        picture(comment=b"%PDF-1.4 1 0 obj"), "not_a_picture", id="JPEG that is a PDF too"
    ),
    pytest.param(
        picture("PNG") + b"<HTML><SCRIPT>", "not_a_picture", id="PNG that is a web page too"
    ),
]


@pytest.mark.parametrize(("data", "problem"), REFUSED)
async def test_what_is_no_usable_picture_is_refused_by_name(
    vault: FileVault, files: Files, data: bytes, problem: str
) -> None:
    kept = await vault.keep(in_chunks(data))
    assert (kept.problem, kept.sha256, kept.stored) == (problem, "", "")
    assert files() == []


async def test_a_true_picture_of_20_000_by_20_000_is_too_large(
    vault: FileVault, files: Files
) -> None:
    assert (await vault.keep(in_chunks(flat_png(20_000, 20_000)))).problem == "too_large"
    assert files() == []


async def test_the_byte_limit_ends_the_download_and_leaves_nothing(
    vaults: Vaults, files: Files
) -> None:
    vault = vaults(most_bytes=100_000)
    sent = 0
    hung_up = False

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent, hung_up
        try:
            while True:
                sent += 10_000
                yield bytes(10_000)
        finally:
            hung_up = True

    assert (await vault.keep(endless())).problem == "too_large"
    assert sent == 110_000
    assert hung_up
    assert files() == []


async def test_exactly_the_byte_limit_is_still_allowed(vaults: Vaults) -> None:
    data = picture()
    assert (await vaults(most_bytes=len(data)).keep(in_chunks(data))).problem == ""
    assert (await vaults(most_bytes=len(data) - 1).keep(in_chunks(data))).problem == "too_large"


async def test_a_picture_that_wants_too_much_memory_is_refused(vaults: Vaults) -> None:
    vault = vaults(most_pixels=400_000_000, limits=Limits(memory_bytes=256 * MIB))
    assert (await vault.keep(in_chunks(flat_png(20_000, 20_000)))).problem == "unreadable"


async def test_a_picture_that_wants_too_much_time_is_refused(vaults: Vaults) -> None:
    limits = Limits(memory_bytes=4096 * MIB, cpu_seconds=1)
    vault = vaults(most_pixels=400_000_000, limits=limits)
    assert (await vault.keep(in_chunks(flat_png(20_000, 20_000)))).problem == "unreadable"


async def test_a_picture_that_makes_us_wait_is_refused(vaults: Vaults) -> None:
    limits = Limits(memory_bytes=1024 * MIB, wall_seconds=0.01)
    vault = vaults(limits=limits)
    assert (await vault.keep(in_chunks(picture()))).problem == "unreadable"
    assert not vault._darkroom._busy


async def test_our_own_failure_is_not_blamed_on_the_picture(vaults: Vaults, files: Files) -> None:
    """With no memory even Python cannot start; nobody learns anything about the picture."""
    vault = vaults(limits=Limits(memory_bytes=2**70))
    with pytest.raises(DarkroomError):
        await vault.keep(in_chunks(picture()))
    assert files() == []


@pytest.fixture(scope="module")
def heic_can_be_read() -> None:
    """As the child does when it begins."""
    pillow_heif.register_heif_opener()


@pytest.mark.parametrize(("data", "problem"), REFUSED)
@pytest.mark.usefixtures("heic_can_be_read")
def test_the_same_is_refused_without_a_process(data: bytes, problem: str) -> None:
    with pytest.raises(PictureRefusedError) as refused:
        shareable(data, 4_000_000)
    assert refused.value.problem == problem


def test_the_first_bytes_tell_the_format() -> None:
    assert [sniff(picture(kind)) for kind in ("JPEG", "PNG", "WEBP")] == ["JPEG", "PNG", "WEBP"]
    assert sniff(b"\0\0\0\x18ftypheic") == "HEIF"
    assert sniff(b"\0\0\0\x18ftypavif") == ""


@pytest.mark.parametrize(
    "options", [{}, {"lossless": True}, {"mode": "RGBA"}], ids=["lossy", "lossless", "holes"]
)
def test_a_webp_tells_its_size_before_it_is_decoded(options: dict[str, Any]) -> None:
    assert webp_size(picture("WEBP", (321, 123), **options)) == (321, 123)
