"""One stage for the whole folder; every test brings its own people."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.stage import Stage, open_stage


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def whole_stage() -> AsyncIterator[Stage]:
    async with open_stage() as stage:
        yield stage


@pytest_asyncio.fixture(loop_scope="session")
async def stage(whole_stage: Stage) -> AsyncIterator[Stage]:
    """The shared stage, well-behaved again and with no update left over."""
    yield whole_stage
    await whole_stage.town.no_faults()
    await whole_stage.updates()
