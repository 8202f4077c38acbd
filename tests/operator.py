"""Somebody at a terminal of one city: types commands of `run.py` and reads what they say."""

import asyncio
import csv
import io
import os
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar
from unittest.mock import patch

import run
from handlers.terminal.settings import Settings
from storage.keyring import PRACTICE_KEYS
from wiring.city import City, open_city

T = TypeVar("T")
MONDAY_NINE: Final = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""Nine in the morning of an ordinary Monday, in the district's zone."""


@dataclass(frozen=True, slots=True)
class Said:
    """The exit code, and the words on both streams."""

    code: int
    out: str
    err: str = ""

    def count(self, what: str) -> int:
        """The number before a line of the summary, 0 where there is no such line."""
        for line in self.out.splitlines():
            number, _, name = line.strip().partition(" ")
            if name.strip() == what:
                return int(number)
        return 0

    def rejected(self) -> int:
        lines = (line.split() for line in self.out.splitlines() if " rejected: " in line)
        return sum(int(words[0]) for words in lines)


@dataclass(slots=True)
class Terminal:
    """The commands of one city whose data lie in `folder`, at a time that stands still."""

    folder: Path
    now: datetime = MONDAY_NINE
    clock_calls: Callable[[], None] | None = None

    @property
    def settings(self) -> Settings:
        return Settings(
            database=f"sqlite:///{self.folder / 'city.db'}",
            photos=self.folder / "photos",
            keys=PRACTICE_KEYS,
        )

    def types(self, *words: str | Path, **settings: str) -> Said:
        """`run.py` with these words; settings such as `PORT="x"` stand in the environment."""
        own = {
            "PAIDAN_DATABASE": self.settings.database,
            "PAIDAN_PHOTOS": str(self.settings.photos),
            "PAIDAN_KEYS": PRACTICE_KEYS,
            **{f"PAIDAN_{name}": value for name, value in settings.items()},
        }
        out, err = io.StringIO(), io.StringIO()
        with patch.dict(os.environ, own), redirect_stdout(out), redirect_stderr(err):
            code = run.main([str(word) for word in words], now=self.clock)
        return Said(code, out.getvalue(), err.getvalue())

    def does(self, act: Callable[[City], Awaitable[T]]) -> T:
        """What people do meanwhile, through the city's own verbs."""

        async def inside() -> T:
            async with open_city(self.settings, now=self.clock) as city:
                return await act(city)

        return asyncio.run(inside())

    def asks(self, question: str, *given: Any) -> list[Any]:
        """Rows of the database as they lie there."""
        with closing(sqlite3.connect(self.folder / "city.db")) as database:
            return database.execute(question, given).fetchall()

    def breaks(self, *statements: str) -> None:
        """Somebody who has the file does what the product never would."""
        with closing(sqlite3.connect(self.folder / "city.db")) as database:
            for statement in statements:
                database.execute(statement)
            database.commit()

    def write(self, name: str, content: str) -> Path:
        path = self.folder / name
        path.write_text(content, encoding="utf-8")
        return path

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def clock(self) -> datetime:
        if self.clock_calls is not None:
            self.clock_calls()
        return self.now


def table(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
