"""`run.py import`: cases, grids, agencies, people, catalogue, landmarks, shifts from files."""

import argparse
import asyncio
import csv
import getpass
import signal
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final, Protocol, TextIO

from tqdm import tqdm

from bot.exporting.harmless import is_formula
from handlers.terminal.import_shifts import import_shifts
from workflows import Workflows
from workflows.auditing.rearm import operator_named
from workflows.importing.complaints import ComplaintFile
from workflows.importing.grids import GridShape, read_grids
from workflows.importing.lists import ListName
from workflows.importing.mapping import ComplaintMap, load_map
from workflows.importing.mistakes import ImportMistakes
from workflows.importing.row import Account, Rejected, Row
from workflows.importing.setup_lists import (
    CatalogueRow,
    Landmark,
    NewPerson,
    read_agencies,
    read_dispatch_catalogue,
    read_landmarks,
    read_people,
)
from workflows.importing.take_in import Takings
from workflows.people import Agency, PersonId
from workflows.policy.mistakes import PolicyMistakes
from workflows.refusals import Refused

BATCH: Final = 50
"""Rows to a transaction: most of the cost of a row is its commit."""

STOPPED: Final = 130
WAITING: Final = 3
WAITS: Final = (
    "So much of a city that runs is changed by two people. No. {number} waits; two of these have "
    "to approve it in the chat, then it is loaded by itself: {names}"
)
NOBODY: Final = (
    "So much of a city that runs is changed by two people, and there are no two {roles} of the "
    "district in reach. Let somebody in: run.py invite"
)

LISTS: Final = ("grids", "agencies", "catalogue", "people", "landmarks")


class Loader(Protocol):
    """Where the lists of a district go; each load is one transaction and says how many."""

    async def replace_grids(self, shapes: Iterable[GridShape]) -> int: ...

    async def add_agencies(self, added: Iterable[Agency]) -> int: ...

    async def agency_codes(self) -> frozenset[str]: ...

    async def replace_catalogue(
        self, rows: Iterable[CatalogueRow], valid_from: datetime
    ) -> int: ...

    async def add_people(self, newcomers: Iterable[NewPerson]) -> tuple[PersonId, ...]: ...

    async def add_landmarks(self, named: Iterable[Landmark]) -> int: ...


@dataclass(frozen=True, slots=True)
class Import:
    """What the command works with."""

    flows: Workflows
    loader: Loader
    out: TextIO


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["cases", *LISTS, "shifts"])
    parser.add_argument("file", type=Path)
    parser.add_argument("--map", type=Path, help="for cases: what the file's columns mean (TOML)")
    parser.add_argument(
        "--history", action="store_true", help="take closed rows over, with their own times"
    )
    parser.add_argument(
        "--source", help="for shifts: the roster that this file brings anew; its name without it"
    )
    parser.add_argument("--why", default="", help="for whoever has to approve it")
    parser.add_argument("--by", default="", help="your name; account and machine are added")
    parser.add_argument(
        "--rejects", type=Path, help="where unusable rows go; FILE.rejects.csv without it"
    )


async def import_command(asked: argparse.Namespace, tools: Import) -> int:
    """0 if every row was taken, 1 if some were rejected, 2 if the file cannot be used.

    3 if two people have to approve it first. 130 after Ctrl-C, which lets the rows at hand be
    taken in and begins no others.
    """
    try:
        if asked.what == "cases":
            return await _cases(asked, tools)
        if asked.what == "shifts":
            await import_shifts(asked, tools.flows, tools.out)
            return 0
        return await _bring_in(asked, tools)
    except (ImportMistakes, PolicyMistakes, OSError, ValueError) as no:
        print(no, file=tools.out)
        return 2


async def _bring_in(asked: argparse.Namespace, tools: Import) -> int:
    """Much of a city that runs is changed by two people, in the chat, and by nobody here."""
    operator = operator_named(getpass.getuser(), socket.gethostname(), asked.by)
    name, items = ListName(asked.what), await _list(asked, tools)
    try:
        brought = await tools.flows.bring_in(name, items, asked.file.name, operator, asked.why)
    except Refused:
        print(NOBODY.format(roles="administrators or duty chiefs"), file=tools.out)
        return 2
    if brought.proposal is None:
        print(f"{brought.count} {asked.what} taken from {asked.file.name}", file=tools.out)
        return 0
    print(WAITS.format(number=brought.proposal.id, names=", ".join(brought.asked)), file=tools.out)
    return WAITING


