"""Language, numbers and moment in which something is read, and the words that follow."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot import times
from bot.chat import Card
from bot.i18n import Tongue
from bot.plain import cut, cut_bytes, one_line
from workflows.book import Book
from workflows.cases.case import Case
from workflows.deadlines.limits import Limit, Unit
from workflows.hotline.masking import mask
from workflows.policy.catalogue import CaseClass, ClassCode, ConditionId, FilingCondition

TEXT_MOST: Final = 2048
"""Bytes of a whole card where a messenger shows plain text only (messaging.md 5.2)."""
NAME_MOST: Final = 30
NUMBERS: Final = re.compile(
    r"(?<!\d)(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8})(?!\d)"
)
"""Mobile numbers, and others with their area code; a date of eight digits is neither."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything that words depend on besides what they are about."""

    tongue: Tongue
    book: Book
    now: datetime

    def moment(self, at: datetime) -> str:
        return times.moment(at, self.now, self.book.calendar.zone, self.tongue)

    def due(self, at: datetime) -> str:
        return times.due_words(at, self.now, self.book.calendar.zone, self.tongue)

    def short_due(self, at: datetime) -> str:
        return times.short_due(at, self.now, self.book.calendar.zone, self.tongue)

    def left(self, at: datetime) -> str:
        return times.left_words(at, self.now, self.tongue)

    def ago(self, at: datetime) -> str:
        return times.length(max(self.now - at, times.MINUTE * 0), self.tongue)

    def entry(self, code: str) -> CaseClass | None:
        return self.book.policy.catalogue.classes.get(ClassCode(code))

    def condition(self, condition_id: str) -> FilingCondition | None:
        return self.book.policy.catalogue.conditions.get(ConditionId(condition_id))

    def class_name(self, code: str) -> str:
        """The name of a class; its bare code where the catalogue has lost it.

        What is turned away at once need not have one.
        """
        if not code:
            return self.tongue("No class")
        entry = self.entry(code)
        return self.tongue.either(entry.zh, entry.en) if entry else code

    def limit(self, limit: Limit) -> str:
        """A limit as people say it: 2 小时（昼夜连续）, 4 个工作时."""
        return times.limit_words(limit.value, Unit(limit.unit), self.tongue)

    def class_of(self, case: Case) -> str:
        return self.class_name(case.class_code)


def fitted(make: Callable[[str], Card], words: str, most: int) -> Card:
    """The card with as many of the words of the complaint as there is room for.

    It is the words that give way, never the due time. `most` is in characters.
    """
    bare = len(make("").plain().encode())
    shown = brief(words, most)
    room = TEXT_MOST - bare - 60
    return make(cut_bytes(shown, room) if room > 30 else "")


def brief(words: str, most: int) -> str:
    """The beginning of what somebody wrote: one line, no full number, at most so many characters.

    What is far beyond the cut is not even looked at: people paste whole pages.
    """
    return cut(masked(one_line(words[: most * 4])), most)


def masked(words: str) -> str:
    """Words of a complaint without anybody's full telephone number (domain.md 6)."""
    return NUMBERS.sub(lambda found: mask(found.group(0)), words)


def name(words: Any) -> str:
    """A person's or place's name, on one line and short enough for a row."""
    return cut(one_line(str(words)), NAME_MOST)
