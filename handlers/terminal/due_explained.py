"""The steps to a due time in plain English, and as JSON."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from workflows.deadlines.calendar import Calendar, DayKind
from workflows.deadlines.limits import Deadline, Limit, Step, StepKind

KINDS: Final = {
    DayKind.WORK: "working day",
    DayKind.MADE_UP: "made-up working day",
    DayKind.WEEKEND: "weekend",
    DayKind.HOLIDAY: "holiday",
    DayKind.DISTRICT_WORK: "working day of this district",
    DayKind.DISTRICT_OFF: "day off of this district",
}
MINUTE: Final = timedelta(minutes=1)


def explanation(start: datetime, limit: Limit, deadline: Deadline, calendar: Calendar) -> str:
    """Tell in lines how the due time came about, in the calendar's zone."""
    return "\n".join(_lines(start, limit, deadline, calendar))


def in_zone(instant: datetime, calendar: Calendar) -> datetime:
    return instant.astimezone(calendar.zone)


def step_as_json(step: Step, calendar: Calendar) -> dict[str, Any]:
    """Give a step as plain data; times carry the zone's offset, lengths are minutes."""
    plain: dict[str, Any] = {
        "kind": step.kind.value,
        "from": in_zone(step.begin, calendar).isoformat(),
        "to": None if step.end is None else in_zone(step.end, calendar).isoformat(),
        "used_minutes": step.used / MINUTE,
        "left_minutes": step.left / MINUTE,
    }
    if step.day_kind is not None:
        plain |= {"day": step.day_kind.value, "provisional": step.provisional}
    if step.name:
        plain["name"] = step.name
    if step.number is not None:
        plain["number"] = step.number
    return plain


def _lines(start: datetime, limit: Limit, deadline: Deadline, calendar: Calendar) -> Iterator[str]:
    yield f"{limit} from {_moment(start, calendar)} ({calendar.zone.key})"
    for step in deadline.steps:
        guess = " [not announced yet]" if step.provisional else ""
        yield f"  {_line(step, calendar)}{guess}"
    if deadline.due_at is None:
        yield "Not due: a pause stands open."
        return
    yield f"Due {_moment(deadline.due_at, calendar)} = {_iso(deadline.due_at, calendar)}"
    if deadline.provisional:
        yield "Provisional: some of these days are not announced yet; the due time may still move."


def _line(step: Step, calendar: Calendar) -> str:
    match step.kind:
        case StepKind.RUNS:
            ran = f"runs {_length(step.used)}, {_length(step.left)} left"
            day = f" ({_kind(step)})" if step.day_kind else ""
            return f"{_span(step, calendar)}: {ran}{day}"
        case StepKind.PAUSED:
            return f"{_span(step, calendar)}: paused"
        case StepKind.DAY_OFF:
            return f"{_days(step)}: {_kind(step)}, nothing counts"
        case StepKind.RECEIVED:
            return f"{_days(step)}: received on a {_kind(step)}; the day of receipt does not count"
        case StepKind.COUNTS:
            closing = f"{_end(step, calendar):%H:%M}"
            return f"{_days(step)}: day {step.number}, closes {closing} ({_kind(step)})"
        case StepKind.EXTENDED:
            return f"{_span(step, calendar)}: the pauses covered {_length(step.used)} of work"


def _kind(step: Step) -> str:
    words = KINDS[step.day_kind] if step.day_kind else ""
    return f"{words}, {step.name}" if step.name else words


def _span(step: Step, calendar: Calendar) -> str:
    begin = in_zone(step.begin, calendar)
    if step.end is None:
        return f"{begin:%Y-%m-%d %a %H:%M} on"
    end = _end(step, calendar)
    last = f"{end:%H:%M}" if end.date() == begin.date() else f"{end:%Y-%m-%d %a %H:%M}"
    return f"{begin:%Y-%m-%d %a %H:%M} to {last}"


def _days(step: Step) -> str:
    first = f"{step.first_day:%Y-%m-%d %a}"
    return first if step.last_day == step.first_day else f"{first} to {step.last_day:%Y-%m-%d %a}"


def _end(step: Step, calendar: Calendar) -> datetime:
    return in_zone(step.end or step.begin, calendar)


def _moment(instant: datetime, calendar: Calendar) -> str:
    return f"{in_zone(instant, calendar):%Y-%m-%d %a %H:%M}"


def _iso(instant: datetime, calendar: Calendar) -> str:
    return in_zone(instant, calendar).isoformat()


def _length(length: timedelta) -> str:
    hours, minutes = divmod(round(length / MINUTE, 2), 60)
    parts = [f"{hours:g} h"] if hours else []
    if minutes or not hours:
        parts.append(f"{minutes:g} min")
    return " ".join(parts)
