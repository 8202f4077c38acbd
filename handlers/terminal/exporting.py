"""`run.py export`: a file of cases for whoever runs the service, and whose file a token is."""

import argparse
import getpass
import os
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

from workflows import Workflows
from workflows.approving.kept import ProposalViews
from workflows.approving.proposal import ProposalId
from workflows.auditing.rearm import operator_named
from workflows.exporting.form import DAYS, ExportForm, wish_of
from workflows.exporting.kept import ExportViews
from workflows.exporting.wish import Format
from workflows.ports import Begin
from workflows.refusals import Reason, Refused

WAITING: Final = 3
WHY_NOT: Final = {
    Reason.EXPORT_EMPTY: "No case fits.",
    Reason.EXPORT_INCOMPLETE: "Say what it is for: --purpose",
    Reason.EXPORT_BAD_PERIOD: "Write --since and --until such as 2026-11-01, or --days 30",
    Reason.EXPORT_TOO_MANY: "These are too many cases for one file: choose less.",
    Reason.NO_SECOND_PERSON: "It takes two supervisors or duty chiefs of the district to approve "
    "it, and there are no two in reach.",
    Reason.TEXT_TOO_LONG: "The purpose is too long.",
}


@dataclass(frozen=True, slots=True)
class Exporting:
    """What the command works with; `round_` does what has come due."""

    flows: Workflows
    begin: Begin
    proposals: ProposalViews
    exports: ExportViews
    round_: Callable[[], Awaitable[int]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    does = parser.add_subparsers(dest="does", required=True, metavar="WHAT")
    make = does.add_parser("make", help="make a file; much of it, or callers, take two people")
    make.add_argument("--purpose", required=True, help="what it is for; it stays in the log")
    make.add_argument("--days", type=int, default=DAYS, help="the last so many days")
    make.add_argument("--since", default="", help="first day, such as 2026-11-01")
    make.add_argument("--until", default="", help="last day")
    make.add_argument("--area", default="", help="code of a district, street or grid")
    make.add_argument("--state", default="", help="open, closed, or one state of the law")
    make.add_argument("--format", choices=[each.value for each in Format], default="xlsx")
    make.add_argument("--language", choices=["zh", "en"], default="zh")
    make.add_argument("--callers", action="store_true", help="with names and numbers")
    make.add_argument("--by", default="", help="your name; account and machine are added")
    make.add_argument("--to", type=Path, required=True, metavar="FILE")
    fetch = does.add_parser("fetch", help="a file that was approved, or no chat could carry")
    fetch.add_argument("number", type=int, metavar="NUMBER")
    fetch.add_argument("--to", type=Path, required=True, metavar="FILE")
    whose = does.add_parser("whose", help="who took a file out, by the token in it")
    whose.add_argument("token")


async def export_command(asked: argparse.Namespace, tools: Exporting, out: TextIO) -> int:
    """0 and the file; 1 if there is none; 3 if two people have to approve it first."""
    if asked.does == "whose":
        return await _whose(asked, tools, out)
    if asked.does == "fetch":
        return await _fetch(ProposalId(asked.number), asked.to, tools, out)
    try:
        return await _make(asked, tools, out)
    except Refused as no:
        print(WHY_NOT.get(no.reason, f"It cannot be exported: {no.reason}."), file=out)
        return 1


async def _make(asked: argparse.Namespace, tools: Exporting, out: TextIO) -> int:
    form = ExportForm(
        days=asked.days,
        since=asked.since,
        until=asked.until,
        area=asked.area,
        state=asked.state,
        callers=asked.callers,
        format=asked.format,
    )
    flows = tools.flows
    wish = wish_of(form, flows.book.calendar.zone, flows.now(), asked.language)
    operator = operator_named(getpass.getuser(), socket.gethostname(), asked.by)
    proposal = await flows.request_export.at_terminal(wish, asked.purpose, operator)
    if proposal.needs_nobody:
        while await tools.round_():
            pass
        return await _fetch(proposal.id, asked.to, tools, out)
    view = await tools.proposals.one(proposal.id)
    names = ", ".join(view.names[person] for person in proposal.asked)
    print(
        f"No. {proposal.id} waits: two of these have to approve it in the chat: {names}\n"
        f"Then: run.py export fetch {proposal.id} --to {asked.to}",
        file=out,
    )
    return WAITING


async def _fetch(number: ProposalId, to: Path, tools: Exporting, out: TextIO) -> int:
    """The file leaves the database once it stands where it was asked for."""
    try:
        data = await tools.exports.open(number)
    except LookupError:
        print(f"There is no file of no. {number}: not approved yet, or gone.", file=out)
        return 1
    private = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(private, "wb") as file:
        file.write(data)
    async with tools.begin() as work:
        await work.exports.forget(number)
    print(f"{to}: {len(data)} bytes. It is marked; please delete it when you are done.", file=out)
    return 0


async def _whose(asked: argparse.Namespace, tools: Exporting, out: TextIO) -> int:
    found = await tools.exports.whose(asked.token.strip())
    if found is None:
        print("No line of the log has this token.", file=out)
        return 1
    facts = ", ".join(f"{name} {value}" for name, value in sorted(found.facts.items()))
    print(f"line {found.seq}: {found.who}, {found.at:%Y-%m-%d %H:%M} UTC: {facts}", file=out)
    return 0
