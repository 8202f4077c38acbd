"""How a due time came about, line by line, in plain words."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from bot import times
from bot.cards.setting import Setting
from bot.texts.law import CLOCKS
from bot.texts.why import DAYS, HOLIDAYS, STEPS, USED_UP
from workflows.cases.case import RunningClock
from workflows.deadlines.limits import Step, StepKind, due

MOST: Final = 16
"""Lines; a long limit over many split days says the rest in one."""


def step_lines(clock: RunningClock, setting: Setting) -> Iterator[str]:
    """The clock's limit, each stretch that used it up, and the result."""
    tongue = setting.tongue
    yield tongue(
        "⏱ {clock}: {limit}, counted from {time}",
        clock=tongue(CLOCKS[clock.kind]),
        limit=setting.limit(clock.limit),
        time=setting.moment(clock.started_at),
    )
    if clock.grants:
        yield tongue(
            "· extended {n} times by {limit} each",
            n=clock.grants,
            limit=setting.limit(clock.limit),
        )
    deadline = due(clock.started_at, clock.whole, setting.book.calendar, clock.pauses)
    yield from (_line(step, setting) for step in deadline.steps[:MOST])
    if len(deadline.steps) > MOST:
        yield tongue("· and {n} more lines of the same kind", n=len(deadline.steps) - MOST)
    if deadline.provisional:
        yield tongue("· Some of these days off are not announced yet; it may still move")
    if deadline.due_at is not None:
        yield tongue("= due {moment}", moment=setting.moment(deadline.due_at))
    elif clock.due_at is not None:
        yield tongue("= resting; it was due {moment}", moment=setting.moment(clock.due_at))


def _line(step: Step, setting: Setting) -> str:
    """One stretch in words; each sentence takes what it needs of the same facts."""
    sentence = USED_UP if step.kind is StepKind.RUNS and not step.left else STEPS[step.kind]
    return setting.tongue(
        sentence,
        span=_span(step, setting),
        days=_days(step, setting),
        kind=_kind(step, setting),
        used=times.length(step.used, setting.tongue),
        left=times.length(step.left, setting.tongue),
        n=step.number,
        time=_clock(step.end or step.begin, setting),
    )


def _span(step: Step, setting: Setting) -> str:
    begin = setting.moment(step.begin)
    if step.end is None:
        return setting.tongue("since {begin}", begin=begin)
    zone = setting.book.calendar.zone
    same_day = step.end.astimezone(zone).date() == step.begin.astimezone(zone).date()
    end = _clock(step.end, setting) if same_day else setting.moment(step.end)
    return setting.tongue("{begin} to {end}", begin=begin, end=end)


def _days(step: Step, setting: Setting) -> str:
    if step.first_day is None or step.last_day is None:
        return ""
    first, last = _day(step.first_day, setting), _day(step.last_day, setting)
    return first if first == last else setting.tongue("{begin} to {end}", begin=first, end=last)


def _day(day: date, setting: Setting) -> str:
    return times.day_words(day, setting.tongue)


def _kind(step: Step, setting: Setting) -> str:
    """The holiday's own name where it has one."""
    if step.name:
        known = HOLIDAYS.get(step.name)
        return setting.tongue(known) if known else step.name
    return setting.tongue(DAYS[step.day_kind]) if step.day_kind else ""


def _clock(at: datetime, setting: Setting) -> str:
    return f"{at.astimezone(setting.book.calendar.zone):%H:%M}"
