"""Rounds, their median and their spread; and what machine it was."""

import os
import platform
import sqlite3
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Figure:
    """One row of the table: several rounds of one quantity, and what is aimed at."""

    name: str
    unit: str
    rounds: Sequence[float]
    aim: str = ""

    @property
    def middle(self) -> float:
        return median(self.rounds)

    def row(self) -> str:
        low, high = min(self.rounds), max(self.rounds)
        spread = f"{_short(low)} to {_short(high)}"
        return f"| {self.name} | {_short(self.middle)} {self.unit} | {spread} | {self.aim} |"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def page(figures: Sequence[Figure], postgresql: str) -> str:
    """The table with the machine above it, as `docs/benchmarks.md` holds it."""
    return "\n".join(
        (
            "# How fast it is",
            "",
            "Written by `make bench`; nothing here is typed by hand. Each figure is the median of",
            "its rounds, with the lowest and the highest beside it. The bare costs were measured",
            "in the same run, because machines are noisy and only their ratio travels.",
            "",
            f"- Machine: {os.cpu_count()} cores ({platform.machine()})",
            f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {postgresql}",
            f"- Commit: {_commit()}",
            f"- Load of the machine when it ended: {os.getloadavg()[0]:.1f}",
            "",
            "| What | Median | Lowest to highest | Aim |",
            "|---|---|---|---|",
            *(figure.row() for figure in figures),
            "",
        )
    )


def _commit() -> str:
    words = ("git", "-C", str(ROOT), "log", "-1", "--format=%h")
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()
