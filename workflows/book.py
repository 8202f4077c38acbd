"""The numbers in force: the policy and the calendar, side by side."""

from dataclasses import dataclass

from workflows.cases.case import Case, Filing, RunningClock
from workflows.deadlines.calendar import Calendar
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit
from workflows.emergency.mode import Mode
from workflows.emergency.under import Under
from workflows.escalation.ladder import Ladder
from workflows.policy.catalogue import FilingCondition, Urgency
from workflows.policy.policy import Policy, Profile
from workflows.requests.clocks import request_limit, suspension_ladder


@dataclass(frozen=True, slots=True, repr=False)
class Book:
    """What a district has decided; a case keeps its own copy of what it was filed under."""

    policy: Policy
    calendar: Calendar
    profile: Profile

    def mode_of(self, under: Under | None) -> Mode | None:
        """The numbers of an emergency; None where there is none, or its mode is struck out."""
        return None if under is None else self.policy.emergency.modes.get(under.mode)

    def profile_under(self, under: Under | None) -> Profile:
        """The profile of a case that comes in now."""
        mode = self.mode_of(under)
        return self.profile if mode is None else self.policy.profiles[mode.profile]

    def filing(self, condition: FilingCondition, under: Under | None = None) -> Filing:
        """Take the snapshot that a case keeps from the moment it is filed.

        Under an emergency without quiet hours every alert is for the night as well.
        """
        mode = self.mode_of(under)
        ladder = self.policy.ladders.of(ClockKind.DISPOSAL, condition.urgency)
        if mode is not None:
            ladder = mode.ladders.get(condition.urgency, ladder)
        return Filing(
            condition_id=condition.id,
            limit=condition.limit,
            ladder=ladder.as_json(),
            photo_min=condition.photo_min,
            night_push=condition.night_push or (mode is not None and not mode.quiet_hours),
            policy_version=f"{self.policy.version}+{self.calendar.version}",
            closing_zh=condition.close_zh,
            closing_en=condition.close_en,
            photo_zh=condition.photo_zh,
            photo_en=condition.photo_en,
            photos=self.policy.photos.asked_of(condition.photo_kind),
            inspect_share=self.policy.checks.inspect_share,
            inspect_from_rework=self.policy.checks.inspect_from_rework,
            take_back_minutes=self.policy.checks.take_back_minutes,
            may_self_fix=condition.urgency in self.policy.checks.self_fix,
            audit_share=self.policy.checks.audit_share,
            requests=self.policy.requests.rules,
        )

    def limit_of(self, case: Case, kind: ClockKind) -> Limit | None:
        """How long this clock may run on this case; None where the case has no such clock."""
        if kind is ClockKind.DISPOSAL:
            return case.filing.limit if case.filing else None
        if kind is ClockKind.SUPERVISION:
            return case.supervision.limit if case.supervision else None
        if kind is ClockKind.FIRST_CONTACT and not owes_first_contact(case):
            return None
        if kind is ClockKind.ARRIVAL and case.arrived_at is not None:
            return None
        urgency = Urgency(case.urgency or Urgency.P3)
        if limit := request_limit(case, kind, self.policy.requests, urgency):
            return limit
        return self.policy.stage_limits.of(kind, urgency)

    def ladder_of(self, case: Case, clock: RunningClock) -> Ladder:
        """Disposal climbs the ladder it was filed with, the stages those in force."""
        if clock.kind is ClockKind.DISPOSAL and case.filing is not None:
            return Ladder.from_json(case.filing.ladder)
        if clock.kind is ClockKind.SUSPENSION:
            return suspension_ladder(clock, case.rules)
        return self.policy.ladders.of(clock.kind, Urgency(case.urgency or Urgency.P3))


def owes_first_contact(case: Case) -> bool:
    """A caller left a number and nobody has tried it yet, in this agency or another one."""
    order = case.order
    return order is not None and order.is_for_worker and order.contact is None
