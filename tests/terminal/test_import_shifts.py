"""`run.py import shifts`: what whoever types it reads, and what is left behind."""

import shutil
from pathlib import Path

import pytest

from tests.operator import Terminal

HEADINGS = "日期,开始,结束,人员\n"
NIGHT = "2026-11-24,20:00,8:00,王磊\n"


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Terminal(tmp_path_factory.mktemp("district"))
    for name in ("王磊", "李安"):
        made.types("invite", name, "supervisor", "310112")
    return made.folder


@pytest.fixture
def terminal(district: Path, tmp_path: Path) -> Terminal:
    return Terminal(Path(shutil.copytree(district, tmp_path / "here")))


def test_a_roster_is_taken_in_utc_and_the_same_again_changes_nothing(terminal: Terminal) -> None:
    file = terminal.write("十一月.csv", HEADINGS + NIGHT)
    said = terminal.types("import", "shifts", file)
    assert (said.code, said.out) == (0, "1 shifts taken from 十一月.csv\n")
    [(starts, ends)] = terminal.asks("SELECT starts_at, ends_at FROM roster_shift")
    assert (starts[:16], ends[:16]) == ("2026-11-24T12:00", "2026-11-25T00:00")
    again = terminal.types("import", "shifts", file)
    assert again.out == "0 shifts taken from 十一月.csv\n        1 as they were\n"


def test_what_changed_is_told_person_by_person(terminal: Terminal) -> None:
    terminal.types("import", "shifts", terminal.write("a.csv", HEADINGS + NIGHT))
    other = terminal.write("b.csv", HEADINGS + NIGHT.replace("王磊", "李安"))
    said = terminal.types("import", "shifts", other, "--source", "a.csv")
    assert "1 shifts taken from a.csv" in said.out
    assert "1 removed:\n          王磊 2026-11-24 20:00 to 2026-11-25 08:00" in said.out


def test_a_file_with_a_mistake_leaves_nothing_behind(terminal: Terminal) -> None:
    file = terminal.write("a.csv", HEADINGS + NIGHT + "2026-11-25,20:00,8:00,无名\n")
    said = terminal.types("import", "shifts", file)
    assert said.code == 2
    assert 'a.csv, line 3: we know nobody called "无名"' in said.out
    assert terminal.asks("SELECT count(*) FROM roster_shift") == [(0,)]


def test_a_calendar_is_written_out_up_to_the_horizon(terminal: Terminal) -> None:
    event = (
        "BEGIN:VEVENT\nUID:1\nSUMMARY:王磊 白班\nDTSTART:20261124T080000\nDTEND:20261124T160000"
    )
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{event}\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
    file = terminal.write("roster.ics", text + "END:VCALENDAR\n")
    said = terminal.types("import", "shifts", file)
    assert said.code == 0
    assert "89 shifts taken from roster.ics" in said.out
    assert "written out until 2027-02-21" in said.out


def test_what_is_no_calendar_and_what_is_not_there_are_told(terminal: Terminal) -> None:
    file = terminal.write("roster.ics", "not a calendar")
    for path in (file, terminal.folder / "missing.csv"):
        said = terminal.types("import", "shifts", path)
        assert said.code == 2
        assert "Traceback" not in said.out + said.err
