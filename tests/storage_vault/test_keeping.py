import asyncio
import hashlib
import io
import resource
import signal
import stat
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import Image

from storage.darkroom import DarkroomError
from storage.vault import FileVault
from tests.storage_vault.pictures_made_here import (
    Files,
    Vaults,
    carries_metadata,
    grey,
    heic,
    in_chunks,
    noise,
    picture,
    upper_and_lower,
    with_exif,
)


async def test_the_original_is_sealed_untouched_under_its_hash(
    vault: FileVault, tmp_path: Path
) -> None:
    data = picture()
    kept = await vault.keep(in_chunks(data))
    sealed = tmp_path / "vault" / kept.stored
    assert kept.problem == ""
    assert kept.sha256 == hashlib.sha256(data).hexdigest()
    assert kept.stored == f"originals/{kept.sha256[:2]}/{kept.sha256}.bin"
    assert sealed.read_bytes() == data
    assert stat.S_IMODE(sealed.stat().st_mode) == 0o400


async def test_nothing_but_the_two_copies_and_the_facts_stays_on_disk(
    vault: FileVault, files: Files
) -> None:
    kept = await vault.keep(in_chunks(picture()))
    short = kept.sha256[:2]
    assert files() == [
        f"facts/{short}/{kept.sha256}.json",
        f"originals/{short}/{kept.sha256}.bin",
        f"served/{short}/{kept.sha256}.jpg",
    ]


async def test_the_same_bytes_twice_are_one_photo_and_change_nothing(
    vaults: Vaults, tmp_path: Path
) -> None:
    data = picture()
    first = await vaults().keep(in_chunks(data))
    sealed = tmp_path / "vault" / first.stored
    before = sealed.stat()
    again = await vaults().keep(in_chunks(data, size=100))
    assert again == first
    assert (sealed.stat().st_ino, sealed.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


async def test_many_at_once_agree_and_do_not_stand_in_each_others_way(
    vault: FileVault, files: Files
) -> None:
    pictures = [picture(size=(40, 40 + n % 3)) for n in range(9)]
    kept = await asyncio.gather(*(vault.keep(in_chunks(data)) for data in pictures))
    assert [one.sha256 for one in kept] == [hashlib.sha256(d).hexdigest() for d in pictures]
    assert len(files()) == 3 * 3


async def test_other_work_goes_on_while_a_picture_is_developed(vaults: Vaults) -> None:
    """Judged by processor time, which does not depend on who else uses the machine."""
    vault = vaults(most_bytes=20_000_000, most_pixels=50_000_000)
    data = noise((3000, 2000))
    before, of_children = time.thread_time(), children_time()
    assert (await vault.keep(in_chunks(data, size=65_536))).problem == ""
    spent = time.thread_time() - before
    await vault.close()  # a process's time is counted when it has ended
    of_children = children_time() - of_children
    assert spent < of_children / 3


def children_time() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


async def test_the_shown_copy_has_no_metadata(vault: FileVault) -> None:
    data = with_exif(1)
    assert carries_metadata(data)
    served = await vault.served((await vault.keep(in_chunks(data))).sha256)
    assert not carries_metadata(served)
    assert b"ecret" not in served
    assert not Image.open(io.BytesIO(served)).getexif()


@pytest.mark.parametrize("orientation", [1, 2, 3, 4, 5, 6, 7, 8])
async def test_the_shown_copy_is_upright(vault: FileVault, orientation: int) -> None:
    """5 to 8 lie on their side: the stored red half comes to stand left or right."""
    served = await vault.served((await vault.keep(in_chunks(with_exif(orientation)))).sha256)
    image = Image.open(io.BytesIO(served))
    if orientation <= 4:
        assert image.size == (320, 240)
        expected = ("red", "blue") if orientation <= 2 else ("blue", "red")
        assert upper_and_lower(served) == expected
    else:
        assert image.size == (240, 320)
        left_red = image.getpixel((10, 160))[0] > 100
        assert left_red is (orientation in (5, 8))


async def test_a_broken_orientation_does_not_cost_the_picture(vault: FileVault) -> None:
    for orientation in (0, 9, 65535):
        kept = await vault.keep(in_chunks(with_exif(orientation)))
        assert upper_and_lower(await vault.served(kept.sha256)) == ("red", "blue")


KINDS_OF_COLOUR = [
    *(("JPEG", mode) for mode in ("L", "CMYK")),
    *(("PNG", mode) for mode in ("L", "RGBA", "P", "I;16", "1", "LA")),
    *(("WEBP", mode) for mode in ("RGB", "RGBA")),
]


@pytest.mark.parametrize(("kind", "mode"), KINDS_OF_COLOUR)
async def test_every_kind_of_colour_becomes_a_jpeg(vault: FileVault, kind: str, mode: str) -> None:
    kept = await vault.keep(in_chunks(grey(kind, mode)))
    image = Image.open(io.BytesIO(await vault.served(kept.sha256)))
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (64, 48))
    assert mode == "1" or max(abs(level - 156) for level in image.getpixel((5, 5))) < 5


