"""Photos that real cameras and phones took, with all they carry."""

import csv
import io
from pathlib import Path

import pytest
from PIL import Image

from storage.vault import FileVault
from tests.storage_vault.pictures_made_here import carries_metadata, in_chunks

PHOTOS = Path(__file__).parents[3] / "shared" / "data" / "photos"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not (PHOTOS / "index.csv").exists(),
        reason="not run: the real photos of ../shared/data/photos are not on this machine",
    ),
]


def listed() -> list[dict[str, str]]:
    if not (PHOTOS / "index.csv").exists():
        return []
    with (PHOTOS / "index.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def vault_on(folder: Path) -> FileVault:
    return FileVault(folder, most_bytes=20_000_000, most_pixels=50_000_000, workers=2)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of all the tests here: a photo that one of them has kept is not developed once more."""
    return tmp_path_factory.mktemp("real")


@pytest.mark.parametrize("photo", listed(), ids=lambda photo: photo["file"])
async def test_every_real_photo_is_kept_whole_and_shown_bare(
    folder: Path, photo: dict[str, str]
) -> None:
    vault = vault_on(folder)
    data = (PHOTOS / photo["file"]).read_bytes()
    kept = await vault.keep(in_chunks(data))
    served = await vault.served(kept.sha256)
    await vault.close()
    shown = Image.open(io.BytesIO(served))
    assert (kept.problem, kept.sha256) == ("", photo["sha256"])
    assert not carries_metadata(served)
    assert not shown.getexif()
    assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for secret in (photo["maker"], photo["model"], photo["captured_at"]):
        assert not secret or secret.encode() not in served
    size = (int(photo["width"]), int(photo["height"]))
    if photo["orientation"] in {"5", "6", "7", "8"}:
        size = size[::-1]
    scale = min(1.0, 2560 / max(size))
    assert shown.size == pytest.approx([side * scale for side in size], abs=1)


@pytest.mark.parametrize("photo", listed(), ids=lambda photo: photo["file"])
async def test_every_real_photo_says_when_and_where_as_its_list_says(
    folder: Path, photo: dict[str, str]
) -> None:
    vault = vault_on(folder)
    facts = (await vault.keep(in_chunks((PHOTOS / photo["file"]).read_bytes()))).facts
    await vault.close()
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


async def test_one_scene_has_one_fingerprint_however_the_camera_was_held(folder: Path) -> None:
    vault = vault_on(folder)
    names = [f"orientation_{number}.jpg" for number in range(1, 9)]
    prints = [
        (await vault.keep(in_chunks((PHOTOS / name).read_bytes()))).facts.fingerprint
        for name in names
    ]
    await vault.close()
    assert max((prints[0] ^ other).bit_count() for other in prints) <= 4


async def test_the_orientation_series_all_shows_the_same_upright_scene(folder: Path) -> None:
    """Each is nearer to the first as it stands than turned or mirrored in any other way."""
    vault = vault_on(folder)
    shown = []
    for number in range(1, 9):
        data = (PHOTOS / f"orientation_{number}.jpg").read_bytes()
        served = await vault.served((await vault.keep(in_chunks(data))).sha256)
        shown.append(Image.open(io.BytesIO(served)).convert("L"))
    await vault.close()
    first = coarse(shown[0])
    for image in shown:
        as_it_is = difference(first, coarse(image))
        turned = [difference(first, coarse(image.transpose(turn))) for turn in Image.Transpose]
        assert as_it_is < 0.5 * min(turned)


def coarse(image: Image.Image) -> bytes:
    return image.resize((24, 24), Image.Resampling.BOX).tobytes()


def difference(one: bytes, other: bytes) -> float:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)
