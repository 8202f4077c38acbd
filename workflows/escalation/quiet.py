"""Quiet hours: what may ring at night, what waits for the morning, what has lost its meaning.

Pure. Messages wait; timers, rungs and the journal never do (domain.md 3.6, durability.md 2.2).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any, Final

from workflows.cases.case import Case
from workflows.cases.consequences import Because
from workflows.deadlines.clocks import ClockKind
from workflows.escalation.digest import Gathered
from workflows.escalation.ladder import Level, Quiet, RungCondition
from workflows.escalation.still import still_so
from workflows.joint.part import WhistleKind
from workflows.notices import Notice
from workflows.people import PersonId
from workflows.policy.catalogue import Catalogue, Urgency
from workflows.policy.policy import QuietHours


class AtNight(StrEnum):
    """What becomes of a message in quiet hours."""

    GOES = "goes"
    """It makes no sound, or answers what this person has just done."""

    RINGS = "rings"
    """It is for whoever is on shift now; nobody else is woken by it."""

    WAITS = "waits"
    """It waits for the morning."""


B = Because
NEWS: Final = frozenset(
    {
        *(B.REGISTERED, B.REJECTED, B.MERGED, B.CLOSED, B.SELF_FIXED, B.NOT_FIXED, B.TAKEN_BACK),
        *(B.TO_CALL_BACK, B.TELL_EXTENDED, B.TELL_SUSPENDED),
        *(B.WARNED, B.GRANTED, B.WITHDRAWN, B.LAPSED, B.EXTENDED, B.SUSPENDED, B.FORCED),
        *(B.PART_ANSWERED, B.PART_ENDED),
        *(B.URGE_COPIED, B.LISTING_COPIED, B.ORDER_REPLIED),
        *(B.SUPERVISION_ENDED, B.SUPERVISION_CALLED_OFF, B.ENDED_UNDER_SUPERVISION),
    }
)
"""What nobody has to act on before the morning, however dangerous the case is.

No caller is telephoned at night either. Everything else asks somebody to do something, or to
stop doing it, so it rings where the case is one of those that domain.md 3.6 names.
"""

FAREWELLS: Final = frozenset(
    {B.TAKEN_AWAY, B.RETURNED, B.VOIDED, B.CHECK_CALLED_OFF, B.NOT_AWAITED}
)
"""Somebody need not go there any more. Nobody else has to hear that in their place."""

OF_EMERGENCIES: Final = frozenset({B.WHISTLED, B.PART_LATE})
"""A whistle in an emergency rings whatever the class of the case."""

UNDER_AN_ORDER: Final = frozenset({B.SUPERVISED, B.UNDER_SUPERVISION, B.LISTED, B.REPLY_RETURNED})
ABOUT_A_PART: Final = frozenset({B.WHISTLED, B.PART_LATE, B.PART_DECLINED})

STILL: Final[tuple[tuple[frozenset[Because], Callable[[Case], bool]], ...]] = (
    (NEWS | FAREWELLS, lambda _: True),
    (UNDER_AN_ORDER, lambda case: case.supervision is not None),
    (frozenset({B.ASKED}), lambda case: case.request is not None),
    (ABOUT_A_PART, lambda case: any(part.is_open for part in case.parts)),
    (frozenset({B.EXHAUSTED}), lambda case: case.alarm.exhausted_at is not None),
)
"""What must still be so in the morning for a message of these reasons to mean something."""

AT_THE_DESK: Final = frozenset(
    {
        *(ClockKind.ACCEPTANCE, ClockKind.VERIFICATION, ClockKind.FILING, ClockKind.DISPATCH),
        *(ClockKind.INSPECTION, ClockKind.REVIEW, ClockKind.CALLBACK),
        ClockKind.SUPERVISION_REVIEW,
    }
)
"""The centre's own steps: what was promised to a caller does not hang on them."""


@dataclass(frozen=True, slots=True)
class QuietNight:
    """The quiet hours that a moment lies in, from their beginning to their end, in UTC order."""

    begin: datetime
    end: datetime

    def covers(self, at: datetime | None) -> bool:
        return at is not None and self.begin <= at < self.end


