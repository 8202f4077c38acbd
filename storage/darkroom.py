"""Runs one short-lived process per suspicious picture, and never lets it hurt ours.

A process a picture costs about a tenth of a second, mostly for importing Pillow. It buys limits
of memory and CPU that are counted per picture, and a decoder that can neither outlive its picture
nor remember the one before.
"""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

CHILD: Final = Path(__file__).with_name("pictures.py")
PROBLEMS: Final = frozenset({"too_large", "unreadable", "not_a_picture"})
UNREADABLE: Final = "unreadable"
MOST_ANSWERED: Final = 32 * 1024 * 1024
"""Bytes: more than any JPEG of 2,560 x 2,560 pixels, less than what would hurt us."""
READ_AT_ONCE: Final = 64 * 1024


class DarkroomError(Exception):
    """The process could not do its work for a reason that is not the picture's fault."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one picture may cost: bytes of address space, seconds of CPU, seconds of waiting."""

    memory_bytes: int
    cpu_seconds: int = 30
    wall_seconds: float = 60.0

    @classmethod
    def for_pixels(cls, most_pixels: int) -> "Limits":
        """Measured: WebP needs 17 bytes a pixel, and HEIC some 500 MB of room for threads."""
        return cls(memory_bytes=768 * 1024 * 1024 + 24 * most_pixels)


@dataclass(frozen=True, slots=True)
class Developed:
    """The shareable JPEG, or the problem's name."""

    jpeg: bytes = b""
    problem: str = ""


class Darkroom:
    """Develops at most `workers` pictures at once; the others wait their turn."""

    def __init__(self, *, most_pixels: int, limits: Limits, workers: int) -> None:
        self._most_pixels = most_pixels
        self._limits = limits
        self._workers = workers
        self._places = asyncio.Semaphore(workers)
        self._running: set[Process] = set()
        self._closed = False

    async def develop(self, source: BinaryIO) -> Developed:
        """The shareable copy of an opened file, read from its beginning.

        Raises DarkroomError if the process fails by itself, or the darkroom is closed meanwhile.
        """
        async with self._places:
            self._check_open()
            process = await self._start(source)
            self._running.add(process)
            try:
                self._check_open()
                async with asyncio.timeout(self._limits.wall_seconds):
                    answer = await _answer(process)
                    code = await process.wait() if answer is not None else 0
            except TimeoutError:
                return Developed(problem=UNREADABLE)
            finally:
                await _reap(process)
                self._running.discard(process)
        self._check_open()
        return _judged(answer, code)

    async def close(self) -> None:
        """Kill what still runs, and wait until it is gone and reaped."""
        self._closed = True
        for process in self._running:
            _kill(process)
        for _ in range(self._workers):
            await self._places.acquire()
        for _ in range(self._workers):
            self._places.release()

    def _check_open(self) -> None:
        if self._closed:
            raise DarkroomError("the darkroom is closed; the picture can be tried again later")

    async def _start(self, source: BinaryIO) -> Process:
        # Past the file object, which may only move inside its own buffer.
        os.lseek(source.fileno(), 0, os.SEEK_SET)
        numbers = (self._most_pixels, self._limits.memory_bytes, self._limits.cpu_seconds)
        # Isolated and with an empty environment: it needs no secret, so it gets none. What it
        # complains about itself goes to our standard error.
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(CHILD),
            *map(str, numbers),
            stdin=source,
            stdout=PIPE,
            cwd="/",
            env={},
        )


async def _answer(process: Process) -> bytes | None:
    """All the process says; None if that is more than a picture of ours can be."""
    assert process.stdout is not None
    parts: list[bytes] = []
    left = MOST_ANSWERED
    while part := await process.stdout.read(READ_AT_ONCE):
        left -= len(part)
        if left < 0:
            return None
        parts.append(part)
    return b"".join(parts)


def _judged(answer: bytes | None, code: int) -> Developed:
    if answer is None or code < 0:  # it ran wild, or died of a signal: a limit, or a crash
        return Developed(problem=UNREADABLE)
    word, _, jpeg = answer.partition(b"\n")
    if code == 0 and word == b"ok" and jpeg:
        return Developed(jpeg)
    if code == 0 and (problem := word.decode("ascii", "replace")) in PROBLEMS:
        return Developed(problem=problem)
    raise DarkroomError(f"the picture process ended with code {code} and no answer")


def _kill(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()


async def _reap(process: Process) -> None:
    _kill(process)
    await process.communicate()  # reads to the end, without which the pipe would never close
