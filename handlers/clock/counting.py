"""Jobs that report each run: how long it took and how it ended."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from handlers.clock.loop import Job
from workflows.figures import Count, Figures, Span


def counted(job: Job, figures: Figures, monotonic: Callable[[], float]) -> Job:
    """The same job; a run that is cut short, by its time-out or by the end, is counted too."""

    async def run() -> int:
        started, result = monotonic(), "failed"
        try:
            done = await job.run()
            result = "done"
        except asyncio.CancelledError:
            result = "cut_short"
            raise
        finally:
            figures.count(Count.JOBS, job.name, result)
            figures.observe(Span.JOB, monotonic() - started, job.name)
        return done

    return replace(job, run=run)
