"""The `due` command: when a limit is used up, for one start or for a file of them."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn, TextIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from handlers.terminal.due_explained import explanation, in_zone, step_as_json
from workflows.deadlines.calendar import Calendar
from workflows.deadlines.limits import Deadline, Limit, Pause, Unit, due

DONE, SOME_BAD, NOT_UNDERSTOOD = 0, 1, 2
UNITS: Final = ", ".join(Unit)
STANDARD_INPUT: Final = "-"
SLIPS: Final = (ValueError, OverflowError, RecursionError)
"""What a wrong question raises: its text is told to the one who asked."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to work out."""

    start: datetime
    limit: Limit
    pauses: tuple[Pause, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of `run.py due`."""
    parser.description = "Print when a limit is used up."
    parser.add_argument("--start", help="when it began, such as 2026-09-30T16:00+08:00")
    parser.add_argument("--limit", help="how much may be used, such as 1 or 0.5")
    parser.add_argument("--unit", help=f"what it is counted in: {UNITS}")
    parser.add_argument(
        "--pause",
        action="append",
        default=[],
        metavar="FROM/TO",
        help="an interval in which the clock stands; leave TO out if it still stands",
    )
    parser.add_argument("--explain", action="store_true", help="tell the steps as well")
    parser.add_argument("--json", action="store_true", help="answer with one JSON object")
    parser.add_argument("--zone", help="work in another zone than the district's")
    parser.add_argument(
        "--each",
        metavar="FILE",
        help='a JSON object a line with start, limit, unit, pauses; "-" is what is piped in',
    )


def due_command(arguments: argparse.Namespace, calendar: Calendar, out: TextIO) -> int:
    """Answer on `out`: 0 when all went well, 1 when lines of a file were bad, 2 when nothing did.

    What is wrong with a single question is told on standard error in one sentence.
    """
    try:
        calendar = _in_asked_zone(calendar, arguments.zone)
        if arguments.each:
            with _opened(_alone(arguments)) as lines:
                return _answer_each(lines, calendar, out, steps=arguments.explain)
        question = _question_of(arguments, calendar)
        deadline = due(question.start, question.limit, calendar, question.pauses)
    except SLIPS as error:
        print(f"due: {_said(error)}", file=sys.stderr)
        return NOT_UNDERSTOOD
    if arguments.json:
        answer = _answer(question, deadline, calendar, steps=arguments.explain)
        print(json.dumps(answer), file=out)
    elif arguments.explain:
        print(explanation(question.start, question.limit, deadline, calendar), file=out)
    else:
        print(_due_text(deadline, calendar) or "none: a pause stands open", file=out)
    return DONE


def _in_asked_zone(calendar: Calendar, name: str | None) -> Calendar:
    if name is None:
        return calendar
    try:
        return replace(calendar, zone=ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f'no zone is called "{name}": write such as Asia/Shanghai') from None


def _alone(arguments: argparse.Namespace) -> str:
    if any((arguments.start, arguments.limit, arguments.unit, arguments.pause)):
        raise ValueError(
            "--each takes start, limit, unit and pauses from the file: leave them out"
        )
    return str(arguments.each)


def _question_of(arguments: argparse.Namespace, calendar: Calendar) -> Question:
    for name in ("start", "limit", "unit"):
        if getattr(arguments, name) is None:
            raise ValueError(f"--{name} is missing: give --start, --limit and --unit, or --each")
    pairs = [_pair(text) for text in arguments.pause]
    return _question(arguments.start, arguments.limit, arguments.unit, pairs, calendar)


def _pair(text: str) -> tuple[str, str | None]:
    begin, slash, end = text.partition("/")
    if not slash:
        raise ValueError(f'"{text}" is not a pause: write FROM/TO, or FROM/ if it still stands')
    return begin, end or None


def _question(
    start: Any, limit: Any, unit: Any, pairs: Iterable[Any], calendar: Calendar
) -> Question:
    if unit not in tuple(Unit):
        raise ValueError(f'"{unit}" is not a unit: write one of {UNITS}')
    pauses = tuple(_pause(pair, calendar) for pair in pairs)
    return Question(_instant(start, calendar), Limit(_number(limit), Unit(unit)), pauses)


def _pause(pair: Any, calendar: Calendar) -> Pause:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise ValueError(f"a pause is a pair of its beginning and its end, not {pair!r}")
    begin, end = pair
    return Pause(_instant(begin, calendar), None if end is None else _instant(end, calendar))


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(f"a limit is a number, not {value!r}")  # noqa: TRY004 - a slip
    try:
        return Decimal(str(value))
    except ArithmeticError:
        raise ValueError(f"a limit is a number, not {value!r}") from None


def _instant(value: Any, calendar: Calendar) -> datetime:
    example = "2026-09-30T16:00+08:00"
    try:
        instant = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is not a time: write such as {example}") from None
    if instant.tzinfo is None:
        meant = instant.replace(tzinfo=calendar.zone).isoformat()
        raise ValueError(
            f'"{value}" names no zone: write {meant} if you mean the district\'s time'
        )
    return instant


def _due_text(deadline: Deadline, calendar: Calendar) -> str | None:
    return _iso(deadline.due_at, calendar)


def _answer(
    question: Question, deadline: Deadline, calendar: Calendar, *, steps: bool
) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "start": in_zone(question.start, calendar).isoformat(),
        "limit": f"{question.limit.value:f}",
        "unit": question.limit.unit.value,
        "pauses": [[_iso(p.begin, calendar), _iso(p.end, calendar)] for p in question.pauses],
        "due": _due_text(deadline, calendar),
        "provisional": deadline.provisional,
        "calendar": calendar.version,
    }
    if steps:
        answer["steps"] = [step_as_json(step, calendar) for step in deadline.steps]
    return answer


def _iso(instant: datetime | None, calendar: Calendar) -> str | None:
    return None if instant is None else in_zone(instant, calendar).isoformat()


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    if not Path(name).is_file() or not os.access(name, os.R_OK):
        raise ValueError(f'"{name}" is not a file that can be read')
    with Path(name).open("rb") as file:
        yield file


def _answer_each(lines: Iterable[bytes], calendar: Calendar, out: TextIO, *, steps: bool) -> int:
    """Answer line by line; bytes that are not UTF-8 spoil only their own line."""
    result = DONE
    for number, raw in enumerate(lines, start=1):
        asked: dict[str, Any] = {}
        try:
            asked = _object(raw.decode("utf-8-sig" if number == 1 else "utf-8"))
            print(json.dumps(asked | _due_of(asked, calendar, steps=steps)), file=out)
        except SLIPS as error:
            result = SOME_BAD
            told = {} if isinstance(error, RecursionError) else asked
            print(json.dumps(told | {"line": number, "error": _said(error)}), file=out)
    return result


def _object(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise ValueError(f"this is not JSON: {error.msg} at column {error.colno}") from None
    if not isinstance(asked, dict):
        raise ValueError("this is not a JSON object")  # noqa: TRY004 - a slip like the others
    return asked


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"this is not JSON: {name} is no number")


def _due_of(asked: dict[str, Any], calendar: Calendar, *, steps: bool) -> dict[str, Any]:
    for name in ("start", "limit", "unit"):
        if name not in asked:
            raise ValueError(f'"{name}" is missing')
    pairs = asked.get("pauses") or []
    if not isinstance(pairs, list):
        raise ValueError("pauses is a list of pairs")  # noqa: TRY004 - a slip like the others
    question = _question(asked["start"], asked["limit"], asked["unit"], pairs, calendar)
    deadline = due(question.start, question.limit, calendar, question.pauses)
    answer: dict[str, Any] = {"due": _due_text(deadline, calendar)}
    if deadline.provisional:
        answer["provisional"] = True
    if steps:
        answer["steps"] = [step_as_json(step, calendar) for step in deadline.steps]
    return answer


def _said(error: Exception) -> str:
    if isinstance(error, OverflowError):
        return "this leads beyond the years that a calendar has"
    if isinstance(error, RecursionError):
        return "this is nested too deep"
    if isinstance(error, UnicodeDecodeError):
        return "this is not UTF-8"
    return str(error)
