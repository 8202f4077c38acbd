"""How long until a started service answers, and how much memory it holds when nobody asks."""

import asyncio
import os
import re
import sys
import time
from pathlib import Path

from bot.simulator.phones import Phone, Town
from storage.keyring import PRACTICE_KEYS
from tests.benchmarks.measuring import ROOT
from tests.benchmarks.town import TOKEN, free_port, simulator

AT_REST_AFTER = 3.0


async def start_and_rest(folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Seconds from the start of the process to the first reply; megabytes at rest."""
    seconds, memory = [], []
    async with simulator() as base, Town(base) as town:
        environment = {
            **os.environ,
            "PAIDAN_DATABASE": f"sqlite:///{folder / 'start.db'}",
            "PAIDAN_PHOTOS": str(folder / "photos"),
            "PAIDAN_TOKEN": TOKEN,
            "PAIDAN_KEYS": PRACTICE_KEYS,
            "PAIDAN_SERVER": base,
        }
        for number in range(rounds):
            phone = await town.person(f"Somebody {number}", language="en")
            await phone.starts()
            took, held = await _once(phone, environment | {"PAIDAN_PORT": str(free_port())})
            seconds.append(took)
            memory.append(held)
    return seconds, memory


async def _once(phone: Phone, environment: dict[str, str]) -> tuple[float, float]:
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "run.py", "serve"),
        cwd=ROOT,
        env=environment,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await phone.waits_until(
            lambda shown: any(one.from_bot for one in shown), "an answer", seconds=60
        )
        took = time.perf_counter() - began
        await asyncio.sleep(AT_REST_AFTER)
        status = await asyncio.to_thread(Path(f"/proc/{process.pid}/status").read_text)
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found is not None
        return took, int(found[1]) / 1024
    finally:
        process.terminate()
        await process.wait()
