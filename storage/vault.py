"""Photos on disk under the hash of their bytes: the sealed original, and the copy that is shown.

    incoming/<random>.part, .jpg    half done, locked by whoever works on it
    originals/ab/abcd….bin          as received, read-only
    served/ab/abcd….jpg             upright, without metadata

A name under `originals` appears last and at once, so whatever it names is whole.
"""

import asyncio
import fcntl
import hashlib
import os
import re
import secrets
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path
from typing import BinaryIO, Final

from storage.darkroom import Darkroom, Limits
from workflows.rails import Kept

TOO_LARGE: Final = "too_large"
SHA256: Final = re.compile(r"[0-9a-f]{64}")
READ_ONLY: Final = 0o400
OURS_ALONE: Final = 0o700


class FileVault:
    """Keeps pictures of at most `most_bytes` and `most_pixels` under one folder.

    Several processes may share the folder. `workers` pictures are decoded at once, each in a
    process of its own under `limits`.
    """

    def __init__(
        self,
        root: Path,
        *,
        most_bytes: int,
        most_pixels: int,
        workers: int = 1,
        limits: Limits | None = None,
    ) -> None:
        self._root = root.absolute()
        self._incoming = self._root / "incoming"
        self._most_bytes = most_bytes
        self._darkroom = Darkroom(
            most_pixels=most_pixels,
            limits=limits or Limits.for_pixels(most_pixels),
            workers=workers,
        )

    async def keep(self, chunks: AsyncIterator[bytes]) -> Kept:
        """Seal what streams in, or name its problem and leave nothing behind.

        The same bytes again give the same answer and change nothing. Raises OSError when the
        disk fails and DarkroomError when no picture process can run: both may be tried again.
        """
        part = await asyncio.to_thread(Part, self._incoming)
        try:
            if not await self._receive(chunks, part):
                return Kept(problem=TOO_LARGE)
            sha256 = await asyncio.to_thread(part.settle)
            kept = Kept(sha256, f"originals/{sha256[:2]}/{sha256}.bin")
            if await asyncio.to_thread(self._holds, sha256):
                return kept
            developed = await self._darkroom.develop(part.file)
            if developed.problem:
                return Kept(problem=developed.problem)
            await asyncio.to_thread(self._shelve, part, sha256, developed.jpeg)
            return kept
        finally:
            await asyncio.to_thread(part.discard)

    async def served(self, sha256: str) -> bytes:
        """The shareable copy. Raises FileNotFoundError for a hash that is not kept."""
        return await asyncio.to_thread(self._served(sha256).read_bytes)

    async def matches(self, sha256: str) -> bool:
        """Whether the sealed original is present and still has this hash."""
        return await asyncio.to_thread(self._original_matches, sha256)

    async def forget(self, sha256: str) -> None:
        """Remove the original and the shown copy; nothing happens if they are not there."""
        for path in (self._served(sha256), self._original(sha256)):
            await asyncio.to_thread(path.unlink, missing_ok=True)

    async def sweep(self) -> int:
        """Remove what dead processes left half done; meant for the start. Returns how many."""
        return await asyncio.to_thread(self._sweep)

    async def close(self) -> None:
        """End the picture processes; a picture that was being kept raises DarkroomError."""
        await self._darkroom.close()

    async def _receive(self, chunks: AsyncIterator[bytes], part: "Part") -> bool:
        left = self._most_bytes
        async for chunk in chunks:
            left -= len(chunk)
            if left < 0:
                if isinstance(chunks, AsyncGenerator):
                    await chunks.aclose()  # hang up rather than let it send on
                return False
            await asyncio.to_thread(part.file.write, chunk)
        return True

    def _original(self, sha256: str) -> Path:
        return self._root / "originals" / _checked(sha256)[:2] / f"{sha256}.bin"

    def _served(self, sha256: str) -> Path:
        return self._root / "served" / _checked(sha256)[:2] / f"{sha256}.jpg"

    def _original_matches(self, sha256: str) -> bool:
        try:
            with self._original(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def _holds(self, sha256: str) -> bool:
        return self._served(sha256).exists() and self._original_matches(sha256)

    def _shelve(self, part: "Part", sha256: str, jpeg: bytes) -> None:
        with part.copy.open("xb") as file:
            file.write(jpeg)
            _force(file)
        _move(part.copy, self._served(sha256))
        part.path.chmod(READ_ONLY)
        _move(part.path, self._original(sha256))

    def _sweep(self) -> int:
        parts = sorted(self._incoming.glob("*.part"))
        return sum(_remove_if_orphaned(path) for path in parts)


class Part:
    """A file on its way in, locked as long as anybody has it open."""

    def __init__(self, folder: Path) -> None:
        _make_folder(folder)
        self.path = folder / f"{secrets.token_hex(16)}.part"
        self.copy = self.path.with_suffix(".jpg")
        self.file = self.path.open("x+b")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def settle(self) -> str:
        """Force the bytes to the disk and return their SHA-256."""
        _force(self.file)
        self.file.seek(0)
        return hashlib.file_digest(self.file, "sha256").hexdigest()

    def discard(self) -> None:
        """Remove what was not moved to its place."""
        self.copy.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)
        self.file.close()


def _checked(sha256: str) -> str:
    if not SHA256.fullmatch(sha256):
        raise FileNotFoundError("this is not the hash of a picture")
    return sha256


def _remove_if_orphaned(path: Path) -> bool:
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        path.with_suffix(".jpg").unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        return True


def _move(source: Path, target: Path) -> None:
    _make_folder(target.parent)
    source.replace(target)
    _force_folder(target.parent)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        _make_folder(folder.parent)
    folder.mkdir(mode=OURS_ALONE, exist_ok=True)
    _force_folder(folder.parent)


def _force(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _force_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
