"""A process that is killed while it keeps photos, and what its successor finds."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from storage.vault import FileVault
from tests.storage_vault.pictures_made_here import Files, Vaults, in_chunks, picture

ROOT = Path(__file__).parents[2]
KEEPS_ON = """
import asyncio, sys
from pathlib import Path
from storage.vault import FileVault
from tests.storage_vault.pictures_made_here import in_chunks, picture

async def main() -> None:
    vault = FileVault(Path(sys.argv[1]), most_bytes=2_000_000, most_pixels=4_000_000, workers=2)
    for size in range(100, 10_000):
        kept = await vault.keep(in_chunks(picture(size=(size, 50))))
        print(kept.sha256, flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.1, 0.15])
async def test_what_was_said_to_be_kept_is_kept_and_nothing_is_half_there(
    vaults: Vaults, files: Files, tmp_path: Path, moment: float
) -> None:
    dying = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        KEEPS_ON,
        str(tmp_path / "vault"),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    assert dying.stdout is not None
    said = [(await dying.stdout.readline()).decode().strip()]
    await asyncio.sleep(moment)  # kill it at another point of its next picture each time
    dying.send_signal(signal.SIGKILL)
    said += (await dying.stdout.read()).decode().split()
    await dying.wait()
    vault = vaults()
    present = {Path(name).stem for name in files() if name.startswith("originals")}
    assert set(said) <= present
    for sha256 in present:
        assert await vault.matches(sha256)
        assert (await vault.served(sha256)).startswith(b"\xff\xd8\xff")
    await swept_clean(vault, files)
    assert (await vault.keep(in_chunks(picture(size=(100, 50))))).sha256 == said[0]


async def swept_clean(vault: FileVault, files: Files) -> None:
    """A picture process may outlive its parent by a moment, and keeps its file locked so long."""
    async with asyncio.timeout(20):
        while any(name.startswith("incoming") for name in files()):
            await vault.sweep()
            await asyncio.sleep(0.05)
