"""The clocks that run on a case, by name."""

from enum import StrEnum


class ClockKind(StrEnum):
    """One clock per stage, and the disposal clock over the whole work (domain.md 2.2, 3.2)."""

    ACCEPTANCE = "acceptance"
    VERIFICATION = "verification"
    FILING = "filing"
    DISPATCH = "dispatch"
    SIGN_FOR = "sign_for"
    FIRST_CONTACT = "first_contact"
    ARRIVAL = "arrival"
    DISPOSAL = "disposal"
    REVIEW = "review"
    CALLBACK = "callback"
    INSPECTION = "inspection"
    RETURN_WINDOW = "return_window"
    DECISION = "decision"
    SUSPENSION = "suspension"
