"""Shifts as a roster's author wrote them: one line a shift, headings in Chinese or English."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from workflows.importing.mistakes import ImportMistakes
from workflows.importing.setup_lists import LineError
from workflows.importing.spreadsheet import Record, Spreadsheet
from workflows.people import Role
from workflows.policy.mistakes import Mistake

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "date": ("date", "日期", "值班日期", "班次日期"),
    "start": ("start", "begin", "from", "开始", "开始时间", "上班", "上班时间"),
    "end": ("end", "until", "to", "结束", "结束时间", "下班", "下班时间"),
    "end_date": ("end_date", "结束日期"),
    "person": ("person", "name", "人员", "姓名", "值班人", "值班人员"),
    "role": ("role", "post", "岗位", "角色"),
    "instead_of": ("instead_of", "for", "顶替", "代替", "替谁"),
    "note": ("note", "备注", "班次"),
}
NEEDED: Final = ("date", "start", "end", "person")
ROLE_WORDS: Final[Mapping[str, Role]] = {
    "话务员": Role.OPERATOR,
    "网格监督员": Role.COLLECTOR,
    "受理员": Role.ACCEPTOR,
    "值班长": Role.SHIFT_LEADER,
    "派遣员": Role.DISPATCH_OFFICER,
    "部门负责人": Role.AGENCY_LEAD,
    "处置人员": Role.WORKER,
    "督查员": Role.SUPERVISOR,
    "值守长": Role.DUTY_CHIEF,
    "管理员": Role.ADMIN,
}
DAY: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
DAY_IN_DIGITS: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
TIME: Final = re.compile(r"(\d{1,2})(?:[:时点](\d{1,2})?分?)?")
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """One shift in local time of `zone`, without a zone of its own; `line` is in the file."""

    line: int
    person: str = field(repr=False)
    starts: datetime
    ends: datetime
    zone: ZoneInfo
    role: Role | None = None
    instead_of: str = field(default="", repr=False)
    note: str = ""


def read_shifts(path: Path, zone: ZoneInfo) -> tuple[ShiftLine, ...]:
    """Read every line, in local time of `zone`. An end not after its start is the next day's.

    Raises ImportMistakes with all that is wrong, and OSError if there is no such file.
    """
    sheet = Spreadsheet(path, needed=())
    columns = _columns(path, sheet.header)
    lines: list[ShiftLine] = []
    mistakes: list[Mistake] = []
    for record in sheet:
        try:
            lines.append(_line(record, columns, zone))
        except LineError as error:
            mistakes.append(Mistake(path.name, record.line, error.what, error.remedy))
    if mistakes:
        raise ImportMistakes(mistakes)
    return tuple(lines)


def role_in(words: str) -> Role | None:
    """The role of these words, in Chinese or as we write it; None for no words.

    Raises LineError.
    """
    said = words.strip()
    if not said:
        return None
    found = ROLE_WORDS.get(said)
    if found is None and said in set(ROLE_WORDS.values()):
        found = Role(said)
    if found is None:
        known = "、".join((*ROLE_WORDS, *ROLE_WORDS.values()))
        raise LineError(f'there is no role "{said}"', f"Use one of {known}, or leave it empty")
    return found


def _columns(path: Path, header: tuple[str, ...]) -> dict[str, str]:
    """Our name of each column to the file's. Raises ImportMistakes."""
    known = {word: name for name, words in HEADINGS.items() for word in words}
    found: dict[str, str] = {}
    for heading in header:
        name = known.get(heading.strip().lower())
        if name in found:
            what = f'"{found[name]}" and "{heading}" mean the same'
            raise ImportMistakes([Mistake(path.name, 1, what, "Keep one of the two columns")])
        if name is not None:
            found[name] = heading
    missing = [name for name in NEEDED if name not in found]
    if missing:
        words = "; ".join(" / ".join(HEADINGS[name]) for name in missing)
        what = f"there is no column {', '.join(missing)}"
        raise ImportMistakes([Mistake(path.name, 1, what, f"Name it: {words}")])
    return found


def _line(record: Record, columns: Mapping[str, str], zone: ZoneInfo) -> ShiftLine:
    if record.trouble:
        raise LineError(f"this line {record.trouble}", "Correct or remove it")
    cells = {name: _plain(record.named.get(heading, "")) for name, heading in columns.items()}
    for name in NEEDED:
        if not cells[name]:
            raise LineError(f"{columns[name]} is empty", "Fill it in, or remove the line")
    starts, ends = _turn(cells)
    return ShiftLine(
        record.line,
        cells["person"],
        starts,
        ends,
        zone,
        role_in(cells.get("role", "")),
        cells.get("instead_of", ""),
        cells.get("note", ""),
    )


def _turn(cells: Mapping[str, str]) -> tuple[datetime, datetime]:
    day = _day(cells["date"])
    starts = _at(day, cells["start"])
    if last := cells.get("end_date"):
        ends = _at(_day(last), cells["end"])
        if ends <= starts:
            what = f"the shift ends {ends:%Y-%m-%d %H:%M}, before it begins"
            raise LineError(what, "Correct the end, or leave the end's date empty")
        return starts, ends
    ends = _at(day, cells["end"])
    return starts, ends if ends > starts else ends + A_DAY


def _day(words: str) -> date:
    found = DAY.fullmatch(words) or DAY_IN_DIGITS.fullmatch(words)
    try:
        if found:
            return date(*(int(part) for part in found.groups()))
    except ValueError:
        pass
    raise LineError(f'"{words}" is no date', "Write it with its year, such as 2026-12-01")


def _at(day: date, words: str) -> datetime:
    """24:00 is the midnight at which the day ends."""
    found = TIME.fullmatch(words)
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    if (hour, minute) == (24, 0):
        return datetime.combine(day, time()) + A_DAY
    if hour > 23 or minute > 59:
        raise LineError(f'"{words}" is no time of day', "Write such as 08:00 or 8时30分")
    return datetime.combine(day, time(hour, minute))


def _plain(cell: str) -> str:
    """Full-width digits and colons are what Chinese keyboards write."""
    return " ".join(unicodedata.normalize("NFKC", cell).split())


def lines_in_order(lines: Iterator[ShiftLine]) -> tuple[ShiftLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.starts, line.person)))
