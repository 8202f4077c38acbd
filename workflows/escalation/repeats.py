"""When an alert is told again: until somebody says they know, and after that has worn off."""

from dataclasses import replace
from datetime import datetime

from workflows.book import Book
from workflows.cases.case import Case, Given, RunningClock
from workflows.deadlines.limits import Limit, due
from workflows.escalation.alert import Alert
from workflows.escalation.ladder import Level, Rung


def told_again(
    case: Case, clock: RunningClock, given: Given, at: datetime, book: Book
) -> Alert | None:
    """The clock's alert after this step: a new level, the same one once more, or as it was."""
    old = clock.alert
    number = old.number + 1 if old else 1
    rung = book.ladder_of(case, clock).rung(given.rung)
    if given.again and old is not None:
        return _repeated(replace(old, number=number), rung, given, at, book)
    if not given.told_to or rung is None:
        return old
    again_at = _after(at, rung.again, book) if rung.again_most else None
    return Alert(Level(given.rung), at, given.told_to, number, again_at=again_at)


def _repeated(alert: Alert, rung: Rung | None, given: Given, at: datetime, book: Book) -> Alert:
    """So many times and then no more; what nobody can hear or need hear is not tried again."""
    alert = replace(alert, again_at=None, known_by=None, known_at=None)
    if not given.told_to or rung is None:
        return alert
    repeats = alert.repeats + 1
    again_at = _after(at, rung.again, book) if repeats < rung.again_most else None
    return replace(alert, at=at, told=given.told_to, repeats=repeats, again_at=again_at)


def held_off(case: Case, clock: RunningClock, book: Book) -> Alert:
    """Acknowledged: quiet for as long as the rung allows, and the repeats are counted anew."""
    alert = clock.alert
    assert alert is not None
    if alert.known_at is None:
        return alert
    rung = book.ladder_of(case, clock).rung(alert.level)
    again_at = _after(alert.known_at, rung.ack_for, book) if rung else None
    return replace(alert, repeats=0, again_at=again_at)


def resumed(case: Case, clock: RunningClock, at: datetime, book: Book) -> Alert | None:
    """Work that goes on has its time before the same alert is told again."""
    alert = clock.alert
    rung = book.ladder_of(case, clock).rung(alert.level) if alert else None
    if alert is None or rung is None or alert.again_at is None:
        return alert
    earliest = _after(at, rung.again or rung.ack_for, book)
    return replace(alert, again_at=max(alert.again_at, earliest or alert.again_at))


def _after(at: datetime, wait: Limit | None, book: Book) -> datetime | None:
    return due(at, wait, book.calendar).due_at if wait else None
