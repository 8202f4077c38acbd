"""What becomes of one row of a city's complaints: taken with remarks, or refused for a reason."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from workflows.cases.case import Point
from workflows.ports import Caller


class Standing(StrEnum):
    """Where the source left the complaint."""

    OPEN = "open"
    CLOSED = "closed"
    DUPLICATE = "duplicate"
    CANCELLED = "cancelled"


class Remark(StrEnum):
    """What somebody should know about a row that was taken all the same.

    WHOLE_DEGREES: 0,0 or 39,-77 says that the source knew no position; the point is dropped.
    """

    NO_POINT = "no_point"
    WHOLE_DEGREES = "whole_degrees"
    NO_PLACE = "no_place"
    CLASS_UNMAPPED = "class_unmapped"


class RowReason(StrEnum):
    """Why a row was not taken."""

    UNREADABLE_ROW = "unreadable_row"
    NO_NUMBER = "no_number"
    DUPLICATE_NUMBER = "duplicate_number"
    NO_CLASS = "no_class"
    CLASS_UNMAPPED = "class_unmapped"
    CLASS_LEFT_OUT = "class_left_out"
    NO_TIME = "no_time"
    UNREADABLE_TIME = "unreadable_time"
    NO_CLOSING_TIME = "no_closing_time"
    CLOSED_BEFORE_CREATED = "closed_before_created"
    BAD_COORDINATES = "bad_coordinates"
    UNKNOWN_STATUS = "unknown_status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One complaint in our terms. Times are aware, UTC; `line` counts from 1.

    `condition_id` is empty where the class's default condition applies. `words` may be empty:
    some cities keep no text, and the class is the description. `cells` are the row as found.
    People's words and the caller are kept out of `repr`, so that no log line can carry them.
    """

    line: int
    number: str
    source_class: str
    class_code: str
    condition_id: str = ""
    words: str = field(default="", repr=False)
    place_words: str = field(default="", repr=False)
    point: Point | None = field(default=None, repr=False)
    created_at: datetime
    closed_at: datetime | None = None
    standing: Standing = Standing.OPEN
    caller: Caller = field(default_factory=Caller, repr=False)
    reply: str = field(default="", repr=False)
    remarks: tuple[Remark, ...] = ()
    cells: tuple[str, ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A row left aside: why, in a sentence too, and its cells as found for the rejects file."""

    line: int
    reason: RowReason
    what: str
    number: str = ""
    source_class: str = ""
    cells: tuple[str, ...] = field(default=(), repr=False)


class Account:
    """Counts what was read, so that every row of a file is accounted for."""

    def __init__(self) -> None:
        self.rows = 0
        self.taken: Counter[Standing] = Counter()
        self.rejected: Counter[RowReason] = Counter()
        self.remarks: Counter[Remark] = Counter()
        self.unmapped: Counter[str] = Counter()

    def note(self, item: Row | Rejected) -> None:
        self.rows += 1
        if isinstance(item, Row):
            self.taken[item.standing] += 1
            self.remarks.update(item.remarks)
            unmapped = Remark.CLASS_UNMAPPED in item.remarks
        else:
            self.rejected[item.reason] += 1
            unmapped = item.reason is RowReason.CLASS_UNMAPPED
        if unmapped:
            self.unmapped[item.source_class] += 1
