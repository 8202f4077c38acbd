"""Reads joint.toml: the times of call-outs, and within what agencies respond to a whistle."""

from datetime import timedelta
from typing import Any, Final

from workflows.deadlines.limits import Limit, Unit
from workflows.deadlines.stopwatch import ClockType
from workflows.joint.call_out import CallRules
from workflows.joint.part import WhistleKind
from workflows.policy.tables import TomlFile, text, texts

CALL_OUT: Final = "call_out"
WHISTLE: Final = "whistle"
WRITE_LIMIT: Final = 'Write such as "30 min" or "1 work_day"'
WRITE_TIME: Final = 'Write such as "10 min" or "4 h"'


def read_call_out(file: TomlFile) -> CallRules:
    """Read the times of a call-out; mistakes go to the file's list."""
    table = file.table(CALL_OUT)
    rules = CallRules(
        remind_after=table.take(
            "remind_after", _reminders, 'Write such as ["5 min", "10 min"]', ()
        ),
        closes_after=table.take("closes_after", _time, WRITE_TIME, timedelta(days=1)),
        counted_for=table.take("counted_for", _time, WRITE_TIME, timedelta(days=7)),
    )
    if rules.remind_after and rules.remind_after[-1] >= rules.closes_after:
        what = "the last reminder comes when the call-out has closed"
        table.mistake(what, "Write a longer closes_after", "closes_after")
    table.close()
    return rules


def read_whistle(file: TomlFile) -> dict[WhistleKind, Limit]:
    """Read until when a partner must have responded; mistakes go to the file's list."""
    table = file.table(WHISTLE)
    spare = Limit(1, Unit.WORK_DAY)
    found = {
        kind: table.take(kind.value, lambda value: Limit.parse(text(value)), WRITE_LIMIT, spare)
        for kind in WhistleKind
    }
    table.close()
    for name in file.names():
        if name not in {CALL_OUT, WHISTLE}:
            remedy = f"Write [{CALL_OUT}] or [{WHISTLE}]"
            file.mistake(file.line_of(name), f'nothing is called "{name}" here', remedy)
    file.root().close()
    return found


def _time(value: Any) -> timedelta:
    """A stretch of day and night. Raises ValueError for working time."""
    limit = Limit.parse(text(value))
    if limit.unit.clock is not ClockType.CONTINUOUS:
        raise ValueError("people are called by day and night, not in working time")
    hours = 24 if limit.unit == "natural_day" else 1
    return timedelta(hours=float(limit.value) * hours)


def _reminders(value: Any) -> tuple[timedelta, ...]:
    times = tuple(_time(one) for one in texts(value))
    if list(times) != sorted(set(times)):
        raise ValueError("each reminder comes later than the one before")
    return times