def night_at(now: datetime, hours: QuietHours, zone: tzinfo) -> QuietNight | None:
    """The quiet hours around this moment, by the district's own clocks; None outside them."""
    local = now.astimezone(zone)
    if not hours.contain(local.time()):
        return None
    overnight = hours.begin > hours.end
    after_midnight = overnight and local.time() < hours.end
    first = local.date() - timedelta(days=1) if after_midnight else local.date()
    last = first + timedelta(days=1) if overnight else first
    return QuietNight(
        datetime.combine(first, hours.begin, zone), datetime.combine(last, hours.end, zone)
    )


def by_night(
    notice: Notice, now: datetime, hours: QuietHours, zone: tzinfo, begins: datetime | None = None
) -> Notice:
    """A loud message of no urgent case, in quiet hours: it waits for the morning.

    What `begins` before the morning would be told too late and rings. Edits and answers to what
    somebody has just done are not loud, and go.
    """
    night = night_at(now, hours, zone) if notice.loud else None
    if night is None or night.covers(begins):
        return notice
    return replace(notice, not_before=night.end)


def is_urgent(case: Case, catalogue: Catalogue) -> bool:
    """Whether somebody must act at night: P1, or a condition with `night_push`.

    What has not been filed yet is urgent if its class can be: only a look can tell.
    """
    if case.filing is not None:
        return case.urgency == Urgency.P1 or case.filing.night_push
    known = next((c for code, c in catalogue.classes.items() if code == case.class_code), None)
    return known is not None and any(
        condition.urgency is Urgency.P1 or condition.night_push for condition in known.conditions
    )


def at_night(notice: Notice, case: Case, catalogue: Catalogue) -> AtNight:
    """What becomes of this message about this case in quiet hours."""
    is_rung = notice.because in set(Level)
    if not (notice.loud or is_rung):
        return AtNight.GOES
    if is_rung:
        breaks = notice.data.get("quiet") == Quiet.BREAK or is_urgent(case, catalogue)
        return AtNight.RINGS if breaks else AtNight.WAITS
    if notice.because in NEWS:
        return AtNight.WAITS
    if notice.because in OF_EMERGENCIES and _in_emergency(case):
        return AtNight.RINGS
    return AtNight.RINGS if is_urgent(case, catalogue) else AtNight.WAITS


def would_be_too_late(notice: Notice, case: Case, night: QuietNight) -> bool:
    """Whether what the message is about runs out before the morning."""
    if notice.because in NEWS:
        return False
    kind = _clock_of(notice)
    clock = case.clock(kind)
    runs = clock is not None and clock.runs and kind not in AT_THE_DESK
    return runs and clock is not None and night.covers(clock.due_at)


def still_asks(gathered: Gathered, reader: PersonId) -> bool:
    """Whether a message that has waited still means something, as the case stands now.

    `data` is what the message kept of the moment at which it was owed.
    """
    case, because, data = gathered.case, gathered.because, gathered.data
    if because in set(Level):
        return any(_still_told(one, case) for one in data.get("news", ()))
    for reasons, is_so in STILL:
        if because in reasons:
            return is_so(case)
    theirs = data.get("theirs") is None or case.assignee == reader
    return theirs and data.get("state", case.state) == case.state


def kept_of(notice: Notice, case: Case) -> dict[str, Any]:
    """What a held message must remember so that the morning can tell whether it still matters."""
    theirs = {"theirs": True} if notice.to == case.assignee else {}
    return {**notice.data, "state": case.state, **theirs}


def _still_told(news: Mapping[str, Any], case: Case) -> bool:
    """Whether it is so and its clock still runs: one that has stopped silences its ladder."""
    clock = case.clock(ClockKind(news["clock"]))
    goes_on = clock is not None and clock.runs and clock.round == news["round"]
    return goes_on and still_so(RungCondition(news["condition"]), case)


def _in_emergency(case: Case) -> bool:
    return any(part.is_open and part.kind is WhistleKind.EMERGENCY for part in case.parts)


def _clock_of(notice: Notice) -> ClockKind:
    """The clock that a message hangs on."""
    if "clock" in notice.data:
        return ClockKind(notice.data["clock"])
    if notice.because == B.ASKED:
        return ClockKind.DECISION
    return ClockKind.SUPERVISION if notice.because in UNDER_AN_ORDER else ClockKind.DISPOSAL
