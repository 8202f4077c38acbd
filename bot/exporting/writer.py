"""Writes one export beside the event loop: mark, titles, rows, last line."""

import asyncio
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot.cards.setting import Setting
from bot.exporting.csv_file import CsvFile
from bot.exporting.table import (
    Cell,
    Column,
    cells_of,
    columns_for,
    head_cells,
    last_words,
    mark_words,
)
from bot.exporting.xlsx_file import XlsxFile
from bot.i18n import Speech
from workflows.book import Book
from workflows.exporting.kept import FileWriter, Mark
from workflows.exporting.row import ExportRow
from workflows.exporting.wish import ExportWish, Format


class Sheet(Protocol):
    """A file that grows line by line."""

    def lines(self, lines: Iterable[Iterable[Cell]]) -> None: ...

    def close(self) -> bytes: ...


@dataclass(slots=True)
class TableWriter:
    """Implements `workflows.exporting.kept.FileWriter`."""

    sheet: Sheet
    columns: tuple[Column, ...]
    mark: Mark
    setting: Setting
    count: int = field(default=0, init=False)

    async def add(self, rows: Sequence[ExportRow]) -> None:
        await asyncio.to_thread(
            self.sheet.lines, [cells_of(row, self.columns, self.setting) for row in rows]
        )
        self.count += len(rows)

    async def close(self) -> bytes:
        last = [last_words(self.mark, self.count, self.setting)]
        await asyncio.to_thread(self.sheet.lines, [last])
        return await asyncio.to_thread(self.sheet.close)


@dataclass(frozen=True, slots=True)
class Writers:
    """Opens a writer for each export. `scratch` holds what XLSX needs while it is written."""

    book: Book
    speech: Speech
    scratch: Path

    def __call__(self, wish: ExportWish, mark: Mark) -> FileWriter:
        setting = Setting(self.speech.in_(wish.language), self.book, mark.at)
        columns = columns_for(callers=wish.callers)
        words = mark_words(mark, setting)
        sheet: Sheet = CsvFile()
        if wish.format is Format.XLSX:
            at = mark.at.astimezone(self.book.calendar.zone).replace(tzinfo=None)
            sheet = XlsxFile(self.scratch, words, at, len(columns))
        sheet.lines([[words], head_cells(columns, setting)])
        return TableWriter(sheet, columns, mark, setting)

    def sweep(self) -> None:
        """What a process that was killed left behind; a file under way is made anew."""
        shutil.rmtree(self.scratch, ignore_errors=True)
