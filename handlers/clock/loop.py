"""The one supervised loop: named jobs on the monotonic clock, each under a timeout."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

log = logging.getLogger(__name__)

AFTER_A_FAILURE: Final = 1.0
"""Seconds before a job that raised is run again; it doubles up to a minute."""

LONGEST_PAUSE: Final = 60.0


@dataclass(slots=True)
class Job:
    """Something to do again and again.

    `run` returns how much it did; more than nothing means that more may wait. `every` and
    `timeout` are seconds of real time. `last_run` is the monotonic time of the last good run.
    """

    name: str
    run: Callable[[], Awaitable[int]]
    every: float
    timeout: float = 30.0
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    last_run: float = 0.0
    failures: int = 0


@dataclass(slots=True)
class Loop:
    """Runs jobs side by side until it is told to stop; the only place that creates tasks.

    `patience` is how many seconds a job that is at work may go on after that.
    """

    jobs: Sequence[Job]
    monotonic: Callable[[], float]
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    patience: float = 10.0

    async def run(self, *services: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        """Run the jobs and services; a service that fails is started again."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._repeat(job), name=job.name) for job in self.jobs]
            for service in services:
                name = getattr(service, "__name__", "?")
                tasks.append(group.create_task(self._keep_up(service), name=name))
            await self.stop.wait()
            await self._see_off(tasks)

    def wake(self, *names: str) -> None:
        """Something has come in: do not wait for the next turn. "send" wakes "send 2" as well."""
        for job in self.jobs:
            if job.name.partition(" ")[0] in names:
                job.wake.set()

    def oldest_run(self) -> float:
        """Seconds since the job that has been silent longest, for readiness."""
        now = self.monotonic()
        return max((now - job.last_run for job in self.jobs), default=0.0)

    async def _see_off(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        """Whatever is cut short is claimed again later, as after a crash."""
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=self.patience)
        for task in late:
            log.warning("%s did not end in time and is cut short", task.get_name())
            task.cancel()

    async def _repeat(self, job: Job) -> None:
        job.last_run = self.monotonic()
        while not self.stop.is_set():
            job.wake.clear()
            pause = await self._once(job)
            if pause:
                await self._rest(job, pause)

    async def _once(self, job: Job) -> float:
        """Run a job once; returns the seconds to wait before the next time."""
        try:
            async with asyncio.timeout(job.timeout):
                done = await job.run()
        except Exception:
            job.failures += 1
            log.exception("%s failed (%s in a row)", job.name, job.failures)
            return min(AFTER_A_FAILURE * 2.0 ** (job.failures - 1), LONGEST_PAUSE)
        job.failures = 0
        job.last_run = self.monotonic()
        return 0.0 if done else job.every

    async def _rest(self, job: Job, seconds: float) -> None:
        """Until the time is up, something wakes the job, or everything stops."""
        waits = [
            asyncio.get_running_loop().create_task(job.wake.wait()),
            asyncio.get_running_loop().create_task(self.stop.wait()),
        ]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()

    async def _keep_up(self, service: Callable[[asyncio.Event], Awaitable[None]]) -> None:
        failures = 0
        while not self.stop.is_set():
            try:
                await service(self.stop)
            except Exception:
                failures += 1
                log.exception("%s failed", getattr(service, "__name__", "a service"))
                wait = min(AFTER_A_FAILURE * 2**failures, LONGEST_PAUSE)
                await self._sleep(wait)
            else:
                return

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self.stop.wait()
        except TimeoutError:
            return
