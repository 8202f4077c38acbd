"""Three more real files through their maps; nothing of what people wrote is printed here."""

from pathlib import Path

import pytest

from tests.e2e_import.district import AGENCIES, PEOPLE
from tests.operator import Said, Terminal, table

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
STREETS = DATA / "grids" / "minhang_streets.synthetic.wgs84.geojson"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        not STREETS.is_file(),
        reason="not run: the real complaints of ../shared/data are not on this machine",
    ),
]


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    made = Terminal(tmp_path)
    made.types("import", "grids", STREETS)
    made.types("import", "agencies", made.write("agencies.csv", AGENCIES))
    made.types("import", "people", made.write("people.csv", PEOPLE))
    return made


def take_in(terminal: Terminal, file: str, how: str) -> Said:
    rejects = terminal.folder / "rejects.csv"
    return terminal.types(
        *("import", "cases", DATA / "complaints" / file, "--history"),
        *("--map", ROOT / "docs" / "import" / f"{how}.toml", "--rejects", rejects),
    )


def is_well(terminal: Terminal) -> bool:
    return terminal.types("doctor").out == "All is well.\n"


@pytest.mark.soak
def test_potholes_that_were_filled_long_ago_are_history(terminal: Terminal) -> None:
    said = take_in(terminal, "syracuse_potholes_2016.csv", "syracuse")
    assert (said.code, said.count("history"), said.rejected()) == (1, 7_535, 3)
    reasons = {row["reason"] for row in table(terminal.folder / "rejects.csv")}
    assert reasons == {"duplicate_number"}
    assert terminal.asks("SELECT count(*) FROM outbox") == [(0,)]
    assert is_well(terminal)


def test_messages_without_a_place_column_come_to_the_chief_as_one_list(
    terminal: Terminal,
) -> None:
    said = take_in(terminal, "zh_messages_2019q3.csv", "zh_messages_2019q3")
    opened, unplaced = said.count("opened"), said.count("unplaced")
    assert (said.code, opened + unplaced) == (0, 1_188)
    assert terminal.asks("SELECT count(*) FROM outbox WHERE kind = 'unplaced'") == [(1,)]
    assert terminal.asks("SELECT count(*) FROM cases WHERE stuck = ''") == [(opened,)]
    assert is_well(terminal)


def test_messages_with_their_official_replies_are_history_with_answers(
    terminal: Terminal,
) -> None:
    said = take_in(terminal, "zh_messages_replies.gb18030.csv", "zh_messages_replies")
    assert (said.code, said.count("history")) == (0, 929)
    answered = terminal.asks("SELECT count(*) FROM cases WHERE note <> '' AND words <> ''")
    assert answered == [(929,)]
    assert terminal.asks("SELECT count(*) FROM journal WHERE details LIKE '%reply%'") == [(0,)]
    assert terminal.asks("SELECT count(*) FROM outbox") == [(0,)]
    assert is_well(terminal)
