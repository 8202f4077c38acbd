"""Where kept pictures stand: a place that takes whole files under their names, and gives them.

A name appears at once and whole or not at all, and never changes what it names: the names are
made of hashes. Only what has been kept for its whole time is ever removed.
"""

import asyncio
import hashlib
import os
from pathlib import Path
from typing import BinaryIO, Final, Protocol

OURS_ALONE: Final = 0o700


class Shelf(Protocol):
    """A folder, or a bucket far away. All of it raises OSError for what may be tried again."""

    async def place(self, source: Path, name: str) -> None:
        """Take in a file that is on the disk already, durably; `source` may be gone after it."""

    async def read(self, name: str) -> bytes:
        """Raises FileNotFoundError."""

    async def holds(self, name: str) -> bool: ...

    async def sha256(self, name: str) -> str:
        """Of the bytes as they are now, in hexadecimal; empty if nothing has that name."""

    async def remove(self, name: str) -> None:
        """Nothing happens if it is not there."""

    async def look(self) -> None:
        """Raises OSError where nothing could be placed now."""


class FolderShelf:
    """A folder of this machine, which must be on the disk where files are received."""

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()

    async def place(self, source: Path, name: str) -> None:
        await asyncio.to_thread(_move, source, self._root / name)

    async def read(self, name: str) -> bytes:
        return await asyncio.to_thread((self._root / name).read_bytes)

    async def holds(self, name: str) -> bool:
        return await asyncio.to_thread((self._root / name).exists)

    async def sha256(self, name: str) -> str:
        return await asyncio.to_thread(_sha256, self._root / name)

    async def remove(self, name: str) -> None:
        await asyncio.to_thread((self._root / name).unlink, missing_ok=True)

    async def look(self) -> None:
        await asyncio.to_thread(make_folder, self._root)


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def _move(source: Path, target: Path) -> None:
    make_folder(target.parent)
    source.replace(target)
    _force_folder(target.parent)


def make_folder(folder: Path) -> None:
    """It and its parents, on the disk, for nobody but us."""
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        make_folder(folder.parent)
    folder.mkdir(mode=OURS_ALONE, exist_ok=True)
    _force_folder(folder.parent)


def force(file: BinaryIO) -> None:
    """What was written is on the disk, whatever happens next."""
    file.flush()
    os.fsync(file.fileno())


def _force_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
