"""Photos under the hash of their bytes: the sealed original, and the copy that is shown.

    incoming/<random>.part, .jpg    half done, locked by whoever works on it
    originals/ab/abcd….bin          as received, read-only
    served/ab/abcd….jpg             upright, without metadata
    facts/ab/abcd….json             what the original says of itself, read when it was developed

A name under `originals` appears last and at once, so whatever it names is whole. All but
`incoming` stands on a shelf: this folder, or a bucket far away.
"""

import asyncio
import fcntl
import hashlib
import json
import re
import secrets
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path
from typing import Final

from storage.darkroom import Darkroom, Limits
from storage.shelf import FolderShelf, Shelf, force, make_folder
from workflows.evidence.facts import PictureFacts
from workflows.rails import Kept

TOO_LARGE: Final = "too_large"
SHA256: Final = re.compile(r"[0-9a-f]{64}")
READ_ONLY: Final = 0o400


class FileVault:
    """Keeps pictures of at most `most_bytes` and `most_pixels` under one folder.

    Several processes may share the folder. `workers` pictures are decoded at once, each in a
    process of its own under `limits`. Without a `shelf` of its own all stays in the folder.
    """

    def __init__(
        self,
        root: Path,
        *,
        most_bytes: int,
        most_pixels: int,
        workers: int = 1,
        limits: Limits | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        self._incoming = root.absolute() / "incoming"
        self._shelf = shelf or FolderShelf(root)
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
            stored = _original(sha256)
            known = await self._known(sha256)
            if known is not None:
                return Kept(sha256, stored, facts=known)
            developed = await self._darkroom.develop(part.file)
            if developed.facts is None:
                return Kept(problem=developed.problem)
            await self._shelve(part, sha256, developed.jpeg, developed.facts)
            return Kept(sha256, stored, facts=developed.facts)
        finally:
            await asyncio.to_thread(part.discard)

    async def served(self, sha256: str) -> bytes:
        """The shareable copy. Raises FileNotFoundError for a hash that is not kept."""
        return await self._shelf.read(_served(sha256))

    async def matches(self, sha256: str) -> bool:
        """Whether the sealed original is present and still has this hash."""
        named = SHA256.fullmatch(sha256) is not None
        return named and await self._shelf.sha256(_original(sha256)) == sha256

    async def look(self) -> None:
        """Raises OSError where nothing could be kept now; meant for the start."""
        await self._shelf.look()

    async def forget(self, sha256: str) -> None:
        """Remove the original, its facts and the shown copy, as far as they are there."""
        for name in (_served(sha256), _facts(sha256), _original(sha256)):
            await self._shelf.remove(name)

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

    async def _known(self, sha256: str) -> PictureFacts | None:
        """The facts of what is kept whole already; None for what must be developed."""
        try:
            facts = PictureFacts.from_json(json.loads(await self._shelf.read(_facts(sha256))))
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        whole = await self._shelf.holds(_served(sha256)) and await self.matches(sha256)
        return facts if whole else None

    async def _shelve(self, part: "Part", sha256: str, jpeg: bytes, facts: PictureFacts) -> None:
        """The original last: where it stands, the rest stands too."""
        for data, name in (
            (json.dumps(facts.as_json()).encode(), _facts(sha256)),
            (jpeg, _served(sha256)),
        ):
            await asyncio.to_thread(part.write_copy, data)
            await self._shelf.place(part.copy, name)
        await asyncio.to_thread(part.path.chmod, READ_ONLY)
        await self._shelf.place(part.path, _original(sha256))

    def _sweep(self) -> int:
        parts = sorted(self._incoming.glob("*.part"))
        return sum(_remove_if_orphaned(path) for path in parts)


class Part:
    """A file on its way in, locked as long as anybody has it open."""

    def __init__(self, folder: Path) -> None:
        make_folder(folder)
        self.path = folder / f"{secrets.token_hex(16)}.part"
        self.copy = self.path.with_suffix(".jpg")
        self.file = self.path.open("x+b")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def settle(self) -> str:
        """Force the bytes to the disk and return their SHA-256."""
        force(self.file)
        self.file.seek(0)
        return hashlib.file_digest(self.file, "sha256").hexdigest()

    def write_copy(self, data: bytes) -> None:
        """What goes beside the original, forced to the disk."""
        self.copy.unlink(missing_ok=True)
        with self.copy.open("xb") as file:
            file.write(data)
            force(file)

    def discard(self) -> None:
        """Remove what was not moved to its place."""
        self.copy.unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)
        self.file.close()


def _original(sha256: str) -> str:
    return f"originals/{_checked(sha256)[:2]}/{sha256}.bin"


def _served(sha256: str) -> str:
    return f"served/{_checked(sha256)[:2]}/{sha256}.jpg"


def _facts(sha256: str) -> str:
    return f"facts/{_checked(sha256)[:2]}/{sha256}.json"


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
