"""Reads privacy.toml: what messages may carry, by region and transport, and the links."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from workflows.policy.tables import Table, TomlFile, text, texts
from workflows.privacy.carriage import NOTHING, Carriage, Data, Load, Piece, Region

MOST_HOURS: Final = 72
MOST_MINUTES: Final = 60
PIECES: Final = f"Write a list of {', '.join(Piece)}; [] for references alone"


def read_privacy(file: TomlFile) -> Carriage:
    """Every region, whichever transports differ, and the pages; mistakes go to the file's list."""
    regions = _loads(file, "region", "mainland")
    for missing in sorted(set(Region) - set(regions)):
        file.mistake(1, f'the region "{missing}" is missing', f'Write a [[region]] "{missing}"')
    transports = _loads(file, "transport", "telegram")
    pages = file.table("pages")
    link, stay = (
        pages.take("link_hours", _up_to(MOST_HOURS), f"Write 1 to {MOST_HOURS}", 1),
        pages.take("open_minutes", _up_to(MOST_MINUTES), f"Write 1 to {MOST_MINUTES}", 1),
    )
    pages.close()
    for name in file.names():
        if name not in {"region", "transport", "pages"}:
            remedy = "Write [[region]], [[transport]] or [pages]"
            file.mistake(file.line_of(name), f'nothing is called "{name}" here', remedy)
    file.root().close()
    return Carriage(regions, transports, timedelta(hours=link), timedelta(minutes=stay))


def _loads(file: TomlFile, kind: str, such_as: str) -> Mapping[str, Mapping[Data, Load]]:
    found: dict[str, Mapping[Data, Load]] = {}
    for table in file.tables(kind):
        name = table.take("name", text, f'Name it, such as "{such_as}"', "")
        if name in found:
            table.mistake(f'"{name}" stands here twice', "Keep one of them", "name")
        if name and kind == "region" and name not in set(Region):
            table.mistake(f'no region is called "{name}"', f"Write {' or '.join(Region)}", "name")
        found[name] = {data: _load(table, data) for data in Data}
        table.close()
    return found


def _load(table: Table, data: Data) -> Load:
    return table.take(data.value, _pieces, PIECES, NOTHING)


def _pieces(value: Any) -> Load:
    named = texts(value)
    unknown = [name for name in named if name not in set(Piece)]
    if unknown:
        raise ValueError(f'"{unknown[0]}" is no piece of a message')
    if len(set(named)) < len(named):
        raise ValueError("a piece is named twice")
    return frozenset(Piece(name) for name in named)


def _up_to(most: int) -> Any:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
            raise ValueError(f"{value!r} is not a whole number from 1 to {most}")
        return value

    return read