async def test_a_heic_is_shown_as_a_jpeg_without_metadata(vault: FileVault) -> None:
    data = heic()
    assert data[4:8] == b"ftyp"
    served = await vault.served((await vault.keep(in_chunks(data))).sha256)
    assert upper_and_lower(served) == ("red", "blue")
    assert not carries_metadata(served)


async def test_holes_in_a_picture_become_white(vault: FileVault) -> None:
    written = io.BytesIO()
    Image.new("RGBA", (60, 60), (0, 0, 0, 0)).save(written, "PNG")
    kept = await vault.keep(in_chunks(written.getvalue()))
    shown = Image.open(io.BytesIO(await vault.served(kept.sha256)))
    assert min(shown.getpixel((30, 30))) > 250


async def test_a_big_picture_is_shown_smaller_and_a_small_one_as_it_is(vaults: Vaults) -> None:
    vault = vaults(most_pixels=20_000_000)
    for size, shown in (((5120, 1000), (2560, 500)), ((100, 50), (100, 50))):
        kept = await vault.keep(in_chunks(picture(size=size)))
        assert Image.open(io.BytesIO(await vault.served(kept.sha256))).size == shown


async def test_a_film_behind_a_phones_picture_is_no_reason_to_refuse_it(vault: FileVault) -> None:
    data = picture() + b"\0\0\0\x18ftypmp42" + bytes(5000)
    kept = await vault.keep(in_chunks(data))
    assert kept.problem == ""
    assert b"ftyp" not in await vault.served(kept.sha256)


async def test_a_changed_or_missing_original_does_not_match(
    vault: FileVault, tmp_path: Path
) -> None:
    kept = await vault.keep(in_chunks(picture()))
    sealed = tmp_path / "vault" / kept.stored
    assert await vault.matches(kept.sha256)
    sealed.chmod(0o600)
    sealed.write_bytes(b"something else")
    assert not await vault.matches(kept.sha256)
    sealed.unlink()
    assert not await vault.matches(kept.sha256)


async def test_sending_a_damaged_photo_again_heals_it(vault: FileVault, tmp_path: Path) -> None:
    data = picture()
    kept = await vault.keep(in_chunks(data))
    sealed = tmp_path / "vault" / kept.stored
    sealed.chmod(0o600)
    sealed.write_bytes(b"something else")
    assert await vault.keep(in_chunks(data)) == kept
    assert await vault.matches(kept.sha256)


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "A" * 64, "0" * 64, "0" * 65, f"{'0' * 63}\n"]
)
async def test_a_name_that_is_no_kept_hash_finds_nothing(vault: FileVault, name: str) -> None:
    with pytest.raises(FileNotFoundError):
        await vault.served(name)
    assert not await vault.matches(name)


async def test_what_a_dead_process_left_is_swept_and_what_lives_is_not(
    vault: FileVault, files: Files, tmp_path: Path
) -> None:
    incoming = tmp_path / "vault" / "incoming"
    incoming.mkdir(parents=True)
    (incoming / "dead.part").write_bytes(b"half")
    (incoming / "dead.jpg").write_bytes(b"half")
    at_the_door, go_on = asyncio.Event(), asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield picture()
        at_the_door.set()
        await go_on.wait()

    keeping = asyncio.ensure_future(vault.keep(slowly()))
    await at_the_door.wait()
    assert await vault.sweep() == 1
    go_on.set()
    assert (await keeping).problem == ""
    assert not [name for name in files() if name.startswith("incoming")]


async def test_a_broken_connection_leaves_nothing_behind(vault: FileVault, files: Files) -> None:
    async def breaking() -> AsyncIterator[bytes]:
        yield picture()[:500]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await vault.keep(breaking())
    assert files() == []


async def test_closing_ends_the_work_and_judges_no_picture_by_it(
    vaults: Vaults, files: Files
) -> None:
    vault = vaults(most_bytes=20_000_000, most_pixels=50_000_000, workers=1)
    waiting = [
        asyncio.ensure_future(vault.keep(in_chunks(noise((1500 + n, 1500))))) for n in range(3)
    ]
    await begun(vault)
    await vault.close()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(outcome, DarkroomError) for outcome in outcomes)
    assert files() == []


async def test_giving_up_on_a_picture_ends_its_process(vaults: Vaults, files: Files) -> None:
    vault = vaults(most_bytes=20_000_000, most_pixels=50_000_000)
    keeping = asyncio.ensure_future(vault.keep(in_chunks(noise((1500, 1500)))))
    await begun(vault)
    (attendant,) = vault._darkroom._busy
    keeping.cancel()
    await asyncio.wait([keeping])
    assert keeping.cancelled()
    assert attendant.process.returncode == -signal.SIGKILL
    assert files() == []


async def begun(vault: FileVault) -> None:
    """Wait until a picture process runs; nothing outside announces it."""
    while not vault._darkroom._busy:  # noqa: ASYNC110  see above
        await asyncio.sleep(0.01)
