"""What differs between two bundles of policy files: which key or row, what it was, what it is."""

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.policy.load import Bundle


@dataclass(frozen=True, slots=True)
class Difference:
    """One value. `where` is a key such as `exports.alone_rows`, or the first cell of a row."""

    file: str
    where: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.file} {self.where}: {self.old or '-'} -> {self.new or '-'}"


def differences(old: Bundle, new: Bundle) -> tuple[Difference, ...]:
    """File by file, in the order of the new one's values, then what is gone."""
    return tuple(
        each
        for name in sorted({*old, *new})
        if old.get(name, "") != new.get(name, "")
        for each in _in_file(name, old.get(name, ""), new.get(name, ""))
    )


def _in_file(name: str, old: str, new: str) -> Iterator[Difference]:
    """Where no value differs it is the comments or the order."""
    before, after = _values(name, old), _values(name, new)
    found = False
    for where in (*after, *(each for each in before if each not in after)):
        was, is_now = before.get(where, ""), after.get(where, "")
        if was != is_now:
            found = True
            yield Difference(name, where, was, is_now)
    if not found:
        yield Difference(name, "", "other comments or order", "the same values")


def _values(name: str, text: str) -> Mapping[str, str]:
    return _rows(text) if name.endswith(".csv") else dict(_flat("", _toml(text)))


def _toml(text: str) -> Any:
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        return {"": text}


def _flat(path: str, value: Any) -> Iterator[tuple[str, str]]:
    """Every value under the path that leads to it; a table of several is numbered from 1."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _flat(f"{path}.{key}" if path else key, each)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for number, each in enumerate(value, start=1):
            yield from _flat(f"{path}[{number}]", each)
    else:
        yield path, str(value)


def _rows(text: str) -> Mapping[str, str]:
    """A row under its first cell; of several with the same one the later are numbered."""
    found: dict[str, str] = {}
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
        if row:
            where, number = row[0], 1
            while where in found:
                number += 1
                where = f"{row[0]} ({number})"
            found[where] = ", ".join(row[1:])
    return found
