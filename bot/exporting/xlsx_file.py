"""A file as XLSX, written row by row so that 100,000 cases need little memory."""

import io
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from xlsxwriter import Workbook

from bot.exporting.table import Cell

HEADER_MOST: Final = 240
"""Excel allows 255 characters in a sheet's header or footer."""
WIDTH: Final = 18
FIRST_ROWS: Final = 2
"""The mark and the titles, which stay in sight."""


class XlsxFile:
    """What a row needs until the file is closed lies in a folder of its own, gone with it.

    Every string is written as a string: nothing in it is a formula or a link.
    """

    def __init__(self, scratch: Path, mark: str, at: datetime, columns: int) -> None:
        scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = TemporaryDirectory(dir=scratch, prefix="xlsx-")
        self._bytes = io.BytesIO()
        options = {
            "constant_memory": True,
            "tmpdir": self._folder.name,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_date_format": "yyyy-mm-dd hh:mm",
        }
        self._book = Workbook(self._bytes, options)
        self._book.set_properties(
            {"title": mark, "comments": mark, "author": "Paidan", "created": at}
        )
        self._sheet = self._book.add_worksheet()
        self._sheet.set_column(0, columns - 1, WIDTH)
        self._sheet.freeze_panes(FIRST_ROWS, 1)
        written = mark[:HEADER_MOST].replace("&", "&&")[:HEADER_MOST]
        self._sheet.set_header(f"&L{written}")
        self._sheet.set_footer(f"&L{written}&R&P/&N"[:255])
        self._row = 0

    def lines(self, lines: Iterable[Iterable[Cell]]) -> None:
        for line in lines:
            for column, cell in enumerate(line):
                self._put(column, cell)
            self._row += 1

    def close(self) -> bytes:
        self._book.close()
        self._folder.cleanup()
        return self._bytes.getvalue()

    def _put(self, column: int, cell: Cell) -> None:
        if isinstance(cell, datetime):
            self._sheet.write_datetime(self._row, column, cell)
        elif isinstance(cell, int):
            self._sheet.write_number(self._row, column, cell)
        elif cell:
            self._sheet.write_string(self._row, column, cell)
