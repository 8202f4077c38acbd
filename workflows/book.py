"""The numbers in force: the policy and the calendar, side by side."""

from dataclasses import dataclass

from workflows.cases.case import Case, Filing, RunningClock
from workflows.deadlines.calendar import Calendar
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit
from workflows.escalation.ladder import Ladder
from workflows.policy.catalogue import FilingCondition, Urgency
from workflows.policy.policy import Policy, Profile


@dataclass(frozen=True, slots=True, repr=False)
class Book:
    """What a district has decided; a case keeps its own copy of what it was filed under."""

    policy: Policy
    calendar: Calendar
    profile: Profile

    def filing(self, condition: FilingCondition) -> Filing:
        """Take the snapshot that a case keeps from the moment it is filed."""
        return Filing(
            condition_id=condition.id,
            limit=condition.limit,
            ladder=self.policy.ladders.of(ClockKind.DISPOSAL, condition.urgency).as_json(),
            photo_min=condition.photo_min,
            night_push=condition.night_push,
            policy_version=f"{self.policy.version}+{self.calendar.version}",
            closing_zh=condition.close_zh,
            closing_en=condition.close_en,
            photo_zh=condition.photo_zh,
            photo_en=condition.photo_en,
            inspect_share=self.policy.checks.inspect_share,
            inspect_from_rework=self.policy.checks.inspect_from_rework,
            take_back_minutes=self.policy.checks.take_back_minutes,
        )

    def limit_of(self, case: Case, kind: ClockKind) -> Limit | None:
        """How long this clock may run on this case; None where the case has no such clock."""
        if kind is ClockKind.DISPOSAL:
            return case.filing.limit if case.filing else None
        if kind is ClockKind.SUPERVISION:
            return case.supervision.limit if case.supervision else None
        if kind is ClockKind.FIRST_CONTACT and (case.order is None or not case.order.phone_hint):
            return None
        return self.policy.stage_limits.of(kind, Urgency(case.urgency or Urgency.P3))

    def ladder_of(self, case: Case, clock: RunningClock) -> Ladder:
        """Disposal climbs the ladder it was filed with, the stages those in force."""
        if clock.kind is ClockKind.DISPOSAL and case.filing is not None:
            return Ladder.from_json(case.filing.ladder)
        return self.policy.ladders.of(clock.kind, Urgency(case.urgency or Urgency.P3))
