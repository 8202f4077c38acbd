"""`run.py retention`: the proof, the holds, and what cannot be done."""

import json
import shutil
from pathlib import Path

import pytest

from tests.operator import Terminal
from tests.terminal.test_doctor import district  # noqa: F401  the same town with one open case


@pytest.fixture
def terminal(district: Path, tmp_path: Path) -> Terminal:  # noqa: F811
    return Terminal(Path(shutil.copytree(district, tmp_path / "here")))


def test_the_report_proves_that_nothing_is_kept_too_long(terminal: Terminal) -> None:
    said = terminal.types("retention", "report")
    assert said.code == 0
    assert said.out.splitlines()[0].split()[:3] == ["kind", "days", "kept"]
    assert "callers     90" in said.out
    assert said.out.endswith("Nothing is kept longer than its period.\n")


def test_what_is_past_its_period_is_counted_until_it_is_gone(terminal: Terminal) -> None:
    terminal.breaks("UPDATE cases SET state = 'voided'")
    terminal.later(days=731)
    before = terminal.types("retention", "report")
    assert (before.code, "✗ 1 rows are past their period." in before.out) == (1, True)
    assert terminal.types("retention", "run").out == "1 rows went.\n"
    after = json.loads(terminal.types("retention", "report", "--json").out)
    [words] = [kind for kind in after["kinds"] if kind["kind"] == "case_words"]
    assert (words["overdue"], words["gone"]) == (0, 1)
    assert terminal.asks("SELECT words FROM cases") == [("",)]


def test_a_hold_is_set_named_and_lifted(terminal: Terminal) -> None:
    held = terminal.types("retention", "hold", "1", "--why", "法院调取", "--by", "沈")
    assert (held.code, held.out) == (0, "Case 1: held.\n")
    again = terminal.types("retention", "hold", "1", "--why", "x")
    assert (again.code, again.out) == (1, "Case 1: there is a hold on this case already.\n")
    assert "Held: case 1 since 2026-11-23, by 沈 (" in terminal.types("retention", "report").out
    assert terminal.types("retention", "lift", "1", "--why", "over").code == 0
    assert "Held:" not in terminal.types("retention", "report").out
    nowhere = terminal.types("retention", "hold", "77", "--why", "x")
    assert (nowhere.code, nowhere.out) == (1, "There is no case 77.\n")
