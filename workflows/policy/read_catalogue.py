"""Reads catalogue.csv: one line a filing condition, grouped into classes."""

import csv
import io
from collections.abc import Mapping
from typing import Final, TypeVar

from workflows.deadlines.limits import Limit, Unit
from workflows.policy.catalogue import (
    CaseClass,
    CaseKind,
    Catalogue,
    ClassCode,
    ConditionId,
    FilingCondition,
    Major,
    Urgency,
)
from workflows.policy.mistakes import Mistake

COLUMNS: Final = (
    "row_id",
    "kind",
    "class_code",
    "legacy_code",
    "major_code",
    "major_zh",
    "major_en",
    "name_zh",
    "name_en",
    "condition_no",
    "is_default",
    "condition_zh",
    "condition_en",
    "urgency",
    "dept_primary",
    "dept_primary_zh",
    "dept_other",
    "limit_value",
    "limit_unit",
    "clock",
    "night_push",
    "close_zh",
    "close_en",
    "photo_zh",
    "photo_en",
    "photo_min",
    "source",
    "derived",
    "photo_kind",
)
WORDS: Final = ("row_id", "class_code", "major_code", "major_zh", "major_en", "name_zh", "name_en")
FLAGS: Final = {"yes": True, "no": False, "1": True, "0": False}
Row = dict[str, str]
Value = TypeVar("Value")


def read_catalogue(name: str, text: str, mistakes: list[Mistake]) -> Catalogue:
    """Read and check the whole file; what is wrong is added to `mistakes`, and left out."""
    reader = csv.reader(io.StringIO(text))
    header = next(reader, [])
    if missing := [column for column in COLUMNS if column not in header]:
        remedy = "Start from the shipped catalogue.csv, whose first line names all columns"
        mistakes.append(Mistake(name, 1, f"columns are missing: {', '.join(missing)}", remedy))
        return Catalogue({}, {}, ())
    rows: list[tuple[int, Row]] = []
    for cells in reader:
        if len(cells) == len(header):
            rows.append((reader.line_num, dict(zip(header, map(str.strip, cells), strict=True))))
        elif cells:
            what = f"{len(cells)} cells where the first line has {len(header)}"
            remedy = "Put quotation marks around a text that holds a comma"
            mistakes.append(Mistake(name, reader.line_num, what, remedy))
    return _Catalogue(name, mistakes).read(rows)


