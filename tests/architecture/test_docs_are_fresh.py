"""The printed law is the law: on paper as in the table, complete, in both languages."""

import argparse
import io
import re
from pathlib import Path

import pytest

from bot.i18n import Speech
from bot.texts import printed
from handlers.terminal.docs import LIFECYCLE, add_arguments, docs_command, printed_law
from workflows.cases.case import Proof
from workflows.cases.diagram import COLUMNS, PHRASES, rows
from workflows.cases.lifecycle import GUARDS, IN_TIME
from workflows.cases.lifecycle import LIFECYCLE as LAW


def asked(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(arguments)


@pytest.fixture(scope="module")
def page() -> str:
    return printed_law(Speech.load())


def test_the_printed_law_is_fresh() -> None:
    out = io.StringIO()
    assert docs_command(asked("--check"), out) == 0, out.getvalue()


def test_a_stale_print_is_found_and_only_printing_changes_it(tmp_path: Path) -> None:
    path = tmp_path / "lifecycle.md"
    path.write_text("as it was in another year", encoding="utf-8")
    assert docs_command(asked("--check"), io.StringIO(), path) == 1
    assert path.read_text(encoding="utf-8") == "as it was in another year"
    assert docs_command(asked(), io.StringIO(), path) == 0
    assert docs_command(asked("--check"), io.StringIO(), path) == 0
    assert path.read_text(encoding="utf-8") == LIFECYCLE.read_text(encoding="utf-8")


def test_the_picture_shows_every_move(page: str) -> None:
    arrows = re.findall(r"^    (\w+) --> (\w+): (.+)$", page, re.MULTILINE)
    shown = sum(len(labels.split("<br>")) for _, _, labels in arrows)
    assert shown == len(LAW)
    assert {(a, b) for a, b, _ in arrows} == {(str(m.when), str(m.becomes)) for m in LAW}


def test_the_table_has_a_line_for_every_rule_and_hides_none(page: str) -> None:
    lines = [line for line in page.splitlines() if line.startswith("| ")]
    assert len(lines) == len(rows()) + 2
    assert {line.count(" | ") for line in lines} == {len(COLUMNS) - 1}
    assert sum(len(row.when) for row in rows()) == len(LAW)


def test_what_is_only_printed_has_words_in_both_languages() -> None:
    assert set(printed.PROOFS) == set(Proof)
    every = {g.__name__ for law in (GUARDS, IN_TIME) for gs in law.values() for g in gs}
    assert set(printed.CONDITIONS) == every
    assert set(printed.HEADINGS) == {*COLUMNS, *PHRASES}
    for pairs in (printed.PROOFS, printed.CONDITIONS, printed.HEADINGS):
        for zh, en in pairs.values():
            assert not zh.isascii()
            assert en.isascii()
