"""`run.py petitioner copy`: everything that is kept, handed out once and written down."""

import json
import shutil
from pathlib import Path

import pytest

from tests.operator import Terminal
from tests.terminal.test_doctor import district  # noqa: F401  the same town with one open case
from wiring.city import City
from workflows.cases.case import CaseId
from workflows.ports import Caller

PHONE = "13912340021"


@pytest.fixture
def terminal(district: Path, tmp_path: Path) -> Terminal:  # noqa: F811
    here = Terminal(Path(shutil.copytree(district, tmp_path / "here")))

    async def calls(city: City) -> None:
        async with city.storage.begin() as work:
            await work.cases.keep_caller(CaseId(1), Caller("王芳", PHONE))

    here.does(calls)
    here.breaks("UPDATE cases SET source_number = 'HL-2026-7'")
    return here


def copies(terminal: Terminal) -> list[tuple[int, dict[str, str]]]:
    asked = "SELECT case_id, details FROM journal WHERE action = 'access.copied'"
    return [(case, json.loads(details)) for case, details in terminal.asks(asked)]


@pytest.mark.parametrize("number", ["HL-2026-7", "1"])
def test_a_petitioner_gets_what_is_kept_and_the_log_says_who_handed_it_out(
    terminal: Terminal, number: str
) -> None:
    said = terminal.types("petitioner", "copy", number, "--why", "窗口核验身份证", "--by", "沈")
    assert said.code == 0
    for words in ("工单号 Order: HL-2026-7", "王芳", PHONE, "rubbish", "90 天 days"):
        assert words in said.out
    [(case, told)] = copies(terminal)
    assert (case, told["why"], told["by"][:3]) == (1, "窗口核验身份证", "沈 (")
    assert PHONE not in str(told)


def test_when_the_time_is_over_the_copy_says_so(terminal: Terminal) -> None:
    terminal.breaks("UPDATE cases SET state = 'voided'")
    terminal.later(days=91)
    terminal.types("retention", "run")
    said = terminal.types("petitioner", "copy", "1", "--why", "来函")
    assert "联系方式已按期删除" in said.out
    assert PHONE not in said.out


def test_an_unknown_number_gives_nothing_and_is_not_logged_as_a_copy(terminal: Terminal) -> None:
    for number in ("HL-1", "99", "9" * 30):
        said = terminal.types("petitioner", "copy", number, "--why", "x")
        assert (said.code, said.out) == (1, f"There is no order or case {number}.\n")
    assert copies(terminal) == []