class _Catalogue:
    """The reading of one file."""

    def __init__(self, name: str, mistakes: list[Mistake]) -> None:
        self._name = name
        self._mistakes = mistakes
        self._conditions: dict[ConditionId, FilingCondition] = {}
        self._first: dict[ClassCode, tuple[int, Row]] = {}
        self._by_class: dict[ClassCode, list[FilingCondition]] = {}

    def read(self, rows: list[tuple[int, Row]]) -> Catalogue:
        for line, row in rows:
            self._read_row(line, row)
        classes = {code: self._class(code) for code in self._first}
        if not classes and not self._mistakes:
            self._mistake(1, "the catalogue is empty", "Give at least one filing condition")
        majors = {each.major.code: each.major for each in classes.values()}
        return Catalogue(classes, self._conditions, tuple(majors.values()))

    def _mistake(self, line: int, what: str, remedy: str) -> None:
        self._mistakes.append(Mistake(self._name, line, what, remedy))

    def _read_row(self, line: int, row: Row) -> None:
        found = len(self._mistakes)
        self._check_words(line, row)
        limit = self._limit(line, row)
        urgency = self._choice(line, row, "urgency", {u.value: u for u in Urgency})
        kind = self._choice(line, row, "kind", {k.value: k for k in CaseKind})
        night = self._choice(line, row, "night_push", FLAGS)
        default = self._choice(line, row, "is_default", FLAGS)
        number = self._number(line, row, "condition_no")
        photos = self._number(line, row, "photo_min")
        code = ClassCode(row["class_code"])
        self._check_class(line, row, code)
        if len(self._mistakes) > found or limit is None or urgency is None or kind is None:
            return
        condition = FilingCondition(
            id=ConditionId(row["row_id"]),
            class_code=code,
            legacy_code=row["legacy_code"],
            kind=kind,
            number=number,
            is_default=bool(default),
            zh=row["condition_zh"],
            en=row["condition_en"],
            urgency=urgency,
            agency_kinds=tuple(k for k in (row["dept_primary"], row["dept_other"]) if k),
            limit=_as_order_days(limit) if kind is CaseKind.APPEAL else limit,
            night_push=bool(night),
            close_zh=row["close_zh"],
            close_en=row["close_en"],
            photo_zh=row["photo_zh"],
            photo_en=row["photo_en"],
            photo_min=photos,
            source=row["source"],
            derived=tuple(filter(None, row["derived"].split(";"))),
            photo_kind=row["photo_kind"],
        )
        self._conditions[condition.id] = condition
        self._by_class.setdefault(code, []).append(condition)

    def _check_words(self, line: int, row: Row) -> None:
        for column in (*WORDS, "condition_zh", "close_zh", "dept_primary", "photo_kind"):
            if not row[column]:
                self._mistake(line, f'"{column}" is empty', "Fill it in")
        if row["row_id"] in self._conditions:
            what = f'row_id "{row["row_id"]}" occurs twice'
            self._mistake(line, what, "Give every condition its own row_id")

    def _check_class(self, line: int, row: Row, code: ClassCode) -> None:
        first_line, first = self._first.setdefault(code, (line, row))
        for column in ("name_zh", "name_en", "major_code", "kind"):
            if row[column] != first[column]:
                what = f'class {code} has "{column}" "{row[column]}" here'
                remedy = f'Line {first_line} says "{first[column]}": write the same in both'
                self._mistake(line, what, remedy)

    def _limit(self, line: int, row: Row) -> Limit | None:
        value, unit = row["limit_value"], row["limit_unit"]
        try:
            limit = Limit.parse(f"{value} {unit}")
        except ValueError as error:
            self._mistake(line, f"the limit cannot be read: {error}", "Write such as 2 work_day")
            return None
        if row["clock"] != limit.unit.clock:
            what = f'the clock of "{unit}" is {limit.unit.clock}, not "{row["clock"]}"'
            self._mistake(line, what, f"Write {limit.unit.clock}, or choose another unit")
        return limit

    def _choice(
        self, line: int, row: Row, column: str, choices: Mapping[str, Value]
    ) -> Value | None:
        if row[column] in choices:
            return choices[row[column]]
        what = f'"{column}" is "{row[column]}"'
        self._mistake(line, what, f"Write one of {', '.join(choices)}")
        return None

    def _number(self, line: int, row: Row, column: str) -> int:
        if row[column].isascii() and row[column].isdigit():
            return int(row[column])
        what = f'"{column}" is "{row[column]}"'
        self._mistake(line, what, "Write a whole number, 0 or more")
        return 0

    def _class(self, code: ClassCode) -> CaseClass:
        line, row = self._first[code]
        own = tuple(self._by_class.get(code, ()))
        defaults = sum(condition.is_default for condition in own)
        if own and defaults != 1:
            what = f"class {code} has {defaults} default conditions"
            self._mistake(line, what, "Set is_default to 1 in exactly one of its lines")
        numbers = [condition.number for condition in own]
        if len(set(numbers)) < len(numbers):
            what = f"class {code} numbers two conditions alike"
            self._mistake(line, what, "Give each of its lines its own condition_no")
        return CaseClass(
            code=code,
            legacy_code=row["legacy_code"],
            zh=row["name_zh"],
            en=row["name_en"],
            major=Major(row["major_code"], row["major_zh"], row["major_en"]),
            conditions=own,
        )


def _as_order_days(limit: Limit) -> Limit:
    """Count the days of an appeal as order days, in which a person waits for an answer.

    The catalogue gives them as `work_day`; domain.md 3.1 lets the days of hotline orders (its
    section 3.3: H0001 to H0006) end at close of business. Hours of an appeal stay hours.
    """
    return Limit(limit.value, Unit.ORDER_DAY) if limit.unit is Unit.WORK_DAY else limit
