"""Reads a city's complaints through its map, row by row, and never stops for a bad one."""

import hashlib
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from workflows.cases.case import Point
from workflows.importing.mapping import ISO, ComplaintMap, Target
from workflows.importing.row import Rejected, Remark, Row, RowReason, Standing
from workflows.importing.spreadsheet import Record, Spreadsheet
from workflows.ports import Caller

DIGEST_DIGITS: Final = 16
SEPARATOR: Final = "\x1f"


class UnusableRowError(Exception):
    """This row cannot become a complaint; the reason by name, and in a sentence."""

    def __init__(self, reason: RowReason, what: str) -> None:
        super().__init__(what)
        self.reason = reason
        self.what = what


class ComplaintFile:
    """One file with its map, whose columns have been found. Each reading begins anew.

    Raises ImportMistakes if a mapped column is missing, and OSError if there is no such file.
    """

    def __init__(self, path: Path, how: ComplaintMap) -> None:
        self._how = how
        self._sheet = Spreadsheet(
            path, needed=how.columns.all, delimiter=how.delimiter, encodings=how.encodings
        )

    @property
    def header(self) -> tuple[str, ...]:
        """The file's own columns in order, as a rejects file repeats them."""
        return self._sheet.header

    def count(self) -> int:
        """How many rows there are, for a progress bar."""
        return self._sheet.count()

    def __iter__(self) -> Iterator[Row | Rejected]:
        """One item for each row of the file, in its order."""
        first_lines: dict[str, int] = {}
        for record in self._sheet:
            try:
                row = _row(record, self._how)
                if (first := first_lines.setdefault(row.number, row.line)) != row.line:
                    what = f"the number {row.number} stands in line {first} already"
                    raise UnusableRowError(RowReason.DUPLICATE_NUMBER, what)  # noqa: TRY301
            except UnusableRowError as error:
                yield _rejected(record, error, self._how)
            else:
                yield row


def read_complaints(path: Path, how: ComplaintMap) -> Iterator[Row | Rejected]:
    """Each row of a file as a complaint of ours, or as a rejection with its reason."""
    return iter(ComplaintFile(path, how))


def _row(record: Record, how: ComplaintMap) -> Row:
    if record.trouble:
        raise UnusableRowError(RowReason.UNREADABLE_ROW, f"this row {record.trouble}")
    number = _number(record, how)
    if not number:
        columns = ", ".join(how.columns.number)
        raise UnusableRowError(RowReason.NO_NUMBER, f"{columns} is empty")
    target, class_remarks = _class(record, how)
    created_at, closed_at, standing = _times(record, how)
    point, point_remarks = _point(record, how)
    place_words = ", ".join(_filled(record, how.columns.place))
    nowhere = point is None and not place_words
    return Row(
        line=record.line,
        number=number,
        source_class=_optional(record, how.columns.source_class),
        class_code=target.class_code,
        condition_id=target.condition_id,
        words="\n".join(_tidy(text) for text in _filled(record, how.columns.words)),
        place_words=place_words,
        point=point,
        created_at=created_at,
        closed_at=closed_at,
        standing=standing,
        caller=Caller(
            _optional(record, how.columns.caller_name), _optional(record, how.columns.caller_phone)
        ),
        reply=_tidy(_optional(record, how.columns.reply)),
        remarks=(*class_remarks, *point_remarks, *((Remark.NO_PLACE,) if nowhere else ())),
        cells=record.cells,
    )


def _rejected(record: Record, error: UnusableRowError, how: ComplaintMap) -> Rejected:
    readable = not record.trouble
    return Rejected(
        line=record.line,
        reason=error.reason,
        what=error.what,
        number=_number(record, how) if readable else "",
        source_class=_optional(record, how.columns.source_class) if readable else "",
        cells=record.cells,
    )


def _number(record: Record, how: ComplaintMap) -> str:
    cells = [record[column] for column in how.columns.number]
    if not any(cells):
        return ""
    if len(cells) == 1:
        return how.number_prefix + cells[0]
    # A city that numbers nothing: the same cells give the same number on every reading.
    digest = hashlib.sha256(SEPARATOR.join(cells).encode()).hexdigest()
    return how.number_prefix + digest[:DIGEST_DIGITS]


