"""What the centre finds of an appeal, and what callers say when called back (domain.md 2.5)."""

from enum import StrEnum
from typing import Final


class FactFinding(StrEnum):
    """Fact finding (事实认定); which of them can be chosen depends on the kind of appeal."""

    TRUE = "true"
    PARTLY_TRUE = "partly_true"
    UNTRUE = "untrue"
    ADOPTED = "adopted"
    PARTLY_ADOPTED = "partly_adopted"
    KEPT_ON_FILE = "kept_on_file"
    NOT_ADOPTED = "not_adopted"
    POLICY_FOUND = "policy_found"
    NO_POLICY = "no_policy"
    POLICY_CONTESTED = "policy_contested"


class DemandFinding(StrEnum):
    """Demand finding (诉求认定): the only shield of an agency against unreasonable appeals."""

    REASONABLE = "reasonable"
    NO_BASIS = "no_basis"
    EXCESSIVE = "excessive"
    OTHER = "other"


class Outcome(StrEnum):
    """How an appeal came out (domain.md 2.2); explained is never summed with solved (2.6)."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    NOTICE = "notice"


class Satisfaction(StrEnum):
    """Answers of a callback: 满意, 认可, 不满意, 未评价 (domain.md 2.4 [WB])."""

    SATISFIED = "satisfied"
    ACCEPTS = "accepts"
    DISSATISFIED = "dissatisfied"
    NOT_RATED = "not_rated"


F = FactFinding
OF_COMPLAINTS: Final = (F.TRUE, F.PARTLY_TRUE, F.UNTRUE)
OF_SUGGESTIONS: Final = (F.ADOPTED, F.PARTLY_ADOPTED, F.KEPT_ON_FILE, F.NOT_ADOPTED)
OF_ENQUIRIES: Final = (F.POLICY_FOUND, F.NO_POLICY, F.POLICY_CONTESTED)
BY_APPEAL: Final = {"H0001": OF_ENQUIRIES, "H0002": OF_SUGGESTIONS}
"""Classes of the catalogue whose callers do not complain of a fact (domain.md 4.5)."""


def facts_for(class_code: str) -> tuple[FactFinding, ...]:
    """The fact findings that fit this class; a class of the grid counts as a complaint."""
    return BY_APPEAL.get(class_code, OF_COMPLAINTS)
