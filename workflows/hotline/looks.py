"""Looks at a caller's number: how many a person may take, and which an auditor hears of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from workflows.cases.case import CaseId
from workflows.people import PersonId

A_DAY: Final = timedelta(days=1)
AN_HOUR: Final = timedelta(hours=1)
SHOWN_FOR: Final = timedelta(minutes=1)
ON_ITS_WAY: Final = timedelta(seconds=5)
"""A message takes that long at most before its minute on the screen begins."""


class Unusual(StrEnum):
    """Why an auditor is told; nobody is judged by it."""

    MANY = "many"
    """More in an hour than the work asks for."""

    AGAIN = "again"
    """The same number again and again."""

    OFF_DUTY = "off_duty"
    """A person with a roster, who is not on shift now."""

    USED_UP = "used_up"
    """The last one that a day allows."""


@dataclass(frozen=True, slots=True)
class LookRules:
    """`most` a person in 24 hours; above `many` an hour, or `again` of one case, it is unusual."""

    most: int
    many: int
    again: int


@dataclass(frozen=True, slots=True)
class Look:
    """That somebody looked, at which case's number; a search that found nothing names none."""

    at: datetime
    case_id: CaseId | None


class Looks(Protocol):
    """Looks of people, inside one transaction: the journal knows them."""

    async def since(self, person: PersonId, at: datetime) -> tuple[Look, ...]:
        """Those of one person from then on, the oldest first."""


def unusual(
    earlier: Sequence[Look], now: Look, rules: LookRules, *, on_duty: bool
) -> tuple[Unusual, ...]:
    """What an auditor is told of this look; `earlier` are those of the last 24 hours."""
    lately = [look for look in earlier if look.at > now.at - AN_HOUR]
    same = [look for look in earlier if look.case_id == now.case_id]
    found = (
        (Unusual.MANY, len(lately) + 1 > rules.many),
        (Unusual.AGAIN, len(same) + 1 > rules.again),
        (Unusual.OFF_DUTY, not on_duty),
        (Unusual.USED_UP, len(earlier) + 1 == rules.most),
    )
    return tuple(why for why, is_so in found if is_so)
