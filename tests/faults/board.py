"""A page of memory that a test shares with the processes it starts: the time, and a place to die.

Both sides see a change at once, so a test can let the time of a running process jump, and name
the place of its death only when the story has come to the right line.
"""

import mmap
import os
import signal
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

SIZE = 256
AHEAD = struct.Struct("d")


class Board:
    """Open a page; the first one to do so makes the file."""

    def __init__(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            os.ftruncate(handle, SIZE)
            self._page = mmap.mmap(handle, SIZE)
        finally:
            os.close(handle)

    @property
    def ahead(self) -> float:
        """Seconds by which this town is ahead of the wall clock."""
        return float(AHEAD.unpack_from(self._page)[0])

    @ahead.setter
    def ahead(self, seconds: float) -> None:
        AHEAD.pack_into(self._page, 0, seconds)

    @property
    def trap(self) -> str:
        """Whoever comes to this place is killed; empty for nowhere."""
        return bytes(self._page[AHEAD.size : SIZE]).rstrip(b"\0").decode()

    @trap.setter
    def trap(self, place: str) -> None:
        self._page[AHEAD.size : SIZE] = place.encode().ljust(SIZE - AHEAD.size, b"\0")

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    def reach(self, place: str) -> None:
        if place == self.trap:
            os.kill(os.getpid(), signal.SIGKILL)

    def close(self) -> None:
        self._page.close()
