"""Photos that real cameras and phones took, with all they carry."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pillow_heif
import pytest
from PIL import Image

from storage.stamping.stamp import stamped
from storage.vault import FileVault
from tests.storage_vault.pictures_made_here import carries_metadata, in_chunks
from workflows.rails import Kept

PHOTOS = Path(__file__).parents[3] / "shared" / "data" / "photos"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not (PHOTOS / "index.csv").exists(),
        reason="not run: the real photos of ../shared/data/photos are not on this machine",
    ),
]


GIVES_AWAY = {
    "a thumbnail in EXIF",
    *(f"JPEG {name}" for name in ("exif", "xmp", "icc_profile", "photoshop", "comment")),
    *(f"PNG {name}" for name in ("Raw profile type exif", "icc:manufacturer", "date:create")),
    *(f"HEIF {name}" for name in ("exif", "xmp", "icc_profile")),
    "WEBP exif",
}


def listed() -> list[dict[str, str]]:
    if not (PHOTOS / "index.csv").exists():
        return []
    with (PHOTOS / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def in_turn() -> list[Any]:
    """One of each format and the series of orientations every time, the others in `make soak`."""
    seen: set[str] = set()
    found = []
    for photo in listed():
        suffix = Path(photo["file"]).suffix
        often = photo["file"].startswith("orientation_") or suffix not in seen
        seen.add(suffix)
        found.append(
            pytest.param(photo, id=photo["file"], marks=() if often else pytest.mark.soak)
        )
    return found


SHELVED: Final[dict[str, tuple[Kept, bytes]]] = {}
"""What became of each, and its shown copy: looking for faces on one takes a second or two."""


async def shelved(name: str) -> tuple[Kept, bytes]:
    if name not in SHELVED:
        with TemporaryDirectory() as folder:
            limits = {"most_bytes": 20_000_000, "most_pixels": 50_000_000}
            vault = FileVault(Path(folder), **limits, workers=2)
            kept = await vault.keep(in_chunks((PHOTOS / name).read_bytes()))
            SHELVED[name] = kept, await vault.served(kept.sha256)
            await vault.close()
    return SHELVED[name]


@pytest.mark.parametrize("photo", in_turn())
async def test_every_real_photo_is_kept_whole_and_shown_bare(photo: dict[str, str]) -> None:
    kept, served = await shelved(photo["file"])
    shown = Image.open(io.BytesIO(served))
    assert (kept.problem, kept.sha256) == ("", photo["sha256"])
    assert not carries_metadata(served)
    assert not carries_metadata(stamped(served, ("#42  2026-11-24 16:13", "虹桥路 12 号门口")))
    assert not shown.getexif()
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for secret in (photo["maker"], photo["model"], photo["captured_at"]):
        assert not secret or secret.encode() not in served
    size = (int(photo["width"]), int(photo["height"]))
    if photo["orientation"] in {"5", "6", "7", "8"}:
        size = size[::-1]
    scale = min(1.0, 2560 / max(size))
    assert shown.size == pytest.approx([side * scale for side in size], abs=1)


def test_the_real_photos_carry_whatever_a_copy_could_give_away() -> None:
    """Or the test above would show nothing."""
    found: set[str] = set()
    pillow_heif.register_heif_opener()
    for photo in listed():
        image = Image.open(PHOTOS / photo["file"])
        image.load()
        found |= {f"{image.format} {name}" for name, held in image.info.items() if held}
        if b"\xff\xd8\xff" in image.info.get("exif", b""):
            found.add("a thumbnail in EXIF")
    assert found >= GIVES_AWAY


@pytest.mark.parametrize("photo", in_turn())
async def test_every_real_photo_says_when_and_where_as_its_list_says(
    photo: dict[str, str],
) -> None:
    facts = (await shelved(photo["file"]))[0].facts
    assert facts is not None
    captured = facts.captured and facts.captured.strftime("%Y:%m:%d %H:%M:%S")
    assert (captured or "", facts.offset_minutes) == (photo["captured_at"], offset(photo))
    if photo["lat"] and float(photo["lat"]):
        assert facts.point is not None
        told = (facts.point.latitude, facts.point.longitude)
        assert told == pytest.approx((float(photo["lat"]), float(photo["lon"])), abs=2e-6)
    else:  # no position, no number, or a receiver that had not found itself: 0, 0
        assert facts.point is None
    turned = photo["orientation"] in {"5", "6", "7", "8"}
    size = (facts.height, facts.width) if turned else (facts.width, facts.height)
    assert size == (int(photo["width"]), int(photo["height"]))
    assert facts.fingerprint is not None


def offset(photo: dict[str, str]) -> int | None:
    if not photo["offset"]:
        return None
    hours, minutes = photo["offset"][1:].split(":")
    return (int(hours) * 60 + int(minutes)) * (-1 if photo["offset"][0] == "-" else 1)


async def test_one_scene_has_one_fingerprint_however_the_camera_was_held() -> None:
    names = [f"orientation_{number}.jpg" for number in range(1, 9)]
    prints = [(await shelved(name))[0].facts.fingerprint for name in names]
    assert max((prints[0] ^ other).bit_count() for other in prints) <= 4


async def test_the_orientation_series_all_shows_the_same_upright_scene() -> None:
    """Each is nearer to the first as it stands than turned or mirrored in any other way."""
    shown = []
    for number in range(1, 9):
        _, served = await shelved(f"orientation_{number}.jpg")
        shown.append(Image.open(io.BytesIO(served)).convert("L"))
    first = coarse(shown[0])
    for image in shown:
        as_it_is = difference(first, coarse(image))
        turned = [difference(first, coarse(image.transpose(turn))) for turn in Image.Transpose]
        assert as_it_is < 0.5 * min(turned)


def coarse(image: Image.Image) -> bytes:
    return image.resize((24, 24), Image.Resampling.BOX).tobytes()


def difference(one: bytes, other: bytes) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)
