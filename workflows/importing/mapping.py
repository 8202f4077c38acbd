"""MAP.toml: how one city's file of complaints is to be read in our terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workflows.importing.mistakes import ImportMistakes
from workflows.importing.row import Standing
from workflows.importing.spreadsheet import ENCODINGS
from workflows.policy.catalogue import Catalogue
from workflows.policy.mistakes import Mistake
from workflows.policy.tables import Table, TomlFile, text, texts, yes_or_no

SKIP: Final = "skip"
"""Stands for a class that is none of this centre's business."""
ISO: Final = "iso"
"""Stands for ISO 8601, with or without an offset."""
CHOOSE_A_CLASS: Final = "Choose a class or one of its conditions, such as 01037 or 01037-3"
TABLES: Final = ("columns", "time_formats", "classes", "statuses")
ANY_TIME: Final = datetime(2018, 12, 31, 23, 58, 57, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Columns:
    """The source's column names. Several for number, words or place are read together."""

    number: tuple[str, ...]
    created: str
    source_class: str = ""
    words: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    latitude: str = ""
    longitude: str = ""
    closed: str = ""
    status: str = ""
    caller_name: str = ""
    caller_phone: str = ""
    reply: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        """Every column that the file must have, each once."""
        where = (self.latitude, self.longitude)
        when = (self.created, self.closed, self.status)
        who = (self.caller_name, self.caller_phone, self.reply)
        lists = (*self.number, *self.words, *self.place)
        named = (*lists, self.source_class, *where, *when, *who)
        return tuple(dict.fromkeys(name for name in named if name))


@dataclass(frozen=True, slots=True)
class Target:
    """What a source's class is in our catalogue; no condition means the class's default."""

    class_code: str
    condition_id: str = ""


@dataclass(frozen=True, slots=True)
class ComplaintMap:
    """Everything a MAP.toml says.

    `classes` leads from the source's class to ours, or to None for what is left out.
    `default_class` is for rows without a class, or with one the map does not know; without it
    such rows are refused. `statuses` says where the complaint stands.
    """

    zone: ZoneInfo
    columns: Columns
    created_formats: tuple[str, ...]
    closed_formats: tuple[str, ...]
    classes: Mapping[str, Target | None]
    statuses: Mapping[str, Standing]
    default_class: Target | None = None
    number_prefix: str = ""
    delimiter: str = ","
    encodings: tuple[str, ...] = ENCODINGS
    swap_coordinates: bool = False


def load_map(path: Path, catalogue: Catalogue) -> ComplaintMap:
    """Read a map and hold its codes against the catalogue.

    Raises ImportMistakes with everything that was found, each with line and remedy, and OSError
    if there is no such file.
    """
    mistakes: list[Mistake] = []
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportMistakes(
            [Mistake(path.name, 1, "this is not UTF-8", "Save the map as UTF-8")]
        ) from None
    made = _read(TomlFile(path.name, content, mistakes), catalogue)
    if mistakes:
        raise ImportMistakes(mistakes)
    return made


def _read(file: TomlFile, catalogue: Catalogue) -> ComplaintMap:
    root, formats = file.root(), file.table("time_formats")
    columns = _columns(file.table("columns"))
    remedy = 'Name the city\'s time zone, such as "Asia/Shanghai"'
    made = ComplaintMap(
        zone=root.take("zone", _zone, remedy, ZoneInfo("UTC")),
        columns=columns,
        created_formats=_formats(formats, "created"),
        closed_formats=_formats(formats, "closed") if columns.closed else (),
        classes=_classes(file, catalogue),
        statuses=_statuses(file),
        default_class=_default_class(root, columns, catalogue),
        number_prefix=root.take_if_there("number_prefix", text, "Write a short text", ""),
        delimiter=root.take_if_there("delimiter", _delimiter, 'Write "," or ";" or "\\t"', ","),
        encodings=root.take_if_there(
            "encodings", _encodings, 'Write a list such as ["utf-8-sig", "gb18030"]', ENCODINGS
        ),
        swap_coordinates=root.take_if_there(
            "swap_coordinates", yes_or_no, "Write true or false", default=False
        ),
    )
    for table in (root, formats):
        table.close()
    for name in file.names():
        if name not in TABLES:
            what, remedy = f"[{name}] means nothing here", f"Use one of {', '.join(TABLES)}"
            file.mistake(file.line_of(name), what, remedy)
    return made


def _columns(table: Table) -> Columns:
    remedy = "Write the column's name as the file's first line has it"

    def one(key: str) -> str:
        return table.take_if_there(key, text, remedy, "")

    columns = Columns(
        number=table.take("number", _one_or_more, remedy, ("?",)),
        created=table.take("created", text, remedy, "?"),
        source_class=one("class"),
        words=table.take_if_there("words", _one_or_more, remedy, ()),
        place=table.take_if_there("place", _one_or_more, remedy, ()),
        latitude=one("latitude"),
        longitude=one("longitude"),
        closed=one("closed"),
        status=one("status"),
        caller_name=one("caller_name"),
        caller_phone=one("caller_phone"),
        reply=one("reply"),
    )
    if bool(columns.latitude) != bool(columns.longitude):
        table.mistake("one coordinate has no other", 'Name both "latitude" and "longitude"')
    table.close()
    return columns


def _default_class(root: Table, columns: Columns, catalogue: Catalogue) -> Target | None:
    def read(value: Any) -> Target | None:
        return _target(value, catalogue)

    none: Target | None = None
    target = root.take_if_there("default_class", read, CHOOSE_A_CLASS, none)
    if target is None and not columns.source_class:
        root.mistake(
            "no row would have a class",
            'Name the column "class" in [columns], or a "default_class" for all rows',
        )
    return target


def _classes(file: TomlFile, catalogue: Catalogue) -> dict[str, Target | None]:
    if "classes" not in file.names():
        return {}

    def read(value: Any) -> Target | None:
        return None if value == SKIP else _target(value, catalogue)

    table = file.table("classes")
    remedy = f'{CHOOSE_A_CLASS}, or "{SKIP}"'
    return {name.strip(): table.take(name, read, remedy, None) for name in table.keys_but()}


def _target(value: Any, catalogue: Catalogue) -> Target:
    code = text(value)
    if code in catalogue.classes:
        return Target(code)
    condition = next((c for c in catalogue.conditions.values() if c.id == code), None)
    if condition is None:
        raise ValueError(f'the catalogue has neither class nor condition "{code}"')
    return Target(condition.class_code, condition.id)


def _statuses(file: TomlFile) -> dict[str, Standing]:
    if "statuses" not in file.names():
        return {}
    table = file.table("statuses")
    found: dict[str, Standing] = {}
    for standing in Standing:
        none: tuple[str, ...] = ()
        for name in table.take_if_there(standing, texts, "Write a list of statuses", none):
            if name in found:
                what = f'"{name}" stands for both {found[name]} and {standing}'
                table.mistake(what, "Leave it in one list", standing)
            found[name] = standing
    table.close()
    return found


def _formats(table: Table, key: str) -> tuple[str, ...]:
    remedy = f'Write formats such as ["%Y-%m-%d %H:%M:%S"], or ["{ISO}"], tried in order'
    return table.take(key, _checked_formats, remedy, (ISO,))


def _checked_formats(value: Any) -> tuple[str, ...]:
    formats = _one_or_more(value)
    for one in formats:
        if one != ISO and _date_through(one) != ANY_TIME.date():
            raise ValueError(f'"{one}" does not tell year, month and day')
    return formats


def _date_through(one: str) -> Any:
    aware = ANY_TIME.replace(tzinfo=UTC)
    return datetime.strptime(aware.strftime(one), one).date()  # noqa: DTZ007  only its date


def _one_or_more(value: Any) -> tuple[str, ...]:
    found = (text(value),) if isinstance(value, str) else texts(value)
    if not found:
        raise ValueError("the list is empty")
    return found


def _zone(value: Any) -> ZoneInfo:
    try:
        return ZoneInfo(text(value))
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError(f'there is no time zone "{value}"') from None


def _delimiter(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 1 or value in '"\r\n':
        raise ValueError(f"{value!r} is not one character that can stand between cells")
    return value


def _encodings(value: Any) -> tuple[str, ...]:
    found = _one_or_more(value)
    for name in found:
        try:
            "".encode(name)
        except LookupError:
            raise ValueError(f'there is no encoding "{name}"') from None
    return found
