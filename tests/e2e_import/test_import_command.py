"""What the `import` command says to whoever typed it, and what it leaves behind."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e_import.district import AGENCIES, PEOPLE, Spot, grids_around
from tests.operator import Terminal, table

CENTRES = (
    Spot("Old Town", 39.30, -76.61),
    Spot("Harbour", 39.28, -76.60),
    Spot("Hill", 39.29, -76.64),
)
MAP = """
zone = "Asia/Shanghai"
[columns]
number = "id"
class = "kind"
words = "words"
place = "place"
created = "at"
latitude = "lat"
longitude = "lon"
closed = "end"
reply = "answer"
[time_formats]
created = "%Y-%m-%d %H:%M"
closed = "%Y-%m-%d %H:%M"
[classes]
hole = "06013"
"""
HEADER = "id,kind,words,place,at,lat,lon,end,answer\n"
GOOD = "A1,hole,a deep hole,Main Street,2026-11-20 10:00,39.301,-76.611,,\n"


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, copied for each test."""
    made = Terminal(tmp_path_factory.mktemp("district"))
    made.types("import", "grids", made.write("grids.geojson", grids_around(CENTRES)))
    made.types("import", "agencies", made.write("agencies.csv", AGENCIES))
    made.types("import", "people", made.write("people.csv", PEOPLE))
    return made.folder


@pytest.fixture
def terminal(district: Path, tmp_path: Path) -> Terminal:
    return Terminal(Path(shutil.copytree(district, tmp_path / "here")))


@pytest.fixture
def cases(terminal: Terminal) -> list[str | Path]:
    """The words of a command that takes in `cases.csv`."""
    how = terminal.write("map.toml", MAP)
    return ["import", "cases", terminal.folder / "cases.csv", "--map", how]


def rejects(terminal: Terminal) -> list[dict[str, str]]:
    return table(terminal.folder / "cases.csv.rejects.csv")


def test_a_row_becomes_a_case_with_a_worker(terminal: Terminal, cases: list[str | Path]) -> None:
    terminal.write("cases.csv", HEADER + GOOD)
    said = terminal.types(*cases)
    assert (said.code, said.out) == (0, "1 rows\n        1 opened\n")
    [(state, words)] = terminal.asks("SELECT state, words FROM cases")
    assert (state, words) == ("pending_sign", "a deep hole")
    assert not (terminal.folder / "cases.csv.rejects.csv").exists()


def test_a_bar_is_for_people_and_not_for_files(
    terminal: Terminal, cases: list[str | Path]
) -> None:
    terminal.write("cases.csv", HEADER + GOOD)
    assert terminal.types(*cases).err == ""


def test_closed_rows_are_left_where_they_are_unless_history_is_wanted(
    terminal: Terminal, cases: list[str | Path]
) -> None:
    over = GOOD.replace(",,\n", ",2026-11-21 10:00,We have filled it.\n")
    terminal.write("cases.csv", HEADER + over)
    assert terminal.types(*cases).count("ended") == 1
    assert terminal.asks("SELECT count(*) FROM cases") == [(0,)]
    assert terminal.types(*cases, "--history").count("history") == 1
    [(note, closed_at)] = terminal.asks("SELECT note, closed_at FROM cases")
    assert (note, closed_at[:16]) == ("We have filled it.", "2026-11-21T02:00")


def test_a_bad_row_is_left_aside_as_it_was_found(
    terminal: Terminal, cases: list[str | Path]
) -> None:
    late = GOOD.replace("A1", "A2").replace("2026-11-20 10:00", "yesterday")
    wide = GOOD.replace("A1", "A3").replace("\n", ",one more,and another\n")
    terminal.write("cases.csv", HEADER + GOOD + late + wide)
    said = terminal.types(*cases)
    assert (said.code, said.count("opened"), said.rejected()) == (1, 1, 2)
    first, second = rejects(terminal)
    assert (first["line"], first["reason"], first["id"]) == ("3", "unreadable_time", "A2")
    assert "yesterday" in first["what"]
    assert second["reason"] == "unreadable_row"
    surplus = list(second.values())[-1]
    assert surplus == ["one more", "and another"]


def test_what_a_spreadsheet_would_run_is_disarmed_and_numbers_stay(
    terminal: Terminal, cases: list[str | Path]
) -> None:
    terminal.write("cases.csv", HEADER + "A4,hole,=1+1,@place,never,39.3,-76.61,+cmd,-2+3\n")
    assert terminal.types(*cases).code == 1
    [row] = rejects(terminal)
    found = [row[name] for name in ("words", "place", "lon", "end", "answer")]
    assert found == ["'=1+1", "'@place", "-76.61", "'+cmd", "'-2+3"]


def test_a_row_that_nobody_could_find_is_refused_with_what_it_lacks(
    terminal: Terminal, cases: list[str | Path]
) -> None:
    terminal.write("cases.csv", HEADER + "A5,hole,,,2026-11-20 10:00,,,,\n" + GOOD)
    said = terminal.types(*cases)
    assert (said.code, said.count("refused"), said.count("opened")) == (1, 1, 1)
    [row] = rejects(terminal)
    assert (row["id"], row["reason"], row["what"]) == ("A5", "proof_missing", "missing: place")


