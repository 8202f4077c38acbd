"""Writes the small files these tests read, and reads them through a map."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from workflows.importing.complaints import read_complaints
from workflows.importing.mapping import load_map
from workflows.importing.mistakes import ImportMistakes
from workflows.importing.row import Rejected, Row
from workflows.policy.catalogue import Catalogue
from workflows.policy.load import load_policy

MAP = """
zone = "Asia/Shanghai"

[columns]
number = "no"
class = "kind"
words = "text"
place = ["street", "house"]
latitude = "lat"
longitude = "lon"
created = "made"
closed = "done"
status = "state"
caller_name = "who"
caller_phone = "phone"

[time_formats]
created = ["%Y/%m/%d %H:%M", "iso"]
closed = "%Y/%m/%d %H:%M"

[classes]
"lamp" = "01037-3"
"hole" = "06013"
"tax" = "skip"

[statuses]
open = ["open"]
closed = ["done"]
duplicate = ["twice"]
cancelled = ["withdrawn"]
"""
COLUMNS = ("no", "kind", "text", "street", "house", "lat", "lon", "made", "done", "state")
COLUMNS += ("who", "phone")
ORDINARY = {
    "no": "7",
    "kind": "hole",
    "text": "a hole",
    "street": "Long Street",
    "house": "3",
    "lat": "31.1",
    "lon": "121.4",
    "made": "2026/3/2 8:05",
    "done": "",
    "state": "open",
    "who": "Wang",
    "phone": "13800001234",
}


@cache
def catalogue() -> Catalogue:
    return load_policy().catalogue


def line(**changes: str) -> str:
    cells = {**ORDINARY, **changes}
    return ",".join('"' + cells[name].replace('"', '""') + '"' for name in COLUMNS)


def read(
    folder: Path,
    *lines: str,
    how: str = MAP,
    encoding: str = "utf-8",
    header: str = ",".join(COLUMNS),
) -> list[Row | Rejected]:
    (folder / "map.toml").write_text(how, encoding="utf-8")
    content = "\r\n".join((header, *lines)) + "\r\n"
    (folder / "file.csv").write_bytes(content.encode(encoding))
    return list(read_complaints(folder / "file.csv", load_map(folder / "map.toml", catalogue())))


def one(folder: Path, **changes: str) -> Row | Rejected:
    (item,) = read(folder, line(**changes))
    return item


def mistakes_of(act: Callable[[], object]) -> list[str]:
    with pytest.raises(ImportMistakes) as found:
        act()
    return [str(mistake) for mistake in found.value.mistakes]
