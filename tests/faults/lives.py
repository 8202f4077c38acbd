"""Processes of the product, seen from a test: born, killed, waited for."""

import asyncio
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FIRST_ACCOUNT = 5_200_000_001
LONGEST_END = 20.0
"""Seconds within which SIGTERM must end a process (durability.md 3, row 12)."""


def account(place: int) -> int:
    """The messenger's number of the person at this place of the demo's list."""
    return FIRST_ACCOUNT + place


@dataclass
class Life:
    """One process. Its exit code is negative if a signal has ended it."""

    pid: int
    log: Path
    ended: "Future[int]" = field(default_factory=Future)

    async def end(self, seconds: float = LONGEST_END) -> int:
        """Wait for it. Raises TimeoutError."""
        waiting = asyncio.shield(asyncio.wrap_future(self.ended))
        try:
            return await asyncio.wait_for(waiting, seconds)
        except TimeoutError:
            raise TimeoutError(f"{self.pid} lives on\n{self.told()}") from None

    async def dies(self) -> None:
        """It must be killed, not end by itself."""
        assert await self.end() == -signal.SIGKILL, self.told()

    async def stops(self) -> None:
        """Asked politely, it must end in time and without a complaint."""
        os.kill(self.pid, signal.SIGTERM)
        assert await self.end() == 0, self.told()

    def kill(self) -> None:
        if not self.ended.done():
            os.kill(self.pid, signal.SIGKILL)

    def told(self) -> str:
        """The last lines of its log."""
        return "\n".join(self.log.read_text().splitlines()[-40:]) if self.log.exists() else ""


class Midwife:
    """A process that has imported everything, and forks lives on demand."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.midwife"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._births: queue.Queue[int] = queue.Queue()
        self._lives: dict[int, Life] = {}
        self._ends: dict[int, int] = {}
        self._lock = threading.Lock()
        self._ear = threading.Thread(target=self._listen, daemon=True)
        self._ear.start()

    def bear(self, arguments: list[str], env: dict[str, str], log: Path, board: Path) -> Life:
        """Run a command of run.py in a process of its own."""
        order = {"arguments": arguments, "env": env, "log": str(log), "board": str(board)}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        life = Life(self._births.get(timeout=60), log)
        with self._lock:
            self._lives[life.pid] = life
            if life.pid in self._ends:
                life.ended.set_result(self._ends.pop(life.pid))
        return life

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            if "born" in told:
                self._births.put(told["born"])
                continue
            with self._lock:
                if life := self._lives.pop(told["ended"], None):
                    life.ended.set_result(told["code"])
                else:
                    self._ends[told["ended"]] = told["code"]

    def close(self) -> None:
        for life in list(self._lives.values()):
            life.kill()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._ear.join(30)
        self._process.stdout.close()


def by_hand(arguments: list[str], env: dict[str, str], log: Path) -> Life:
    """The real command line, with all its imports."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "run.py", *arguments],
            cwd=ROOT,
            env=os.environ | env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    life = Life(process.pid, log)
    threading.Thread(target=lambda: life.ended.set_result(process.wait()), daemon=True).start()
    return life
