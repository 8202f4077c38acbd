"""`run.py retention`: what is kept and proof of what went; run now; holds on single cases."""

import argparse
import getpass
import json
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TextIO

from workflows.auditing.rearm import operator_named
from workflows.cases.case import CaseId
from workflows.ports import Clock
from workflows.privacy.kept import Forgetting, Hold, Holds, Kept
from workflows.privacy.retention import Period
from workflows.refusals import Refused

HEADINGS: Final = ("kind", "days", "kept", "overdue", "on hold", "gone so far", "last time")


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the command works with; `once` does what the nightly chore does."""

    forgetting: Forgetting
    holds: Holds
    periods: Iterable[Period]
    once: Callable[[], Awaitable[int]]
    now: Clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    does = parser.add_subparsers(dest="does", required=True, metavar="WHAT")
    report = does.add_parser("report", help="what is kept, what is past its period, what went")
    report.add_argument("--json", action="store_true", help="for other programs")
    does.add_parser("run", help="let go what is past its period now")
    for name, help_ in (("hold", "keep everything of a case"), ("lift", "let the hold go")):
        one = does.add_parser(name, help=help_)
        one.add_argument("case", type=int, metavar="CASE")
        one.add_argument("--why", required=True, help="on whose order, in which matter")
        one.add_argument("--by", default="", help="your name; account and machine are added")


async def retention_command(asked: argparse.Namespace, keeping: Keeping, out: TextIO) -> int:
    """0 if all is well, 1 if something is past its period or cannot be done."""
    if asked.does == "report":
        return await _report(asked, keeping, out)
    if asked.does == "run":
        print(f"{await keeping.once()} rows went.", file=out)
        return 0
    hold = Hold(CaseId(asked.case), asked.why, _who(asked.by), keeping.now())
    act = keeping.holds.hold if asked.does == "hold" else keeping.holds.lift
    try:
        await act(hold)
    except Refused:
        print(f"There is no case {asked.case}.", file=out)
        return 1
    except LookupError as no:
        print(f"Case {asked.case}: {no}.", file=out)
        return 1
    print(f"Case {asked.case}: {'held' if asked.does == 'hold' else 'lifted'}.", file=out)
    return 0


async def _report(asked: argparse.Namespace, keeping: Keeping, out: TextIO) -> int:
    at = keeping.now()
    found = [await keeping.forgetting.kept(period, at) for period in keeping.periods]
    holds = await keeping.holds.in_force()
    overdue = sum(each.overdue for each in found)
    if asked.json:
        told = [_told(each) for each in found]
        held = [{"case": h.case_id, "by": h.by, "at": h.at.isoformat()} for h in holds]
        print(json.dumps({"at": at.isoformat(), "kinds": told, "holds": held}), file=out)
        return 1 if overdue else 0
    for line in _table([HEADINGS, *(_row(each) for each in found)]):
        print(line, file=out)
    for hold in holds:
        since = hold.at.date().isoformat()
        print(f"Held: case {hold.case_id} since {since}, by {hold.by}", file=out)
    proof = "Nothing is kept longer than its period."
    print(proof if not overdue else f"✗ {overdue} rows are past their period.", file=out)
    return 1 if overdue else 0


def _told(kept: Kept) -> dict[str, object]:
    return {
        "kind": kept.period.kind,
        "days": kept.period.keep.days,
        "kept": kept.kept,
        "overdue": kept.overdue,
        "on_hold": kept.on_hold,
        "oldest": _day(kept.oldest),
        "gone": kept.gone,
        "last": _day(kept.last),
    }


def _row(kept: Kept) -> tuple[str, ...]:
    counts = (kept.period.keep.days, kept.kept, kept.overdue, kept.on_hold, kept.gone)
    return (kept.period.kind, *(str(count) for count in counts), _day(kept.last) or "never")


def _day(at: datetime | None) -> str:
    return "" if at is None else at.isoformat(timespec="minutes")


def _table(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _who(name: str) -> str:
    return operator_named(getpass.getuser(), socket.gethostname(), name)
