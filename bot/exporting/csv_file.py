"""A file as CSV: UTF-8 with the mark by which Excel knows it, CRLF, every row as long."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from bot.exporting.table import Cell


class CsvFile:
    """Grows in memory: text of 100,000 cases is some thirty megabytes."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self._text = io.TextIOWrapper(self._bytes, "utf-8-sig", newline="", write_through=True)
        self._table = csv.writer(self._text)

    def lines(self, lines: Iterable[Iterable[Cell]]) -> None:
        self._table.writerows([_written(cell) for cell in line] for line in lines)

    def close(self) -> bytes:
        return self._bytes.getvalue()


def _written(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return "" if cell is None else str(cell)
