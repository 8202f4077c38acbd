"""What may be wrong with the service: the rules, a fault, and how far the auditor has looked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflows.cases.case import CaseId

EXAMPLES = 5
"""Numbers of cases that a letter names."""


class Rule(StrEnum):
    """One page each in `docs/operations/runbook/`."""

    DATABASE = "database"
    NOBODY_SERVES = "nobody_serves"
    NO_TIMER = "no_timer"
    LATE_TIMER = "late_timer"
    STUCK_SEND = "stuck_send"
    LATE_MESSAGE = "late_message"
    LATE_CALL = "late_call"
    LATE_PROPOSAL = "late_proposal"
    DEAD_LETTER = "dead_letter"
    LATE_UPDATE = "late_update"
    POISON_UPDATE = "poison_update"
    LATE_PHOTO = "late_photo"
    CHAIN_BROKEN = "chain_broken"
    JOURNAL_DIFFERS = "journal_differs"
    HOLIDAY_DATA = "holiday_data"
    MESSENGER = "messenger"
    NOTEBOOK = "notebook"


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule. Holds numbers and words of ours, never anybody's name or number.

    `count` is exact unless `more` is set: counting stops where it would begin to cost. `cases`
    are the first few concerned. `detail` is a fact in English, such as a line of the journal.
    """

    rule: Rule
    count: int = 1
    cases: tuple[CaseId, ...] = ()
    more: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the journal: its number and its hash. The line before the first is the default."""

    seq: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the auditor has looked, which it keeps outside the database.

    `head` is the newest line that follows from all that were seen: a history that was rewritten
    whole, hashes and all, no longer leads there. `walked` is how far old lines have been read
    from the beginning. `timed` is the last open case looked at for having no timer at all,
    `weighed` for having each of its timers, `compared` the last case held against the journal.
    `suspects` are cases found wrong, which are looked at again every time. `nobody_since` is
    when nobody was seen to serve first.
    """

    head: Line | None = None
    walked: Line = Line()
    timed: int = 0
    weighed: int = 0
    compared: int = 0
    suspects: tuple[int, ...] = ()
    nobody_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found. `behind`: more was written since than one look can read."""

    faults: tuple[Fault, ...]
    progress: Progress
    behind: bool = False


def of_cases(rule: Rule, cases: Iterable[int], *, more: bool = False) -> tuple[Fault, ...]:
    """One fault for all these cases, or none."""
    found = sorted(set(cases))
    if not found:
        return ()
    examples = tuple(CaseId(number) for number in found[:EXAMPLES])
    return (Fault(rule, len(found), examples, more),)
