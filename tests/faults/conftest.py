"""One midwife and one settled town for all; a fresh copy of it, with phones, for each test."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.faults.board import Board
from tests.faults.house import House, open_house
from tests.faults.lives import Midwife
from tests.faults.story import Story


@pytest.fixture(scope="session")
def midwife() -> Iterator[Midwife]:
    midwife = Midwife()
    yield midwife
    midwife.close()


def settle(midwife: Midwife, folder: Path, url: str) -> None:
    """Fill an empty database with the demo's town."""
    Board(folder / "board").close()
    env = {"PAIDAN_DATABASE": url, "PAIDAN_PHOTOS": str(folder / "photos")}
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
