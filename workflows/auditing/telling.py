"""What a channel is to be told, and when: what is new at once, what stands now and then, the end.

Each channel has its own memory. What it could not deliver it has not told, so the next minute
tells it again; what ended meanwhile is told as over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from workflows.auditing.faults import Fault, Rule

CALM: Final = timedelta(minutes=3)
"""How long a rule must be kept before its fault is over: what comes and goes is one fault."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a channel knows of a broken rule. `told` is None until it has been delivered."""

    since: datetime
    seen: datetime
    told: datetime | None = None


@dataclass(frozen=True, slots=True)
class Over:
    rule: Rule
    since: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class News:
    """One letter: what is new, what still stands and since when, what is over."""

    at: datetime
    fresh: tuple[Fault, ...]
    standing: tuple[Fault, ...]
    over: tuple[Over, ...]
    since: Mapping[Rule, datetime]

    @property
    def is_all_well(self) -> bool:
        return not self.fresh and not self.standing


Memory = Mapping[Rule, Known]


def noted(memory: Memory, faults: Sequence[Fault], at: datetime) -> Memory:
    """The memory after this look, whether or not anything is told."""
    seen = {
        fault.rule: replace(memory.get(fault.rule, Known(at, at)), seen=at) for fault in faults
    }
    return {**memory, **seen}


def news_of(
    memory: Memory, faults: Sequence[Fault], at: datetime, repeat: timedelta
) -> News | None:
    """What to tell after `noted`; None if there is nothing to say now."""
    fresh = tuple(fault for fault in faults if memory[fault.rule].told is None)
    standing = tuple(fault for fault in faults if memory[fault.rule].told is not None)
    broken = {fault.rule for fault in faults}
    over = tuple(
        Over(rule, known.since, known.seen)
        for rule, known in memory.items()
        if rule not in broken and (known.told is None or at - known.seen >= CALM)
    )
    due = any(at - told >= repeat for fault in standing if (told := memory[fault.rule].told))
    if not (fresh or over or due):
        return None
    return News(at, fresh, standing, over, {rule: known.since for rule, known in memory.items()})


def after_telling(memory: Memory, news: News) -> Memory:
    """The memory once the news has been delivered."""
    told = {fault.rule for fault in (*news.fresh, *news.standing)}
    over = {each.rule for each in news.over}
    return {
        rule: replace(known, told=news.at) if rule in told else known
        for rule, known in memory.items()
        if rule not in over
    }
