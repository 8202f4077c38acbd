"""The clocks of requests: how long an answer may take, and the days on which rest is looked at."""

from datetime import timedelta
from decimal import Decimal
from typing import Final

from workflows.cases.case import Case, RunningClock
from workflows.deadlines.clocks import ClockKind
from workflows.deadlines.limits import Limit, Unit
from workflows.escalation.ladder import Ladder, Level, Quiet, Rung, RungCondition, Trigger
from workflows.people import Role
from workflows.policy.catalogue import Urgency
from workflows.policy.policy import RequestPolicy
from workflows.requests.lifecycle import is_for_district
from workflows.requests.request import RequestKind, RequestRules, RequestState

TOLD: Final = (Role.AGENCY_LEAD, Role.DISPATCH_OFFICER)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
MICROSECOND: Final = timedelta(microseconds=1)


def request_limit(
    case: Case, kind: ClockKind, policy: RequestPolicy, urgency: Urgency
) -> Limit | None:
    """How long a clock of the requests may run; None for every other clock."""
    match kind:
        case ClockKind.RETURN_WINDOW:
            return policy.window[urgency]
        case ClockKind.DISPATCH if is_for_district(case):
            return policy.district_within
        case ClockKind.DECISION if case.request is not None:
            waits = case.request.state
            limits = policy.endorse if waits is RequestState.ASKED else policy.decide
            return limits[case.request.kind][urgency]
        case ClockKind.SUSPENSION:
            return _rest(case)
        case _:
            return None


def _rest(case: Case) -> Limit | None:
    """Day and night from the moment it came to rest until the day that was agreed on."""
    granted = [r for r in case.requests if r.kind is RequestKind.SUSPENSION and r.carried_out]
    until = granted[-1].until if granted else None
    if until is None:
        return None
    length = max(until - case.changed_at, timedelta(minutes=1))
    return Limit(Decimal(length // MICROSECOND) / (HOUR // MICROSECOND), Unit.URGENT_HOUR)


def suspension_ladder(clock: RunningClock, rules: RequestRules) -> Ladder:
    """A review every so many days, a notice before the end, and the end, at which it goes on."""
    whole = timedelta(hours=1) * float(clock.limit.value)
    review, notice = rules.review_days * DAY, rules.notice_days * DAY
    times = {k * review: Level.L0 for k in range(1, whole // review + 1)}
    times = {at: level for at, level in times.items() if at < whole}
    if notice < whole:
        times[whole - notice] = Level.L1
    rungs = [_rung(level, Decimal(at / whole)) for at, level in sorted(times.items())]
    return Ladder((*rungs, _rung(Level.L2, Decimal(1))))


def _rung(level: Level, share: Decimal) -> Rung:
    return Rung(
        level=level,
        at=Trigger(share=share),
        condition=RungCondition.SUSPENDED,
        tell=TOLD,
        quiet=Quiet.HOLD,
    )
