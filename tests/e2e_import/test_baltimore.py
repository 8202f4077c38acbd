"""Ten thousand real requests come in, every one accounted for, and a hundred are worked off."""

import csv
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e_import.district import centres_of, commands, grids_around, write_district
from tests.e2e_import.main_line import live_through
from tests.operator import Said, Terminal, table
from workflows.cases.case import CaseId, State

ROOT = Path(__file__).parents[2]
FILE = ROOT.parent / "shared" / "data" / "complaints" / "baltimore_311_2014_2019.csv"
MAP = ROOT / "docs" / "import" / "baltimore.toml"
ROWS = 10_000
SUMMER_ROW = "17-00424811"
"""Created 07/14/2017 04:46:28 PM, closed 07/18/2017 11:02:37 AM; summer is four hours off UTC."""

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        not FILE.is_file(),
        reason="not run: the real complaints of ../shared/data are not on this machine",
    ),
]


@dataclass(frozen=True, slots=True)
class Imported:
    terminal: Terminal
    first: Said
    again: Said
    rejects: Path
    before_again: list[object]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    """The file, taken in twice: every test here looks at what has become of it."""
    folder = tmp_path_factory.mktemp("baltimore")
    terminal, rejects = Terminal(folder), folder / "rejects.csv"
    where = {"name": "Neighborhood", "latitude": "Latitude", "longitude": "Longitude"}
    district = write_district(folder, grids_around(centres_of(FILE, **where)))
    assert [terminal.types(*words).code for words in commands(district)] == [0, 0, 0]
    words = ("import", "cases", FILE, "--map", MAP, "--history", "--rejects", rejects)
    first = terminal.types(*words)
    before = state_of(terminal)
    terminal.later(minutes=5)
    return Imported(terminal, first, terminal.types(*words), rejects, before)


def state_of(terminal: Terminal) -> list[object]:
    questions = (
        "SELECT count(*), max(id), max(changed_at) FROM cases",
        "SELECT seq, hash FROM chain_head",
        "SELECT count(*), max(id) FROM outbox",
        "SELECT count(*), max(id) FROM timer",
    )
    return [terminal.asks(question) for question in questions]


def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_is_accounted_for_exactly_once(imported: Imported) -> None:
    said, rejected = imported.first, table(imported.rejects)
    assert said.out.startswith(f"{ROWS} rows")
    taken = {name: said.count(name) for name in ("opened", "unplaced", "history", "duplicate")}
    assert sum(taken.values()) + said.rejected() == ROWS
    assert said.code == 1
    assert said.rejected() == len(rejected)
    left_aside = {row["ServiceRequestNum"] for row in rejected}
    stored = {number for (number,) in imported.terminal.asks("SELECT source_number FROM cases")}
    assert not left_aside & stored
    others = [row for row in rows() if row["ServiceRequestNum"] not in left_aside | stored]
    assert len(others) == taken["duplicate"]
    assert all("(Duplicate)" in row["SRStatus"] for row in others)


def test_open_and_closed_rows_are_what_the_file_says(imported: Imported) -> None:
    status = {row["ServiceRequestNum"]: row["SRStatus"] for row in rows()}
    stored = imported.terminal.asks("SELECT source_number, state FROM cases")
    over = Counter(status[number] for number, state in stored if state == "closed")
    assert set(over) == {"Closed", "Closed (Transferred)"}
    assert sum(over.values()) == imported.first.count("history")


def test_false_positions_are_dropped_and_no_case_lies_outside_its_city(imported: Imported) -> None:
    assert sum(row["Latitude"] == "39" for row in rows()) == 892
    places = [json.loads(place) for (place,) in imported.terminal.asks("SELECT place FROM cases")]
    points = [place["point"] for place in places if place["point"]]
    assert len(points) > 8_000
    assert [39.0, -77.0] not in points
    assert all(39.1 < latitude < 39.7 for latitude, _ in points)


def test_history_keeps_its_own_times_and_wakes_nobody(imported: Imported) -> None:
    asks = imported.terminal.asks
    closed = "SELECT id FROM cases WHERE state = 'closed'"
    assert asks(f"SELECT count(*) FROM outbox WHERE case_id IN ({closed})") == [(0,)]
    assert asks(f"SELECT count(*) FROM timer WHERE case_id IN ({closed})") == [(0,)]
    [(reported, ended)] = asks(
        "SELECT reported_at, closed_at FROM cases WHERE source_number = ?", SUMMER_ROW
    )
    assert (reported[:19], ended[:19]) == ("2017-07-14T20:46:28", "2017-07-18T15:02:37")


def test_open_rows_outside_every_grid_come_to_the_chief_as_one_list(imported: Imported) -> None:
    asks = imported.terminal.asks
    unplaced = imported.first.count("unplaced")
    assert unplaced > 0
    [(chief, data)] = asks(
        "SELECT p.name, o.data FROM outbox o JOIN person p ON p.id = person_id "
        "WHERE o.kind = 'unplaced'"
    )
    assert chief == "Dora"
    listed = json.loads(data)["cases"]
    assert len(listed) == unplaced
    marks = ",".join("?" * len(listed))
    assert asks(f"SELECT count(*) FROM outbox WHERE case_id IN ({marks})", *listed) == [(0,)]


def test_an_order_begins_when_it_is_dispatched_however_old_the_complaint(
    imported: Imported,
) -> None:
    waiting = imported.terminal.asks(
        "SELECT reported_at, due_at FROM cases WHERE state = 'pending_sign'"
    )
    assert len(waiting) >= 100
    assert all(reported < "2019-03" and due > "2026-11-23" for reported, due in waiting)


def test_the_second_time_everything_is_known_and_nothing_changes(imported: Imported) -> None:
    first, again = imported.first, imported.again
    assert again.count("known") == sum(map(first.count, ("opened", "unplaced", "history")))
    assert again.count("duplicate") == first.count("duplicate")
    assert again.rejected() == first.rejected()
    assert state_of(imported.terminal) == imported.before_again


def test_a_hundred_open_ones_are_worked_off_and_the_doctor_finds_nothing(
    imported: Imported,
) -> None:
    terminal = imported.terminal
    open_ones = terminal.asks("SELECT id FROM cases WHERE state = 'pending_sign' ORDER BY id")
    chosen = [CaseId(number) for (number,) in open_ones[:100]]
    ended = terminal.does(lambda city: live_through(city, chosen))
    assert [case.state for case in ended] == [State.CLOSED] * 100
    assert all(case.closed_at == terminal.now for case in ended)
    said = terminal.types("doctor")
    assert (said.code, said.out) == (0, "All is well.\n")
