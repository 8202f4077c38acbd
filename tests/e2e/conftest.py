"""A city for each story, and what must be true of every story when it ends."""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.city import LiveCity, Model, build_model, open_live_city
from tests.developed import each_picture_once


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "provokes_errors: an ERROR log line is part of the story")


class Errors(logging.Handler):
    """Keeps every line of level ERROR and above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


IN_MEMORY = Path("/dev/shm")
"""Nothing here is about the disk; where there is no such folder an ordinary one will do."""


@contextmanager
def a_folder() -> Iterator[Path]:
    where = IN_MEMORY if IN_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="paidan-", dir=where) as folder:
        yield Path(folder)


@pytest.fixture(scope="module", autouse=True)
def pictures() -> Iterator[None]:
    """Stories are not about looking for faces: each photo is looked at once for all of them."""
    with each_picture_once():
        yield


@pytest.fixture(scope="session")
def model() -> Iterator[Model]:
    """Built once, in a thread of its own because every story has its own event loop."""
    with a_folder() as folder, ThreadPoolExecutor(1) as pool:
        yield pool.submit(lambda: asyncio.run(build_model(folder))).result()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where this story's city keeps its things."""
    with a_folder() as made:
        yield made


@pytest.fixture(autouse=True)
def errors(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """No story may leave an ERROR in the log, unless it says so."""
    listener = Errors()
    logging.getLogger().addHandler(listener)
    yield listener.lines
    logging.getLogger().removeHandler(listener)
    if request.node.get_closest_marker("provokes_errors") is None:
        assert listener.lines == []


@pytest.fixture
async def city(model: Model, folder: Path) -> AsyncIterator[LiveCity]:
    """A small centre, nine on a Monday, everybody at their post."""
    async with open_live_city(folder, model=model) as live:
        yield live
        await live.check()


@pytest.fixture
async def full_city(model: Model, folder: Path) -> AsyncIterator[LiveCity]:
    """The same with a centre whose people take every step themselves."""
    async with open_live_city(folder, model=model, profile="full") as live:
        yield live
        await live.check()
