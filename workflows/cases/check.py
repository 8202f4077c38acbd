"""A look on site by somebody who did not do the work: before filing or before closing."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.people import PersonId


class Found(StrEnum):
    """What the look showed; of a waived inspection, that a shift leader did without it."""

    RIGHT = "right"
    NOT_RIGHT = "not_right"
    UNCLEAR = "unclear"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Check:
    """One task of a collector: `verify` (核实) before filing, `inspect` (核查) before closing.

    `what` is what to look at; `found` is None while the task is open. Right means before filing
    that the problem is there, before closing that it is gone.
    """

    checker: PersonId | None
    what: str
    found: Found | None = None
    note: str = ""
