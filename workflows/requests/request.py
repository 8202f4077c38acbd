"""What may be asked beside a case, by whom it was asked, and what became of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from workflows.people import AgencyCode, PersonId


class RequestKind(StrEnum):
    """Requests, not states: each has a small approval of its own (domain.md 0.5)."""

    RETURN = "return"
    EXTENSION = "extension"
    SUSPENSION = "suspension"
    VOID = "void"
    APPEAL = "appeal"


class RequestState(StrEnum):
    """Asked waits for its first look, endorsed for its decision; the others are ends."""

    ASKED = "asked"
    ENDORSED = "endorsed"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


WAITING: Final = frozenset({RequestState.ASKED, RequestState.ENDORSED})
DECIDED: Final = frozenset({RequestState.GRANTED, RequestState.REFUSED})


class ReturnCode(StrEnum):
    """Why an agency may hand a case back (domain.md 2.4, Return)."""

    NOT_MY_DUTY = "not_my_duty"
    WRONG_AREA = "wrong_area"
    OWNERSHIP_UNCLEAR = "ownership_unclear"
    DUPLICATE = "duplicate"
    INSUFFICIENT_INFO = "insufficient_info"
    NEEDS_JOINT_ACTION = "needs_joint_action"
    ALREADY_DONE = "already_done"


class SuspensionGround(StrEnum):
    """What work may wait for (domain.md 2.4, Suspension)."""

    SEASON = "season"
    ENGINEERING = "engineering"
    OWNERSHIP = "ownership"
    ENFORCEMENT_PROCEDURE = "enforcement_procedure"
    FUNDING = "funding"


UNKNOWN_AGENCY: Final = "?"
"""The answer of somebody who does not know whose duty it is."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request on one case.

    `agency` had the case when it was asked. `code` is a ReturnCode or a SuspensionGround; `words`
    is why, `proof` the duty list or map that shows it. `until` is when suspended work goes on.
    `carried_out` once the case has made the move that was granted.
    """

    kind: RequestKind
    state: RequestState
    asked_by: PersonId
    asked_at: datetime
    agency: AgencyCode | None = None
    code: str = ""
    words: str = ""
    proof: str = ""
    proposed: AgencyCode | None = None
    until: datetime | None = None
    document: str = ""
    endorsed_by: PersonId | None = None
    endorsed_at: datetime | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    decided_words: str = ""
    carried_out: bool = False

    @property
    def waits(self) -> bool:
        return self.state in WAITING

    @property
    def to_carry_out(self) -> bool:
        return self.state is RequestState.GRANTED and not self.carried_out


@dataclass(frozen=True, slots=True)
class Forced:
    """The district centre has assigned the case for good: by whom and when."""

    by: PersonId
    at: datetime


@dataclass(frozen=True, slots=True)
class RequestRules:
    """How often each thing may be asked; a case keeps the numbers it was filed under.

    `suspension_days`, `review_days` and `notice_days` are natural days.
    """

    returns_per_agency: int = 1
    agencies_before_district: int = 2
    extensions: int = 2
    suspensions: int = 1
    suspension_days: int = 365
    review_days: int = 30
    notice_days: int = 7
    appeals: int = 1

    def as_json(self) -> dict[str, int]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> Self:
        """A case that was filed before there were requests goes by the usual numbers."""
        return cls(**(stored or {}))
