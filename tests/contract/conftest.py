"""One stage for Telegram, shared by the folder."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.stage import Stage, open_stage


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def stage() -> AsyncIterator[Stage]:
    async with open_stage() as opened:
        yield opened
