"""Lets suspicious pictures be developed where they cannot hurt us.

An attendant is a process that has the decoders loaded, has read no picture, and forks once for
each: limits of memory and CPU are counted per picture, and a decoder can neither outlive its
picture nor remember the one before. Loading the decoders takes a third of a second, a fork some
milliseconds, which is why attendants are kept.
"""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import Process
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from workflows.evidence.facts import PictureFacts

HOUSE: Final = Path(__file__).resolve().parents[1]
ATTENDING: Final = (
    "import socket, sys; sys.path.append(sys.argv[1]);"
    "from storage.pictures import attend;"
    "attend(socket.socket(fileno=0), *map(int, sys.argv[2:5]))"
)
"""What an attendant runs: our folder comes last, so nothing of ours replaces what Python has."""
PROBLEMS: Final = frozenset({"too_large", "unreadable", "not_a_picture"})
UNREADABLE: Final = "unreadable"
MOST_ANSWERED: Final = 32 * 1024 * 1024
"""Bytes: more than any JPEG of 2,560 x 2,560 pixels, less than what would hurt us."""
READ_AT_ONCE: Final = 64 * 1024
CODE_BYTES: Final = 4


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
        """Measured: WebP needs 17 bytes a pixel, HEIC some 500 MB of room for threads, and
        looking for faces and plates 500 MB besides.
        """
        return cls(memory_bytes=1408 * 1024 * 1024 + 24 * most_pixels)


@dataclass(frozen=True, slots=True)
class Developed:
    """The shareable JPEG and what the original says of itself, or the problem's name."""

    jpeg: bytes = b""
    facts: PictureFacts | None = None
    problem: str = ""


class Darkroom:
    """Develops at most `workers` pictures at once; the others wait their turn."""

    def __init__(self, *, most_pixels: int, limits: Limits, workers: int) -> None:
        self._most_pixels = most_pixels
        self._limits = limits
        self._workers = workers
        self._places = asyncio.Semaphore(workers)
        self._idle: list[Attendant] = []
        self._busy: set[Attendant] = set()
        self._closed = False

    async def develop(self, source: BinaryIO) -> Developed:
        """The shareable copy of an opened file, read from its beginning.

        Raises DarkroomError if the process fails by itself, or the darkroom is closed meanwhile.
        """
        async with self._places:
            self._check_open()
            attendant = await self._attendant()
            self._busy.add(attendant)
            answer, code = None, None
            try:
                self._check_open()
                async with asyncio.timeout(self._limits.wall_seconds):
                    answer, code = await attendant.develop(source)
            except TimeoutError:
                return Developed(problem=UNREADABLE)
            finally:
                self._busy.discard(attendant)
                if code is None:
                    await attendant.dismiss()
                else:
                    self._idle.append(attendant)
        self._check_open()
        return _judged(answer, code)

    async def close(self) -> None:
        """Kill what still runs, and wait until it is gone and reaped."""
        self._closed = True
        for attendant in self._busy:
            attendant.kill()
        for _ in range(self._workers):
            await self._places.acquire()
        for _ in range(self._workers):
            self._places.release()
        while self._idle:
            await self._idle.pop().dismiss()

    def _check_open(self) -> None:
        if self._closed:
            raise DarkroomError("the darkroom is closed; the picture can be tried again later")

    async def _attendant(self) -> "Attendant":
        while self._idle:
            attendant = self._idle.pop()
            if attendant.process.returncode is None:
                return attendant
            await attendant.dismiss()
        return await Attendant.start(self._most_pixels, self._limits)


@dataclass(frozen=True, slots=True, eq=False)
class Attendant:
    """A process with the decoders loaded, and the line on which it is asked."""

    process: Process
    line: socket.socket

    @classmethod
    async def start(cls, most_pixels: int, limits: Limits) -> "Attendant":
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        numbers = (most_pixels, limits.memory_bytes, limits.cpu_seconds)
        with theirs:
            # Isolated and with an empty environment: it needs no secret, so it gets none. What
            # it complains about itself goes to our standard error. In a session of its own it
            # and its forks can be killed together.
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-I",
                "-c",
                ATTENDING,
                str(HOUSE),
                *map(str, numbers),
                stdin=theirs.fileno(),
                stdout=asyncio.subprocess.DEVNULL,
                cwd="/",
                env={},
                start_new_session=True,
            )
        return cls(process, ours)

    async def develop(self, source: BinaryIO) -> tuple[bytes | None, int | None]:
        """What one picture's fork said, and its exit code; None for what ran wild or is lost."""
        # Past the file object, which may only move inside its own buffer.
        os.lseek(source.fileno(), 0, os.SEEK_SET)
        reading, writing = os.pipe()
        with os.fdopen(reading, "rb") as pipe:
            try:
                with suppress(OSError):  # it died since; its silence says so
                    socket.send_fds(self.line, [b"?"], [source.fileno(), writing])
            finally:
                os.close(writing)
            answer = await _answer(pipe)
        if answer is None:
            return None, None
        code = b""
        with suppress(ConnectionResetError):  # killed before it had heard us
            code = await asyncio.get_running_loop().sock_recv(self.line, CODE_BYTES)
        return answer, int.from_bytes(code, signed=True) if code else None

    def kill(self) -> None:
        """It and every fork of its."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    async def dismiss(self) -> None:
        self.kill()
        await self.process.wait()
        self.line.close()


async def _answer(pipe: BinaryIO) -> bytes | None:
    """All that is said; None if that is more than a picture of ours can be."""
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), pipe
    )
    parts: list[bytes] = []
    left = MOST_ANSWERED
    try:
        while part := await reader.read(READ_AT_ONCE):
            left -= len(part)
            if left < 0:
                return None
            parts.append(part)
    finally:
        transport.close()
    return b"".join(parts)


def _judged(answer: bytes | None, code: int | None) -> Developed:
    if answer is None or (code is not None and code < 0):
        # It ran wild, or died of a signal: a limit, or a crash.
        return Developed(problem=UNREADABLE)
    word, _, rest = answer.partition(b"\n")
    told, _, jpeg = rest.partition(b"\n")
    if code == 0 and word == b"ok" and jpeg:
        return _with_facts(told, jpeg)
    if code == 0 and (problem := word.decode("ascii", "replace")) in PROBLEMS:
        return Developed(problem=problem)
    raise DarkroomError(f"the picture process ended with code {code} and no answer")


def _with_facts(told: bytes, jpeg: bytes) -> Developed:
    # A decoder that a picture took over could answer anything, so an answer is only words to us.
    try:
        return Developed(jpeg, PictureFacts.from_json(json.loads(told)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Developed(problem=UNREADABLE)
