"""An unfinished form or an open question: conversation positions, kept as rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from workflows.notices import DraftId
from workflows.people import PersonId


class DraftKind(StrEnum):
    """INTAKE is a complaint being written down; ASK waits for one answer about one case.

    CALL_OUT is a call-out being written down, EMERGENCY an emergency.
    DUTY is a swap, an absence or a change of somebody's shift being put together.
    EXPORT is a file of cases being put together.
    FIND waits for the words of a search; it never holds them.
    """

    INTAKE = "intake"
    CALL_OUT = "call_out"
    EMERGENCY = "emergency"
    ASK = "ask"
    FIND = "find"
    DUTY = "duty"
    EXPORT = "export"


class DraftState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Draft:
    """`body` is JSON-able; what it holds is defined by the verb that opened the draft."""

    id: DraftId
    person: PersonId
    kind: DraftKind
    state: DraftState
    version: int
    opened_at: datetime
    changed_at: datetime
    body: Mapping[str, Any] = field(default_factory=dict)
