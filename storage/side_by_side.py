"""Before and after as one picture, made when somebody looks and held only while it is sent.

The comparison never reaches a disk: it is made from the two copies that may be shown, held in
memory until the messenger has taken it, and made anew for the next one who asks. So there is
nothing of it to seal, to prove or to delete.
"""

import asyncio
import hashlib
import logging
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from storage.darkroom import Limits
from workflows.evidence.kept import Together

log = logging.getLogger(__name__)

SCRIPT: Final = Path(__file__).with_name("aligning.py")
MOST_HELD: Final = 24
"""Pictures of about 300 KB: more than are on their way at once."""
LENGTH_BYTES: Final = 4
LIMITS: Final = Limits(memory_bytes=2 * 1024**3, cpu_seconds=10, wall_seconds=8.0)
"""Two pictures of 1,000 pixels take a second; the libraries alone reserve a gigabyte."""
ALIGNED: Final = "aligned"
WORDS: Final = frozenset({ALIGNED, "plain"})


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Implements `workflows.evidence.kept.SideBySide`; one process at a time works on it."""

    shared: Callable[[str], Awaitable[bytes]]
    limits: Limits = LIMITS
    _held: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _made: OrderedDict[tuple[str, str], Together] = field(default_factory=OrderedDict)
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    async def __call__(self, left: str, right: str) -> Together | None:
        """One picture of two that are kept; None where it cannot be made now."""
        async with self._turn:
            known = self._made.get((left, right))
            if known is not None and known.sha256 in self._held:
                return known
            try:
                first, second = await self.shared(left), await self.shared(right)
                answer = await self._process(first, second)
            except OSError as no:
                log.warning("two photos could not be laid side by side: %s", no)
                return None
            word, _, jpeg = answer.partition(b"\n")
            if word.decode("ascii", "replace") not in WORDS or not jpeg:
                log.warning("two photos could not be laid side by side: no answer")
                return None
            return self._hold((left, right), word.decode(), jpeg)

    async def served(self, sha256: str) -> bytes:
        """A comparison that is held, else the shared copy of a photo. Raises FileNotFoundError."""
        return self._held.get(sha256) or await self.shared(sha256)

    def _hold(self, pair: tuple[str, str], word: str, jpeg: bytes) -> Together:
        together = Together(hashlib.sha256(jpeg).hexdigest(), aligned=word == ALIGNED)
        self._held[together.sha256] = jpeg
        self._made[pair] = together
        for kept in (self._held, self._made):
            while len(kept) > MOST_HELD:
                kept.popitem(last=False)
        return together

    async def _process(self, left: bytes, right: bytes) -> bytes:
        """What the script says; nothing if it runs too long or dies."""
        asked = b"".join(len(each).to_bytes(LENGTH_BYTES, "big") + each for each in (left, right))
        numbers = (self.limits.memory_bytes, self.limits.cpu_seconds)
        # Isolated, without our environment and in a session of its own, as in the darkroom.
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(SCRIPT),
            *map(str, numbers),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            cwd="/",
            env={},
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(self.limits.wall_seconds):
                answer, _ = await process.communicate(asked)
        except TimeoutError:
            return b""
        finally:
            await _end(process)
        return answer if process.returncode == 0 else b""


async def _end(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
