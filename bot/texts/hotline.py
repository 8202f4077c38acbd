"""The hotline order in words: findings, outcomes, and what a caller says when called back."""

from typing import Final

from bot.i18n import N_
from workflows.cases.case import ContactResult
from workflows.cases.findings import DemandFinding, FactFinding, Outcome, Satisfaction

FACTS: Final[dict[FactFinding, str]] = {
    FactFinding.TRUE: N_("True"),
    FactFinding.PARTLY_TRUE: N_("Partly true"),
    FactFinding.UNTRUE: N_("Not true"),
    FactFinding.ADOPTED: N_("Adopted"),
    FactFinding.PARTLY_ADOPTED: N_("Partly adopted"),
    FactFinding.KEPT_ON_FILE: N_("Kept on file"),
    FactFinding.NOT_ADOPTED: N_("Not adopted"),
    FactFinding.POLICY_FOUND: N_("Policy found"),
    FactFinding.NO_POLICY: N_("No policy"),
    FactFinding.POLICY_CONTESTED: N_("Policy not accepted"),
}

DEMANDS: Final[dict[DemandFinding, str]] = {
    DemandFinding.REASONABLE: N_("Reasonable and lawful"),
    DemandFinding.NO_BASIS: N_("No policy for it"),
    DemandFinding.EXCESSIVE: N_("Asks too much"),
    DemandFinding.OTHER: N_("Something else"),
}

OUTCOMES: Final[dict[Outcome, str]] = {
    Outcome.SOLVED: N_("Really solved"),
    Outcome.EXPLAINED: N_("Explained"),
    Outcome.NOTICE: N_("Informed only"),
}

RESOLVED: Final[dict[bool, str]] = {True: N_("👍 Solved"), False: N_("👎 Not solved")}

SATISFACTIONS: Final[dict[Satisfaction, str]] = {
    Satisfaction.SATISFIED: N_("😀 Satisfied"),
    Satisfaction.ACCEPTS: N_("🙂 Accepts it"),
    Satisfaction.DISSATISFIED: N_("🙁 Dissatisfied"),
    Satisfaction.NOT_RATED: N_("➖ Not rated"),
}

FAILURES: Final[dict[ContactResult, str]] = {
    ContactResult.PHONE_OFF: N_("📴 Always off"),
    ContactResult.NO_ANSWER: N_("🔕 Never answers"),
    ContactResult.OTHER: N_("❔ For another reason"),
}
"""Why a call was in vain: 始终关机, 始终未接, 其他 (domain.md 2.5)."""