def test_a_place_is_looked_for_in_the_words_where_there_is_no_other(
    terminal: Terminal, cases: list[str | Path]
) -> None:
    row = "A6,hole,a hole near Harbour station,,2026-11-20 10:00,,,,\n"
    terminal.write("cases.csv", HEADER + row)
    assert terminal.types(*cases).count("opened") == 1
    [(area,)] = terminal.asks("SELECT area FROM cases")
    assert terminal.asks("SELECT name FROM grid WHERE code = ?", area) == [("Harbour",)]


def test_ctrl_c_ends_between_rows_and_the_same_command_does_the_others(
    terminal: Terminal, cases: list[str | Path]
) -> None:
    rows = [GOOD.replace("A1", f"B{number}") for number in range(120)]
    terminal.write("cases.csv", HEADER + "".join(rows))
    terminal.clock_calls = pressing_ctrl_c(terminal, at_call=40)
    stopped = terminal.types(*cases)
    assert stopped.code == 130
    assert "the same command does the others" in stopped.out
    done = stopped.count("opened")
    assert 0 < done < 120
    assert terminal.asks("SELECT count(*) FROM cases") == [(done,)]
    terminal.clock_calls = None
    others = terminal.types(*cases)
    assert (others.count("known"), others.count("opened")) == (done, 120 - done)


def pressing_ctrl_c(terminal: Terminal, at_call: int) -> Callable[[], None]:
    """Whoever asks the time for the n-th time is interrupted."""
    calls = iter(range(at_call))

    def look() -> None:
        if next(calls, None) is None and terminal.clock_calls is not None:
            terminal.clock_calls = None
            os.kill(os.getpid(), signal.SIGINT)

    return look


def test_a_file_without_its_map_is_told_where_maps_are_explained(terminal: Terminal) -> None:
    said = terminal.types("import", "cases", terminal.write("cases.csv", HEADER))
    assert said.code == 2
    assert "--map MAP.toml (docs/import/README.md)" in said.out


@pytest.mark.parametrize(
    ("map_text", "file_text", "told"),
    [
        (MAP, "number,what\n1,hole\n", 'cases.csv, line 1: there is no column "id"'),
        (MAP.replace("06013", "99999"), HEADER, "map.toml, line 17: "),
        ("zone = 5\n", HEADER, "map.toml, line 1: "),
        ("[columns\n", HEADER, "map.toml, line 1: "),
    ],
    ids=["wrong columns", "unknown class", "wrong type", "no TOML"],
)
def test_a_file_or_map_that_cannot_be_meant_is_told_with_line_and_remedy(
    terminal: Terminal, map_text: str, file_text: str, told: str
) -> None:
    how = terminal.write("map.toml", map_text)
    said = terminal.types("import", "cases", terminal.write("cases.csv", file_text), "--map", how)
    assert said.code == 2
    assert told in said.out
    assert terminal.asks("SELECT count(*) FROM cases") == [(0,)]


def test_a_file_that_is_not_there_is_named(terminal: Terminal, cases: list[str | Path]) -> None:
    said = terminal.types(*cases)
    assert said.code == 2
    assert "cases.csv" in said.out


@pytest.mark.parametrize(
    ("what", "good", "count"),
    [
        ("agencies", "code,kind,name\nWAT-1,WAT,Water\n", 1),
        ("catalogue", "class_code,area,agency\n06013,,SAN-1\n", 1),
        (
            "people",
            "name,role,agency,shifts\nGus,worker,SAN-1,2026-11-23T08:00/2026-11-23T16:00\n",
            1,
        ),
        ("landmarks", "name,latitude,longitude\nOld Bridge,39.3,-76.6\n", 1),
        ("grids", grids_around(CENTRES), 3),
    ],
)
def test_each_list_is_taken_in_and_counted(
    terminal: Terminal, what: str, good: str, count: int
) -> None:
    said = terminal.types("import", what, terminal.write("list.txt", good))
    assert (said.code, said.out) == (0, f"{count} {what} taken from list.txt\n")


@pytest.mark.parametrize(
    ("what", "bad", "told"),
    [
        ("agencies", "code,kind,name\nX-1,XXX,Nobody\n", "list.txt, line 2: "),
        ("catalogue", "class_code,area,agency\n06013,,NO-1\n", "list.txt, line 2: "),
        ("people", "name,role,agency\nGus,king,\n", "list.txt, line 2: "),
        ("landmarks", "name,latitude,longitude\nOld Bridge,north,-76.6\n", "list.txt, line 2: "),
        (
            "grids",
            '{"type": "FeatureCollection",\n "features": [{"properties": {"code": "G1"}}]}',
            "list.txt, line 2: ",
        ),
    ],
)
def test_a_list_with_a_mistake_is_left_out_whole_and_told_with_line_and_remedy(
    terminal: Terminal, what: str, bad: str, told: str
) -> None:
    before = sizes(terminal)
    said = terminal.types("import", what, terminal.write("list.txt", bad))
    assert said.code == 2
    assert told in said.out
    assert sizes(terminal) == before


def sizes(terminal: Terminal) -> list[object]:
    tables = ("agency", "catalogue_row", "person", "landmark", "grid")
    return [terminal.asks(f"SELECT count(*) FROM {table}") for table in tables]