async def _list(asked: argparse.Namespace, tools: Import) -> Sequence[Any]:
    policy, loader = tools.flows.book.policy, tools.loader
    if asked.what == "grids":
        return read_grids(asked.file)
    if asked.what == "agencies":
        kinds = {k for c in policy.catalogue.conditions.values() for k in c.agency_kinds}
        return read_agencies(asked.file, kinds)
    if asked.what == "landmarks":
        return read_landmarks(asked.file)
    agencies = await loader.agency_codes()
    if asked.what == "catalogue":
        return read_dispatch_catalogue(asked.file, policy.catalogue.classes, agencies)
    return read_people(asked.file, tools.flows.book.calendar.zone, agencies)


async def _cases(asked: argparse.Namespace, tools: Import) -> int:
    if asked.map is None:
        print("Say what the columns mean: --map MAP.toml (docs/import/README.md)", file=tools.out)
        return 2
    how: ComplaintMap = load_map(asked.map, tools.flows.book.policy.catalogue)
    file = ComplaintFile(asked.file, how)
    account, takings, rejected = Account(), Takings(), list[Rejected]()
    with _ctrl_c() as stop, tqdm(total=file.count(), unit=" rows", disable=None) as bar:
        for items in _batches(file):
            if stop.is_set():
                break
            for item in items:
                account.note(item)
            rejected += [item for item in items if isinstance(item, Rejected)]
            rows = [item for item in items if isinstance(item, Row)]
            await tools.flows.take_in(rows, takings, history=asked.history)
            bar.update(len(items))
        await tools.flows.take_in.tell_unplaced(takings, asked.file.name)
    rejects = asked.rejects or asked.file.with_name(f"{asked.file.name}.rejects.csv")
    written = _write_rejects(rejects, file.header, rejected, takings)
    _sum_up(account, takings, rejects if written else None, tools.out)
    if stop.is_set():
        print("Stopped. These rows are safe; the same command does the others.", file=tools.out)
        return STOPPED
    return 1 if written else 0


@contextmanager
def _ctrl_c() -> Iterator[asyncio.Event]:
    """Ctrl-C asks for the end instead of tearing a transaction."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, stop.set)
    try:
        yield stop
    finally:
        loop.remove_signal_handler(signal.SIGINT)


def _batches(file: Iterable[Row | Rejected]) -> Iterator[list[Row | Rejected]]:
    rows = iter(file)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _write_rejects(
    path: Path, header: Sequence[str], rejected: list[Rejected], takings: Takings
) -> int:
    """The rows left aside, with a reason before their cells as found, surplus ones too."""
    lines = [(r.line, (r.reason, r.what, *r.cells)) for r in rejected]
    lines += [(row.line, (why, what, *row.cells)) for row, why, what in takings.refused]
    if lines:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            table = csv.writer(file)
            table.writerow(("line", "reason", "what", *header))
            table.writerows((line, *map(_harmless, cells)) for line, cells in sorted(lines))
    return len(lines)


def _harmless(cell: str) -> str:
    """A spreadsheet program shows what would be a formula instead of running it."""
    return f"'{cell}" if is_formula(cell) and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _sum_up(account: Account, takings: Takings, rejects: Path | None, out: TextIO) -> None:
    """Every row of the file stands in exactly one line of this list."""
    print(f"{account.rows} rows", file=out)
    for became, count in sorted(takings.became.items()):
        print(f"  {count:7} {became}", file=out)
    for reason, count in sorted(account.rejected.items()):
        print(f"  {count:7} rejected: {reason}", file=out)
    for remark, count in sorted(account.remarks.items()):
        print(f"  of those {count} with the remark {remark}", file=out)
    for name, count in account.unmapped.most_common(20):
        print(f"  unmapped class: {name} ({count})", file=out)
    if rejects is not None:
        print(f"Rejected rows and their reasons: {rejects}", file=out)
