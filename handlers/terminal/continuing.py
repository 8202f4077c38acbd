"""`run.py continue`: print what stands still; with --yes set it going again, on record."""

import argparse
import getpass
import socket
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

from workflows.auditing.mending import GivenUp, Kept, Mending, Order, Stuck
from workflows.auditing.rearm import Rearm, Rearmed, operator_named
from workflows.cases.case import CaseId
from workflows.refusals import Reason, Refused

ALL: Final = "all"
TRIES: Final = 3
SHOWN: Final = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="do it; without it only print")
    for heap, what in (
        (Kept.LETTERS, "messages that were given up"),
        (Kept.UPDATES, "updates that could not be read"),
    ):
        parser.add_argument(
            f"--{heap}", nargs="+", metavar="N", help=f"{what}: their numbers, or `{ALL}`"
        )
    parser.add_argument("--aside", action="store_true", help="put those aside for good instead")
    parser.add_argument("--why", default="", help="for the journal; needed for those two")
    parser.add_argument("--by", default="", metavar="NAME", help="who asks, beside the account")


@dataclass(frozen=True, slots=True)
class Toolbox:
    mending: Mending
    rearm: Rearm


async def continue_command(asked: argparse.Namespace, tools: Toolbox, out: TextIO) -> int:
    """0 if nothing stands still any more, 1 if something does, 2 for what cannot be meant."""
    wanted = {heap: numbers_of(named) for heap in Kept if (named := getattr(asked, heap))}
    if any(numbers is WRONG for numbers in wanted.values()):
        print(f"Name numbers, or `{ALL}`: run.py continue --letters 12 15 --why ...", file=out)
        return 2
    if wanted and asked.yes and not asked.why.strip():
        print("Say why, for the journal: --why '...'", file=out)
        return 2
    if asked.yes:
        account = operator_named(getpass.getuser(), socket.gethostname(), asked.by)
        await _set_going(asked, tools, Order(account, asked.why.strip()), wanted, out)
    stuck = await tools.mending.stuck()
    _print(stuck, out)
    return 1 if stuck.cases or stuck.sends or stuck.letters or stuck.updates else 0


WRONG: Final = frozenset({-1})


def numbers_of(named: Sequence[str]) -> frozenset[int] | None:
    """None for all of them, WRONG for what is no number."""
    if list(named) == [ALL]:
        return None
    if not all(each.isascii() and each.isdigit() for each in named):
        return WRONG
    return frozenset(map(int, named))


async def _set_going(
    asked: argparse.Namespace,
    tools: Toolbox,
    order: Order,
    wanted: dict[Kept, frozenset[int] | None],
    out: TextIO,
) -> None:
    """Timers and sends need no choice; what was given up is only touched when it is named."""
    for case_id in (await tools.mending.stuck()).cases:
        outcome = await _rearm(tools.rearm, case_id, order.operator)
        print(f"case {case_id}: {TOLD[outcome]}", file=out)
    _count(await tools.mending.classify_sends(order), "sends of dead senders", out)
    for heap, numbers in wanted.items():
        act = tools.mending.put_aside if asked.aside else tools.mending.try_again
        done = await act(heap, numbers, order)
        _count(done, f"{heap} {'put aside' if asked.aside else 'to be tried again'}", out)
        for number in sorted((numbers or frozenset()) - {*done}):
            print(f"  {number} is not there, or may not be sent again", file=out)


TOLD: Final = {
    Rearmed.ARMED: "its timers are armed again",
    Rearmed.WELL: "has its timers meanwhile",
    Rearmed.BY_HAND: "has no clock that runs; let the duty chief move it by hand",
}


async def _rearm(rearm: Rearm, case_id: CaseId, operator: str) -> Rearmed:
    """Somebody may move the case at the same moment: look once more."""
    for _ in range(TRIES):
        try:
            return await rearm(case_id, operator)
        except Refused as no:
            if no.reason is not Reason.CHANGED_MEANWHILE:
                raise
    return Rearmed.WELL


def _count(numbers: Collection[int], what: str, out: TextIO) -> None:
    print(f"{len(numbers)} {what}", file=out)


def _print(stuck: Stuck, out: TextIO) -> None:
    if stuck.cases:
        _heading("open cases without a timer", len(stuck.cases), out)
        print("  " + ", ".join(f"#{case}" for case in stuck.cases[:SHOWN]), file=out)
    if stuck.sends:
        _heading("messages in the hands of a dead sender", len(stuck.sends), out)
    for heap, given_up, what in (
        (Kept.LETTERS, stuck.letters, "messages were given up"),
        (Kept.UPDATES, stuck.updates, "updates could not be read"),
    ):
        if given_up:
            _heading(f"{what} (--{heap})", len(given_up), out)
            for each in given_up[:SHOWN]:
                print(f"  {_line(each)}", file=out)
    if not (stuck.cases or stuck.sends or stuck.letters or stuck.updates):
        print("Nothing stands still.", file=out)


def _heading(what: str, count: int, out: TextIO) -> None:
    print(f"✗ {count} {what}", file=out)


def _line(each: GivenUp) -> str:
    of_case = f" of case #{each.case_id}" if each.case_id is not None else ""
    wiped = "; held a number that is not kept: only --aside" if each.wiped else ""
    since = each.since.isoformat(sep=" ", timespec="minutes")
    return f"{each.number}: {each.what}{of_case}, {since}: {each.why}{wiped}"
