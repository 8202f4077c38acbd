"""TOML read with line numbers, so that a mistake can be found by the one who made it."""

import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from workflows.policy.mistakes import Mistake

Value = TypeVar("Value")
ROOT: Final = ""
HEADER: Final = re.compile(r"\s*\[\[?\s*([^\]\s]+)\s*\]\]?")
LINE_IN_ERROR: Final = re.compile(r"\(at line (\d+)")


class TomlFile:
    """One policy file: its tables by name, its line numbers, and the list mistakes go to."""

    def __init__(self, name: str, text: str, mistakes: list[Mistake]) -> None:
        self.name = name
        self._lines = text.splitlines()
        self._mistakes = mistakes
        self._broken = False
        self._data = self._parse(text)

    def _parse(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            place = LINE_IN_ERROR.search(str(error))
            line = int(place[1]) if place else max(len(self._lines), 1)
            self.mistake(line, f"this is not TOML ({error})", "Write it as the shipped file does")
            self._broken = True
            return {}

    def mistake(self, line: int, what: str, remedy: str) -> None:
        """Note one mistake in this file; one that is no TOML has no others worth reading."""
        if not self._broken:
            self._mistakes.append(Mistake(self.name, line, what, remedy))

    def root(self) -> "Table":
        """Give what stands above the first header."""
        plain = {k: v for k, v in self._data.items() if not _holds_tables(v)}
        return Table(self, ROOT, 0, plain)

    def names(self) -> tuple[str, ...]:
        """List the names of all tables at the top."""
        return tuple(name for name, value in self._data.items() if _holds_tables(value))

    def keys_of(self, path: str) -> tuple[str, ...]:
        """List the keys of a table inside tables; a dot steps into one. Not a table: no keys."""
        found: Any = self._data
        for name in path.split("."):
            found = found.get(name) if isinstance(found, dict) else None
        return tuple(found) if isinstance(found, dict) else ()

    def table(self, name: str) -> "Table":
        """Give `[name]`; an absent or misformed one is noted and read as empty."""
        found = self._data.get(name, {})
        if not isinstance(found, dict):
            self.mistake(self.line_of(name), f'"{name}" is not one table', f"Write [{name}]")
            found = {}
        return Table(self, name, 0, found)

    def tables(self, path: str) -> "Iterator[Table]":
        """Give every `[[path]]`; a dot steps into a table."""
        found: Any = self._data
        for name in path.split("."):
            found = found.get(name, []) if isinstance(found, dict) else []
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            self.mistake(self.line_of(path), f'"{path}" is not a list', f"Write [[{path}]]")
            found = []
        for index, item in enumerate(found):
            yield Table(self, path, index, item)

    def line_of(self, path: str, index: int = 0, key: str | None = None) -> int:
        """Find the line of a table's header or of a key in it; 1 where it cannot be found."""
        header, seen = (0, -1) if path != ROOT else (1, 0)
        inside = path == ROOT
        for number, line in enumerate(self._lines, start=1):
            if match := HEADER.match(line):
                seen += match[1] == path
                inside = match[1] == path and seen == index
                header = number if inside else header
            elif inside and key and re.match(rf'\s*"?{re.escape(key)}"?\s*=', line):
                return number
        return header or 1


class Table:
    """One table of a file. Every key is taken once; what is left over is a mistake."""

    def __init__(self, file: TomlFile, path: str, index: int, data: dict[str, Any]) -> None:
        self.path = path
        self._file = file
        self._index = index
        self._left = dict(data)

    def keys_but(self, *known: str) -> tuple[str, ...]:
        """List the keys that are not among the known ones."""
        return tuple(key for key in self._left if key not in known)

    def take(self, key: str, read: Callable[[Any], Value], remedy: str, spare: Value) -> Value:
        """Read a key that must be there. `spare` stands in after a mistake and goes nowhere."""
        if key not in self._left:
            where = f"[{self.path}]" if self.path else "this file"
            self.mistake(f'"{key}" is missing in {where}', remedy)
            return spare
        return self.take_if_there(key, read, remedy, spare)

    def take_if_there(
        self, key: str, read: Callable[[Any], Value], remedy: str, default: Value
    ) -> Value:
        """Read a key that may be left out."""
        if key not in self._left:
            return default
        try:
            return read(self._left.pop(key))
        except (ValueError, KeyError, TypeError) as error:
            self.mistake(f'"{key}" cannot be read: {_said(error)}', remedy, key)
            return default

    def mistake(self, what: str, remedy: str, key: str | None = None) -> None:
        """Note a mistake in this table, at its key if one is named."""
        self._file.mistake(self._file.line_of(self.path, self._index, key), what, remedy)

    def close(self) -> None:
        """Note every key that nobody took: most are slips of the pen."""
        for key in self._left:
            self.mistake(f'"{key}" means nothing here', "Correct its spelling or remove it", key)


def text(value: Any) -> str:
    """Read words. Raises ValueError for anything else."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is not text")
    return value


def count(value: Any) -> int:
    """Read a whole number above 0. Raises ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"{value!r} is not a whole number above 0")
    return value


def yes_or_no(value: Any) -> bool:
    """Read true or false. Raises ValueError for anything else."""
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither true nor false")  # noqa: TRY004 - one kind of no
    return value


def texts(value: Any) -> tuple[str, ...]:
    """Read a list of words. Raises ValueError for anything else."""
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a list")  # noqa: TRY004 - one kind of no
    return tuple(text(item) for item in value)


def _holds_tables(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)
    )


def _said(error: Exception) -> str:
    return str(error.args[0]) if error.args else type(error).__name__
