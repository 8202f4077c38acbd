"""Digests: which messages are told together, and what one line of a digest is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, Final

from workflows.cases.case import Case
from workflows.cases.consequences import Because
from workflows.notices import Lane, Notice, NoticeKind

STORM: Final = 3
"""More alerts than this that are due for one chat become one digest (durability.md 2.2)."""

MORNING: Final = 1
"""More messages than this that were held for one person through the night become one digest."""

KEEP_THEIR_CARD: Final = frozenset(
    {Because.NEW_ORDER, Because.SENT_BACK, Because.TO_REDO, Because.REOPENED}
)
"""Work that is given to somebody: each has a card of its own, because each must be signed for."""


class Gathering(IntEnum):
    """Whether a message may be told together with others, and by which rule."""

    APART = 0
    ALERT = 1
    HELD = 2


@dataclass(frozen=True, slots=True)
class Gathered:
    """A case of a digest as it stands now, and what the latest message about it said."""

    case: Case
    because: str
    data: Mapping[str, Any] = field(default_factory=dict)


def gathering(notice: Notice) -> Gathering:
    """Only cards of cases are told together; answers, call-outs and lists never are."""
    if notice.kind is not NoticeKind.CASE or notice.case_id is None:
        return Gathering.APART
    if notice.because in KEEP_THEIR_CARD:
        return Gathering.APART
    if notice.held:
        return Gathering.HELD
    return Gathering.ALERT if notice.lane is Lane.ESCALATION else Gathering.APART
