"""CSV as cities export it: several encodings, any delimiter, lines that are not rows."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from workflows.importing.mistakes import ImportMistakes
from workflows.policy.mistakes import Mistake

ENCODINGS: Final = ("utf-8-sig", "gb18030")
REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
DECODE_AT_ONCE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line it begins on, its cells as found, and what is wrong with it.

    `trouble` is empty when there is exactly one cell for each column of the first line. Cells
    are kept out of `repr`, because they may hold somebody's name.
    """

    line: int
    named: Mapping[str, str] = field(repr=False)
    cells: tuple[str, ...] = field(default=(), repr=False)
    trouble: str = ""

    def __getitem__(self, column: str) -> str:
        return self.named[column].strip()


class Spreadsheet:
    """A CSV file whose first line names its columns; it may be read as often as needed.

    Raises ImportMistakes if a needed column is missing, and OSError if there is no such file.
    """

    def __init__(
        self,
        path: Path,
        *,
        needed: Sequence[str],
        delimiter: str = ",",
        encodings: Sequence[str] = ENCODINGS,
    ) -> None:
        self.path = path
        self._delimiter = delimiter
        headers = {name: self._header(name) for name in encodings}
        fitting = [name for name in encodings if set(needed) <= set(headers[name])]
        if not fitting:
            raise ImportMistakes([_missing(path.name, needed, headers[encodings[0]])])
        # Where no encoding fits every byte, rows with a hole in them are refused one by one.
        whole = [name for name in fitting if _decodes(path, name)]
        self.encoding = (whole or fitting)[0]
        self.header = headers[self.encoding]
        if twice := sorted({name for name in self.header if self.header.count(name) > 1}):
            what = f"columns are named twice: {', '.join(twice)}"
            raise ImportMistakes([Mistake(path.name, 1, what, "Give each column its own name")])

    def __iter__(self) -> Iterator[Record]:
        """Every record after the first line, unreadable ones too; empty lines are none."""
        with self.path.open(encoding=self.encoding, errors="replace", newline="") as file:
            reader = csv.reader(file, delimiter=self._delimiter)
            next(reader)
            while True:
                begins = reader.line_num + 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield Record(begins, {}, trouble=f"cannot be read as CSV: {error}")
                    continue
                if cells:
                    yield self._record(begins, cells)

    def count(self) -> int:
        """How many records there are, for a progress bar."""
        return sum(1 for _ in self)

    def _record(self, line: int, cells: list[str]) -> Record:
        named = dict(zip(self.header, cells, strict=False))
        if len(cells) != len(self.header):
            trouble = f"has {len(cells)} cells where the first line has {len(self.header)}"
        elif any(REPLACEMENT in cell for cell in cells):
            trouble = f"has bytes that are not {self.encoding}"
        else:
            trouble = ""
        return Record(line, named, tuple(cells), trouble)

    def _header(self, encoding: str) -> tuple[str, ...]:
        with self.path.open(encoding=encoding, errors="replace", newline="") as file:
            with suppress(csv.Error):
                reader = csv.reader(file, delimiter=self._delimiter)
                return tuple(name.strip() for name in next(reader, []))
            return ()


def _decodes(path: Path, encoding: str) -> bool:
    with path.open(encoding=encoding, newline="") as file:
        try:
            while file.read(DECODE_AT_ONCE):
                pass
        except UnicodeDecodeError:
            return False
    return True


def _missing(name: str, needed: Iterable[str], header: Sequence[str]) -> Mistake:
    missing = ", ".join(f'"{column}"' for column in needed if column not in header)
    there = ", ".join(f'"{column}"' for column in header) or "none"
    return Mistake(
        name,
        1,
        f"there is no column {missing}",
        f"The first line names these columns: {there}. Check names, delimiter and encodings",
    )
