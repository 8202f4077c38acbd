"""Whatever people write, a file shows it as words; and nobody takes out more than they may see."""

import csv
import io
import unicodedata
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.exporting.csv_file import CsvFile
from bot.exporting.harmless import FORMULA, harmless
from bot.exporting.xlsx_file import XlsxFile
from tests.city import MONDAY_NINE

BEGINS = st.sampled_from([*FORMULA, "\u202e=", "\u200b=", " =", "\n=", "\ufeff+", "'", ""])
WORDS = st.builds(str.__add__, BEGINS, st.text(max_size=40))
TURNS = {*"\u061c\u200e\u200f", *map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))}


@given(WORDS)
@example('=HYPERLINK("http://x","y")')
@example("＝1+1")
@example("\t=1+1")
@example("\r\n@SUM(A1)")
@example("\u202e\u2066-2+3")
@example("\u00ad=1")
@example("\u200b \u200b=1")
def test_no_cell_begins_a_formula_or_turns_the_text_around_it(words: str) -> None:
    cell = harmless(words)
    seen = "".join(sign for sign in cell if unicodedata.category(sign) not in {"Cf", "Zs"})
    assert not seen.startswith(FORMULA)
    assert not TURNS & {*cell}
    assert not {"\n", "\r", "\t", "\0"} & {*cell}
    assert harmless(cell) == cell


@given(st.lists(st.lists(WORDS, min_size=2, max_size=4), min_size=1, max_size=5))
@settings(max_examples=50)
def test_a_csv_file_is_read_back_cell_by_cell(lines: list[list[str]]) -> None:
    file = CsvFile()
    cells = [[harmless(words) for words in line] for line in lines]
    file.lines(cells)
    data = file.close()
    assert data.startswith("\ufeff".encode())
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))) == cells


def test_in_a_workbook_every_string_is_a_string(tmp_path: Path) -> None:
    hostile = ["=1+1", '=HYPERLINK("http://x")', "http://example.org", "+86", "0012", "@x", "＝1"]
    file = XlsxFile(tmp_path / "scratch", "mark & more", MONDAY_NINE.replace(tzinfo=None), 8)
    file.lines(
        [
            hostile,
            [harmless(words) for words in hostile],
            [1, None, MONDAY_NINE.replace(tzinfo=None)],
        ]
    )
    data = file.close()
    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    raw, neutral, other = sheet.iter_rows()
    assert {cell.data_type for cell in (*raw[:7], *neutral[:7])} == {"s"}
    assert [cell.value for cell in raw[:7]] == hostile
    assert not any(str(cell.value).startswith(FORMULA) for cell in neutral[:7])
    assert not any(cell.hyperlink for row in (raw, neutral) for cell in row)
    assert [cell.data_type for cell in other[:3]] == ["n", "n", "d"]
    assert not list((tmp_path / "scratch").iterdir())