def _class(record: Record, how: ComplaintMap) -> tuple[Target, tuple[Remark, ...]]:
    named = _optional(record, how.columns.source_class)
    if named in how.classes:
        target = how.classes[named]
        if target is None:
            what = f'the map leaves out the class "{named}"'
            raise UnusableRowError(RowReason.CLASS_LEFT_OUT, what)
        return target, ()
    if how.default_class is not None:
        return how.default_class, (Remark.CLASS_UNMAPPED,) if named else ()
    if not named:
        what = f"{how.columns.source_class} is empty"
        raise UnusableRowError(RowReason.NO_CLASS, what)
    what = f'the map does not say what the class "{named}" is'
    raise UnusableRowError(RowReason.CLASS_UNMAPPED, what)


def _times(record: Record, how: ComplaintMap) -> tuple[datetime, datetime | None, Standing]:
    created = _instant(record, how.columns.created, how.created_formats, how.zone)
    if created is None:
        raise UnusableRowError(RowReason.NO_TIME, f"{how.columns.created} is empty")
    closed = None
    if how.columns.closed:
        closed = _instant(record, how.columns.closed, how.closed_formats, how.zone)
    standing = _standing(record, how, closed)
    if standing is Standing.OPEN:
        return created, None, standing
    if closed is None and standing is Standing.CLOSED:
        what = "the status says closed, and no column says when"
        raise UnusableRowError(RowReason.NO_CLOSING_TIME, what)
    if closed is not None and closed < created:
        what = "it was closed before it was created"
        raise UnusableRowError(RowReason.CLOSED_BEFORE_CREATED, what)
    return created, closed, standing


def _standing(record: Record, how: ComplaintMap, closed: datetime | None) -> Standing:
    status = _optional(record, how.columns.status)
    if not how.columns.status:
        return Standing.OPEN if closed is None else Standing.CLOSED
    if status not in how.statuses:
        what = f'the map does not say what the status "{status}" means'
        raise UnusableRowError(RowReason.UNKNOWN_STATUS, what)
    return how.statuses[status]


def _instant(
    record: Record, column: str, formats: tuple[str, ...], zone: ZoneInfo
) -> datetime | None:
    cell = record[column]
    if not cell:
        return None
    for one in formats:
        try:
            parsed = (
                datetime.fromisoformat(cell) if one == ISO else datetime.strptime(cell, one)  # noqa: DTZ007  the zone follows
            )
            return (parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    what = f'{column} is "{cell}", which none of the time formats fits'
    raise UnusableRowError(RowReason.UNREADABLE_TIME, what)


def _point(record: Record, how: ComplaintMap) -> tuple[Point | None, tuple[Remark, ...]]:
    columns = (how.columns.latitude, how.columns.longitude)
    cells = tuple(_optional(record, column) for column in columns)
    if not all(cells):
        return None, (Remark.NO_POINT,)
    latitude, longitude = _degrees(cells[::-1] if how.swap_coordinates else cells)
    if latitude.is_integer() and longitude.is_integer():
        return None, (Remark.WHOLE_DEGREES,)
    return Point(latitude, longitude), ()


def _degrees(cells: tuple[str, ...]) -> tuple[float, float]:
    try:
        latitude, longitude = map(float, cells)
    except ValueError:
        latitude = longitude = math.nan
    # A comparison with NaN is false, so this refuses it too.
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        what = f"{cells[0]}, {cells[1]} is no latitude and longitude in degrees"
        raise UnusableRowError(RowReason.BAD_COORDINATES, what)
    return latitude, longitude


def _optional(record: Record, column: str) -> str:
    return record[column] if column else ""


def _filled(record: Record, columns: tuple[str, ...]) -> list[str]:
    return [cell for column in columns if (cell := record[column])]


def _tidy(words: str) -> str:
    """The words without the blank lines and indents that web pages leave around them."""
    lines = (line.strip() for line in words.splitlines())
    return "\n".join(line for line in lines if line)
