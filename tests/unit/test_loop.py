"""The one loop: a job that hangs is ended and run again, and meanwhile everybody can see it."""

import asyncio
import logging

import pytest

from handlers.clock.loop import Job, Loop


class Hand:
    """A monotonic clock moved by hand, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.timeout(30)
async def test_a_sweep_that_hangs_is_ended_and_runs_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Row 59 of durability.md 3; the other jobs go on all the while."""
    clock, rounds, others = Hand(), 0, 0
    silent: list[float] = []

    async def sweep() -> int:
        nonlocal rounds
        rounds += 1
        if rounds == 1:
            clock.now += 61
            await asyncio.Event().wait()
        loop.stop.set()
        return 0

    async def other() -> int:
        nonlocal others
        others += 1
        silent.append(loop.oldest_run())
        loop.wake("sweep")
        return 0

    jobs = (Job("sweep", sweep, every=5.0, timeout=0.05), Job("other", other, every=0.01))
    loop = Loop(jobs, clock)
    with caplog.at_level(logging.ERROR):
        await loop.run()
    assert rounds == 2
    assert others > 1
    assert max(silent) >= 61, "readiness counts from the last good round"
    assert [job.failures for job in jobs] == [0, 0]
    assert "sweep failed (1 in a row)" in caplog.text
