from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from storage.darkroom import Limits
from storage.vault import FileVault

MOST_BYTES = 2_000_000
MOST_PIXELS = 4_000_000


@pytest.fixture
async def vaults(tmp_path: Path) -> AsyncIterator[Callable[..., FileVault]]:
    """Opens vaults on one folder and closes them all."""
    opened: list[FileVault] = []

    def open_vault(
        *,
        most_bytes: int = MOST_BYTES,
        most_pixels: int = MOST_PIXELS,
        workers: int = 2,
        limits: Limits | None = None,
    ) -> FileVault:
        vault = FileVault(
            tmp_path / "vault",
            most_bytes=most_bytes,
            most_pixels=most_pixels,
            workers=workers,
            limits=limits,
        )
        opened.append(vault)
        return vault

    yield open_vault
    for vault in opened:
        await vault.close()


@pytest.fixture
def vault(vaults: Callable[..., FileVault]) -> FileVault:
    return vaults()


@pytest.fixture
def files(tmp_path: Path) -> Callable[[], list[str]]:
    """Every file of the vault, by its path inside."""

    def listed() -> list[str]:
        root = tmp_path / "vault"
        return sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file())

    return listed
